//! TC strings against the floor of anyone who starts from text: the base64 decode of that
//! text by the base64 crate.
//!
//! Benchmark ids are `OP/CASE`; docs/performance.md says what they mean and has figures.
//! `benches/peers` holds the same operations of other crates against these.
//! `ratios` measures the same side by side, for a machine that does other work.

#![allow(missing_docs, reason = "criterion_group! makes a public function without")]

#[path = "support/operations.rs"]
mod operations;
#[path = "support/tcf_cases.rs"]
mod tcf_cases;
#[path = "support/tcf_operations.rs"]
mod tcf_operations;

use consent_string::tcf::TcString;
use criterion::{Criterion, criterion_group, criterion_main};

fn tcf(criterion: &mut Criterion) {
    for case in tcf_cases::cases() {
        let string: TcString = case.text.parse().expect("a valid string");
        for operation in tcf_operations::operations(&case, &string) {
            operation.bench(criterion);
        }
    }
}

criterion_group!(benches, tcf);
criterion_main!(benches);
