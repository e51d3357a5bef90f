//! What the fuzz targets do with an input, as plain functions.
//!
//! `fuzz_targets` calls them under libFuzzer; `tests/fuzz_replay.rs` of the crate includes
//! this file and calls them with every committed input, on stable and without libFuzzer.

pub mod ac;
mod canonical;
pub mod conversion;
pub mod didomi;
pub mod diff;
pub mod explain;
pub mod gpp;
pub mod gvl;
pub mod json;
#[path = "../../tests/support/laws.rs"]
mod laws;
pub mod link;
#[path = "../../tests/support/naive.rs"]
mod naive;
pub mod request;
pub mod tcf;
pub mod token;

/// A target: it panics where the crate does not keep its word.
pub type Target = fn(&[u8]);

/// Every target, by the name of its file in `fuzz_targets` and of its folders of inputs.
pub const TARGETS: &[(&str, Target)] = &[
    ("ac_parse", ac::parse),
    ("conversion_laws", conversion::laws),
    ("didomi_build", didomi::build),
    ("didomi_naive", didomi::naive),
    ("didomi_parse", didomi::parse),
    ("diff_laws", diff::laws),
    ("explain_laws", explain::laws),
    ("gpp_build", gpp::build),
    ("gpp_parse", gpp::parse),
    ("gvl_parse", gvl::parse),
    ("json_in", json::read),
    ("link_parse", link::parse),
    ("link_verify", link::verify),
    ("request_laws", request::laws),
    ("tcf_build", tcf::build),
    ("tcf_parse", tcf::parse),
    ("token_parse", token::parse),
];
