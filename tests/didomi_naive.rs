//! The codec against a naive reader, on random texts of which many are good.

#[path = "support/laws.rs"]
mod laws;
#[path = "support/naive.rs"]
mod naive;
#[path = "support/texts.rs"]
mod texts;

use std::cell::Cell;

use consent_string::didomi::{DecodeOptions, InferredCodes};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Compares both readers under each policy; under how many of them the text is accepted.
fn compare(text: &str) -> usize {
    let mut accepted = 0;
    for &policy in InferredCodes::ALL {
        let twin = naive::read(text, policy);
        let ours = laws::check(text, DecodeOptions::new().inferred_codes(policy));
        assert_eq!(twin.is_some(), ours.is_ok(), "{policy:?} {text:?} {ours:?}");
        if let (Some(twin), Ok(ours)) = (twin, ours) {
            accepted += 1;
            naive::compare(&ours, &twin);
        }
    }
    accepted
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
