//! What holds for every value and every text.

#[path = "support/laws.rs"]
mod laws;
#[path = "support/texts.rs"]
mod texts;
#[path = "support/values.rs"]
mod values;

use consent_string::didomi::{
    ConsentString, DecodeOptions, EncodeOptions, Encoding, InferredCodes, Section, SectionKind,
    TokenCharacters, VendorId, Version,
};
use consent_string::{EncodeError, EncodeErrorKind, Timestamp};
use proptest::prelude::*;
use uuid::uuid;

/// Reads a text that was written under a policy, by that policy.
fn read(text: &str, codes: InferredCodes) -> ConsentString {
    laws::check(text, DecodeOptions::new().inferred_codes(codes)).unwrap()
}

/// Writes a string anew under some options, and reads it back.
fn build(
    consent: &ConsentString,
    options: &EncodeOptions,
    codes: InferredCodes,
) -> Result<ConsentString, EncodeError> {
    let built = consent.to_builder().build_with(options)?;
    laws::check_built(&built, &read(built.as_str(), codes));
    assert!(built.says_the_same_as(consent));
    Ok(built)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_written_reads_back(consent in values::consent_string()) {
        let text = consent.as_str();
        // Without inferred codes: whatever the policy of the reader.
        for &codes in InferredCodes::ALL {
            let again = read(text, codes);
            laws::check_built(&consent, &again);
            prop_assert_eq!(again.inferred_sections().count(), 0);
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn what_was_written_reads_back_from_json(consent in values::consent_string()) {
        // The text.
        let json = serde_json::to_string(&consent).unwrap();
        prop_assert_eq!(&serde_json::from_str::<ConsentString>(&json).unwrap(), &consent);
        // The object: in memory with its signature, in JSON without.
        let decoded = consent.decoded();
        prop_assert_eq!(&decoded.encode().unwrap(), &consent);
        let json = serde_json::to_string(&decoded).unwrap();
        let again: consent_string::didomi::Decoded = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&again, &decoded);
        prop_assert_eq!(again.encode().unwrap(), consent.without_signature());
    }

    #[test]
    fn no_allowed_form_is_shorter_than_the_canonical_one(consent in values::consent_string()) {
        for &codes in InferredCodes::ALL {
            let options = EncodeOptions::new().inferred_codes(codes);
            let smallest = build(&consent, &options, codes).unwrap();
            for &kind in SectionKind::ALL {
                let canonical = consent.form(kind).bits();
                let best = smallest.form(kind).bits();
                if codes == InferredCodes::Refuse {
                    prop_assert_eq!(best, canonical);
                } else {
                    prop_assert!(best <= canonical);
                }
                // Each encoding that can hold the section, and the best of them.
                let mut widths = Vec::new();
                for &encoding in Encoding::ALL {
                    match build(&consent, &options.force(kind, encoding), codes) {
                        Ok(forced) => {
                            prop_assert_eq!(forced.form(kind).encoding(), encoding);
                            widths.push((forced.form(kind).bits(), encoding));
                        }
                        Err(error) => {
                            prop_assert_eq!(error.kind(), EncodeErrorKind::NotEncodable);
                            prop_assert_eq!(error.field(), kind.name());
                            prop_assert_ne!(encoding, Encoding::BitFieldFromOne);
                            prop_assert_ne!(codes, InferredCodes::Accept, "all can hold it then");
                        }
                    }
                }
                // The order of `Encoding` breaks ties.
                let (bits, encoding) = widths.into_iter().min().unwrap();
                prop_assert_eq!((best, smallest.form(kind).encoding()), (bits, encoding));
            }
        }
    }

    #[test]
    fn every_text_is_refused_or_printed_as_it_was(text in texts::changed(texts::text())) {
        for &codes in InferredCodes::ALL {
            for &characters in TokenCharacters::ALL {
                let options = DecodeOptions::new().inferred_codes(codes).token_characters(characters);
                let _ = laws::check(&text, options);
            }
        }
    }

    #[test]
    fn any_text_at_all_is_refused_alike(text in ".{0,100}") {
        prop_assert!(laws::check(&text, DecodeOptions::new()).is_err());
    }
}

/// A string whose only section with IDs is the vendors' under consent.
fn with_vendors(enabled: &[u16], disabled: &[u16]) -> ConsentString {
    let set = |ids: &[u16]| ids.iter().map(|&id| VendorId::new(id).unwrap()).collect();
    let time: Timestamp = "2023-04-12T18:10:00.000Z".parse().unwrap();
    ConsentString::builder(Version::V1)
        .user_id(uuid!("1875afe1-461b-6b9f-9d66-700174abbffc"))
        .created(time)
        .updated(time)
        .vendors(Section::from_sets(set(enabled), set(disabled)).unwrap())
        .build()
        .unwrap()
}

/// The bits of a text from one to another, as zeros and ones.
fn bits(text: &str, from: usize, length: usize) -> String {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let all: String = text
        .chars()
        .map_while(|character| alphabet.find(character))
        .flat_map(|value| (0..6).rev().map(move |place| value >> place & 1))
        .map(|bit| if bit == 1 { '1' } else { '0' })
        .collect();
    all[from..from + length].to_owned()
}

#[test]
fn the_published_example_bit_by_bit_in_each_encoding() {
    let consent = with_vendors(&[1, 2, 6, 7, 8], &[3, 4]);
    let cases = [
        (Encoding::BitFieldFromOne, "00 1 0000000000001000 1010010100101010"),
        (Encoding::BitField, "00 0 0000000000000001 0000000000001000 1010010100101010"),
        (
            Encoding::Ranges,
            "01 1100 0000000000000001 1 0000000000000101 0000000000000010 \
             0 0000000000000001 0000000000000010 0 0000000000000110 0000000000001000",
        ),
        (
            Encoding::Fibonacci,
            "10 1100 0000000000000001 00011 11 0000000000000010 11 011 10011 0011",
        ),
    ];
    for (encoding, expected) in cases {
        let expected = expected.replace(' ', "");
        let options = EncodeOptions::new().force(SectionKind::Vendors, encoding);
        let again = build(&consent, &options, InferredCodes::Refuse).unwrap();
        let text = again.as_str();
        // Header and two empty sections of 19 bits stand before the vendors.
        assert_eq!(bits(text, 206 + 2 * 19, expected.len()), expected, "{encoding}");
        assert_eq!(again.form(SectionKind::Vendors).bits(), expected.len());
    }
}

#[test]
fn forms_are_chosen_by_size_and_ties_by_order() {
    use Encoding::{BitField, BitFieldFromOne, Fibonacci, Ranges};
    let from = |first: u16, count: u16| (first..first + count).collect::<Vec<u16>>();
    let cases: [(Vec<u16>, Vec<u16>, Encoding, usize); 9] = [
        (vec![], vec![], BitFieldFromOne, 19),
        (vec![1], vec![], BitFieldFromOne, 21),
        (vec![9], vec![], Fibonacci, 22 + 6 + 2),
        // The bit fields from 1 and from 9 are alike: the former comes first.
        (vec![], vec![9], BitFieldFromOne, 37),
        (vec![], vec![10], BitField, 37),
        (vec![65535], vec![], BitField, 37),
        (vec![1, 65535], vec![], Fibonacci, 22 + 2 + 2 + 24 + 2),
        (from(30_000, 5000), vec![], Ranges, 22 + 33),
        // The code words for 20000 and 100 have 33 bits, too: 16-bit ranges come first.
        (from(20_000, 100), vec![], Ranges, 22 + 22 + 11),
    ];
    for (enabled, disabled, encoding, width) in cases {
        let consent = with_vendors(&enabled, &disabled);
        let form = consent.form(SectionKind::Vendors);
        assert_eq!((form.encoding(), form.bits()), (encoding, width), "{consent:?}");
    }
}

#[test]
fn a_highest_id_that_is_disabled_needs_a_bit_field_or_an_inferred_code() {
    let consent = with_vendors(&[], &[1, 2, 3]);
    assert_eq!(consent.form(SectionKind::Vendors).encoding(), Encoding::BitFieldFromOne);
    for encoding in [Encoding::Ranges, Encoding::Fibonacci] {
        let forced = EncodeOptions::new().force(SectionKind::Vendors, encoding);
        let error = consent.to_builder().build_with(&forced).unwrap_err();
        assert_eq!(
            error.to_string(),
            "vendors: the encoding asked for can't hold this section without an inferred code"
        );
        let forced = forced.inferred_codes(InferredCodes::Listed);
        let again = build(&consent, &forced, InferredCodes::Listed).unwrap();
        assert_eq!(again.form(SectionKind::Vendors).statuses().unwrap().to_string(), "0101");
        assert!(again.inferred_sections().eq([SectionKind::Vendors]));
        let error = again.as_str().parse::<ConsentString>().unwrap_err();
        assert_eq!(error.kind().name(), "inferred_statuses", "refused by default");
    }
}

#[test]
fn every_encoding_can_hold_an_empty_section() {
    let consent = with_vendors(&[], &[]);
    for (encoding, width) in Encoding::ALL.iter().copied().zip([19, 35, 22, 22]) {
        let options = EncodeOptions::new().force(SectionKind::Vendors, encoding);
        let again = build(&consent, &options, InferredCodes::Refuse).unwrap();
        let form = again.form(SectionKind::Vendors);
        assert_eq!((form.encoding(), form.bits()), (encoding, width));
    }
}
