//! The peers on the strings of the library's own benchmark, and the library beside them.
//!
//! Ids are `CRATE/OP/CASE`.

#[path = "../../support/tcf_cases.rs"]
mod tcf_cases;

use std::hint::black_box;

use consent_string::Buffer;
use consent_string::tcf::{TcString, TcStringRef};
use criterion::{Criterion, criterion_group, criterion_main};
use iab_gpp::sections::tcfeuv2::TcfEuV2;
use lib_tcstring::TcModelV2;

fn peers(criterion: &mut Criterion) {
    for case in tcf_cases::cases() {
        let (name, text) = (case.name, case.text.as_str());
        let mut buffer = Buffer::new();

        criterion.bench_function(&format!("consent_string/view/{name}"), |bench| {
            bench.iter(|| {
                let view = TcStringRef::parse(black_box(text), &mut buffer);
                black_box(&view).is_ok()
            });
        });
        criterion.bench_function(&format!("consent_string/owned/{name}"), |bench| {
            bench.iter(|| black_box(text).parse::<TcString>());
        });
        assert!(TcModelV2::try_from(text).is_ok(), "lib_tcstring reads {name}");
        criterion.bench_function(&format!("lib_tcstring/owned/{name}"), |bench| {
            bench.iter(|| TcModelV2::try_from(black_box(text)));
        });
        // It refuses the large one.
        if text.parse::<TcfEuV2>().is_ok() {
            criterion.bench_function(&format!("iab_gpp/owned/{name}"), |bench| {
                bench.iter(|| black_box(text).parse::<TcfEuV2>());
            });
        }
    }
}

criterion_group!(benches, peers);
criterion_main!(benches);
