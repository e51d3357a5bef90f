//! What the fuzz targets do with an input, as plain functions.
//!
//! `fuzz_targets` calls them under libFuzzer; `tests/fuzz_replay.rs` of the crate includes
//! this file and calls them with every committed input, on stable and without libFuzzer.

mod canonical;
pub mod didomi;
#[path = "../../tests/support/laws.rs"]
mod laws;
#[path = "../../tests/support/naive.rs"]
mod naive;

/// A target: it panics where the crate does not keep its word.
pub type Target = fn(&[u8]);

/// Every target, by the name of its file in `fuzz_targets` and of its folders of inputs.
pub const TARGETS: &[(&str, Target)] = &[
    ("didomi_build", didomi::build),
    ("didomi_naive", didomi::naive),
    ("didomi_parse", didomi::parse),
];
