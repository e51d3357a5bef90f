//! The operations of the other benchmarks, one at a time, for `.ci/instructions` to count.
//!
//! With an id `OP/CASE` it runs that operation; without, it prints all ids.

#[path = "support/around_cases.rs"]
mod around_cases;
#[path = "support/didomi_cases.rs"]
mod didomi_cases;
#[path = "support/measured.rs"]
mod measured;
#[path = "support/tcf_cases.rs"]
mod tcf_cases;

use std::hint::black_box;

use consent_string::Buffer;
use consent_string::decision::{Question, Strings};
use consent_string::didomi::{ConsentString, ConsentStringRef, LegalBasis, PurposeId, VendorId};
use consent_string::gpp::GppString;
use consent_string::gvl::VendorList;
use consent_string::request::{RequestConsent, Signals};
use consent_string::tcf::{self, LegalBasisRules, TcString, TcStringRef, purposes};

use measured::measured;

const OPS: [&str; 4] = ["view", "lookup", "owned", "encode"];

/// What is asked of TC strings as well.
const TCF_OPS: [&str; 3] = ["permits", "set", "numbers"];

fn didomi(op: &str, text: &str) {
    let vendor = VendorId::new(12782).expect("an ID");
    let mut buffer = Buffer::new();
    match op {
        "view" => {
            let view = measured(|| ConsentStringRef::parse(black_box(text), &mut buffer));
            assert!(view.is_ok());
        }
        "lookup" => {
            let status = measured(|| {
                ConsentStringRef::parse(black_box(text), &mut buffer)
                    .map(|view| view.vendors().status(black_box(vendor)))
            });
            assert!(status.is_ok());
        }
        "owned" => assert!(measured(|| black_box(text).parse::<ConsentString>()).is_ok()),
        _ => {
            let owned: ConsentString = text.parse().expect("a valid string");
            let builder = owned.to_builder();
            assert!(measured(|| black_box(&builder).build()).is_ok());
        }
    }
}

fn tcf(op: &str, text: &str) {
    let vendor = tcf::VendorId::new(755).expect("an ID");
    let mut buffer = Buffer::new();
    match op {
        "view" => {
            let view = measured(|| TcStringRef::parse(black_box(text), &mut buffer));
            assert!(view.is_ok());
        }
        "lookup" => {
            let consent = measured(|| {
                TcStringRef::parse(black_box(text), &mut buffer)
                    .map(|view| view.vendor_consent(black_box(vendor)))
            });
            assert!(consent.is_ok());
        }
        "owned" => assert!(measured(|| black_box(text).parse::<TcString>()).is_ok()),
        "permits" => {
            let view = TcStringRef::parse(text, &mut buffer).expect("a valid string");
            let rules = LegalBasisRules::new(tcf::LegalBasis::Consent);
            let now = view.created();
            let permits = measured(|| {
                let valid = black_box(&view).valid_at(black_box(now)).ok()?;
                Some(valid.permits(black_box(vendor), black_box(purposes::MEASURE_ADS), rules))
            });
            black_box(permits);
        }
        "set" => {
            let view = TcStringRef::parse(text, &mut buffer).expect("a valid string");
            assert!(!measured(|| black_box(view.vendors_consent()).to_set()).is_empty());
        }
        "numbers" => {
            let view = TcStringRef::parse(text, &mut buffer).expect("a valid string");
            assert!(!measured(|| black_box(view.vendors_consent()).to_numbers()).is_empty());
        }
        _ => {
            let builder = text.parse::<TcString>().expect("a valid string").to_builder();
            assert!(measured(|| black_box(builder).build()).is_ok());
        }
    }
}

/// What stands around the strings; `around` has the times.
const AROUND: [&str; 6] = [
    "owned/typical",
    "of_signals/typical",
    "lookups/iab",
    "decision/iab",
    "lookups/own",
    "decision/own",
];

fn around(id: &str) {
    let (tc, dcs, gpp) = (around_cases::tc_string(), around_cases::didomi(), around_cases::gpp());
    let now = around_cases::now();
    if id == "owned/typical" {
        let (tc, gpp) = measured(|| {
            let tc = black_box(tc.as_str()).parse::<TcString>();
            (tc, black_box(gpp.as_str()).parse::<GppString>())
        });
        assert!(tc.is_ok() && gpp.is_ok());
        return;
    }
    if id == "of_signals/typical" {
        let header = format!("euconsent-v2={tc}; __gpp={gpp}");
        let signals = Signals::from_cookies(&header).sec_gpc("1");
        let consent = measured(|| RequestConsent::read(black_box(&signals), now));
        assert!(consent.tcf().read().is_some() && consent.gpp().read().is_some());
        return;
    }
    let list = VendorList::parse(around_cases::vendor_list()).expect("a list");
    let valid = tc.valid_at(now).expect("a valid string");
    let strings = Strings::new(now).tcf(valid).didomi(dcs.view()).vendor_list(&list);
    let question = |vendor: &str, purpose: &str| {
        Question::new(vendor.parse().expect("a vendor"), purpose.parse().expect("a purpose"))
    };
    let is_allowed = match id {
        "lookups/iab" => {
            let (vendor, purpose) = (tcf::VendorId::new(755).expect("an ID"), purposes::STORE);
            measured(|| {
                let rules = list.bases(black_box(vendor), black_box(purpose))?.rules()?;
                black_box(&valid).permits(black_box(vendor), black_box(purpose), rules).ok()
            })
            .is_some()
        }
        "decision/iab" => {
            let question = question("iab:755", "iab:1");
            measured(|| black_box(&strings).permits(black_box(question))).is_ok()
        }
        "lookups/own" => {
            let (vendor, purpose) = (VendorId::MIN, PurposeId::new(2).expect("an ID"));
            let view = dcs.view();
            measured(|| {
                let purposes = [black_box(purpose)];
                black_box(&view).allows(black_box(vendor), purposes, LegalBasis::Consent)
            })
            .is_ok()
        }
        _ => {
            let question = question("didomi:1", "didomi:2");
            measured(|| black_box(&strings).permits(black_box(question))).is_ok()
        }
    };
    assert!(is_allowed);
}

fn main() {
    let wanted = std::env::args().nth(1);
    let run_one = |id: String, operation: &dyn Fn()| match &wanted {
        Some(wanted) if *wanted == id => {
            // Once to warm up what is made on first use.
            operation();
            operation();
        }
        None => println!("{id}"),
        Some(_) => {}
    };
    let run = |ops: &[&str], case: &str, operation: &dyn Fn(&str)| {
        for op in ops {
            run_one(format!("{op}/{case}"), &|| operation(op));
        }
    };
    for case in didomi_cases::cases() {
        run(&OPS, case.name, &|op| didomi(op, &case.text));
    }
    for case in tcf_cases::cases() {
        let name = format!("tcf-{}", case.name);
        for ops in [&OPS[..], &TCF_OPS] {
            run(ops, &name, &|op| tcf(op, &case.text));
        }
    }
    for id in AROUND {
        run_one(id.to_owned(), &|| around(id));
    }
}
