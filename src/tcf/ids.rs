//! The numbers of IAB Europe's Global Vendor List.
//!
//! None of them is a Didomi number: `tcf::VendorId` 1 and [`didomi::VendorId`](crate::didomi::VendorId) 1 are two
//! companies, so they are two types.

use crate::ids::{Id, id_type};

id_type! {
    /// A vendor's number in the Global Vendor List, 1 to 65535.
    ///
    /// It is another type than Didomi's [`VendorId`](crate::didomi::VendorId):
    ///
    /// ```compile_fail
    /// # use consent_string::{didomi, tcf};
    /// let vendor: didomi::VendorId = tcf::VendorId::MIN;
    /// ```
    VendorId, 65535
}

id_type! {
    /// A purpose's number in the Global Vendor List, 1 to 24: a TC string has 24 places for
    /// them, of which version 3 of the list uses eleven.
    ///
    /// [`purposes`](super::purposes) has those eleven by name. [`MAX`](Self::MAX) is the last
    /// place, and no purpose.
    ///
    /// ```
    /// # use consent_string::tcf::PurposeId;
    /// assert_eq!(PurposeId::new(24), Some(PurposeId::MAX));
    /// assert_eq!(PurposeId::new(25), None);
    /// ```
    PurposeId, 24
}

id_type! {
    /// A special feature's number in the Global Vendor List, 1 to 12: a TC string has twelve
    /// places for them, of which version 3 of the list uses two, by name in
    /// [`special_features`](super::special_features).
    SpecialFeatureId, 12
}

id_type! {
    /// A special purpose's number in the Global Vendor List, of which version 3 has three, by
    /// name in [`special_purposes`](super::special_purposes). The user has no choice about
    /// them, so a TC string has no place for them.
    SpecialPurposeId, 65535
}

id_type! {
    /// A feature's number in the Global Vendor List, 1 to 65535; version 3 of the list uses
    /// three. The user has no choice about them, so a TC string has no place for them.
    FeatureId, 65535
}

id_type! {
    /// The number of one of a publisher's own purposes, 1 to 63.
    CustomPurposeId, 63
}

/// An ID of which there are so few that a set of them is one word: [`SmallSet`](super::SmallSet)
/// is generic over it; sealed.
pub trait SmallId: Id {
    /// How many IDs there are, at most 63.
    const COUNT: u32;
}

impl SmallId for PurposeId {
    const COUNT: u32 = 24;
}

impl SmallId for SpecialFeatureId {
    const COUNT: u32 = 12;
}

impl SmallId for CustomPurposeId {
    const COUNT: u32 = 63;
}
