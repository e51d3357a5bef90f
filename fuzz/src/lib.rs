//! What the fuzz targets do with an input, as plain functions.
//!
//! `fuzz_targets` calls them under libFuzzer; `tests/fuzz_replay.rs` of the crate includes
//! this file and calls them with every committed input, on stable and without libFuzzer.

mod canonical;
pub mod didomi;
pub mod json;
#[path = "../../tests/support/laws.rs"]
mod laws;
pub mod link;
#[path = "../../tests/support/naive.rs"]
mod naive;
pub mod tcf;

/// A target: it panics where the crate does not keep its word.
pub type Target = fn(&[u8]);

/// Every target, by the name of its file in `fuzz_targets` and of its folders of inputs.
pub const TARGETS: &[(&str, Target)] = &[
    ("didomi_build", didomi::build),
    ("didomi_naive", didomi::naive),
    ("didomi_parse", didomi::parse),
    ("json_in", json::read),
    ("link_parse", link::parse),
    ("link_verify", link::verify),
    ("tcf_build", tcf::build),
    ("tcf_parse", tcf::parse),
];
