//! What is asked.

use super::{Purpose, Vendor};
use crate::tcf::LegalBasis;

/// May a vendor act for a purpose?
///
/// The legal basis of an IAB vendor is what the Global Vendor List says; where there is none,
/// the caller says it by [`on`](Self::on) and [`flexible`](Self::flexible).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct Question {
    pub(super) vendor: Vendor,
    pub(super) purpose: Purpose,
    pub(super) basis: Option<LegalBasis>,
    pub(super) flexible: bool,
}

impl Question {
    /// May the vendor act for the purpose, on the basis that it declares?
    ///
    /// For a vendor of Didomi's or of one's own that is consent, unless [`on`](Self::on) says
    /// otherwise: no list says what it declares.
    pub const fn new(vendor: Vendor, purpose: Purpose) -> Self {
        Self { vendor, purpose, basis: None, flexible: false }
    }

    /// On this basis.
    ///
    /// Without a list it is the one that an IAB vendor declares for the purpose; with a list the
    /// list says that, and an answer on another basis is a no.
    pub const fn on(self, basis: LegalBasis) -> Self {
        Self { basis: Some(basis), ..self }
    }

    /// The IAB vendor declares the purpose as flexible. A list, where there is one, knows it
    /// better.
    pub const fn flexible(self) -> Self {
        Self { flexible: true, ..self }
    }

    /// The vendor that is asked about.
    #[must_use]
    pub const fn vendor(self) -> Vendor {
        self.vendor
    }

    /// The purpose that is asked about.
    #[must_use]
    pub const fn purpose(self) -> Purpose {
        self.purpose
    }
}
