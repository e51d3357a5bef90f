//! What differs between two TC strings of Canada.

use alloc::vec::Vec;
use core::fmt;

use super::header::Header;
use super::{CanadaRestrictionType, TcfCanadaRef};
use crate::diff::{IdChange, Presence, Row, field_changes, rows, set_changes, told_by_rows};
use crate::tcf::{
    CustomPurposeId, Letters, PurposeId, SpecialFeatureId, VendorId, restricted,
    restricted_changes, small_changes,
};
use crate::time::Timestamp;

/// What [`CanadaFieldChange`] is about.
struct Fields {
    header: Header,
    disclosed_vendors: Presence,
    publisher_tc: Presence,
    custom_purposes_count: u8,
}

impl Fields {
    fn of(canada: &TcfCanadaRef<'_>) -> Self {
        let publisher = canada.publisher();
        Self {
            header: canada.header(),
            disclosed_vendors: Presence::of(canada.disclosed_vendors().is_some()),
            publisher_tc: Presence::of(publisher.is_some()),
            custom_purposes_count: publisher.unwrap_or_default().custom_purposes_count(),
        }
    }
}

field_changes! {
    /// A change of a field of a TC string of Canada that is no set, or of whether it has a segment.
    CanadaFieldChange of Fields {
        /// When the string was first created.
        Created(Timestamp) = "created", header.created;
        /// When the string was last changed.
        LastUpdated(Timestamp) = "last_updated", header.last_updated;
        /// The consent management platform's number.
        CmpId(u16) = "cmp_id", header.cmp_id;
        /// The platform's own version.
        CmpVersion(u16) = "cmp_version", header.cmp_version;
        /// The screen on which the user chose.
        ConsentScreen(u8) = "consent_screen", header.consent_screen;
        /// The language in which the user was asked.
        ConsentLanguage(Letters) = "consent_language", header.consent_language;
        /// The version of the vendor list.
        VendorListVersion(u16) = "vendor_list_version", header.vendor_list_version;
        /// The version of the framework's policies.
        TcfPolicyVersion(u8) = "tcf_policy_version", header.tcf_policy_version;
        /// Whether the user was shown other stacks than the standard ones.
        UseNonStandardStacks(bool) = "use_non_standard_stacks", header.use_non_standard_stacks;
        /// Whether the string says which vendors were disclosed.
        DisclosedVendors(Presence) = "disclosed_vendors", disclosed_vendors;
        /// Whether the string has choices for the publisher itself.
        PublisherTc(Presence) = "publisher_tc", publisher_tc;
        /// How many custom purposes the publisher has.
        CustomPurposesCount(u8) = "publisher_tc.custom_purposes_count", custom_purposes_count;
    }
}

/// A change of the vendors for which a publisher restricts a purpose, in Canada.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CanadaRestrictionChange {
    /// The purpose that is restricted.
    pub purpose: PurposeId,
    /// What is asked for.
    pub restriction_type: CanadaRestrictionType,
    /// The vendors, and whether the restriction applies to them.
    pub vendors: IdChange<VendorId, bool>,
}

impl CanadaRestrictionChange {
    fn row(&self) -> Row {
        let kind = self.restriction_type;
        let words = match kind {
            CanadaRestrictionType::NotAllowed => "not allowed",
            CanadaRestrictionType::RequireExpress => "require express consent",
            CanadaRestrictionType::RequireImplied => "require implied consent",
            CanadaRestrictionType::Undefined => "undefined",
        };
        Row {
            restriction: Some((self.purpose.get(), kind.number(), words)),
            ..Row::of("publisher_restrictions", &self.vendors)
        }
    }
}

/// What differs between two TC strings of Canada, from the first to the second: see
/// [`TcfCanadaRef::diff`].
///
/// Order, print and object are as those of [`tcf::Difference`](crate::tcf::Difference), with
/// `express` and `implied` in place of consent and legitimate interest.
#[derive(Clone, PartialEq, Eq)]
pub struct CanadaDifference {
    header: Vec<CanadaFieldChange>,
    special_feature_opt_ins: Vec<IdChange<SpecialFeatureId, bool>>,
    purposes_express: Vec<IdChange<PurposeId, bool>>,
    purposes_implied: Vec<IdChange<PurposeId, bool>>,
    vendors_express: Vec<IdChange<VendorId, bool>>,
    vendors_implied: Vec<IdChange<VendorId, bool>>,
    publisher_restrictions: Vec<CanadaRestrictionChange>,
    disclosed_vendors: Vec<IdChange<VendorId, bool>>,
    publisher_purposes_express: Vec<IdChange<PurposeId, bool>>,
    publisher_purposes_implied: Vec<IdChange<PurposeId, bool>>,
    custom_purposes_express: Vec<IdChange<CustomPurposeId, bool>>,
    custom_purposes_implied: Vec<IdChange<CustomPurposeId, bool>>,
}

impl TcfCanadaRef<'_> {
    /// What differs between this string and another one: what changes from this one to the other.
    /// The wire form, the order of restrictions and restrictions of no vendor are no difference.
    #[must_use]
    pub fn diff(&self, to: &TcfCanadaRef<'_>) -> CanadaDifference {
        let (before, after) = (self.header(), to.header());
        let own_before = self.publisher().unwrap_or_default();
        let own_after = to.publisher().unwrap_or_default();
        CanadaDifference {
            header: CanadaFieldChange::between(&Fields::of(self), &Fields::of(to)),
            special_feature_opt_ins: small_changes(
                before.special_feature_opt_ins,
                after.special_feature_opt_ins,
            ),
            purposes_express: small_changes(before.purposes_express, after.purposes_express),
            purposes_implied: small_changes(before.purposes_implied, after.purposes_implied),
            vendors_express: set_changes(
                [self.vendors_express().ranges()],
                [to.vendors_express().ranges()],
            ),
            vendors_implied: set_changes(
                [self.vendors_implied().ranges()],
                [to.vendors_implied().ranges()],
            ),
            publisher_restrictions: restriction_changes(self, to),
            disclosed_vendors: set_changes(
                self.disclosed_vendors().map(|vendors| vendors.ranges()),
                to.disclosed_vendors().map(|vendors| vendors.ranges()),
            ),
            publisher_purposes_express: small_changes(
                own_before.purposes_express(),
                own_after.purposes_express(),
            ),
            publisher_purposes_implied: small_changes(
                own_before.purposes_implied(),
                own_after.purposes_implied(),
            ),
            custom_purposes_express: small_changes(
                own_before.custom_purposes_express(),
                own_after.custom_purposes_express(),
            ),
            custom_purposes_implied: small_changes(
                own_before.custom_purposes_implied(),
                own_after.custom_purposes_implied(),
            ),
        }
    }
}

/// Getters for the changes of sets.
macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident: $id:ty;)+) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> &[IdChange<$id, bool>] {
            &self.$name
        }
    )+};
}

impl CanadaDifference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.header.is_empty() && self.rows().next().is_none()
    }

    /// The changes of fields.
    #[must_use]
    pub fn header(&self) -> &[CanadaFieldChange] {
        &self.header
    }

    getters! {
        /// The changes of the special features with the user's express consent.
        special_feature_opt_ins: SpecialFeatureId;
        /// The changes of the purposes with the user's express consent.
        purposes_express: PurposeId;
        /// The changes of the purposes with the user's implied consent.
        purposes_implied: PurposeId;
        /// The changes of the vendors with the user's express consent.
        vendors_express: VendorId;
        /// The changes of the vendors with the user's implied consent.
        vendors_implied: VendorId;
    }

    /// The changes of publisher restrictions, by purpose, type and vendor.
    #[must_use]
    pub fn publisher_restrictions(&self) -> &[CanadaRestrictionChange] {
        &self.publisher_restrictions
    }

    getters! {
        /// The changes of the vendors that were disclosed to the user.
        disclosed_vendors: VendorId;
        /// The changes of the publisher's purposes with the user's express consent.
        publisher_purposes_express: PurposeId;
        /// The changes of the publisher's purposes with the user's implied consent.
        publisher_purposes_implied: PurposeId;
        /// The changes of the publisher's custom purposes with the user's express consent.
        custom_purposes_express: CustomPurposeId;
        /// The changes of the publisher's custom purposes with the user's implied consent.
        custom_purposes_implied: CustomPurposeId;
    }

    /// The changes of all sets, in their order.
    pub(in crate::gpp) fn rows(&self) -> impl Iterator<Item = Row> + Clone {
        rows("special_feature_opt_ins", &self.special_feature_opt_ins)
            .chain(rows("purposes_express", &self.purposes_express))
            .chain(rows("purposes_implied", &self.purposes_implied))
            .chain(rows("vendors_express", &self.vendors_express))
            .chain(rows("vendors_implied", &self.vendors_implied))
            .chain(self.publisher_restrictions.iter().map(CanadaRestrictionChange::row))
            .chain(rows("disclosed_vendors", &self.disclosed_vendors))
            .chain(rows("publisher_tc.purposes_express", &self.publisher_purposes_express))
            .chain(rows("publisher_tc.purposes_implied", &self.publisher_purposes_implied))
            .chain(rows("publisher_tc.custom_purposes_express", &self.custom_purposes_express))
            .chain(rows("publisher_tc.custom_purposes_implied", &self.custom_purposes_implied))
    }
}

fn restriction_changes(
    from: &TcfCanadaRef<'_>,
    to: &TcfCanadaRef<'_>,
) -> Vec<CanadaRestrictionChange> {
    let [from, to] = [from, to].map(|canada| {
        restricted(
            canada
                .publisher_restrictions()
                .map(|on| ((on.purpose(), on.restriction_type()), on.vendors().ranges())),
        )
    });
    restricted_changes(&from, &to)
        .into_iter()
        .map(|((purpose, restriction_type), vendors)| CanadaRestrictionChange {
            purpose,
            restriction_type,
            vendors,
        })
        .collect()
}

told_by_rows!(CanadaDifference);

/// How much differs: there may be many changes.
impl fmt::Debug for CanadaDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CanadaDifference")
            .field("header", &self.header)
            .field("sections", &self.rows().count())
            .finish_non_exhaustive()
    }
}
