//! Google's AC strings.

use std::collections::BTreeSet;

use consent_string::ac::{AcString, AcStringRef, ParseOptions, Version};

/// Any text: print is the identity, both forms agree, what is read is what a naive reader takes,
/// and the canonical form says the same.
pub fn parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let strict = AcStringRef::parse(text);
    let owned = text.parse::<AcString>();
    assert_eq!(strict.map(AcStringRef::to_ac_string), owned);
    let open = ParseOptions::new().accept_duplicates().parse_ref(text);
    let naive = naive(text);
    assert_eq!(open.is_ok(), naive.is_some());
    let (Ok(ac), Some(lists)) = (open, naive) else { return };
    assert_eq!(ac.as_str(), text);

    let read = [ac.consented(), ac.disclosed_list()];
    for (list, naive) in read.into_iter().zip(&lists) {
        assert_eq!(list.len(), naive.len());
        assert!(list.iter().map(consent_string::ac::ProviderId::get).eq(naive.iter().copied()));
        for id in list.iter().take(20) {
            assert!(list.contains(id) && ac.is_disclosed(id));
        }
    }
    let twice = |list: &Vec<u32>| list.iter().collect::<BTreeSet<_>>().len() < list.len();
    assert_eq!(strict.is_err(), lists.iter().any(twice));

    let canonical = match ac.version() {
        Version::V1 => AcString::v1(ac.consented()),
        _ => AcString::v2(ac.consented(), ac.disclosed()),
    };
    // No longer than what was read.
    let canonical = canonical.expect("a text that fits");
    assert!(canonical.as_str().len() <= text.len());
    assert!(canonical.view().says_the_same_as(ac));
    assert_eq!(canonical.as_str().parse().as_ref(), Ok(&canonical));
}

/// Both lists of a text, as the standard library reads numbers.
fn naive(text: &str) -> Option<[Vec<u32>; 2]> {
    let list = |list: &str| -> Option<Vec<u32>> {
        if list.is_empty() {
            return Some(Vec::new());
        }
        let id = |id: &str| {
            id.parse().ok().filter(|&number: &u32| number > 0 && number.to_string() == id)
        };
        list.split('.').map(id).collect()
    };
    match text.split('~').collect::<Vec<_>>()[..] {
        ["1", consented] => Some([list(consented)?, Vec::new()]),
        ["2", consented, disclosed] => {
            Some([list(consented)?, list(disclosed.strip_prefix("dv.")?)?])
        }
        _ => None,
    }
}
