//! What the two bits of a field of a US section mean: it goes by the kind of the field.

use core::fmt;

mod sealed {
    /// A value of two bits.
    pub trait TwoBits {
        /// The value of the low two bits of a number.
        fn from_bits(bits: u8) -> Self;

        /// The two bits.
        fn to_bits(self) -> u8;
    }
}
pub(super) use sealed::TwoBits;

/// A value that a field of a US section can have; sealed.
pub trait Value: Copy + Eq + fmt::Debug + TwoBits + 'static {
    /// The value's name in `snake_case`.
    fn name(self) -> &'static str;
}

/// A kind of value: the variants and names of 0, 1, 2 and 3.
macro_rules! value {
    (
        $(#[$doc:meta])* $kind:ident {
            $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)+
        }
    ) => {
        $(#[$doc])*
        ///
        /// Two bits have four values, and this has them all: to be matched in full.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $kind {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $kind {
            /// All values, in the order of their numbers, 0 to 3.
            pub const ALL: [Self; 4] = [$(Self::$variant),+];

            /// The value's name in `snake_case`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }

        impl Value for $kind {
            fn name(self) -> &'static str {
                self.name()
            }
        }

        impl TwoBits for $kind {
            #[inline]
            fn from_bits(bits: u8) -> Self {
                Self::ALL[usize::from(bits & 3)]
            }

            #[inline]
            fn to_bits(self) -> u8 {
                self as u8
            }
        }
    };
}

value! {
    /// Whether a notice was given to the person.
    Notice {
        /// 0: there is nothing to give notice of.
        NotApplicable = "not_applicable",
        /// 1: the notice was given.
        Given = "given",
        /// 2: the notice was not given.
        NotGiven = "not_given",
        /// 3, which the specification does not define.
        Undefined = "undefined",
    }
}

value! {
    /// Whether the person opted out.
    OptOut {
        /// 0: the question does not arise, or no notice was given. It is no permission.
        NotApplicable = "not_applicable",
        /// 1: the person opted out.
        OptedOut = "opted_out",
        /// 2: the person did not opt out.
        DidNotOptOut = "did_not_opt_out",
        /// 3, which the specification does not define.
        Undefined = "undefined",
    }
}

value! {
    /// Whether the person consented.
    ///
    /// 1 is *no* consent: drafts before December 2022, and the documentation of some
    /// libraries to this day, have 1 and 2 the other way round.
    Consent {
        /// 0: the question does not arise. It is no permission.
        NotApplicable = "not_applicable",
        /// 1: the person did not consent.
        NoConsent = "no_consent",
        /// 2: the person consented.
        Consent = "consent",
        /// 3, which the specification does not define.
        Undefined = "undefined",
    }
}

value! {
    /// What a field about the MSPA (the Multi-State Privacy Agreement, a contract) says.
    MspaAnswer {
        /// 0: not applicable. For the covered transaction the specification has only yes and
        /// no; real platforms write 0 all the same.
        NotApplicable = "not_applicable",
        /// 1: yes.
        Yes = "yes",
        /// 2: no.
        No = "no",
        /// 3, which the specification does not define.
        Undefined = "undefined",
    }
}

value! {
    /// The mode of the MSPA that the publisher chose, in the sections from Maryland on.
    MspaMode {
        /// 0: the agreement does not apply.
        NotApplicable = "not_applicable",
        /// 1: the opt-out option mode.
        OptOutOption = "opt_out_option",
        /// 2: the service provider mode.
        ServiceProvider = "service_provider",
        /// 3, which the specification does not define.
        Undefined = "undefined",
    }
}

/// The entries of a field that is a list; what each is about stands in the table of the
/// section (see [`format`](crate::gpp::format)).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entries<V> {
    /// Entry 1 in the lowest two bits.
    bits: u32,
    len: u8,
    kind: core::marker::PhantomData<V>,
}

impl<V: Value> Entries<V> {
    /// The most entries that a field has.
    pub(super) const MOST: u8 = 16;

    /// The entries of `2 * len` bits, entry 1 at the top of them.
    pub(super) fn from_field(field: u32, len: u8) -> Self {
        let entry = |index: u8| field >> (2 * (len - 1 - index)) & 3;
        let bits = (0..len).fold(0, |bits, index| bits | entry(index) << (2 * index));
        Self { bits, len, kind: core::marker::PhantomData }
    }

    /// The `2 * len` bits, entry 1 at the top of them.
    pub(super) fn to_field(self) -> u32 {
        self.iter().fold(0, |field, entry| field << 2 | u32::from(entry.to_bits()))
    }

    /// Some entries, 1 to 16 of them; `None` for any other number.
    #[must_use]
    pub fn new(entries: &[V]) -> Option<Self> {
        let len = u8::try_from(entries.len()).ok().filter(|len| (1..=Self::MOST).contains(len))?;
        let field = entries.iter().fold(0, |field, entry| field << 2 | u32::from(entry.to_bits()));
        Some(Self::from_field(field, len))
    }

    /// How many entries there are, 1 to 16.
    #[allow(clippy::len_without_is_empty, reason = "there is no list without entries")]
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// One entry, by its number in the section's table, from 1 on; `None` where there are not
    /// so many.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<V> {
        let index = number.checked_sub(1).filter(|index| *index < self.len())?;
        #[allow(clippy::cast_possible_truncation, reason = "two bits")]
        Some(V::from_bits((self.bits >> (2 * index)) as u8))
    }

    /// The entries, from number 1 on.
    pub fn iter(&self) -> EntriesIter<V> {
        EntriesIter { entries: *self, next: 1 }
    }
}

impl<V: Value> fmt::Debug for Entries<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<V: Value> IntoIterator for Entries<V> {
    type Item = V;
    type IntoIter = EntriesIter<V>;

    fn into_iter(self) -> EntriesIter<V> {
        self.iter()
    }
}

impl<V: Value> IntoIterator for &Entries<V> {
    type Item = V;
    type IntoIter = EntriesIter<V>;

    fn into_iter(self) -> EntriesIter<V> {
        self.iter()
    }
}

/// The entries of an [`Entries`], from number 1 on.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct EntriesIter<V> {
    entries: Entries<V>,
    next: usize,
}

impl<V: Value> Iterator for EntriesIter<V> {
    type Item = V;

    fn next(&mut self) -> Option<V> {
        let entry = self.entries.get(self.next)?;
        self.next += 1;
        Some(entry)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.entries.len() + 1 - self.next;
        (left, Some(left))
    }
}

impl<V: Value> fmt::Debug for EntriesIter<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<V: Value> ExactSizeIterator for EntriesIter<V> {}
impl<V: Value> core::iter::FusedIterator for EntriesIter<V> {}

/// What a section says of sensitive data: most states ask for consent, three let people opt
/// out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SensitiveData {
    /// California, Utah and Iowa.
    OptOuts(Entries<OptOut>),
    /// The national section and all other states.
    Consents(Entries<Consent>),
}

impl SensitiveData {
    /// How many kinds of sensitive data the section has.
    #[allow(clippy::len_without_is_empty, reason = "there is no list without entries")]
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::OptOuts(entries) => entries.len(),
            Self::Consents(entries) => entries.len(),
        }
    }

    /// Whether the person's choice for a kind of sensitive data, by its number in the
    /// section's table, allows its processing: consent, or no opt-out. `false` for everything
    /// else, a number that the section does not have among it.
    #[must_use]
    pub fn allows(&self, number: usize) -> bool {
        match self {
            Self::OptOuts(entries) => entries.get(number) == Some(OptOut::DidNotOptOut),
            Self::Consents(entries) => entries.get(number) == Some(Consent::Consent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn every_value_has_bits_and_a_name_of_its_own() {
        fn check<V: Value>(names: [&str; 4]) {
            for bits in 0..4 {
                let value = V::from_bits(bits);
                assert_eq!(value.to_bits(), bits);
                assert_eq!(value.name(), names[usize::from(bits)]);
            }
        }
        check::<Notice>(["not_applicable", "given", "not_given", "undefined"]);
        check::<OptOut>(["not_applicable", "opted_out", "did_not_opt_out", "undefined"]);
        check::<Consent>(["not_applicable", "no_consent", "consent", "undefined"]);
        check::<MspaAnswer>(["not_applicable", "yes", "no", "undefined"]);
        check::<MspaMode>(["not_applicable", "opt_out_option", "service_provider", "undefined"]);
    }

    #[test]
    fn entries_are_numbered_from_one() {
        let entries = Entries::<Consent>::from_field(0b00_01_10_11, 4);
        assert_eq!(entries.iter().collect::<Vec<_>>(), Consent::ALL);
        assert_eq!(entries.get(0), None);
        assert_eq!(entries.get(1), Some(Consent::NotApplicable));
        assert_eq!(entries.get(4), Some(Consent::Undefined));
        assert_eq!(entries.get(5), None);
        let data = SensitiveData::Consents(entries);
        assert_eq!((0..6).filter(|&number| data.allows(number)).collect::<Vec<_>>(), [3]);
        let data = SensitiveData::OptOuts(Entries::from_field(0b00_01_10_11, 4));
        assert_eq!((0..6).filter(|&number| data.allows(number)).collect::<Vec<_>>(), [3]);
    }
}
