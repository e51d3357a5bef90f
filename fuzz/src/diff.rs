//! Differences of two strings, and merging.

use consent_string::any::{self, AnyString};
use consent_string::didomi::{self, ConsentString, InferredCodes, Status};
use consent_string::diff::IdChange;
use consent_string::gpp::GppString;
use consent_string::tcf::{self, TcString};
use consent_string::{Format, Id};

use super::naive::statuses_of;

/// Two texts with a line feed between them, as strings of each format: what differs is none where
/// they say the same, is a line a change, and leads from the first to the second, and nowhere from
/// another one; two Didomi strings are merged as one that looks at each ID would.
pub fn laws(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let Some((one, other)) = text.split_once('\n') else { return };
    let didomi = didomi::DecodeOptions::new().inferred_codes(InferredCodes::Accept);
    if let (Ok(one), Ok(other)) = (didomi.decode(one), didomi.decode(other)) {
        check_didomi(&one, &other);
        check_merge(&one, &other);
    }
    if let (Ok(one), Ok(other)) = (one.parse(), other.parse()) {
        check_tcf(&one, &other);
    }
    if let (Ok(one), Ok(other)) = (one.parse(), other.parse()) {
        check_gpp(&one, &other);
    }
    for &format in Format::ALL {
        let read = |text: &str| any::DecodeOptions::new().decode(text, Some(format));
        if let (Ok(one), Ok(other)) = (read(one), read(other)) {
            check_any(&one, &other);
        }
    }
}

fn check_any(one: &AnyString, other: &AnyString) {
    let is_compared = !matches!(one.format(), Format::Ac | Format::Token);
    let Ok(difference) = one.diff(other) else {
        assert!(!is_compared);
        return;
    };
    let printed = difference.to_string();
    assert_eq!((difference.is_empty(), is_compared), (printed.is_empty(), true));
    assert!(printed.is_empty() || printed.lines().all(|line| line.contains(": ")), "{printed}");
    let object = serde_json::to_value(&difference).expect("plain JSON");
    let is_empty = |name: &str| object[name].as_array().expect("a list").is_empty();
    assert_eq!(difference.is_empty(), is_empty("header") && is_empty("sections"));
    assert!(one.diff(one).expect("the same format").is_empty());
}

/// Makes changes in one entry an ID.
fn change<I: Id>(statuses: &[Status], changes: &[IdChange<I, Status>]) -> Vec<Status> {
    let mut statuses = statuses.to_vec();
    statuses.resize(1 << 16, Status::Undefined);
    for change in changes {
        assert_ne!(change.from, change.to);
        for id in change.ids.ids() {
            let status = &mut statuses[usize::from(id.get())];
            assert_eq!(*status, change.from);
            *status = change.to;
        }
    }
    while statuses.len() > 1 && statuses.last() == Some(&Status::Undefined) {
        statuses.pop();
    }
    statuses
}

fn check_didomi(one: &ConsentString, other: &ConsentString) {
    let difference = one.diff(other);
    let same = one.says_the_same_as(other);
    assert_eq!(difference.is_empty(), same && one.signature() == other.signature());
    let [purposes, purposes_li, vendors, vendors_li] = statuses_of(one);
    let changed = [
        change(&purposes, difference.purposes()),
        change(&purposes_li, difference.purposes_li()),
        change(&vendors, difference.vendors()),
        change(&vendors_li, difference.vendors_li()),
    ];
    assert_eq!(changed, statuses_of(other));
    // A text that another one leads to can be too long to be written.
    if let Ok(led) = difference.apply_to(one) {
        assert!(led.says_the_same_as(other));
        let is_same_text = led.signed_part() == other.signed_part();
        assert_eq!(led.signature(), other.signature().filter(|_| is_same_text));
    }
    assert!(same || difference.apply_to(other).is_err());
}

fn check_merge(one: &ConsentString, other: &ConsentString) {
    let merged = one.merge(other);
    assert_eq!(other.merge(one), merged);
    if let Ok(itself) = one.merge(one) {
        assert!(itself.says_the_same_as(one) && itself.signature().is_none());
    }
    let Ok(merged) = merged else { return };
    assert_eq!(merged.user_id(), one.user_id());
    let (later, earlier) =
        if one.updated() < other.updated() { (other, one) } else { (one, other) };
    let is_tie = one.updated() == other.updated();
    let sections = statuses_of(later).into_iter().zip(statuses_of(earlier));
    for ((later, earlier), merged) in sections.zip(statuses_of(&merged)) {
        for id in 1..later.len().max(earlier.len()).max(merged.len()) {
            let [later, earlier, merged] = [&later, &earlier, &merged]
                .map(|all| all.get(id).copied().unwrap_or(Status::Undefined));
            let expected = match (later, earlier) {
                (Status::Undefined, status) => status,
                (_, Status::Disabled) if is_tie => Status::Disabled,
                (status, _) => status,
            };
            assert_eq!(merged, expected, "{id}");
        }
    }
}

fn check_tcf(one: &TcString, other: &TcString) {
    let difference = one.diff(other);
    let same = one.says_the_same_as(other);
    assert_eq!(difference.is_empty(), same);
    let mut vendors = one.vendors_consent().to_set();
    for change in difference.vendors_consent() {
        let ids: std::ops::RangeInclusive<tcf::VendorId> = change.ids.into();
        if change.to { vendors.insert_range(ids) } else { vendors.remove_range(ids) }
    }
    assert_eq!(vendors, other.vendors_consent().to_set());
    // A restriction can have more ranges after it was put together than can be written.
    if let Ok(led) = difference.apply_to(one) {
        assert!(led.says_the_same_as(other));
    }
    assert!(same || difference.apply_to(other).is_err());
}

fn check_gpp(one: &GppString, other: &GppString) {
    let difference = one.diff(other);
    assert_eq!(difference.is_empty(), one.says_the_same_as(other));
    for change in difference.sections() {
        let text = |gpp: &GppString| gpp.section(change.id()).map(|it| it.as_str().to_owned());
        assert_eq!(change.text_before(), text(one).as_deref());
        assert_eq!(change.text_after(), text(other).as_deref());
        assert!(!change.to_string().is_empty() || change.inside().is_some());
    }
    // A section that can be read can be one that can't be written: an empty text.
    if let Ok(led) = difference.apply_to(one) {
        assert!(led.says_the_same_as(other));
    }
    assert!(difference.is_empty() || difference.apply_to(other).is_err());
}
