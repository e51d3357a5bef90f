//! The question that a service has: may a vendor act for some purposes, on a legal basis?

use std::fmt::Write as _;

use consent_string::didomi::{
    ConsentString, DecodeOptions, InferredCodes, LegalBasis, PurposeId, Refusal, Section,
    SectionKind, Status, VendorId, Version,
};
use consent_string::{IdSet, Timestamp};
use uuid::Uuid;

fn vendor(number: u16) -> VendorId {
    VendorId::new(number).unwrap()
}

fn purpose(number: u16) -> PurposeId {
    PurposeId::new(number).unwrap()
}

/// Consent: vendor 1 and purposes 1, 2; vendor 2 and purpose 3 refused. Legitimate interest: vendor
/// 3 and purpose 4; purpose 1 objected to.
fn consent() -> ConsentString {
    let vendors = |enabled: &[u16], disabled: &[u16]| {
        let set = |ids: &[u16]| ids.iter().map(|&id| vendor(id)).collect::<IdSet<_>>();
        Section::from_sets(set(enabled), set(disabled)).unwrap()
    };
    let purposes = |enabled: &[u16], disabled: &[u16]| {
        let set = |ids: &[u16]| ids.iter().map(|&id| purpose(id)).collect::<IdSet<_>>();
        Section::from_sets(set(enabled), set(disabled)).unwrap()
    };
    ConsentString::builder(Version::V1)
        .user_id(Uuid::nil())
        .created(Timestamp::MIN)
        .purposes(purposes(&[1, 2], &[3]))
        .purposes_li(purposes(&[4], &[1]))
        .vendors(vendors(&[1], &[2]))
        .vendors_li(vendors(&[3], &[]))
        .build()
        .unwrap()
}

/// Vendor, purposes, basis and answer.
type Case<'a> = (u16, &'a [u16], LegalBasis, Result<(), Refusal>);

#[test]
fn vendor_and_every_purpose_must_be_enabled_on_the_basis() {
    use LegalBasis::{Consent, LegitimateInterest};
    use Status::{Disabled, Undefined};
    let refused_vendor =
        |number, status, section| Err(Refusal::Vendor { vendor: vendor(number), status, section });
    let refused_purpose = |number, status, section| {
        Err(Refusal::Purpose { purpose: purpose(number), status, section })
    };
    let cases: [Case<'_>; 14] = [
        (1, &[1], Consent, Ok(())),
        (1, &[2, 1, 2], Consent, Ok(())),
        (1, &[1, 3, 5], Consent, refused_purpose(3, Disabled, SectionKind::Purposes)),
        (1, &[5, 3], Consent, refused_purpose(5, Undefined, SectionKind::Purposes)),
        (1, &[65535], Consent, refused_purpose(65535, Undefined, SectionKind::Purposes)),
        (1, &[4], Consent, refused_purpose(4, Undefined, SectionKind::Purposes)),
        (2, &[1], Consent, refused_vendor(2, Disabled, SectionKind::Vendors)),
        (2, &[3], Consent, refused_vendor(2, Disabled, SectionKind::Vendors)),
        (3, &[1], Consent, refused_vendor(3, Undefined, SectionKind::Vendors)),
        (3, &[4], LegitimateInterest, Ok(())),
        (3, &[1], LegitimateInterest, refused_purpose(1, Disabled, SectionKind::PurposesLi)),
        (3, &[2], LegitimateInterest, refused_purpose(2, Undefined, SectionKind::PurposesLi)),
        (1, &[4], LegitimateInterest, refused_vendor(1, Undefined, SectionKind::VendorsLi)),
        (1, &[], Consent, Err(Refusal::NoPurpose)),
    ];
    let consent = consent();
    for (number, purposes, basis, expected) in cases {
        let asked: Vec<_> = purposes.iter().map(|&number| purpose(number)).collect();
        let answer = consent.allows(vendor(number), &asked, basis);
        assert_eq!(answer, expected, "vendor {number}, {purposes:?}, {basis}");
        // By value, as a set, and through the view.
        assert_eq!(consent.view().allows(vendor(number), asked.iter().copied(), basis), expected);
        if asked.is_sorted() {
            let set: IdSet<_> = asked.iter().copied().collect();
            assert_eq!(consent.allows(vendor(number), &set, basis), expected);
        }
    }
}

#[test]
fn a_refusal_says_what_and_why() {
    let consent = consent();
    let refusal = |number, purposes: &[PurposeId]| {
        consent.allows(vendor(number), purposes, LegalBasis::Consent).unwrap_err()
    };
    let cases = [
        (refusal(2, &[purpose(1)]), "vendor_disabled", "vendor 2 is disabled in vendors"),
        (refusal(9, &[purpose(1)]), "vendor_undefined", "vendor 9 is undefined in vendors"),
        (refusal(1, &[purpose(3)]), "purpose_disabled", "purpose 3 is disabled in purposes"),
        (refusal(1, &[purpose(9)]), "purpose_undefined", "purpose 9 is undefined in purposes"),
        (refusal(1, &[]), "no_purpose", "no purpose was named, expected at least one"),
    ];
    for (refusal, name, message) in cases {
        assert_eq!((refusal.name(), &*refusal.to_string()), (name, message));
        assert_eq!(refusal.status().is_none(), name == "no_purpose");
        assert_eq!(refusal.section().is_none(), name == "no_purpose");
    }
    assert_eq!(cases[1].0.status(), Some(Status::Undefined));
    assert_eq!(cases[2].0.section(), Some(SectionKind::Purposes));
}

/// Zeros, as they come in pairs.
fn put(bits: &mut String, value: u128, width: usize) {
    write!(bits, "{value:0width$b}").expect("a string takes all text");
}

/// A version 1 whose vendors under consent have these bits.
fn with_vendors(section: &str) -> String {
    let mut bits = String::new();
    put(&mut bits, 1, 6);
    put(&mut bits, 7, 128);
    put(&mut bits, 0, 72);
    let empty = "0010000000000000000";
    bits = format!("{bits}{empty}{empty}{section}{empty}");
    while bits.len() % 24 != 0 {
        bits.push('0');
    }
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let six = |six: &[u8]| u8::from_str_radix(std::str::from_utf8(six).unwrap(), 2).unwrap();
    bits.as_bytes().chunks(6).map(|bits| char::from(alphabet[usize::from(six(bits))])).collect()
}

/// Codes of enabled and disabled IDs, one group of which is empty: sixteen zeros of the fill could
/// pass for it.
#[test]
fn an_inferred_code_of_two_with_an_empty_group_is_refused_under_every_option() {
    let group = |ids: &[u16]| {
        let ranges = ids.iter().map(|id| format!("1{id:016b}")).collect::<Vec<_>>().concat();
        format!("{:016b}{ranges}", ids.len())
    };
    for code in ["0001", "0010", "0100", "1000"] {
        let section =
            |first: &[u16], second: &[u16]| format!("01{code}{}{}", group(first), group(second));
        for (text, empty_at) in [
            (with_vendors(&section(&[1], &[])), Some(244 + 6 + 16 + 17)),
            (with_vendors(&section(&[], &[1])), Some(244 + 6)),
            (with_vendors(&section(&[], &[])), Some(244 + 6)),
            (with_vendors(&section(&[1], &[2])), None),
        ] {
            for &codes in InferredCodes::ALL {
                let read = DecodeOptions::new().inferred_codes(codes).decode(&text);
                let kind = read.as_ref().err().map(|error| error.kind().name());
                match (codes, empty_at) {
                    (InferredCodes::Refuse, _) => assert_eq!(kind, Some("inferred_statuses")),
                    (_, None) => {
                        let vendors = read.unwrap().vendors().to_section();
                        assert_eq!(vendors.statuses().count(), 2);
                    }
                    (_, Some(at)) => {
                        assert_eq!(kind, Some("empty_group"), "{code} {codes:?}");
                        let error = read.unwrap_err();
                        assert_eq!(
                            (error.field(), error.bit_offset()),
                            (Some("vendors"), Some(at))
                        );
                        assert_eq!(error.char_offset(), Some(at / 6));
                    }
                }
            }
        }
    }
    // Other codes may have one.
    for (code, groups) in
        [("0000", vec![&[][..]]), ("1100", vec![&[][..], &[2][..]]), ("0101", vec![&[]])]
    {
        let section: String = groups.into_iter().map(group).collect();
        let text = with_vendors(&format!("01{code}{section}"));
        let accept = DecodeOptions::new().inferred_codes(InferredCodes::Accept);
        assert!(accept.decode(&text).is_ok(), "{code}");
    }
}

#[test]
fn each_character_that_no_cookie_has_is_refused_in_each_token_where_it_stands() {
    let sections = with_vendors("0010000000000000000");
    for character in ['%', '"', ',', ';', '\\'] {
        for (frame, segment) in
            [(".ab?", "did"), (".D.ab?", "ouid"), ("~ab?", "signature"), ("...ab?", "signature")]
        {
            let text = format!("{sections}{}d", frame.replace('?', &character.to_string()));
            let error = text.parse::<ConsentString>().unwrap_err();
            assert_eq!(error.kind().name(), "invalid_character", "{text}");
            assert_eq!(error.segment().map(consent_string::Segment::name), Some(segment));
            assert_eq!(error.bit_offset(), Some(16));
            assert_eq!(error.char_offset(), text.find(character), "{text}");
            assert_eq!(
                error.hint().map(consent_string::Hint::name),
                match character {
                    '%' => Some("percent_sign"),
                    '"' | '\\' => Some("quote"),
                    _ => None,
                }
            );
        }
    }
}
