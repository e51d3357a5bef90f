//! Tokens as Didomi Consent Strings, and back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use consent_string::conversion::{Conversion, Converted, Loss};
use consent_string::didomi::{
    ConsentString, PurposeId, Regulation, SectionKind, SectionRef, Status, VendorId,
};
use consent_string::numeric_ids::NumericIds;
use consent_string::token::{Choices, DidomiToken};
use consent_string::{EncodeErrorKind, Id, IdSet};

/// What stands for the marker in an input.
const MARK: &str = "MARK";
/// A text that is too long to be in a message by chance.
const MARKER: &str = "a-marker-that-no-message-may-ever-contain";

/// The first eighty numbers but each fifth, as `id-7`; and two whose texts differ by a prefix.
fn table<I: Id>() -> NumericIds<I> {
    let mut table = NumericIds::new();
    let mut insert = |number, text: &str| {
        table.insert(I::new(number).expect("an ID"), text).expect("once");
    };
    for number in (1..=80).filter(|number| number % 5 > 0) {
        insert(number, &format!("id-{number}"));
    }
    insert(300, "odd");
    insert(301, "c:odd");
    table
}

/// Any text, as a token, as the JSON in one, and as a string: each choice is in what it becomes
/// or among the losses, comes back, and no loss shows the marker.
pub fn laws(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let json = text.replace(MARK, MARKER);
    let (vendors, purposes) = (table::<VendorId>(), table::<PurposeId>());
    let bare = Conversion::new(&vendors, &purposes);
    let own = [VendorId::new(7).expect("an ID")].into_iter().collect();
    let second = bare.clone().regulation(Regulation::GDPR).custom_prefix(own);
    let token = text.parse().ok().or(STANDARD.encode(&json).parse::<DidomiToken>().ok());
    for conversion in [bare, second] {
        if let Some(token) = &token {
            check_token(token, &conversion, &vendors, &purposes);
        }
        if let Ok(string) = text.parse::<ConsentString>() {
            check_string(&string, &conversion, &vendors, &purposes);
        }
    }
}

fn check_token(
    token: &DidomiToken,
    conversion: &Conversion<'_>,
    vendors: &NumericIds<VendorId>,
    purposes: &NumericIds<PurposeId>,
) {
    use SectionKind::{Purposes, PurposesLi, Vendors, VendorsLi};

    let converted = match conversion.to_didomi(token) {
        Ok(converted) => converted,
        Err(error) => {
            assert_eq!(error.kind(), EncodeErrorKind::EnabledAndDisabled);
            let contradicts = match error.field() {
                "purposes" => contradicts(token.purposes(), purposes),
                "purposes_li" => contradicts(token.purposes_li(), purposes),
                "vendors" => contradicts(token.vendors(), vendors),
                _ => contradicts(token.vendors_li(), vendors),
            };
            return assert!(contradicts, "{}", error.field());
        }
    };
    check_shown(&converted);
    let (string, losses) = converted.into_parts();
    assert_eq!(string.user_id(), token.user_id());
    assert_eq!(string.created(), token.created().to_timestamp());
    assert_eq!(string.updated(), token.updated().to_timestamp());
    check_choices(token.purposes(), string.purposes(), Purposes, purposes, &losses);
    check_choices(token.purposes_li(), string.purposes_li(), PurposesLi, purposes, &losses);
    check_choices(token.vendors(), string.vendors(), Vendors, vendors, &losses);
    check_choices(token.vendors_li(), string.vendors_li(), VendorsLi, vendors, &losses);
    check_string(&string, conversion, vendors, purposes);
}

fn contradicts<I: Id>(choices: Option<&Choices>, table: &NumericIds<I>) -> bool {
    let choices = choices.expect("a part that is there");
    let disabled = || choices.disabled().iter().filter_map(|text| table.resolve(text));
    let mut enabled = choices.enabled().iter().filter_map(|text| table.resolve(text));
    enabled.any(|id| disabled().any(|other| other == id))
}

/// Each ID has its status under its number, or is among the losses; nothing else is enabled.
fn check_choices<I: Id>(
    choices: Option<&Choices>,
    section: SectionRef<'_, I>,
    kind: SectionKind,
    table: &NumericIds<I>,
    losses: &[Loss],
) {
    let mut said = 0;
    for (of, texts) in [
        (Status::Enabled, choices.map(Choices::enabled)),
        (Status::Disabled, choices.map(Choices::disabled)),
    ] {
        let mut numbers = IdSet::new();
        for text in texts.unwrap_or_default() {
            let is_lost = losses.iter().any(|loss| match loss {
                Loss::NoNumber { section, status, ids } => {
                    *section == kind && *status == of && ids.contains(text)
                }
                _ => false,
            });
            match table.resolve(text) {
                Some(number) => {
                    assert_eq!(section.status(number), of);
                    numbers.insert(number);
                    assert!(!is_lost);
                }
                None => assert!(is_lost),
            }
        }
        said += numbers.len();
    }
    assert_eq!(section.statuses().count(), said, "{kind}");
}

/// The token of a string says the same as far as there are texts, and comes back as a string.
fn check_string(
    string: &ConsentString,
    conversion: &Conversion<'_>,
    vendors: &NumericIds<VendorId>,
    purposes: &NumericIds<PurposeId>,
) {
    let converted = conversion.to_token(string);
    check_shown(&converted);
    let (token, _) = converted.into_parts();
    assert_eq!(token.encode().expect("short").parse().as_ref(), Ok(&token));
    let (again, losses) = conversion.to_didomi(&token).expect("no text of two").into_parts();
    assert!(losses.is_empty(), "{losses:?}");
    assert_eq!((again.created(), again.updated()), (string.created(), string.updated()));
    agree(again.purposes(), string.purposes(), purposes);
    agree(again.purposes_li(), string.purposes_li(), purposes);
    agree(again.vendors(), string.vendors(), vendors);
    agree(again.vendors_li(), string.vendors_li(), vendors);
}

/// A section is the other, as far as there are texts.
fn agree<I: Id>(again: SectionRef<'_, I>, section: SectionRef<'_, I>, table: &NumericIds<I>) {
    let known = section.statuses().filter(|(id, _)| table.text(*id).is_some());
    assert!(known.eq(again.statuses()));
}

fn check_shown<T>(converted: &Converted<T>) {
    for loss in converted.losses() {
        assert!(!format!("{loss} {loss:?}").contains(MARKER), "{loss}");
    }
}
