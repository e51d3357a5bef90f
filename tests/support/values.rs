//! Strategies for values: sections and built strings of every kind.

use consent_string::didomi::{ConsentString, Regulation, Section, Status, Version};
use consent_string::{Id, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

pub(crate) fn status() -> impl Strategy<Value = Status> {
    select(vec![Status::Enabled, Status::Disabled, Status::Undefined])
}

/// Sections of every kind: without IDs, dense and sparse ones, with the lowest and the
/// highest ID there are.
pub(crate) fn section<I: Id>() -> impl Strategy<Value = Section<I>> {
    let length = prop_oneof![8 => 1..4_u32, 3 => 1..200_u32, 1 => 1..5000_u32];
    let run = (0..3_u32, length, status());
    let start = prop_oneof![Just(1), 1..200_u32, 1..65_530_u32];
    (start, prop::collection::vec(run, 0..20)).prop_map(|(start, runs)| {
        let mut section = Section::new();
        let mut next = start;
        for (gap, length, status) in runs {
            let number = |number: u32| I::new(u16::try_from(number).unwrap_or(u16::MAX)).unwrap();
            let first = next + gap;
            if first + length > 65_536 {
                break;
            }
            section.set_range(number(first)..=number(first + length - 1), status);
            next = first + length;
        }
        section
    })
}

pub(crate) fn timestamp() -> impl Strategy<Value = Timestamp> {
    (0..1_u64 << 36).prop_map(|deciseconds| Timestamp::from_deciseconds(deciseconds).unwrap())
}

pub(crate) fn token() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[A-Za-z0-9!#$&'()*+/:<=>?@^_`{|}-]{1,30}"]
}

/// A string that was built, and perhaps signed.
pub(crate) fn consent_string() -> impl Strategy<Value = ConsentString> {
    let edition = prop::option::of((any::<u16>(), prop::option::of(timestamp())));
    let header = (any::<u128>(), timestamp(), timestamp(), edition);
    let sections = (section(), section(), section(), section());
    (header, sections, [token(), token(), token()]).prop_map(|(header, sections, tokens)| {
        let (user_id, created, updated, edition) = header;
        let version = if edition.is_some() { Version::V2 } else { Version::V1 };
        let mut builder = ConsentString::builder(version)
            .user_id(Uuid::from_u128(user_id))
            .created(created)
            .updated(updated)
            .purposes(sections.0)
            .purposes_li(sections.1)
            .vendors(sections.2)
            .vendors_li(sections.3);
        if let Some((regulation, sync)) = edition {
            builder = builder.regulation(Regulation(regulation)).sync(sync);
        }
        let [did, ouid, signature] = tokens;
        let unsigned = builder.did(did).ouid(ouid).build().unwrap();
        unsigned.with_signature(&signature).unwrap()
    })
}
