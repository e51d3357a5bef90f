//! The fields of one segment, read one after the other; errors name field and place.

use super::ids::SmallId;
use super::vendors::VendorsRef;
use super::{Letters, SmallSet};
use crate::bits::BitReader;
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::time::Timestamp;

/// Where a segment is read.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) reader: BitReader<'a>,
    pub(super) segment: Segment,
}

impl<'a> Fields<'a> {
    /// Reads one field by `read`; an error is the field's, and stands at its start.
    #[inline]
    pub(super) fn field<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut BitReader<'a>) -> Result<T, DecodeErrorKind>,
    ) -> Result<T, DecodeError> {
        let start = self.reader.position();
        read(&mut self.reader).map_err(|kind| self.error(name, Fault::new(kind, start)))
    }

    /// The error of a field.
    #[cold]
    pub(super) fn error(&self, name: &'static str, fault: Fault) -> DecodeError {
        fault.at(self.segment, name)
    }

    /// A number of up to 36 bits.
    #[inline]
    pub(super) fn number(&mut self, name: &'static str, bits: u32) -> Result<u64, DecodeError> {
        self.field(name, |reader| reader.take(bits))
    }

    /// A number of up to 8 bits.
    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn small(&mut self, name: &'static str, bits: u32) -> Result<u8, DecodeError> {
        debug_assert!(bits <= 8);
        self.number(name, bits).map(|value| value as u8)
    }

    /// A number of up to 16 bits.
    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn medium(&mut self, name: &'static str, bits: u32) -> Result<u16, DecodeError> {
        debug_assert!(bits <= 16);
        self.number(name, bits).map(|value| value as u16)
    }

    /// One bit.
    #[inline]
    pub(super) fn flag(&mut self, name: &'static str) -> Result<bool, DecodeError> {
        self.field(name, BitReader::take_flag)
    }

    /// A time of 36 bits.
    #[inline]
    pub(super) fn time(&mut self, name: &'static str) -> Result<Timestamp, DecodeError> {
        self.number(name, 36).map(Timestamp::from_bits)
    }

    /// Two letters, six bits each.
    #[inline]
    pub(super) fn letters(&mut self, name: &'static str) -> Result<Letters, DecodeError> {
        self.field(name, |reader| Letters::from_field(reader.take(12)?))
    }

    /// A vendor section.
    #[inline]
    pub(super) fn vendors(
        &mut self,
        name: &'static str,
        strict: bool,
    ) -> Result<VendorsRef<'a>, DecodeError> {
        VendorsRef::take(&mut self.reader, strict).map_err(|fault| self.error(name, fault))
    }

    /// A bit field of the IDs from 1 to `width`, which may be 0.
    #[inline]
    pub(super) fn set<I: SmallId>(
        &mut self,
        name: &'static str,
        width: u32,
    ) -> Result<SmallSet<I>, DecodeError> {
        // One load shows 57 bits, and there can be 63.
        let high = width.saturating_sub(32);
        self.field(name, |reader| {
            let mut field = 0;
            for part in [high, width - high] {
                if part > 0 {
                    field = field << part | reader.take(part)?;
                }
            }
            Ok(SmallSet::from_field(field, width))
        })
    }
}
