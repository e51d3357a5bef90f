//! How often the TC codec allocates: counted, not guessed.

#![cfg(feature = "tcf")]

#[path = "../benches/support/tcf_cases.rs"]
mod tcf_cases;

use allocation_counter::measure;
use consent_string::tcf::{LegalBasis, LegalBasisRules, TcString, TcStringRef, VendorId, purposes};
use consent_string::{Buffer, IdRange};

use tcf_cases::cases;

#[test]
fn borrowed_reads_and_answers_never_allocate() {
    for case in cases() {
        let mut buffer = Buffer::new();
        let mut bytes = vec![0; TcStringRef::buffer_len(case.text.len())];
        let rules = LegalBasisRules::new(LegalBasis::Consent).flexible();
        let mut read = 0;
        let allocations = measure(|| {
            let view = TcStringRef::parse(&case.text, &mut buffer).unwrap();
            for view in [view, TcStringRef::parse_in(&case.text, &mut bytes).unwrap()] {
                read += view.violations(view.created()).count();
                read += usize::from(view.valid_at(view.created()).is_ok());
                for &purpose in &purposes::ALL[1..] {
                    for vendor in view.vendors_consent() {
                        read += usize::from(
                            view.assume_valid().permits(vendor, purpose, rules).is_ok(),
                        );
                    }
                }
                read += view.vendors_li().ranges().map(IdRange::len).sum::<usize>();
                read += view.publisher_restrictions().map(|on| on.vendors().len()).sum::<usize>();
                read += usize::from(view.vendor_consent(VendorId::new(755).unwrap()));
                read += view.publisher_tc().map_or(0, |own| own.purposes_consent().len());
            }
        });
        assert_eq!(allocations.count_total, 0, "{}", case.name);
        assert!(read > 0, "{} was read", case.name);
    }
}

#[test]
fn refusals_never_allocate() {
    for case in cases() {
        let mut buffer = Buffer::new();
        let [cut, foreign, unknown] = [
            case.text[..40].to_owned(),
            case.text.replacen('A', "+", 1),
            case.text.replacen('C', "D", 1),
        ];
        for text in [&cut, &foreign, &unknown] {
            let allocations = measure(|| {
                TcStringRef::parse(text, &mut buffer).unwrap_err();
            });
            assert_eq!(allocations.count_total, 0, "{text}");
        }
    }
}

/// The text and its bits, whatever the string says.
#[test]
fn owned_reads_allocate_twice() {
    for case in cases() {
        let allocations = measure(|| {
            case.text.parse::<TcString>().unwrap();
        });
        assert_eq!(allocations.count_current, 0, "{} is freed", case.name);
        assert_eq!(allocations.count_total, 2, "{}", case.name);
        let mut buffer = Buffer::new();
        let view = TcStringRef::parse(&case.text, &mut buffer).unwrap();
        let allocations = measure(|| drop(view.to_tc_string()));
        assert_eq!(allocations.count_total, 2, "{}", case.name);
        // A text that is given away is kept.
        let text = case.text.clone();
        let allocations = measure(|| drop(TcString::try_from(text)));
        assert_eq!(allocations.count_total, 1, "{}", case.name);
    }
}
