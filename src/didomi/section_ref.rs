//! Sections that stay in the bits of a string: what they say, and of which IDs.

use alloc::vec::Vec;
use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;

use super::bit_field::entry_of_status;
use super::encoding::SectionForm;
use super::section::{Flat, Section};
use super::section_bits::CheckedSection;
use super::section_walk::{SpanIds, Spans, Walk};
use super::status::Status;
use crate::bits::{BitReader, Runs as BitRuns, Span};
use crate::ids::{Id, IdRange, IdSet};

/// A section of a string, read straight from the bits.
///
/// Asked like a set, it is the set of the IDs that are *enabled*: all that a permission can rest
/// on. [`status`](Self::status), [`disabled`](Self::disabled) and [`runs`](Self::runs) tell
/// disabled IDs from those of which nothing is said.
///
/// ```
/// use consent_string::didomi::{ConsentString, Status, VendorId};
///
/// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// let consent: ConsentString = text.parse()?;
/// assert!(consent.vendors().contains(const { VendorId::new(130).unwrap() }));
/// assert_eq!(consent.vendors().len(), 5);
/// assert_eq!(consent.purposes().to_set().to_string(), "1-2, 6-8");
/// assert_eq!(consent.purposes().disabled().to_set().to_string(), "3-4");
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct SectionRef<'b, I> {
    bits: BitReader<'b>,
    section: CheckedSection,
    ids: PhantomData<I>,
}

impl<'b, I: Id> SectionRef<'b, I> {
    #[inline]
    pub(super) const fn new(bits: BitReader<'b>, section: CheckedSection) -> Self {
        Self { bits, section, ids: PhantomData }
    }

    /// The status of an ID: at once in a bit field, linear in the number of ranges otherwise.
    #[inline]
    #[must_use]
    pub fn status(&self, id: I) -> Status {
        self.section.status(self.bits, id.get())
    }

    /// Whether an ID is enabled, in the time that [`status`](Self::status) takes.
    #[inline]
    #[must_use]
    pub fn contains(&self, id: I) -> bool {
        self.status(id).is_enabled()
    }

    /// The IDs that are enabled, as a set.
    #[inline]
    #[must_use]
    pub const fn enabled(&self) -> IdsRef<'b, I> {
        IdsRef { section: *self, status: Status::Enabled }
    }

    /// The IDs that are disabled, as a set.
    #[inline]
    #[must_use]
    pub const fn disabled(&self) -> IdsRef<'b, I> {
        IdsRef { section: *self, status: Status::Disabled }
    }

    /// The ranges of enabled IDs, rising and as long as they can be: no two touch.
    #[inline]
    pub fn ranges(&self) -> Ranges<'b, I> {
        self.enabled().ranges()
    }

    /// The enabled IDs, rising.
    #[inline]
    pub fn iter(&self) -> Iter<'b, I> {
        self.enabled().iter()
    }

    /// How many IDs are enabled, 0 to 65535: counted anew by each call.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.enabled().len()
    }

    /// Whether no ID is enabled.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.enabled().is_empty()
    }

    /// The enabled IDs as a set of its own.
    #[must_use]
    pub fn to_set(&self) -> IdSet<I> {
        self.enabled().to_set()
    }

    /// The IDs that are enabled or disabled, rising, as ranges with one status each. Ranges of one
    /// status don't touch.
    pub fn runs(&self) -> Runs<'b, I> {
        let mut walk = Walk::new(&self.section, self.bits);
        let next = said(&mut walk);
        Runs { walk, next, ids: PhantomData }
    }

    /// The IDs that are enabled or disabled, rising, with their statuses.
    pub fn statuses(&self) -> Statuses<'b, I> {
        Statuses(Flat::new(self.runs()))
    }

    /// Whether no ID is enabled or disabled.
    #[must_use]
    pub fn says_nothing(&self) -> bool {
        self.runs().next().is_none()
    }

    /// How the section is encoded.
    #[must_use]
    pub const fn form(&self) -> SectionForm {
        self.section.form
    }

    /// The same section with sets of its own, to change and to build with.
    #[must_use]
    pub fn to_section(&self) -> Section<I> {
        Section::of_disjoint(self.enabled().to_set(), self.disabled().to_set())
    }
}

impl<'b, I: Id> IntoIterator for &SectionRef<'b, I> {
    type Item = I;
    type IntoIter = Iter<'b, I>;

    /// The enabled IDs, rising.
    fn into_iter(self) -> Iter<'b, I> {
        self.iter()
    }
}

impl<'b, I: Id> IntoIterator for SectionRef<'b, I> {
    type Item = I;
    type IntoIter = Iter<'b, I>;

    /// The enabled IDs, rising.
    fn into_iter(self) -> Iter<'b, I> {
        self.iter()
    }
}

/// The form, and the first ranges of either status.
impl<I: Id> fmt::Debug for SectionRef<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SectionRef")
            .field("form", &self.form())
            .field("enabled", &self.enabled())
            .field("disabled", &self.disabled())
            .finish()
    }
}

/// The IDs of a section that have one status, read straight from the bits.
#[derive(Clone, Copy)]
pub struct IdsRef<'b, I> {
    section: SectionRef<'b, I>,
    status: Status,
}

/// Above so many IDs a bit field is collected all at once.
const SMALL_BIT_FIELD: u16 = 128;

impl<'b, I: Id> IdsRef<'b, I> {
    /// Whether an ID has the status: at once in a bit field, linear in the number of ranges
    /// otherwise.
    #[inline]
    #[must_use]
    pub fn contains(&self, id: I) -> bool {
        self.section.status(id) == self.status
    }

    /// The ranges, rising and as long as they can be: no two touch. All of them together are linear
    /// in the bits of the section.
    #[inline]
    pub fn ranges(&self) -> Ranges<'b, I> {
        Ranges { spans: self.spans(), ids: PhantomData }
    }

    /// The IDs, rising.
    #[inline]
    pub fn iter(&self) -> Iter<'b, I> {
        let SectionRef { bits, section, .. } = &self.section;
        Iter { numbers: SpanIds::new(section, *bits, self.status), ids: PhantomData }
    }

    /// How many IDs there are, 0 to 65535: counted anew by each call.
    #[must_use]
    pub fn len(&self) -> usize {
        let SectionRef { bits, section, .. } = &self.section;
        if section.form.statuses.is_none() {
            return section.bit_field(*bits).matching(entry_of_status(self.status)).count();
        }
        self.spans().map(|span| usize::from(span.last - span.first) + 1).sum()
    }

    /// Whether there is no ID.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans().next().is_none()
    }

    /// The IDs as a set of its own.
    #[must_use]
    pub fn to_set(&self) -> IdSet<I> {
        let SectionRef { bits, section, .. } = &self.section;
        let Some(statuses) = section.statuses() else {
            let (runs, entry) = (section.bit_field(*bits), entry_of_status(self.status));
            let count = section.groups[0].count();
            return if count <= BitRuns::<2>::FEW {
                IdSet::from_spans(runs.few_spans_of(entry))
            } else if count > SMALL_BIT_FIELD {
                IdSet::of_runs(&runs, entry)
            } else {
                self.ranges().collect()
            };
        };
        let group = statuses.groups.iter().position(|&group| group == Some(self.status));
        let most = match group {
            Some(index) => usize::from(section.groups[index].count()),
            // What no group lists lies before one of their ranges.
            None => section.groups.iter().map(|group| usize::from(group.count())).sum(),
        };
        IdSet::from_rising(most, self.ranges())
    }

    /// The IDs' numbers, rising: what goes into a column or a message. Faster than collecting
    /// [`iter`](Self::iter).
    ///
    /// ```
    /// use consent_string::didomi::ConsentString;
    ///
    /// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
    /// let consent: ConsentString = text.parse()?;
    /// assert_eq!(consent.purposes().enabled().to_numbers(), [1, 2, 6, 7, 8]);
    /// # Ok::<(), consent_string::DecodeError>(())
    /// ```
    #[must_use]
    pub fn to_numbers(&self) -> Vec<u16> {
        let mut numbers = Vec::new();
        self.put_numbers(&mut numbers);
        numbers
    }

    /// Appends what [`to_numbers`](Self::to_numbers) gives, up to 65535 numbers, to others.
    pub fn put_numbers(&self, numbers: &mut Vec<u16>) {
        let SectionRef { bits, section, .. } = &self.section;
        if section.form.statuses.is_none() {
            return section.bit_field(*bits).put_ids_of(entry_of_status(self.status), numbers);
        }
        self.spans().for_each(|span| numbers.extend(span.first..=span.last));
    }

    #[inline]
    fn spans(&self) -> Spans<'b> {
        let SectionRef { bits, section, .. } = &self.section;
        Spans::new(section, *bits, self.status)
    }
}

impl<'b, I: Id> IntoIterator for &IdsRef<'b, I> {
    type Item = I;
    type IntoIter = Iter<'b, I>;

    fn into_iter(self) -> Iter<'b, I> {
        self.iter()
    }
}

impl<'b, I: Id> IntoIterator for IdsRef<'b, I> {
    type Item = I;
    type IntoIter = Iter<'b, I>;

    fn into_iter(self) -> Iter<'b, I> {
        self.iter()
    }
}

/// How many ranges are shown, so that no string fills a log.
const SHOWN: usize = 16;

/// The first ranges.
impl<I: Id> fmt::Debug for IdsRef<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut ranges = self.ranges();
        f.write_str("{")?;
        for (index, range) in ranges.by_ref().take(SHOWN).enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{range}")?;
        }
        f.write_str(if ranges.next().is_some() { ", ..}" } else { "}" })
    }
}

/// The ranges of IDs in a section that have one status, rising; no two touch.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Ranges<'b, I> {
    spans: Spans<'b>,
    ids: PhantomData<I>,
}

impl<I: Id> Iterator for Ranges<'_, I> {
    type Item = IdRange<I>;

    #[inline]
    fn next(&mut self) -> Option<IdRange<I>> {
        self.spans.next().map(IdRange::of_span)
    }

    #[inline]
    fn fold<B, F: FnMut(B, IdRange<I>) -> B>(self, init: B, mut add: F) -> B {
        self.spans.fold(init, |all, span| add(all, IdRange::of_span(span)))
    }
}

impl<I: Id> FusedIterator for Ranges<'_, I> {}

/// The IDs in a section that have one status, rising.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Iter<'b, I> {
    numbers: SpanIds<'b>,
    ids: PhantomData<I>,
}

#[inline]
fn id<I: Id>(number: u16) -> I {
    I::new(number).expect("a checked section has IDs from 1 to 65535")
}

impl<I: Id> Iterator for Iter<'_, I> {
    type Item = I;

    #[inline]
    fn next(&mut self) -> Option<I> {
        self.numbers.next().map(id)
    }

    #[inline]
    fn fold<B, F: FnMut(B, I) -> B>(self, init: B, mut add: F) -> B {
        self.numbers.fold(init, |all, number| add(all, id(number)))
    }
}

impl<I: Id> FusedIterator for Iter<'_, I> {}

/// The ranges of IDs in a section that are enabled or disabled, with their statuses, rising.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Runs<'b, I> {
    walk: Walk<'b>,
    next: Option<(Span, Status)>,
    ids: PhantomData<I>,
}

/// The next run that is enabled or disabled.
fn said(walk: &mut Walk<'_>) -> Option<(Span, Status)> {
    walk.find(|&(_, status)| status != Status::Undefined)
}

impl<I: Id> Iterator for Runs<'_, I> {
    type Item = (IdRange<I>, Status);

    #[inline]
    fn next(&mut self) -> Option<(IdRange<I>, Status)> {
        let (mut span, status) = self.next?;
        loop {
            self.next = said(&mut self.walk);
            match self.next {
                Some((next, other))
                    if other == status && u32::from(next.first) == u32::from(span.last) + 1 =>
                {
                    span.last = next.last;
                }
                _ => return Some((IdRange::of_span(span), status)),
            }
        }
    }
}

impl<I: Id> FusedIterator for Runs<'_, I> {}

/// The IDs in a section that are enabled or disabled, with their statuses, rising.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Statuses<'b, I>(Flat<Runs<'b, I>, I>);

impl<I: Id> Iterator for Statuses<'_, I> {
    type Item = (I, Status);

    #[inline]
    fn next(&mut self) -> Option<(I, Status)> {
        self.0.next()
    }
}

impl<I: Id> FusedIterator for Statuses<'_, I> {}

/// Shows no ID: there may be many.
macro_rules! debug_without_ids {
    ($($name:ident),+) => {$(
        impl<I> fmt::Debug for $name<'_, I> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}
debug_without_ids!(Ranges, Iter, Runs, Statuses);
