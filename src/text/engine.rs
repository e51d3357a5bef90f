//! The base64 crate's engine, with vector instructions where they can be told at run time.

#[cfg(all(
    feature = "std",
    any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))
))]
mod detected {
    use base64::Engine;
    use base64::engine::{Simd, general_purpose::NO_PAD};
    use std::sync::LazyLock;

    /// Shorter texts are decoded by tables as fast.
    const WORTHWHILE: usize = 64;

    static ENGINE: LazyLock<Simd> = LazyLock::new(|| Simd::url_safe(NO_PAD));

    /// The engine to encode with.
    pub(in crate::text) fn engine() -> &'static impl Engine {
        &*ENGINE
    }

    /// Decodes blocks of 32 characters from the start of `text`, if they are all valid; how
    /// many characters that were. It may stop early.
    #[inline]
    pub(in crate::text) fn decode_blocks(text: &[u8], buffer: &mut [u8]) -> usize {
        if text.len() < WORTHWHILE {
            return 0;
        }
        let ends = |block: &[u8; 32]| {
            block.iter().fold(false, |ends, byte| ends | matches!(byte, b'.' | b'~'))
        };
        let (blocks, _) = text.as_chunks::<32>();
        let characters = blocks.iter().take_while(|block| !ends(block)).count() * 32;
        if characters < WORTHWHILE {
            return 0;
        }
        // Where a character is invalid, the tables find it.
        ENGINE.decode_slice(&text[..characters], buffer).map_or(0, |_| characters)
    }
}

#[cfg(not(all(
    feature = "std",
    any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))
)))]
mod detected {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    /// The engine to encode with.
    pub(in crate::text) fn engine() -> &'static impl Engine {
        &URL_SAFE_NO_PAD
    }

    /// Without vector instructions, tables decode all of a text.
    pub(in crate::text) const fn decode_blocks(_text: &[u8], _buffer: &mut [u8]) -> usize {
        0
    }
}

pub(super) use detected::{decode_blocks, engine};
