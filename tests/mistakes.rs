//! The usual mistakes, and whether the error helps whoever made one.
#![cfg(feature = "tcf")]

use consent_string::{DecodeError, Format, Hint, didomi, tcf};

/// A published Didomi Consent String, version 1; see tests/data/README.md.
const DIDOMI: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// The example of the specification of TC strings.
const TC: &str = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";

fn didomi_error(text: &str) -> DecodeError {
    text.parse::<didomi::ConsentString>().expect_err(text)
}

fn tc_error(text: &str) -> DecodeError {
    text.parse::<tcf::TcString>().expect_err(text)
}

/// Each mistake in a Didomi string: the text, the hint, and how many characters stand before the
/// place, where there is one.
#[test]
fn mistakes_with_a_didomi_string_are_told() {
    let half = &DIDOMI[..33];
    let group = &DIDOMI[..36];
    let didomi = |behind: &str| format!("{DIDOMI}{behind}");
    let before = |before: &str| format!("{before}{DIDOMI}");
    let percent = Some(Hint::PercentSign);
    let other = |format| Some(Hint::LooksLike(format));
    let table: Vec<(String, Option<Hint>, Option<usize>)> = vec![
        (didomi(" "), Some(Hint::WhiteSpace), Some(60)),
        (didomi("\n"), Some(Hint::WhiteSpace), Some(60)),
        (didomi("\r\n"), Some(Hint::WhiteSpace), Some(60)),
        (before(" "), Some(Hint::WhiteSpace), Some(0)),
        (before("\t"), Some(Hint::WhiteSpace), Some(0)),
        (didomi("..a b"), Some(Hint::WhiteSpace), Some(63)),
        (format!("\"{DIDOMI}\""), Some(Hint::Quote), Some(0)),
        (didomi("\""), Some(Hint::Quote), Some(60)),
        (format!("'{DIDOMI}'"), Some(Hint::Quote), Some(0)),
        (didomi("%7Ec2ln"), percent, Some(60)),
        (didomi(".a.b%7Ec2ln"), percent, Some(64)),
        (didomi("%22"), percent, Some(60)),
        (DIDOMI.replace('-', "+"), Some(Hint::StandardAlphabet), Some(11)),
        (DIDOMI.replace('_', "/"), Some(Hint::StandardAlphabet), Some(20)),
        (before("didomi_dcs="), Some(Hint::NameAndValue), None),
        (before("dcs="), Some(Hint::NameAndValue), None),
        (didomi("é"), Some(Hint::NotAscii), Some(60)),
        (didomi("..é"), Some(Hint::NotAscii), Some(62)),
        (half.to_owned(), Some(Hint::CutOff), Some(33)),
        (group.to_owned(), Some(Hint::CutOff), None),
        ("B".to_owned(), Some(Hint::CutOff), Some(1)),
        (didomi(DIDOMI), Some(Hint::TwoStrings), None),
        (didomi("....x"), Some(Hint::TwoStrings), None),
        (didomi("~a~b"), Some(Hint::TwoStrings), None),
        (DIDOMI.replacen('B', "D", 1), Some(Hint::FirstCharacter(Format::Didomi)), Some(0)),
        (DIDOMI.to_lowercase(), Some(Hint::FirstCharacter(Format::Didomi)), Some(0)),
        (TC.to_owned(), other(Format::Tcf), None),
        ("1YNN".to_owned(), other(Format::UsPrivacy), None),
        ("1~1.35.41.101".to_owned(), other(Format::Ac), None),
        ("2~1.35~dv.9".to_owned(), other(Format::Ac), None),
        (
            "DBABMA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA".to_owned(),
            other(Format::Gpp),
            None,
        ),
        ("eyJ1c2VyX2lkIjoiMTg3NSJ9".to_owned(), other(Format::Token), None),
        ("{\"version\": 1}".to_owned(), Some(Hint::LooksLikeJson), Some(0)),
        ("[1, 2]".to_owned(), Some(Hint::LooksLikeJson), Some(0)),
    ];
    for (text, hint, place) in table {
        let error = didomi_error(&text);
        assert_eq!(error.hint(), hint, "{text}: {error}");
        if let Some(place) = place {
            assert_eq!(error.char_offset(), Some(place), "{text}: {error}");
        }
        assert!(!error.to_string().contains(&DIDOMI[..12]), "{error}");
    }
}

#[test]
fn mistakes_with_a_tc_string_are_told() {
    let tc = |behind: &str| format!("{TC}{behind}");
    let before = |before: &str| format!("{before}{TC}");
    let other = |format| Some(Hint::LooksLike(format));
    let table: Vec<(String, Option<Hint>, Option<usize>)> = vec![
        (tc(" "), Some(Hint::WhiteSpace), Some(78)),
        (before(" "), Some(Hint::WhiteSpace), Some(0)),
        (TC.replacen('.', " .", 1), Some(Hint::WhiteSpace), Some(44)),
        (format!("\"{TC}\""), Some(Hint::Quote), Some(0)),
        (tc("%3D"), Some(Hint::PercentSign), Some(78)),
        (TC.replacen('.', "%2E", 1), Some(Hint::PercentSign), Some(44)),
        (before("euconsent-v2="), Some(Hint::NameAndValue), None),
        (TC.replacen("IDKQ", "ID+Q", 1), Some(Hint::StandardAlphabet), Some(47)),
        (TC[..30].to_owned(), Some(Hint::CutOff), None),
        (TC[..50].to_owned(), Some(Hint::CutOff), None),
        (tc(&format!(".{TC}")), Some(Hint::TwoStrings), None),
        (TC.replacen('C', "E", 1), Some(Hint::FirstCharacter(Format::Tcf)), Some(0)),
        (DIDOMI.to_owned(), other(Format::Didomi), None),
        ("1YNN".to_owned(), other(Format::UsPrivacy), None),
        ("1---".to_owned(), other(Format::UsPrivacy), None),
        ("BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA".to_owned(), Some(Hint::LooksLikeTcVersionOne), None),
        ("{}".to_owned(), Some(Hint::LooksLikeJson), Some(0)),
        ("DBABMA~C".to_owned(), other(Format::Gpp), None),
    ];
    for (text, hint, place) in table {
        let error = tc_error(&text);
        assert_eq!(error.hint(), hint, "{text}: {error}");
        if let Some(place) = place {
            assert_eq!(error.char_offset(), Some(place), "{text}: {error}");
        }
    }
}

#[test]
fn a_message_says_where_what_and_why() {
    assert_eq!(
        didomi_error(&format!("{DIDOMI}%7Ec2ln")).to_string(),
        "sections, base64 at bit 360 (character 61): a character that may not stand here, \
         expected A-Z a-z 0-9 - _; a percent sign: is the value still percent-encoded?"
    );
    assert_eq!(
        tc_error("1YNN").to_string().split_once("; ").unwrap().1,
        "this looks like a US Privacy string"
    );
}
