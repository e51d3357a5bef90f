//! What stands around the strings: tokens, AC strings, the vendor list, requests and decisions,
//! each beside the work that it can't do without.
//!
//! Benchmark ids are `OP/CASE`; docs/performance.md says what they mean and has figures.

#![allow(missing_docs, reason = "criterion_group! makes a public function without")]

#[path = "support/around_cases.rs"]
mod around_cases;
#[path = "support/tcf_cases.rs"]
#[allow(dead_code, reason = "what other benchmarks need")]
mod tcf_cases;

use std::hint::black_box;

use consent_string::ac::{AcString, AcStringRef, ProviderId};
use consent_string::conversion::Conversion;
use consent_string::decision::{Question, Strings};
use consent_string::didomi::{
    ConsentStringRef, LegalBasis as DidomiBasis, PurposeId as DidomiPurpose,
    VendorId as DidomiVendor,
};
use consent_string::gpp::{GppString, GppStringRef};
use consent_string::gvl::VendorList;
use consent_string::numeric_ids::NumericIds;
use consent_string::request::{RequestConsent, Signals};
use consent_string::tcf::{self, TcString, TcStringRef, VendorId, purposes};
use consent_string::token::{Choices, DidomiToken};
use consent_string::{Buffer, Id};
use criterion::{Criterion, criterion_group, criterion_main};

use around_cases::{didomi, gpp, ids, now, tc_string, vendor_list};

/// The numbers of 2,000 vendors and 50 purposes.
fn tables() -> (NumericIds<DidomiVendor>, NumericIds<DidomiPurpose>) {
    fn table<I: Id>(what: &str, end: u16) -> NumericIds<I> {
        let ids = ids::<I>(1, end);
        let pairs = ids.iter().map(|id| (id, format!("{what}-{id}-HpBJrrK7")));
        NumericIds::from_pairs(pairs).expect("each once")
    }
    (table("vendor", 2000), table("purpose", 50))
}

fn tokens(criterion: &mut Criterion) {
    let (vendors, purposes) = tables();
    let conversion = Conversion::new(&vendors, &purposes);
    let string = didomi();
    let (token, losses) = conversion.to_token(&string).into_parts();
    assert!(losses.is_empty());
    let text = token.encode().expect("a token");
    let json = token.to_json();
    criterion.bench_function("read/token", |bench| {
        bench.iter(|| black_box(&*text).parse::<DidomiToken>());
    });
    criterion.bench_function("json/token", |bench| {
        bench.iter(|| serde_json::from_str::<serde_json::Value>(black_box(&json)));
    });
    criterion.bench_function("write/token", |bench| bench.iter(|| black_box(&token).encode()));
    criterion.bench_function("convert/token", |bench| {
        bench.iter(|| conversion.to_didomi(black_box(&token)));
    });
    criterion.bench_function("convert/didomi", |bench| {
        bench.iter(|| conversion.to_token(black_box(&string)).into_parts());
    });
    let choices: &Choices = token.vendors().expect("vendors");
    assert_eq!(choices.enabled().len() + choices.disabled().len(), 200);
}

fn ac(criterion: &mut Criterion) {
    let providers = (1..2000).step_by(20).filter_map(ProviderId::new);
    let disclosed = (1..2000).step_by(5).filter_map(ProviderId::new);
    let string = AcString::v2(providers, disclosed).expect("a string");
    let text = string.as_str();
    let last = ProviderId::new(1981).expect("an ID");
    assert!(string.consented().contains(last));
    criterion.bench_function("view/ac", |bench| {
        bench.iter(|| AcStringRef::parse(black_box(text)).is_ok());
    });
    criterion
        .bench_function("owned/ac", |bench| bench.iter(|| black_box(text).parse::<AcString>()));
    criterion.bench_function("contains/ac", |bench| {
        let view = string.view();
        bench.iter(|| black_box(view).consented().contains(black_box(last)));
    });
    criterion.bench_function("set/ac", |bench| {
        bench.iter(|| black_box(&string).consented().to_set());
    });
}

fn lists(criterion: &mut Criterion) {
    let json = vendor_list();
    criterion.bench_function("read/list", |bench| {
        bench.iter(|| VendorList::parse(black_box(&json)).is_ok());
    });
    // What JSON takes without a value made of it.
    criterion.bench_function("json/list", |bench| {
        bench.iter(|| serde_json::from_str::<serde::de::IgnoredAny>(black_box(&json)).is_ok());
    });
}

fn decisions(criterion: &mut Criterion) {
    let list = VendorList::parse(vendor_list()).expect("a list");
    let (tc, dcs) = (tc_string(), didomi());
    let valid = tc.valid_at(now()).expect("a valid string");
    let (vendor, purpose) = (VendorId::new(755).expect("an ID"), purposes::STORE);
    let question = |vendor: &str, purpose: &str| {
        Question::new(vendor.parse().expect("a vendor"), purpose.parse().expect("a purpose"))
    };
    let strings = Strings::new(now()).tcf(valid).didomi(dcs.view()).vendor_list(&list);
    let iab = question("iab:755", "iab:1");
    assert!(strings.permits(iab).is_ok());
    criterion.bench_function("lookups/iab", |bench| {
        bench.iter(|| {
            let rules = list.bases(black_box(vendor), black_box(purpose))?.rules()?;
            black_box(&valid).permits(black_box(vendor), black_box(purpose), rules).ok()
        });
    });
    criterion.bench_function("decision/iab", |bench| {
        bench.iter(|| black_box(&strings).permits(black_box(iab)).ok());
    });

    let own = question("didomi:1", "didomi:2");
    assert!(strings.permits(own).is_ok());
    let (vendor, purpose) = (DidomiVendor::MIN, DidomiPurpose::new(2).expect("an ID"));
    let view = dcs.view();
    criterion.bench_function("lookups/own", |bench| {
        bench.iter(|| {
            let purposes = [black_box(purpose)];
            black_box(&view).allows(black_box(vendor), purposes, DidomiBasis::Consent).is_ok()
        });
    });
    criterion.bench_function("decision/own", |bench| {
        bench.iter(|| black_box(&strings).permits(black_box(own)).ok());
    });

    // From the strings of a request, which are looked at each time.
    let header = format!("euconsent-v2={tc}; didomi_dcs={dcs}");
    let consent = RequestConsent::read(&Signals::from_cookies(&header), now());
    let on_consent = iab.on(tcf::LegalBasis::Consent);
    assert!(consent.permits(on_consent).is_ok());
    criterion.bench_function("request/iab", |bench| {
        bench.iter(|| black_box(&consent).permits(black_box(on_consent)).ok());
    });
}

fn requests(criterion: &mut Criterion) {
    let (tc, dcs, gpp) = (tc_string(), didomi(), gpp());
    let header = format!("theme=dark; euconsent-v2={tc}; __gpp={gpp}");
    let mut buffers = [Buffer::new(), Buffer::new(), Buffer::new()];
    let at = now();
    criterion.bench_function("views/typical", |bench| {
        let [one, two, _] = &mut buffers;
        bench.iter(|| {
            let is_tc = TcStringRef::parse(black_box(tc.as_str()), one).is_ok();
            is_tc && GppStringRef::parse(black_box(gpp.as_str()), two).is_ok()
        });
    });
    criterion.bench_function("owned/typical", |bench| {
        bench.iter(|| {
            let tc = black_box(tc.as_str()).parse::<TcString>();
            (tc, black_box(gpp.as_str()).parse::<GppString>())
        });
    });
    criterion.bench_function("read/typical", |bench| {
        bench.iter(|| {
            let signals = Signals::from_cookies(black_box(&header)).sec_gpc(black_box("1"));
            RequestConsent::read(&signals, at)
        });
    });
    let signals = Signals::from_cookies(&header).sec_gpc("1");
    criterion.bench_function("of_signals/typical", |bench| {
        bench.iter(|| RequestConsent::read(black_box(&signals), at));
    });

    let header = format!("{header}; didomi_dcs={dcs}");
    criterion.bench_function("views/full", |bench| {
        let [one, two, three] = &mut buffers;
        bench.iter(|| {
            let is_tc = TcStringRef::parse(black_box(tc.as_str()), one).is_ok();
            let is_gpp = GppStringRef::parse(black_box(gpp.as_str()), two).is_ok();
            is_tc && is_gpp && ConsentStringRef::parse(black_box(dcs.as_str()), three).is_ok()
        });
    });
    criterion.bench_function("read/full", |bench| {
        bench.iter(|| {
            let signals = Signals::from_cookies(black_box(&header)).sec_gpc(black_box("1"));
            RequestConsent::read(&signals, at)
        });
    });
}

criterion_group!(benches, tokens, ac, lists, decisions, requests);
criterion_main!(benches);
