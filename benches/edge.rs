//! What a service does for a request: it reads two cookies, a Didomi string and a TC string, asks
//! whether the TC string is valid, and asks three questions.
//!
//! Benchmark ids are `FORM/requests`: `borrowed` with buffers that are used again and again, `owned`
//! with strings that can be kept, and `base64`, the floor, which decodes the same characters by
//! the base64 crate.

#![allow(missing_docs, reason = "criterion_group! makes a public function without")]

#[path = "support/didomi_cases.rs"]
#[allow(dead_code, reason = "what other benchmarks need")]
mod didomi_cases;
#[path = "support/tcf_cases.rs"]
mod tcf_cases;

use std::hint::black_box;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use consent_string::didomi::{self, ConsentString, ConsentStringRef};
use consent_string::tcf::{LegalBasis, LegalBasisRules, TcString, TcStringRef, VendorId, purposes};
use consent_string::{Buffer, Id, Timestamp};
use criterion::{Criterion, criterion_group, criterion_main};

fn id<I: Id>(number: u16) -> I {
    I::new(number).expect("an ID")
}

/// Two questions about a TC string, where it is valid.
fn ask_tcf(consent: &TcStringRef<'_, '_>, now: Timestamp) -> [bool; 2] {
    let valid = consent.valid_at(black_box(now)).expect("a valid string");
    let may = |vendor: VendorId, purpose, basis| {
        valid.permits(black_box(vendor), purpose, LegalBasisRules::new(basis)).is_ok()
    };
    [
        may(id(755), purposes::STORE, LegalBasis::Consent),
        may(id(10), purposes::MEASURE_ADS, LegalBasis::LegitimateInterest),
    ]
}

fn edge(criterion: &mut Criterion) {
    let didomi = didomi_cases::cases().into_iter().find(|case| case.name == "docs-v1");
    let didomi = didomi.expect("the case").text;
    let tcf = tcf_cases::cases().into_iter().find(|case| case.name == "large");
    let tcf = tcf.expect("the case").text;
    let now = tcf.parse::<TcString>().expect("a valid string").created();
    let (vendor, purpose) = (id::<didomi::VendorId>(130), id::<didomi::PurposeId>(2));
    let basis = didomi::LegalBasis::Consent;

    let (mut first, mut second) = (Buffer::new(), Buffer::new());
    criterion.bench_function("borrowed/requests", |bench| {
        bench.iter(|| {
            let ours = ConsentStringRef::parse(black_box(&didomi), &mut first).ok()?;
            let iab = TcStringRef::parse(black_box(&tcf), &mut second).ok()?;
            let custom = ours.allows(black_box(vendor), [purpose], basis).is_ok();
            Some((custom, ask_tcf(&iab, now)))
        });
    });
    criterion.bench_function("owned/requests", |bench| {
        bench.iter(|| {
            let ours: ConsentString = black_box(&didomi).parse().ok()?;
            let iab: TcString = black_box(&tcf).parse().ok()?;
            let custom = ours.allows(black_box(vendor), [purpose], basis).is_ok();
            let answers = ask_tcf(&iab.view(), now);
            Some((ours, iab, custom, answers))
        });
    });
    let mut room = [0; 1024];
    criterion.bench_function("base64/requests", |bench| {
        bench.iter(|| {
            let segments = black_box(&didomi).split(['.', '~']).take(1);
            segments.chain(black_box(&tcf).split('.')).fold(0, |bytes, segment| {
                bytes + URL_SAFE_NO_PAD.decode_slice(segment, &mut room).unwrap_or_default()
            })
        });
    });
}

criterion_group!(benches, edge);
criterion_main!(benches);
