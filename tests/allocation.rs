//! How often the Didomi codec allocates: counted, not guessed.

#[path = "../benches/support/didomi_cases.rs"]
mod didomi_cases;

use allocation_counter::measure;
use consent_string::didomi::{ConsentString, ConsentStringRef};
use consent_string::didomi::{PurposeId, VendorId};

use didomi_cases::cases;

#[test]
fn borrowed_reads_never_allocate() {
    for case in cases() {
        let mut buffer = vec![0; ConsentStringRef::buffer_len(case.text.len())];
        let (purpose, vendor) = (PurposeId::MAX, VendorId::new(12782).unwrap());
        let mut read = 0;
        let allocations = measure(|| {
            let view = ConsentStringRef::parse(&case.text, &mut buffer).unwrap();
            read += usize::from(view.purposes().status(purpose).is_enabled());
            read += usize::from(view.vendors().status(vendor).is_enabled());
            read += view.vendors().runs().count() + view.purposes_li().iter().count();
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
        let mut buffer = vec![0; ConsentStringRef::buffer_len(case.text.len())];
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
    // One for the text that is kept, one for the bits of a text that is too long for the
    // stack, and one for each set of more than six ranges; two where a bit field is long and
    // its ranges are found before they are put in the set.
    let expected = [
        ("docs-v1", 1),
        ("site-v2", 1 + 1),
        ("bitfield-2000", 1 + 1 + 2 * 4),
        ("ranges-1000", 1 + 1 + 2),
        ("fibonacci-300", 1 + 1 + 2),
    ];
    let found = cases().into_iter().map(|case| {
        let allocations = measure(|| {
            case.text.parse::<ConsentString>().unwrap();
        });
        assert_eq!(allocations.count_current, 0, "{} is freed", case.name);
        (case.name, allocations.count_total)
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
}
