//! Values as they stand in cookies.

use consent_string::Format;
use consent_string::cookie::{self, Cookie, CookieError};

#[test]
fn values_come_quoted_encoded_or_as_they_are() {
    for (raw, decoded) in [
        ("BGHW.a.b~c", "BGHW.a.b~c"),
        ("\"BGHW.a.b~c\"", "BGHW.a.b~c"),
        ("BGHW.a.b%7Ec", "BGHW.a.b~c"),
        ("BGHW.a.b%7ec", "BGHW.a.b~c"),
        ("\"BGHW.a.b%7Ec\"", "BGHW.a.b~c"),
        ("%22BGHW.a.b%7Ec%22", "BGHW.a.b~c"),
        (" BGHW\t", "BGHW"),
        ("eyJ2IjoxfQ%3D%3D", "eyJ2IjoxfQ=="),
        ("a+b/c", "a+b/c"),
        ("%257E", "%7E"),
        ("", ""),
        ("\"\"", ""),
    ] {
        assert_eq!(cookie::decode(raw).as_deref(), Ok(decoded), "{raw}");
    }
    let borrowed = cookie::decode("\"BGHW\"").unwrap();
    assert!(matches!(borrowed, std::borrow::Cow::Borrowed("BGHW")));
}

#[test]
fn broken_encodings_are_errors() {
    for (raw, error) in [
        ("%", CookieError::InvalidEscape),
        ("B%7", CookieError::InvalidEscape),
        ("B%G0", CookieError::InvalidEscape),
        ("B%+1", CookieError::InvalidEscape),
        ("%FF", CookieError::NotUtf8),
        ("\"B", CookieError::OpenQuote),
        ("B\"", CookieError::OpenQuote),
        ("\"", CookieError::OpenQuote),
        ("%22B", CookieError::OpenQuote),
    ] {
        assert_eq!(cookie::decode(raw), Err(error), "{raw}");
    }
    assert_eq!(CookieError::OpenQuote.name(), "open_quote");
}

#[test]
fn a_header_has_the_known_cookies_in_its_order() {
    let header = "Cookie: a=b; euconsent-v2=C.=; flag;didomi_dcs=B; __gpp_sid=2,6;  usprivacy=1YNN ; didomi_dcs=\"C\"";
    let known: Vec<_> = cookie::known(header).collect();
    assert_eq!(
        known,
        [
            (Cookie::EuconsentV2, "C.="),
            (Cookie::DidomiDcs, "B"),
            (Cookie::GppSid, "2,6"),
            (Cookie::Usprivacy, "1YNN"),
            (Cookie::DidomiDcs, "\"C\""),
        ]
    );
    assert_eq!(cookie::pairs("cookie:x=1;y=2").collect::<Vec<_>>(), [("x", "1"), ("y", "2")]);
    assert_eq!(cookie::pairs("x=1").next(), Some(("x", "1")));
    assert_eq!(cookie::known("Didomi_DCS=B").next(), None, "names have a case");
}

#[test]
fn each_cookie_is_found_by_its_name() {
    for &cookie in Cookie::ALL {
        assert_eq!(Cookie::from_name(cookie.name()), Some(cookie));
        assert_eq!(cookie.to_string(), cookie.name());
        assert_eq!(cookie.format().is_none(), cookie == Cookie::GppSid);
    }
    assert_eq!(Cookie::UsPrivacy.format(), Some(Format::UsPrivacy));
    let debug = format!("{:?}", cookie::known("didomi_dcs=secret"));
    assert!(!debug.contains("secret"), "{debug}");
}
