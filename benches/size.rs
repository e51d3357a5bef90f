//! Cost against size: the operations on strings of one encoding in growing sizes.
//!
//! Benchmark ids are `OP/ENCODING/CHARACTERS`; docs/performance.md has figures.

#![allow(missing_docs, reason = "criterion_group! makes a public function without")]

#[allow(dead_code)]
#[path = "support/didomi_cases.rs"]
mod didomi_cases;

use std::hint::black_box;

use consent_string::Buffer;
use consent_string::didomi::{ConsentString, ConsentStringRef};
use criterion::{Criterion, criterion_group, criterion_main};

fn size(criterion: &mut Criterion) {
    let mut buffer = Buffer::new();
    for (encoding, text) in didomi_cases::sized() {
        let case = format!("{encoding}/{}", text.len());
        let owned: ConsentString = text.parse().expect("a valid string");
        let builder = owned.to_builder();
        criterion.bench_function(&format!("view/{case}"), |bench| {
            bench.iter(|| {
                let view = ConsentStringRef::parse(black_box(&text), &mut buffer);
                black_box(&view).is_ok()
            });
        });
        criterion.bench_function(&format!("owned/{case}"), |bench| {
            bench.iter(|| black_box(&text).parse::<ConsentString>());
        });
        criterion.bench_function(&format!("encode/{case}"), |bench| {
            bench.iter(|| black_box(&builder).build());
        });
    }
}

criterion_group!(benches, size);
criterion_main!(benches);
