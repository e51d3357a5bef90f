//! The codec against a naive reader, on random texts of which many are good.

#[path = "support/laws.rs"]
mod laws;
#[path = "support/naive.rs"]
mod naive;
#[path = "support/texts.rs"]
mod texts;

use std::cell::Cell;

use consent_string::didomi::{DecodeOptions, InferredCodes, Section, Status};
use consent_string::{Id, Timestamp};
use naive::Policy;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const POLICIES: [(Policy, InferredCodes); 3] = [
    (Policy::Refuse, InferredCodes::Refuse),
    (Policy::Listed, InferredCodes::Listed),
    (Policy::Accept, InferredCodes::Accept),
];

/// Compares both readers under each policy; under how many of them the text is accepted.
fn compare(text: &str) -> usize {
    let mut accepted = 0;
    for (policy, codes) in POLICIES {
        let twin = naive::read(text, policy);
        let ours = laws::check(text, DecodeOptions::new().inferred_codes(codes));
        let (Some(twin), Ok(ours)) = (&twin, &ours) else {
            assert_eq!(twin.is_some(), ours.is_ok(), "{policy:?} {text:?} {ours:?}");
            continue;
        };
        accepted += 1;
        assert_eq!(twin.version, u64::from(ours.version().number()));
        assert_eq!(twin.user_id, ours.user_id().as_u128());
        assert_eq!(twin.created, ours.created().deciseconds());
        assert_eq!(twin.updated, ours.updated().deciseconds());
        assert_eq!(twin.regulation, ours.regulation().map(|regulation| regulation.0.into()));
        assert_eq!(twin.sync, ours.sync().map(Timestamp::deciseconds));
        assert_eq!(
            twin.tokens.each_ref().map(Option::as_deref),
            [ours.did(), ours.ouid(), ours.signature()]
        );
        compare_section(&twin.sections[0], ours.purposes());
        compare_section(&twin.sections[1], ours.purposes_li());
        compare_section(&twin.sections[2], ours.vendors());
        compare_section(&twin.sections[3], ours.vendors_li());
    }
    accepted
}

fn compare_section<I: Id>(twin: &naive::Statuses, ours: &Section<I>) {
    let mut expected = vec![naive::Status::Undefined; 65536];
    for (range, status) in ours.runs() {
        let status = match status {
            Status::Enabled => naive::Status::Enabled,
            Status::Disabled => naive::Status::Disabled,
            Status::Undefined => panic!("runs are enabled or disabled"),
        };
        expected[usize::from(range.first().get())..=usize::from(range.last().get())].fill(status);
    }
    assert!(*twin == expected, "{ours:?}");
}

/// Runs the comparison on random texts, of which some share must be accepted.
fn compare_all(cases: u32, texts: impl Strategy<Value = String>, share: f64) {
    let (accepted, all) = (Cell::new(0), Cell::new(0));
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&texts, |text| {
        accepted.set(accepted.get() + u32::from(compare(&text) > 0));
        all.set(all.get() + 1);
        Ok(())
    });
    result.unwrap();
    let share_accepted = f64::from(accepted.get()) / f64::from(all.get());
    assert!(share_accepted > share, "only {share_accepted} were accepted");
}

#[test]
fn random_bits_are_read_alike() {
    compare_all(400, texts::text(), 0.3);
}

#[test]
fn changed_texts_are_read_alike() {
    compare_all(400, texts::changed(texts::text()), 0.0);
}

#[test]
fn arbitrary_texts_are_refused_alike() {
    compare_all(400, "[BC][A-Za-z0-9_.~-]{0,200}", -1.0);
}
