//! Merging Didomi Consent Strings: laws, a model with one entry an ID, and refusals.

#[path = "support/pairs.rs"]
mod pairs;
#[path = "support/values.rs"]
mod values;

use consent_string::didomi::{
    Builder, ConsentString, MergeError, PurposeId, Regulation, Section, SectionKind, Status,
    VendorId, Version,
};
use consent_string::{EncodeErrorKind, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use pairs::{edited, edits, status, statuses};

/// The status of each ID of each section.
fn all(consent: &ConsentString) -> [Vec<Status>; 4] {
    [
        statuses(consent.purposes().statuses()),
        statuses(consent.purposes_li().statuses()),
        statuses(consent.vendors().statuses()),
        statuses(consent.vendors_li().statuses()),
    ]
}

/// A string of a user, under a regulation or of version 1.
fn string_of(
    user_id: Uuid,
    regulation: Option<Regulation>,
    ouid: &'static str,
) -> impl Strategy<Value = ConsentString> {
    let dates = (select(vec![0_u64, 1, 2, 1 << 35]), select(vec![5_u64, 6, 7]));
    let device = select(vec!["", "phone", "laptop"]);
    let purposes = (values::section::<PurposeId>(), values::section::<PurposeId>());
    let vendors = (values::section::<VendorId>(), values::section::<VendorId>());
    // Choices about the same IDs, which two of the above seldom are.
    let shared = (edits(), edits());
    let parts = (dates, device, prop::option::of(values::timestamp()), purposes, vendors, shared);
    parts.prop_map(move |(dates, device, sync, purposes, vendors, shared)| {
        let time = |tenths| Timestamp::from_deciseconds(tenths).unwrap();
        let version = if regulation.is_some() { Version::V2 } else { Version::V1 };
        ConsentString::builder(version)
            .user_id(user_id)
            .created(time(dates.0))
            .updated(time(dates.1))
            .regulation(regulation)
            .sync(sync.filter(|_| regulation.is_some()))
            .purposes(edited(purposes.0, &shared.0))
            .purposes_li(purposes.1)
            .vendors(edited(vendors.0, &shared.1))
            .vendors_li(vendors.1)
            .did(device)
            .ouid(ouid)
            .build()
            .unwrap()
    })
}

/// Strings that can be merged: of one user, version and regulation.
fn of_one_user(count: usize) -> impl Strategy<Value = Vec<ConsentString>> {
    let regulation = prop::option::of(any::<u16>().prop_map(Regulation));
    let owner = (any::<u128>(), regulation, select(vec!["", "organization-user"]));
    owner.prop_flat_map(move |(user_id, regulation, ouid)| {
        prop::collection::vec(string_of(Uuid::from_u128(user_id), regulation, ouid), count)
    })
}

/// What is to be said of an ID of which two strings say this, with their times.
fn chosen(one: (Status, Timestamp), other: (Status, Timestamp)) -> Status {
    match (one, other) {
        ((Status::Undefined, _), (status, _)) | ((status, _), (Status::Undefined, _)) => status,
        ((status, at), (_, other)) if at > other => status,
        ((_, at), (status, other)) if at < other => status,
        ((one, _), (other, _)) if one == other => one,
        _ => Status::Disabled,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_merged_string_says_what_the_model_says(strings in of_one_user(2)) {
        let [a, b] = &strings[..] else { unreachable!() };
        let merged = a.merge(b).unwrap();
        prop_assert_eq!(&b.merge(a).unwrap(), &merged, "which of them is asked");
        prop_assert_eq!(&a.view().merge(b.view()).unwrap(), &merged);
        prop_assert_eq!(merged.created(), a.created().min(b.created()));
        prop_assert_eq!(merged.updated(), a.updated().max(b.updated()));
        prop_assert_eq!(merged.sync(), a.sync().max(b.sync()));
        prop_assert_eq!((merged.version(), merged.user_id()), (a.version(), a.user_id()));
        prop_assert_eq!((merged.regulation(), merged.ouid()), (a.regulation(), a.ouid()));
        let (one, other) = (all(a), all(b));
        let merged_statuses = all(&merged);
        for (kind, name) in SectionKind::ALL.iter().enumerate() {
            let last = [&one, &other].map(|all| all[kind].len()).into_iter().max().unwrap();
            let said = |all: &[Vec<Status>; 4], id| status(&all[kind], id);
            let expected: Vec<Status> = (0..last)
                .map(|id| chosen((said(&one, id), a.updated()), (said(&other, id), b.updated())))
                .collect();
            prop_assert!(merged_statuses[kind] == expected, "{name}");
        }
    }

    #[test]
    fn merging_has_no_effect_where_nothing_is_new(string in values::consent_string()) {
        // What is merged is canonical, as this is, and has no signature.
        let unsigned = string.without_signature();
        prop_assert_eq!(&string.merge(&string).unwrap(), &unsigned);
        let silent = string
            .to_builder()
            .purposes(Section::new())
            .purposes_li(Section::new())
            .vendors(Section::new())
            .vendors_li(Section::new())
            .did("")
            .ouid("");
        for updated in [Timestamp::MIN, string.updated(), Timestamp::MAX] {
            let merged = string.merge(&silent.clone().updated(updated).build().unwrap()).unwrap();
            let expected = unsigned.to_builder().updated(updated.max(string.updated()));
            prop_assert_eq!(merged, expected.build().unwrap());
        }
    }

    #[test]
    fn of_several_strings_those_updated_first_are_merged_first(
        mut strings in of_one_user(3)
    ) {
        strings.sort_by_key(ConsentString::updated);
        let [a, b, c] = &strings[..] else { unreachable!() };
        let has_tie = b.updated() == c.updated();
        let merged = a.merge(b).unwrap().merge(c).unwrap();
        let said = [a, b, c].map(|string| (all(string), string.updated()));
        let merged = all(&merged);
        for kind in 0..4 {
            let last = said.iter().map(|(all, _)| all[kind].len()).max().unwrap();
            for id in 1..last {
                // The last choice that was made of this ID, and a no before a yes.
                let choices = said.iter().map(|(all, at)| (*at, status(&all[kind], id)));
                let choices = choices.filter(|&(_, status)| status != Status::Undefined);
                let expected = choices.max_by_key(|&(at, status)| (at, !status.is_enabled()));
                let expected = expected.map_or(Status::Undefined, |(_, status)| status);
                let merged = status(&merged[kind], id);
                if merged != expected {
                    // An earlier no, carried by a string that says nothing of the ID.
                    prop_assert!(has_tie, "{} {}", kind, id);
                    prop_assert_eq!((merged, expected), (Status::Disabled, Status::Enabled));
                }
            }
        }
    }
}

const USER: uuid::Uuid = uuid::uuid!("1875afe1-461b-6b9f-9d66-700174abbffc");

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn version(version: Version) -> Builder {
    ConsentString::builder(version).user_id(USER).created(time("2024-01-01T00:00:00Z"))
}

#[test]
fn strings_of_different_people_or_rules_are_refused() {
    let one = version(Version::V1).did("phone").ouid("a").build().unwrap();
    let two = version(Version::V2).regulation(Regulation::GDPR).build().unwrap();
    let other_user = uuid::uuid!("00000000-0000-0000-0000-000000000001");
    let cases = [
        (&one, one.to_builder().user_id(other_user), MergeError::DifferentUsers, "different_users"),
        (
            &one,
            one.to_builder().ouid("b"),
            MergeError::DifferentOrganizationUsers,
            "different_organization_users",
        ),
        (&one, two.to_builder(), MergeError::DifferentVersions, "different_versions"),
        (
            &two,
            two.to_builder().regulation(Regulation(2)),
            MergeError::DifferentRegulations,
            "different_regulations",
        ),
    ];
    for (one, other, expected, name) in cases {
        let other = other.build().unwrap();
        assert_eq!(one.merge(&other), Err(expected));
        assert_eq!(other.merge(one), Err(expected));
        assert_eq!(expected.name(), name);
        assert!(expected.to_string().contains("expected"), "{expected}");
    }
}

#[test]
fn tokens_are_those_of_the_later_string() {
    let tokens = |updated: &str, did: &str, ouid: &str| {
        let builder = version(Version::V1).updated(time(updated)).did(did).ouid(ouid);
        builder.build().unwrap().with_signature("c2ln").unwrap()
    };
    let [early, late] = ["2024-02-01T00:00:00Z", "2024-02-02T00:00:00Z"];
    let cases = [
        (tokens(early, "phone", ""), tokens(late, "laptop", "user"), Some("laptop"), Some("user")),
        (tokens(early, "phone", "user"), tokens(late, "", ""), Some("phone"), Some("user")),
        (tokens(early, "phone", "user"), tokens(early, "laptop", "user"), None, Some("user")),
        (tokens(early, "phone", ""), tokens(early, "phone", ""), Some("phone"), None),
        (tokens(early, "phone", ""), tokens(early, "", ""), Some("phone"), None),
    ];
    for (one, other, did, ouid) in cases {
        for merged in [one.merge(&other).unwrap(), other.merge(&one).unwrap()] {
            assert_eq!((merged.did(), merged.ouid()), (did, ouid));
            assert_eq!(merged.signature(), None, "those of the two cover other bytes");
        }
    }
}

#[test]
fn a_later_yes_goes_before_an_earlier_no_and_a_no_of_the_same_time_before_a_yes() {
    let vendor = const { VendorId::new(7).unwrap() };
    let string = |updated: &str, status| {
        let mut vendors = Section::new();
        vendors.set(vendor, status);
        version(Version::V1).updated(time(updated)).vendors(vendors).build().unwrap()
    };
    let [early, late] = ["2024-02-01T00:00:00Z", "2024-02-02T00:00:00Z"];
    let no = string(early, Status::Disabled);
    let merged = |one: &ConsentString, other: &ConsentString| {
        one.merge(other).unwrap().vendors().status(vendor)
    };
    assert_eq!(merged(&no, &string(late, Status::Enabled)), Status::Enabled);
    assert_eq!(merged(&no, &string(early, Status::Enabled)), Status::Disabled);
    assert_eq!(merged(&no, &string(late, Status::Undefined)), Status::Disabled);
}

#[test]
fn what_would_be_too_long_is_refused() {
    let mut purposes = Section::<PurposeId>::new();
    let mut vendors = Section::<VendorId>::new();
    for id in (1..=u16::MAX).step_by(2) {
        purposes.set(PurposeId::new(id).unwrap(), Status::Enabled);
        vendors.set(VendorId::new(id).unwrap(), Status::Disabled);
    }
    let full = version(Version::V1)
        .purposes(purposes.clone())
        .purposes_li(purposes)
        .vendors(vendors.clone())
        .vendors_li(vendors)
        .build()
        .unwrap();
    let long = version(Version::V1).did("x".repeat(60_000)).build().unwrap();
    let error = full.merge(&long).unwrap_err();
    let MergeError::Encode(inner) = error else { panic!("{error}") };
    assert!(matches!(inner.kind(), EncodeErrorKind::TooLong { .. }), "{inner}");
    assert_eq!((error.name(), error.to_string()), ("too_long", inner.to_string()));
}
