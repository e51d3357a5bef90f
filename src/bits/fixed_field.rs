//! Fields that stand at places which are the same in every string.

use super::BitReader;

/// A field that stands at the same place of every core.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) start: usize,
    pub(crate) bits: u32,
}

impl Field {
    pub(crate) const fn end(self) -> usize {
        self.start + self.bits as usize
    }

    /// The field behind this one.
    pub(crate) const fn then(self, name: &'static str, bits: u32) -> Self {
        Self { name, start: self.end(), bits }
    }

    /// The field's bits; `core` stands at the start of a core.
    #[inline]
    pub(crate) fn get(self, core: BitReader<'_>) -> u64 {
        core.at(core.position() + self.start).peek() >> (64 - self.bits)
    }
}
