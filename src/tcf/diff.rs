//! What differs between two TC strings.
//!
//! That a difference says what it says, and its order, are rules of ours.

mod apply;

use alloc::vec::Vec;
use core::fmt;

use super::header::Header;
use super::restricted::restricted_changes;
use super::same_meaning::restricted;
use super::{
    CustomPurposeId, Letters, PurposeId, RestrictionType, SmallId, SmallSet, SpecialFeatureId,
    TcString, TcStringRef, VendorId,
};
use crate::both_forms::both_forms;
use crate::diff::{
    IdChange, Presence, Row, field_changes, id_changes, members, rows, set_changes, shown,
    told_by_rows,
};
use crate::ids::IdRange;
use crate::time::Timestamp;

shown!(Letters);

/// What [`FieldChange`] is about.
struct Fields {
    header: Header,
    disclosed_vendors: Presence,
    allowed_vendors: Presence,
    publisher_tc: Presence,
    custom_purposes_count: u8,
}

impl Fields {
    fn of(consent: &TcStringRef<'_, '_>) -> Self {
        let publisher_tc = consent.publisher_tc();
        Self {
            header: consent.header(),
            disclosed_vendors: Presence::of(consent.disclosed_vendors().is_some()),
            allowed_vendors: Presence::of(consent.allowed_vendors().is_some()),
            publisher_tc: Presence::of(publisher_tc.is_some()),
            custom_purposes_count: publisher_tc.unwrap_or_default().custom_purposes_count(),
        }
    }
}

field_changes! {
    /// A change of a field of a TC string that is no set, or of whether it has a segment.
    FieldChange of Fields {
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
        /// The language in which the user was asked; `None` where no letters stand there.
        ConsentLanguage(Option<Letters>) = "consent_language", header.consent_language;
        /// The version of the Global Vendor List.
        VendorListVersion(u16) = "vendor_list_version", header.vendor_list_version;
        /// The version of the framework's policies.
        TcfPolicyVersion(u8) = "tcf_policy_version", header.tcf_policy_version;
        /// Whether the choices are for one service or group of services.
        IsServiceSpecific(bool) = "is_service_specific", header.is_service_specific;
        /// Whether the user was shown other texts than the standard ones.
        UseNonStandardTexts(bool) = "use_non_standard_texts", header.use_non_standard_texts;
        /// Whether purpose 1 was not disclosed.
        PurposeOneTreatment(bool) = "purpose_one_treatment", header.purpose_one_treatment;
        /// The publisher's country; `None` where no letters stand there.
        PublisherCountryCode(Option<Letters>) =
            "publisher_country_code", header.publisher_country_code;
        /// Whether the string says which vendors were disclosed.
        DisclosedVendors(Presence) = "disclosed_vendors", disclosed_vendors;
        /// Whether the string says which vendors may use bases from outside the framework.
        AllowedVendors(Presence) = "allowed_vendors", allowed_vendors;
        /// Whether the string has choices for the publisher itself.
        PublisherTc(Presence) = "publisher_tc", publisher_tc;
        /// How many custom purposes the publisher has.
        CustomPurposesCount(u8) = "publisher_tc.custom_purposes_count", custom_purposes_count;
    }
}

/// A change of the vendors for which a publisher restricts a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RestrictionChange {
    /// The purpose that is restricted.
    pub purpose: PurposeId,
    /// What is asked for.
    pub restriction_type: RestrictionType,
    /// The vendors, and whether the restriction applies to them.
    pub vendors: IdChange<VendorId, bool>,
}

impl RestrictionChange {
    const fn key(&self) -> (PurposeId, RestrictionType) {
        (self.purpose, self.restriction_type)
    }

    fn row(&self) -> Row {
        let kind = self.restriction_type;
        Row {
            restriction: Some((self.purpose.get(), kind.number(), kind.described())),
            ..Row::of(RESTRICTIONS, &self.vendors)
        }
    }
}

/// What differs between two TC strings, from the first to the second: see [`TcString::diff`].
///
/// Its order is fixed: the fields in the order of [`FieldChange`], then the sets in the order of
/// the getters here, in each the IDs rising; publisher restrictions by purpose, type and vendor.
/// Of an ID that a set does not have, the string says `false`; an absent segment is an empty set
/// here, and that it is absent is a change of a field. Printed, it is one change a line. Serialized
/// (feature `serde`), it is
/// `{"header": [{"field", "from", "to"}], "sections": [{"section", "ids": "7-9", "from", "to"}]}`,
/// with the names of [`Decoded`](super::Decoded), `"absent"` and `"present"` for segments, and for
/// restrictions `"purpose"` and `"type"` behind the section.
#[derive(Clone, PartialEq, Eq)]
pub struct Difference {
    header: Vec<FieldChange>,
    special_feature_opt_ins: Vec<IdChange<SpecialFeatureId, bool>>,
    purposes_consent: Vec<IdChange<PurposeId, bool>>,
    purposes_li: Vec<IdChange<PurposeId, bool>>,
    vendors_consent: Vec<IdChange<VendorId, bool>>,
    vendors_li: Vec<IdChange<VendorId, bool>>,
    publisher_restrictions: Vec<RestrictionChange>,
    disclosed_vendors: Vec<IdChange<VendorId, bool>>,
    allowed_vendors: Vec<IdChange<VendorId, bool>>,
    publisher_purposes_consent: Vec<IdChange<PurposeId, bool>>,
    publisher_purposes_li: Vec<IdChange<PurposeId, bool>>,
    custom_purposes_consent: Vec<IdChange<CustomPurposeId, bool>>,
    custom_purposes_li: Vec<IdChange<CustomPurposeId, bool>>,
}

both_forms! { TcStringRef<'t, 'b>, TcString:

/// What differs between this string and another one, of either form: what changes from this one to
/// the other.
///
/// Encoding, the order of restrictions, restrictions of no vendor and segments that were passed
/// over are no difference: there is none where [`says_the_same_as`](Self::says_the_same_as) answers
/// yes.
///
/// ```
/// use consent_string::tcf::{TcString, VendorId};
///
/// let text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";
/// let before: TcString = text.parse()?;
/// let mut vendors = before.vendors_consent().to_set();
/// vendors.remove_range(VendorId::new(4).unwrap()..=VendorId::new(6).unwrap());
/// let after = before.to_builder().cmp_version(2).vendors_consent(vendors).build()?;
///
/// let difference = before.diff(&after);
/// assert_eq!(difference.to_string(), "cmp_version: 1 -> 2\nvendors_consent 4-6: true -> false");
/// assert_eq!(difference.apply_to(&before)?, after);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn diff<'x, 'y>(self, to: impl Into<TcStringRef<'x, 'y>>) -> Difference {
    let to = to.into();
    let (before, after) = (self.header(), to.header());
    let [own_before, own_after] =
        [self.publisher_tc(), to.publisher_tc()].map(Option::unwrap_or_default);
    Difference {
        header: FieldChange::between(&Fields::of(self), &Fields::of(&to)),
        special_feature_opt_ins: small_changes(
            before.special_feature_opt_ins,
            after.special_feature_opt_ins,
        ),
        purposes_consent: small_changes(before.purposes_consent, after.purposes_consent),
        purposes_li: small_changes(before.purposes_li, after.purposes_li),
        vendors_consent: set_changes(
            [self.vendors_consent().ranges()],
            [to.vendors_consent().ranges()],
        ),
        vendors_li: set_changes([self.vendors_li().ranges()], [to.vendors_li().ranges()]),
        publisher_restrictions: restriction_changes(*self, to),
        disclosed_vendors: set_changes(
            self.disclosed_vendors().map(|vendors| vendors.ranges()),
            to.disclosed_vendors().map(|vendors| vendors.ranges()),
        ),
        allowed_vendors: set_changes(
            self.allowed_vendors().map(|vendors| vendors.ranges()),
            to.allowed_vendors().map(|vendors| vendors.ranges()),
        ),
        publisher_purposes_consent: small_changes(
            own_before.purposes_consent(),
            own_after.purposes_consent(),
        ),
        publisher_purposes_li: small_changes(own_before.purposes_li(), own_after.purposes_li()),
        custom_purposes_consent: small_changes(
            own_before.custom_purposes_consent(),
            own_after.custom_purposes_consent(),
        ),
        custom_purposes_li: small_changes(
            own_before.custom_purposes_li(),
            own_after.custom_purposes_li(),
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

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.header.is_empty() && self.rows().next().is_none()
    }

    /// The changes of fields.
    #[must_use]
    pub fn header(&self) -> &[FieldChange] {
        &self.header
    }

    getters! {
        /// The changes of the special features that the user opted in to.
        special_feature_opt_ins: SpecialFeatureId;
        /// The changes of the purposes that the user consented to.
        purposes_consent: PurposeId;
        /// The changes of the purposes for which legitimate interest was shown, without objection.
        purposes_li: PurposeId;
        /// The changes of the vendors that the user consented to.
        vendors_consent: VendorId;
        /// The changes of the vendors whose legitimate interest was shown, without objection.
        vendors_li: VendorId;
    }

    /// The changes of publisher restrictions, by purpose, type and vendor.
    #[must_use]
    pub fn publisher_restrictions(&self) -> &[RestrictionChange] {
        &self.publisher_restrictions
    }

    getters! {
        /// The changes of the vendors that were disclosed to the user.
        disclosed_vendors: VendorId;
        /// The changes of the vendors that may use bases from outside the framework.
        allowed_vendors: VendorId;
        /// The changes of the purposes that the user consented to for the publisher itself.
        publisher_purposes_consent: PurposeId;
        /// The changes of the purposes for which the publisher's own legitimate interest was shown,
        /// without objection.
        publisher_purposes_li: PurposeId;
        /// The changes of the publisher's custom purposes that the user consented to.
        custom_purposes_consent: CustomPurposeId;
        /// The changes of the publisher's custom purposes for which legitimate interest was shown,
        /// without objection.
        custom_purposes_li: CustomPurposeId;
    }

    /// The changes of all sets, in their order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> + Clone {
        let [first, second, third, fourth] = PUBLISHER_SETS;
        rows("special_feature_opt_ins", &self.special_feature_opt_ins)
            .chain(rows("purposes_consent", &self.purposes_consent))
            .chain(rows("purposes_li", &self.purposes_li))
            .chain(rows("vendors_consent", &self.vendors_consent))
            .chain(rows("vendors_li", &self.vendors_li))
            .chain(self.publisher_restrictions.iter().map(RestrictionChange::row))
            .chain(rows("disclosed_vendors", &self.disclosed_vendors))
            .chain(rows("allowed_vendors", &self.allowed_vendors))
            .chain(rows(first, &self.publisher_purposes_consent))
            .chain(rows(second, &self.publisher_purposes_li))
            .chain(rows(third, &self.custom_purposes_consent))
            .chain(rows(fourth, &self.custom_purposes_li))
    }
}

const RESTRICTIONS: &str = "publisher_restrictions";

/// The sets among the choices for the publisher.
const PUBLISHER_SETS: [&str; 4] = [
    "publisher_tc.purposes_consent",
    "publisher_tc.purposes_li",
    "publisher_tc.custom_purposes_consent",
    "publisher_tc.custom_purposes_li",
];

fn small_members<I: SmallId>(set: SmallSet<I>) -> impl Iterator<Item = (IdRange<I>, bool)> {
    members(set.into_iter().map(IdRange::from))
}

pub(crate) fn small_changes<I: SmallId>(
    from: SmallSet<I>,
    to: SmallSet<I>,
) -> Vec<IdChange<I, bool>> {
    id_changes(small_members(from), small_members(to))
}

fn restriction_changes(
    from: TcStringRef<'_, '_>,
    to: TcStringRef<'_, '_>,
) -> Vec<RestrictionChange> {
    restricted_changes(&restricted(from), &restricted(to))
        .into_iter()
        .map(|((purpose, restriction_type), vendors)| RestrictionChange {
            purpose,
            restriction_type,
            vendors,
        })
        .collect()
}

told_by_rows!(Difference);

/// How much differs: there may be many changes.
impl fmt::Debug for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Difference")
            .field("header", &self.header)
            .field("sections", &self.rows().count())
            .finish_non_exhaustive()
    }
}
