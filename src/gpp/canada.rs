//! Section 5: the TC string of Canada, in its three wire forms.

mod builder;
mod diff;
mod header;
mod publisher;
mod read;
mod restriction;
#[cfg(feature = "serde")]
mod serde;
mod vendors;
mod view;

pub use builder::TcfCanadaBuilder;
pub use diff::{CanadaDifference, CanadaFieldChange, CanadaRestrictionChange};
pub use publisher::CanadaPublisher;
pub use restriction::{
    CanadaRestriction, CanadaRestrictionRef, CanadaRestrictionType, CanadaRestrictionsRef,
};
pub use vendors::{CanadaVendorRanges, CanadaVendorsRef};
pub use view::TcfCanadaRef;

/// How the lists of vendors stand in a TC string of Canada.
///
/// The version number is 1 in all three, so a reader has to try: see
/// [`format`](crate::gpp::format).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum CanadaForm {
    /// As in a TC string of the European Union: the highest ID, then ranges of 16-bit numbers
    /// or a bit field. All strings found in the wild are of this form, so it is what is tried
    /// first, and written unless another one is asked for.
    #[default]
    IntegerRanges,
    /// The highest ID, then ranges of Fibonacci numbers or a bit field: what a library writes
    /// since 2026.
    FibonacciRanges,
    /// As the specification says: ranges of Fibonacci numbers, or the highest ID and a bit
    /// field. No known writer does.
    Specification,
}

impl CanadaForm {
    /// All forms, in the order in which they are tried.
    pub const ALL: &[Self] = &[Self::IntegerRanges, Self::FibonacciRanges, Self::Specification];

    /// The form's name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::IntegerRanges => "integer_ranges",
            Self::FibonacciRanges => "fibonacci_ranges",
            Self::Specification => "specification",
        }
    }
}
