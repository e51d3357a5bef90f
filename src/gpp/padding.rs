//! How the last character of a part is filled.

use alloc::string::String;

use crate::bits::BitWriter;
use crate::text;

/// How far the bits of a header or section are filled with zeros when a string is written.
///
/// Readers take either. TC strings are written as the `tcf` module writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Padding {
    /// To the next character, six bits, as the specification says: `DBABM`.
    #[default]
    Characters,
    /// To the next byte and then to the next character, as the widespread writers do:
    /// `DBABMA`.
    Bytes,
}

impl Padding {
    /// Writes what was put into `writer`.
    pub(super) fn write(self, writer: BitWriter, text: &mut String) {
        let bits = match self {
            Self::Characters => writer.position(),
            Self::Bytes => writer.position().next_multiple_of(8),
        };
        text.push_str(&text::encode_bits(&writer.into_filled(3), bits));
    }
}
