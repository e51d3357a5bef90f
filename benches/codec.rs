//! Didomi Consent Strings against the floor of anyone who starts from text: the base64
//! decode of that text by the base64 crate.
//!
//! Benchmark ids are `OP/CASE`; docs/performance.md says what they mean and has figures.

#![allow(missing_docs, reason = "criterion_group! makes a public function without")]

#[path = "support/didomi_cases.rs"]
mod didomi_cases;

use std::hint::black_box;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use consent_string::Buffer;
use consent_string::didomi::{ConsentString, ConsentStringRef, VendorId};
use criterion::{Criterion, criterion_group, criterion_main};

fn codec(criterion: &mut Criterion) {
    let vendor = VendorId::new(12782).expect("an ID");
    for case in didomi_cases::cases() {
        let (name, text, sections) = (case.name, case.text.as_str(), case.sections());
        let mut bytes = [0; 16 * 1024];
        let mut buffer = Buffer::new();
        let owned: ConsentString = text.parse().expect("a valid string");
        let bits = URL_SAFE_NO_PAD.decode(sections).expect("valid base64");
        let builder = owned.to_builder();

        criterion.bench_function(&format!("base64/{name}"), |bench| {
            bench.iter(|| URL_SAFE_NO_PAD.decode_slice(black_box(sections), &mut bytes));
        });
        criterion.bench_function(&format!("view/{name}"), |bench| {
            bench.iter(|| {
                let view = ConsentStringRef::parse(black_box(text), &mut buffer);
                black_box(&view).is_ok()
            });
        });
        criterion.bench_function(&format!("lookup/{name}"), |bench| {
            bench.iter(|| {
                let view = ConsentStringRef::parse(black_box(text), &mut buffer);
                view.map(|view| view.vendors().status(black_box(vendor)))
            });
        });
        criterion.bench_function(&format!("owned/{name}"), |bench| {
            bench.iter(|| black_box(text).parse::<ConsentString>());
        });
        criterion.bench_function(&format!("base64_encode/{name}"), |bench| {
            bench.iter(|| URL_SAFE_NO_PAD.encode_slice(black_box(&bits), &mut bytes));
        });
        criterion.bench_function(&format!("encode/{name}"), |bench| {
            bench.iter(|| black_box(&builder).build());
        });
    }
}

criterion_group!(benches, codec);
criterion_main!(benches);
