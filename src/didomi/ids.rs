//! Didomi's numbers for purposes and vendors.

use crate::ids::id_type;

id_type! {
    /// Didomi's number for a purpose, 1 to 65535.
    ///
    /// ```
    /// # use consent_string::didomi::PurposeId;
    /// assert_eq!(PurposeId::new(4).map(PurposeId::get), Some(4));
    /// assert_eq!(PurposeId::new(0), None);
    /// assert!("65536".parse::<PurposeId>().is_err());
    /// ```
    PurposeId, 65535
}

id_type! {
    /// Didomi's number for a vendor, 1 to 65535.
    ///
    /// It is not the vendor's number in IAB Europe's Global Vendor List: that is
    /// `tcf::VendorId`, another type, whose numbers have nothing to do with these.
    VendorId, 65535
}
