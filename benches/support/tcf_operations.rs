//! What is measured on a TC string.

use std::hint::black_box;

use consent_string::tcf::{LegalBasis, LegalBasisRules, TcString, TcStringRef, VendorId, purposes};
use consent_string::{Buffer, IdRange};

use crate::operations::{Operation, Operations};
use crate::tcf_cases::Case;

/// What a case may take: `view` and `owned`.
fn targets(case: &str) -> [Option<f64>; 2] {
    match case {
        "live" => [None, Some(1.4)],
        "large" => [Some(0.6), Some(1.4)],
        _ => [None; 2],
    }
}

/// `string` is that of the case.
pub(crate) fn operations<'a>(case: &'a Case, string: &'a TcString) -> Vec<Operation<'a>> {
    let vendor = VendorId::new(755).expect("an ID");
    let [view, owned] = targets(case.name);
    let text = case.text.as_str();
    let mut operations = Operations::new(case.name);
    operations.add_base64(&text.split('.').collect::<Vec<_>>());
    let mut buffer = Buffer::new();
    operations.add("view", "base64", view, move || {
        let view = TcStringRef::parse(black_box(text), &mut buffer);
        black_box(&view).is_ok()
    });
    let mut buffer = Buffer::new();
    operations.add("lookup", "base64", None, move || {
        let view = TcStringRef::parse(black_box(text), &mut buffer);
        view.map(|view| view.vendor_consent(black_box(vendor)))
    });
    operations.add("owned", "view", owned, move || black_box(text).parse::<TcString>());
    let (view, now, rules) =
        (string.view(), string.created(), LegalBasisRules::new(LegalBasis::Consent));
    operations.add("permits", "view", None, move || {
        let valid = black_box(&view).valid_at(black_box(now)).ok()?;
        valid.permits(black_box(vendor), black_box(purposes::MEASURE_ADS), rules).ok()
    });
    operations.add("set", "set", None, move || black_box(string).vendors_consent().to_set());
    operations.add("numbers", "set", 1.1, move || black_box(string).vendors_consent().to_numbers());
    operations.add("ranges", "set", None, move || {
        black_box(string).vendors_consent().ranges().map(IdRange::len).sum::<usize>()
    });
    operations.add("iter", "set", None, move || {
        let numbers = black_box(string).vendors_consent().iter().map(|id| usize::from(id.get()));
        numbers.sum::<usize>()
    });
    operations.add("build", "base64_encode", None, move || black_box(string.to_builder()).build());
    operations.all
}
