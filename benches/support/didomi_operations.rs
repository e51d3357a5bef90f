//! What is measured on a Didomi Consent String.

use std::hint::black_box;

use consent_string::Buffer;
use consent_string::didomi::{ConsentString, ConsentStringRef, VendorId};

use crate::didomi_cases::Case;
use crate::operations::{Operation, Operations};

/// What a case may take: `view`, `lookup`, `owned` and `encode`.
fn targets(case: &str) -> [Option<f64>; 4] {
    match case {
        "docs-v1" => [Some(2.6), None, Some(1.6), Some(7.0)],
        "site-v2" => [Some(2.1), Some(2.3), Some(1.6), Some(5.0)],
        "bitfield-2000" => [Some(0.7), None, None, Some(6.0)],
        "ranges-1000" => [Some(1.3), None, None, Some(5.5)],
        "fibonacci-300" => [Some(4.5), None, None, Some(5.5)],
        _ => [None; 4],
    }
}

pub(crate) fn operations(case: &Case) -> Vec<Operation<'_>> {
    let vendor = VendorId::new(12782).expect("an ID");
    let [view, lookup, owned, encode] = targets(case.name);
    let text = case.text.as_str();
    let mut operations = Operations::new(case.name);
    operations.add_base64(&[case.sections()]);
    let mut buffer = Buffer::new();
    operations.add("view", "base64", view, move || {
        let view = ConsentStringRef::parse(black_box(text), &mut buffer);
        black_box(&view).is_ok()
    });
    let mut buffer = Buffer::new();
    operations.add("lookup", "base64", lookup, move || {
        let view = ConsentStringRef::parse(black_box(text), &mut buffer);
        view.map(|view| view.vendors().status(black_box(vendor)))
    });
    operations.add("owned", "view", owned, move || black_box(text).parse::<ConsentString>());
    let builder = text.parse::<ConsentString>().expect("a valid string").to_builder();
    operations.add("encode", "base64_encode", encode, move || black_box(&builder).build());
    operations.all
}
