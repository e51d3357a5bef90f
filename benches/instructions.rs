//! The operations of the other benchmarks, one at a time, for `.ci/instructions` to count.
//!
//! With an id `OP/CASE` it runs that operation; without, it prints all ids.

#[path = "support/didomi_cases.rs"]
mod didomi_cases;
#[path = "support/measured.rs"]
mod measured;
#[path = "support/tcf_cases.rs"]
mod tcf_cases;

use std::hint::black_box;

use consent_string::Buffer;
use consent_string::didomi::{ConsentString, ConsentStringRef, VendorId};
use consent_string::tcf::{self, LegalBasis, LegalBasisRules, TcString, TcStringRef, purposes};

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
            let rules = LegalBasisRules::new(LegalBasis::Consent);
            let now = view.created();
            let permits = measured(|| {
                let valid = black_box(&view).valid_at(black_box(now)).ok()?;
                Some(valid.permits(black_box(vendor), black_box(purposes::MEASURE_ADS), rules))
            });
            black_box(permits);
        }
        "set" => {
            let view = TcStringRef::parse(text, &mut buffer).expect("a valid string");
            assert!(measured(|| black_box(view.vendors_consent()).to_set()).len() > 0);
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

fn main() {
    let wanted = std::env::args().nth(1);
    let run = |ops: &[&str], case: &str, operation: &dyn Fn(&str)| {
        for op in ops {
            let id = format!("{op}/{case}");
            match &wanted {
                Some(wanted) if *wanted == id => {
                    // Once to warm up what is made on first use.
                    operation(op);
                    operation(op);
                }
                None => println!("{id}"),
                Some(_) => {}
            }
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
}
