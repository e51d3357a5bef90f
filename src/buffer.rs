//! Room for the bits of a string.

use alloc::vec::Vec;
use core::fmt;

/// Room for a string's bits, made once and used again for one string after the other.
///
/// Texts of up to 680 characters need no allocation; for longer ones the buffer grows to what
/// the longest of them needed.
///
/// ```
/// use consent_string::Buffer;
/// use consent_string::didomi::ConsentStringRef;
///
/// let mut buffer = Buffer::new();
/// let texts = ["BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA", "no consent string"];
/// let good = texts.iter().filter(|text| ConsentStringRef::parse(text, &mut buffer).is_ok());
/// assert_eq!(good.count(), 1);
/// ```
#[derive(Clone)]
pub struct Buffer {
    inline: [u8; INLINE],
    heap: Vec<u8>,
}

/// How many bytes of the buffer need no allocation: enough for the segments of a text of 680
/// characters, each with its slack.
const INLINE: usize = 576;

impl Buffer {
    /// An empty buffer, without an allocation.
    #[must_use]
    pub const fn new() -> Self {
        Self { inline: [0; INLINE], heap: Vec::new() }
    }

    /// At least `required` bytes, which hold whatever was there before.
    #[inline]
    pub(crate) fn room(&mut self, required: usize) -> &mut [u8] {
        if required <= INLINE {
            return &mut self.inline;
        }
        if self.heap.len() < required {
            self.grow(required);
        }
        &mut self.heap
    }

    #[cold]
    fn grow(&mut self, required: usize) {
        self.heap.resize(required, 0);
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Self::new()
    }
}

/// Nothing of what was read: it is personal data.
impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffer").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_grows_and_stays() {
        let mut buffer = Buffer::new();
        assert_eq!(buffer.room(INLINE).len(), INLINE);
        assert_eq!(buffer.heap.capacity(), 0);
        assert_eq!(buffer.room(INLINE + 1).len(), INLINE + 1);
        assert_eq!(buffer.room(10_000).len(), 10_000);
        assert_eq!(buffer.room(5_000).len(), 10_000);
        assert_eq!(buffer.room(5).len(), INLINE, "short texts stay close");
    }
}
