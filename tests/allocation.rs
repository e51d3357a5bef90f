//! How often the Didomi codec allocates: counted, not guessed.

#[path = "../benches/support/didomi_cases.rs"]
mod didomi_cases;

use allocation_counter::measure;
use consent_string::Buffer;
use consent_string::didomi::{ConsentString, ConsentStringRef, LegalBasis, PurposeId, VendorId};

use didomi_cases::cases;

#[test]
fn borrowed_reads_never_allocate() {
    for case in cases() {
        let mut buffer = Buffer::new();
        ConsentStringRef::parse(&case.text, &mut buffer).unwrap();
        let mut bytes = vec![0; ConsentStringRef::buffer_len(&case.text)];
        let (purpose, vendor) = (PurposeId::MAX, VendorId::new(12782).unwrap());
        let mut read = 0;
        let allocations = measure(|| {
            ConsentStringRef::parse_in(&case.text, &mut bytes).unwrap();
            let view = ConsentStringRef::parse(&case.text, &mut buffer).unwrap();
            read += usize::from(view.purposes().status(purpose).is_enabled());
            read += usize::from(view.vendors().status(vendor).is_enabled());
            read += view.vendors().runs().count() + view.purposes_li().iter().count();
            read += view.vendors().ranges().count() + view.vendors_li().len();
            read += usize::from(view.says_the_same_as(view));
            read += usize::from(view.allows(vendor, [purpose], LegalBasis::Consent).is_ok());
            read += view.signed_part().len() + view.signature().map_or(0, str::len);
            read += usize::from(view.user_id().is_nil()) + view.inferred_sections().count();
        });
        assert_eq!(allocations.count_total, 0, "{}", case.name);
        assert!(read > case.sections().len(), "{} was read", case.name);
    }
}

#[test]
fn refusals_never_allocate() {
    for case in cases() {
        let mut buffer = Buffer::new();
        ConsentStringRef::parse(&case.text, &mut buffer).unwrap();
        // Cut, with a foreign character, and without a version.
        let [cut, foreign, unknown] = [
            case.text[..40].to_owned(),
            case.text.replacen('A', "+", 1),
            case.text.replacen(['B', 'C'], "D", 1),
        ];
        for text in [&cut, &foreign, &unknown] {
            let allocations = measure(|| {
                ConsentStringRef::parse(text, &mut buffer).unwrap_err();
            });
            assert_eq!(allocations.count_total, 0, "{text}");
        }
    }
}

#[test]
fn owned_reads_allocate_a_fixed_number_of_times() {
    for case in cases() {
        let allocations = measure(|| {
            case.text.parse::<ConsentString>().unwrap();
        });
        assert_eq!(allocations.count_current, 0, "{} is freed", case.name);
        // The text and its bits.
        assert_eq!(allocations.count_total, 2, "{}", case.name);
        let consent: ConsentString = case.text.parse().unwrap();
        let allocations = measure(|| {
            drop(consent.view().to_consent_string());
        });
        assert_eq!(allocations.count_total, 2, "{}", case.name);
    }
    let text: String = cases().remove(0).text;
    let allocations = measure(|| {
        ConsentString::try_from(text).unwrap();
    });
    assert_eq!(allocations.count_total, 1, "the text was there");
}
