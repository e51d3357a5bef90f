//! The base64 crate's engine, with vector instructions where they can be told at run time.

#[cfg(all(
    feature = "simd",
    any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))
))]
mod detected {
    use crate::chunks::as_chunks;
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

    /// Decodes characters from the start of `text`, in groups of four, if they are all valid;
    /// how many that were. It may stop early.
    #[inline]
    pub(in crate::text) fn decode_blocks(text: &[u8], buffer: &mut [u8]) -> usize {
        if text.len() < WORTHWHILE {
            return 0;
        }
        let (blocks, _) = as_chunks::<32, _>(text);
        let whole = blocks.take_while(|block| !has_separator(*block)).count() * 32;
        // The engine takes the last group for itself: with one more, no block is left to that.
        let more = text[whole..].first_chunk::<4>().is_some_and(|group| !has_separator(group));
        let characters = if more { whole + 4 } else { whole };
        if characters < WORTHWHILE {
            return 0;
        }
        // Where a character is invalid, the tables find it.
        ENGINE.decode_slice(&text[..characters], buffer).map_or(0, |_| characters)
    }

    /// Whether a character is one that ends the base64 of each of the formats: a dot, a tilde, or
    /// some that are in none of them either. It is none of the alphabet.
    #[inline]
    fn has_separator(characters: &[u8]) -> bool {
        // One comparison for both, and all characters looked at: a few vector instructions.
        let ends = |byte: u8| byte.wrapping_add(2) & 0b0100_1111 == 0;
        characters.iter().fold(false, |found, &byte| found | ends(byte))
    }

    #[cfg(test)]
    #[test]
    fn what_ends_base64_is_no_character_of_it() {
        for byte in 0..=u8::MAX {
            let is_separator = matches!(byte, b'.' | b'~');
            let is_base64 = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            let found = has_separator(&[b'A', byte]);
            assert!(found || !is_separator, "{byte:#04x}");
            assert!(!found || !is_base64, "{byte:#04x}");
        }
    }
}

#[cfg(not(all(
    feature = "simd",
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
