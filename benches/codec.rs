//! Didomi Consent Strings against the floor of anyone who starts from text: the base64
//! decode of that text by the base64 crate.
//!
//! Benchmark ids are `OP/CASE`; docs/performance.md says what they mean and has figures.
//! `ratios` measures the same side by side, for a machine that does other work.

#![allow(missing_docs, reason = "criterion_group! makes a public function without")]

#[path = "support/didomi_cases.rs"]
mod didomi_cases;
#[path = "support/didomi_operations.rs"]
mod didomi_operations;
#[path = "support/operations.rs"]
mod operations;

use criterion::{Criterion, criterion_group, criterion_main};

fn codec(criterion: &mut Criterion) {
    for case in didomi_cases::cases() {
        for operation in didomi_operations::operations(&case) {
            operation.bench(criterion);
        }
    }
}

criterion_group!(benches, codec);
criterion_main!(benches);
