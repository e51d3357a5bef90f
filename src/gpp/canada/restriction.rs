//! Publisher restrictions, in Canada.
//!
//! | field | bits |
//! |---|---|
//! | `NumPubRestrictions` | 12 |
//! | so many times: `PurposeId` | 6 |
//! | `RestrictionType` | 2 |
//! | vendors: ranges of integers, or what [`vendors`](super::vendors) has for the form | |

use super::super::rules;
use super::CanadaForm;
use super::vendors::{self, CanadaVendorsRef, Section};
use crate::bits::{BitReader, BitWriter, Sink, TakeFields, Value};
use crate::error::{DecodeErrorKind, Fault};
use crate::ids::IdSet;
use crate::tcf::{PurposeId, VendorId};

/// What a publisher restricts a vendor to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CanadaRestrictionType {
    /// 0: the vendor may not process for the purpose at all.
    NotAllowed,
    /// 1: the vendor may process on express consent only.
    RequireExpress,
    /// 2: the vendor may process on implied consent only.
    RequireImplied,
    /// 3, which the specification leaves undefined: to be taken for 0.
    Undefined,
}

impl CanadaRestrictionType {
    /// All types, in the order of their numbers, 0 to 3.
    pub const ALL: [Self; 4] =
        [Self::NotAllowed, Self::RequireExpress, Self::RequireImplied, Self::Undefined];

    /// The number that stands in a string, 0 to 3.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// What is asked for, in words.
    const fn described(self) -> &'static str {
        match self {
            Self::NotAllowed => "not allowed",
            Self::RequireExpress => "require express consent",
            Self::RequireImplied => "require implied consent",
            Self::Undefined => "undefined",
        }
    }

    /// The type of a number; `None` from 4 on.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// A publisher restriction: a purpose, what is asked for, and the vendors it applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CanadaRestriction<V = IdSet<VendorId>> {
    pub(in crate::gpp) purpose: PurposeId,
    pub(in crate::gpp) kind: CanadaRestrictionType,
    pub(in crate::gpp) vendors: V,
}

impl<V> CanadaRestriction<V> {
    /// The purpose that is restricted.
    #[must_use]
    pub const fn purpose(&self) -> PurposeId {
        self.purpose
    }

    /// What is asked for.
    #[must_use]
    pub const fn restriction_type(&self) -> CanadaRestrictionType {
        self.kind
    }

    /// The vendors that the restriction applies to.
    #[must_use]
    pub const fn vendors(&self) -> &V {
        &self.vendors
    }
}

/// A publisher restriction whose vendors still stand in the bits of a string.
pub type CanadaRestrictionRef<'b> = CanadaRestriction<CanadaVendorsRef<'b>>;

impl<'b> CanadaRestrictionRef<'b> {
    /// Reads one restriction and checks all of it.
    fn take(
        reader: &mut BitReader<'b>,
        form: CanadaForm,
        sink: &mut impl Sink,
    ) -> Result<Self, Fault> {
        let start = reader.position();
        let fault = |kind| Fault::new(kind, start);
        sink.rule(rules::CANADA);
        sink.ids_of("purpose");
        let head = reader.take(8).map_err(fault)?;
        #[allow(clippy::cast_possible_truncation, reason = "eight bits")]
        let purpose = (head >> 2) as u16;
        sink.field("purpose", start, start + 6, Value::Id(purpose.into()));
        let purpose =
            PurposeId::new(purpose).ok_or_else(|| fault(DecodeErrorKind::UndefinedPurpose))?;
        let kind = CanadaRestrictionType::ALL[(head & 3) as usize];
        let bits = *reader;
        let named = Value::Named(head & 3, kind.described());
        sink.field("type", start + 6, bits.position(), named);
        let vendors = Section::take_restricted(reader, form, sink)?.read(bits);
        Ok(Self { purpose, kind, vendors })
    }
}

/// The publisher restrictions of a string, in its order, read from its bits as the iterator
/// goes.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct CanadaRestrictionsRef<'b> {
    reader: BitReader<'b>,
    form: CanadaForm,
    left: u16,
}

/// Where restrictions stand that were checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct RestrictionList {
    /// The bit where the first one starts.
    position: u32,
    count: u16,
}

impl RestrictionList {
    /// None, as of a core that ends before them.
    pub(super) const NONE: Self = Self { position: 0, count: 0 };

    /// Reads the restrictions and checks all of them.
    #[allow(clippy::cast_possible_truncation, reason = "12 bits, and a text's length")]
    pub(super) fn take(
        reader: &mut BitReader<'_>,
        form: CanadaForm,
        sink: &mut impl Sink,
    ) -> Result<Self, Fault> {
        let start = reader.position();
        sink.rule(rules::CANADA);
        let count = reader.take(12).map_err(|kind| Fault::new(kind, start))? as u16;
        let position = reader.position();
        sink.enter("publisher_restrictions");
        sink.field("number", start, position, Value::Count(count, "restriction"));
        sink.enter_list("restrictions", count.into());
        for _ in 0..count {
            sink.next_entry();
            CanadaRestrictionRef::take(reader, form, sink)?;
        }
        sink.leave();
        sink.leave();
        Ok(Self { position: position as u32, count })
    }

    /// The restrictions; `reader` reads the same bits.
    pub(super) fn read(self, reader: BitReader<'_>, form: CanadaForm) -> CanadaRestrictionsRef<'_> {
        CanadaRestrictionsRef { reader: reader.at(self.position as usize), form, left: self.count }
    }
}

impl<'b> Iterator for CanadaRestrictionsRef<'b> {
    type Item = CanadaRestrictionRef<'b>;

    fn next(&mut self) -> Option<CanadaRestrictionRef<'b>> {
        self.left = self.left.checked_sub(1)?;
        // They were checked when they were read.
        CanadaRestrictionRef::take(&mut self.reader, self.form, &mut ()).ok()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left.into(), Some(self.left.into()))
    }
}

impl ExactSizeIterator for CanadaRestrictionsRef<'_> {}
impl core::iter::FusedIterator for CanadaRestrictionsRef<'_> {}

impl core::fmt::Debug for CanadaRestrictionsRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CanadaRestrictionsRef").field("len", &self.left).finish_non_exhaustive()
    }
}

/// Writes restrictions, of which there may be 4095.
pub(super) fn put(restrictions: &[CanadaRestriction], form: CanadaForm, writer: &mut BitWriter) {
    writer.put(restrictions.len() as u64, 12);
    for CanadaRestriction { purpose, kind, vendors } in restrictions {
        writer.put(purpose.get().into(), 6);
        writer.put(kind.number().into(), 2);
        vendors::put_restricted(vendors, form, writer);
    }
}
