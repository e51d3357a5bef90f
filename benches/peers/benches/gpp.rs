//! GPP strings, beside `iab_gpp`: what a service asks of a national string, and all that a long
//! string of two TC strings says.
//!
//! Ids are `CRATE/OP/CASE`.

use std::hint::black_box;

use consent_string::Buffer;
use consent_string::gpp::GppStringRef;
use consent_string::tcf::VendorId;
use criterion::{Criterion, criterion_group, criterion_main};
use iab_gpp::sections::Section;
use iab_gpp::sections::us_common::OptOut;
use iab_gpp::sections::usnat::{Core, UsNat};
use iab_gpp::v1::GPPString;

/// A string as a platform of Google's writes it, whose person opted out.
const NATIONAL: &str = "DBABL~BVQVAAAAAg";

/// A string of the European Union and of Canada, 1,413 characters long, as a platform wrote it.
fn long() -> String {
    let rows = include_str!("../../../tests/data/gpp-published.jsonl").lines();
    let texts = rows.filter_map(|row| row.strip_prefix(r#"{"string":""#)?.split('"').next());
    texts.max_by_key(|text| text.len()).expect("a row").to_owned()
}

fn national(criterion: &mut Criterion) {
    let mut buffer = Buffer::new();
    criterion.bench_function("consent_string/three_opt_outs/national", |bench| {
        bench
            .iter(|| GppStringRef::parse(black_box(NATIONAL), &mut buffer).unwrap().opt_outs(None));
    });
    criterion.bench_function("iab_gpp/three_opt_outs/national", |bench| {
        bench.iter(|| {
            let gpp = GPPString::parse_str(black_box(NATIONAL)).unwrap();
            let UsNat { core: Core::V1(core), .. } = gpp.decode::<UsNat>().unwrap() else {
                unreachable!("version 1")
            };
            [core.sale_opt_out, core.sharing_opt_out, core.targeted_advertising_opt_out]
                .map(|choice| choice == OptOut::OptedOut)
        });
    });
}

fn all_sections(criterion: &mut Criterion) {
    let text = long();
    println!("{} characters", text.len());
    let (mut buffer, mut europe, mut canada) = (Buffer::new(), Buffer::new(), Buffer::new());
    criterion.bench_function("consent_string/all_sections/long", |bench| {
        bench.iter(|| {
            let gpp = GppStringRef::parse(black_box(&text), &mut buffer).unwrap();
            let europe = gpp.tc_string(&mut europe).unwrap().unwrap();
            let canada = gpp.tcf_canada(&mut canada).unwrap().unwrap();
            let vendor = VendorId::new(755).unwrap();
            black_box(europe.vendor_consent(vendor));
            black_box(canada.vendors_express().contains(vendor))
        });
    });
    criterion.bench_function("iab_gpp/all_sections/long", |bench| {
        bench.iter(|| {
            let gpp = GPPString::parse_str(black_box(&text)).unwrap();
            let sections = gpp.decode_all_sections();
            assert!(matches!(sections[..], [Ok(Section::TcfEuV2(_)), Ok(Section::TcfCaV1(_))]));
            black_box(sections)
        });
    });
}

criterion_group!(benches, national, all_sections);
criterion_main!(benches);
