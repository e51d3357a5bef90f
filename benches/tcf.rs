//! TC strings against the floor of anyone who starts from text: the base64 decode of that
//! text by the base64 crate.
//!
//! Benchmark ids are `OP/CASE`; docs/performance.md says what they mean and has figures.
//! `benches/peers` holds the same operations of other crates against these.

#![allow(missing_docs, reason = "criterion_group! makes a public function without")]

#[path = "support/tcf_cases.rs"]
mod tcf_cases;

use std::hint::black_box;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use consent_string::tcf::{LegalBasis, LegalBasisRules, TcString, TcStringRef, VendorId, purposes};
use consent_string::{Buffer, IdRange};
use criterion::{Criterion, criterion_group, criterion_main};

fn tcf(criterion: &mut Criterion) {
    let vendor = VendorId::new(755).expect("an ID");
    for case in tcf_cases::cases() {
        let (name, text) = (case.name, case.text.as_str());
        let mut room = [0; 1024];
        let mut buffer = Buffer::new();
        let owned: TcString = text.parse().expect("a valid string");

        criterion.bench_function(&format!("base64/{name}"), |bench| {
            bench.iter(|| {
                let segments = black_box(text).split('.');
                segments.fold(0, |bytes, segment| {
                    bytes + URL_SAFE_NO_PAD.decode_slice(segment, &mut room).unwrap_or_default()
                })
            });
        });
        criterion.bench_function(&format!("view/{name}"), |bench| {
            bench.iter(|| {
                let view = TcStringRef::parse(black_box(text), &mut buffer);
                black_box(&view).is_ok()
            });
        });
        criterion.bench_function(&format!("lookup/{name}"), |bench| {
            bench.iter(|| {
                let view = TcStringRef::parse(black_box(text), &mut buffer);
                view.map(|view| view.vendor_consent(black_box(vendor)))
            });
        });
        criterion.bench_function(&format!("owned/{name}"), |bench| {
            bench.iter(|| black_box(text).parse::<TcString>());
        });
        criterion.bench_function(&format!("permits/{name}"), |bench| {
            let (mut buffer, now) = (Buffer::new(), owned.created());
            let view = TcStringRef::parse(text, &mut buffer).expect("a valid string");
            let rules = LegalBasisRules::new(LegalBasis::Consent);
            bench.iter(|| {
                let valid = black_box(&view).valid_at(black_box(now)).ok()?;
                valid.permits(black_box(vendor), black_box(purposes::MEASURE_ADS), rules).ok()
            });
        });
        criterion.bench_function(&format!("ranges/{name}"), |bench| {
            bench.iter(|| {
                black_box(&owned).vendors_consent().ranges().map(IdRange::len).sum::<usize>()
            });
        });
        criterion.bench_function(&format!("iter/{name}"), |bench| {
            bench.iter(|| {
                black_box(&owned)
                    .vendors_consent()
                    .iter()
                    .map(|id| usize::from(id.get()))
                    .sum::<usize>()
            });
        });
        criterion.bench_function(&format!("set/{name}"), |bench| {
            bench.iter(|| black_box(&owned).vendors_consent().to_set());
        });
        criterion.bench_function(&format!("numbers/{name}"), |bench| {
            bench.iter(|| black_box(&owned).vendors_consent().to_numbers());
        });
        criterion.bench_function(&format!("build/{name}"), |bench| {
            bench.iter(|| black_box(owned.to_builder()).build());
        });
    }
}

criterion_group!(benches, tcf);
criterion_main!(benches);
