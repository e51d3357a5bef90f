//! From a TC string and a difference to another TC string.

use alloc::vec::Vec;

use super::super::same_meaning::restricted;
use super::super::vendors::VendorsRef;
use super::super::{
    Builder, PublisherTc, Restriction, SmallId, SmallSet, TcString, TcStringRef, VendorId,
};
use super::{Difference, Fields, PUBLISHER_SETS, RESTRICTIONS, RestrictionChange, small_members};
use crate::diff::{ApplyError, IdChange, Presence, apply_id_changes, members};
use crate::ids::{IdRange, IdSet};

impl Difference {
    /// The canonical string that says what the difference leads to, from the string that it starts
    /// from: of the difference from `a` to `b`, applied to `a`, what `b` says.
    ///
    /// Publisher restrictions stay as they are where none changes; else they are in the order of
    /// purpose and type, each once.
    ///
    /// # Errors
    ///
    /// [`ApplyError::OtherStart`] for a string that says something else than the first one, where
    /// the two strings differ; [`ApplyError::Encode`] where no string can say the result, such as a
    /// language that is no letters.
    pub fn apply_to<'x, 'y>(
        &self,
        consent: impl Into<TcStringRef<'x, 'y>>,
    ) -> Result<TcString, ApplyError> {
        let consent = consent.into();
        let mut fields = Fields::of(&consent);
        for change in &self.header {
            change.apply(&mut fields)?;
        }
        let Fields { mut header, disclosed_vendors, allowed_vendors, publisher_tc, .. } = fields;
        change_small_set(
            &mut header.special_feature_opt_ins,
            &self.special_feature_opt_ins,
            "special_feature_opt_ins",
        )?;
        change_small_set(&mut header.purposes_consent, &self.purposes_consent, "purposes_consent")?;
        change_small_set(&mut header.purposes_li, &self.purposes_li, "purposes_li")?;
        let vendors = |vendors, changes, field| changed_set(vendors, changes, field);
        let present = |presence| presence == Presence::Present;
        let disclosed =
            vendors(consent.disclosed_vendors(), &self.disclosed_vendors, "disclosed_vendors")?;
        let allowed = vendors(consent.allowed_vendors(), &self.allowed_vendors, "allowed_vendors")?;
        let own = self.publisher_tc(&consent, fields.custom_purposes_count)?;
        let built = Builder {
            header,
            vendors_consent: vendors(
                Some(consent.vendors_consent()),
                &self.vendors_consent,
                "vendors_consent",
            )?,
            vendors_li: vendors(Some(consent.vendors_li()), &self.vendors_li, "vendors_li")?,
            restrictions: self.restrictions(&consent)?,
            disclosed_vendors: Some(disclosed).filter(|_| present(disclosed_vendors)),
            allowed_vendors: Some(allowed).filter(|_| present(allowed_vendors)),
            publisher_tc: Some(own).filter(|_| present(publisher_tc)),
        };
        Ok(built.build()?)
    }

    /// The restrictions of a string after the changes.
    fn restrictions(&self, consent: &TcStringRef<'_, '_>) -> Result<Vec<Restriction>, ApplyError> {
        if self.publisher_restrictions.is_empty() {
            return Ok(consent.publisher_restrictions().map(|on| on.to_restriction()).collect());
        }
        let mut restrictions = restricted(*consent);
        let same = |one: &RestrictionChange, other: &RestrictionChange| one.key() == other.key();
        for changes in self.publisher_restrictions.chunk_by(same) {
            let vendors = restrictions.entry(changes[0].key()).or_default();
            let changes: Vec<_> = changes.iter().map(|change| change.vendors).collect();
            *vendors = changed(vendors.ranges(), &changes, RESTRICTIONS)?;
        }
        restrictions.retain(|_, vendors| !vendors.is_empty());
        let restriction = |((purpose, kind), vendors)| Restriction::new(purpose, kind, vendors);
        Ok(restrictions.into_iter().map(restriction).collect())
    }

    /// The choices for the publisher after the changes.
    fn publisher_tc(
        &self,
        consent: &TcStringRef<'_, '_>,
        custom_purposes_count: u8,
    ) -> Result<PublisherTc, ApplyError> {
        let own = consent.publisher_tc().unwrap_or_default();
        let (mut consented, mut interest) = (own.purposes_consent(), own.purposes_li());
        let (mut custom, mut custom_interest) =
            (own.custom_purposes_consent(), own.custom_purposes_li());
        let [first, second, third, fourth] = PUBLISHER_SETS;
        change_small_set(&mut consented, &self.publisher_purposes_consent, first)?;
        change_small_set(&mut interest, &self.publisher_purposes_li, second)?;
        change_small_set(&mut custom, &self.custom_purposes_consent, third)?;
        change_small_set(&mut custom_interest, &self.custom_purposes_li, fourth)?;
        let own = PublisherTc::new(consented, interest);
        Ok(own.with_custom_purposes(custom_purposes_count, custom, custom_interest)?)
    }
}

/// The set of some ranges after some changes.
fn changed(
    ranges: impl IntoIterator<Item = IdRange<VendorId>>,
    changes: &[IdChange<VendorId, bool>],
    field: &'static str,
) -> Result<IdSet<VendorId>, ApplyError> {
    let mut changed = IdSet::new();
    apply_id_changes(members(ranges), changes, field, |ids, _| changed.push(ids))?;
    Ok(changed)
}

/// A set of vendors, which may be absent, after some changes.
fn changed_set(
    vendors: Option<VendorsRef<'_>>,
    changes: &[IdChange<VendorId, bool>],
    field: &'static str,
) -> Result<IdSet<VendorId>, ApplyError> {
    changed(vendors.into_iter().flat_map(|vendors| vendors.ranges()), changes, field)
}

fn change_small_set<I: SmallId>(
    set: &mut SmallSet<I>,
    changes: &[IdChange<I, bool>],
    field: &'static str,
) -> Result<(), ApplyError> {
    let mut changed = SmallSet::EMPTY;
    apply_id_changes(small_members(*set), changes, field, |ids, _| changed.extend(ids.ids()))?;
    *set = changed;
    Ok(())
}
