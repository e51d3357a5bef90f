//! The TC strings that the benchmarks read and write: the specification's example, and a
//! large one made here from a fixed seed.

use consent_string::tcf::{
    CustomPurposeId, PublisherTc, PurposeId, RestrictionType, SmallSet, SpecialFeatureId, TcString,
    VendorId,
};
use consent_string::{Id, IdSet, Timestamp};

/// A string under the name of its case.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

/// All cases.
pub(crate) fn cases() -> Vec<Case> {
    // IAB Europe, "Consent string and vendor list formats v2".
    let spec = "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAAC\
                AIAAAAQAIAgEAACEAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAY\
                QEAAAQmAgBC3ZAYzUw";
    vec![
        Case { name: "spec", text: spec.to_owned() },
        Case { name: "live", text: live() },
        Case { name: "large", text: large() },
    ]
}

/// A small generator with a fixed seed (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn id<I: Id>(number: u16) -> I {
    I::new(number).expect("an ID")
}

/// A set of vendors up to the highest, of which so many in a hundred are in it.
fn vendors(random: &mut Random, highest: u16, percent: u64) -> IdSet<VendorId> {
    (1..=highest)
        .filter(|&vendor| vendor == highest || random.below(100) < percent)
        .map(id::<VendorId>)
        .collect()
}

/// About 590 characters in the shape of a live site's string that is valid: bit fields of 1,100
/// vendors for consent, legitimate interest and disclosure, and no restrictions.
pub(crate) fn live() -> String {
    let mut random = Random(590);
    let text = TcString::builder("2026-06-15T00:00:00Z".parse().expect("a time"))
        .cmp_id(31)
        .consent_language("EN".parse().expect("letters"))
        .vendor_list_version(140)
        .tcf_policy_version(5)
        .is_service_specific(true)
        .purposes_consent((1..=11).map(id::<PurposeId>).collect())
        .purposes_li([2, 7, 8, 9, 10, 11].map(id::<PurposeId>).into())
        .vendors_consent(vendors(&mut random, 1100, 80))
        .vendors_li(vendors(&mut random, 1100, 40))
        .disclosed_vendors(vendors(&mut random, 1100, 95))
        .build()
        .expect("a string")
        .to_string();
    assert!((560..=620).contains(&text.len()), "about 590 characters: {}", text.len());
    text
}

/// About 540 characters: two bit fields of 1,200 vendors, restrictions, publisher TC.
fn large() -> String {
    let mut random = Random(540);
    let consent = vendors(&mut random, 1200, 70);
    let legitimate_interest = vendors(&mut random, 1200, 30);
    let few = |step: u16| -> IdSet<VendorId> {
        (1..9).map(|index| id::<VendorId>(index * step)).collect()
    };
    let created = Timestamp::from_unix_millis(1_700_000_000_000).expect("a time in range");
    let own = |numbers: &[u16]| -> SmallSet<CustomPurposeId> {
        numbers.iter().map(|&number| id(number)).collect()
    };
    // All 24 places, as when the string was first measured.
    let places: SmallSet<PurposeId> = (1..=24).map(id).collect();
    let publisher_tc = PublisherTc::new(places, SmallSet::EMPTY)
        .with_custom_purposes(3, own(&[1, 3]), own(&[2]))
        .expect("three custom purposes");
    let text = TcString::builder(created)
        .cmp_id(31)
        .consent_language("EN".parse().expect("letters"))
        .vendor_list_version(126)
        .tcf_policy_version(4)
        .is_service_specific(true)
        .special_feature_opt_ins(SmallSet::<SpecialFeatureId>::from_iter([id(1)]))
        .purposes_consent(places)
        .purposes_li((2..=11).map(id::<PurposeId>).collect())
        .vendors_consent(consent)
        .vendors_li(legitimate_interest)
        .restrict(id(2), RestrictionType::RequireConsent, few(97))
        .restrict(id(7), RestrictionType::NotAllowed, few(113))
        .restrict(id(9), RestrictionType::RequireConsent, few(211))
        .publisher_tc(publisher_tc)
        .build()
        .expect("a string")
        .to_string();
    assert!((530..=550).contains(&text.len()), "about 540 characters: {}", text.len());
    text
}
