//! The `didomi_token`: what is read, refused, kept and written.

#![cfg(all(feature = "ac", feature = "serde", feature = "token"))]

#[path = "support/token.rs"]
mod support;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use consent_string::didomi::Status;
use consent_string::token::{
    AdTechProviders, Choices, DidomiToken, ProviderId, TokenErrorKind, TokenTime, Version,
};
use consent_string::{
    DecodeErrorKind, EncodeErrorKind, IdSet, MAX_TEXT_LENGTH, Timestamp, TimestampError, ac,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{CREATED, USER_ID, token_json};

fn ids(numbers: &[u16]) -> IdSet<ProviderId> {
    numbers.iter().map(|&number| ProviderId::new(number).unwrap()).collect()
}

fn read(json: &Value) -> Result<DidomiToken, consent_string::token::TokenError> {
    STANDARD.encode(json.to_string()).parse()
}

#[test]
fn all_of_a_token_is_read() {
    let json = json!({
        "user_id": USER_ID,
        "created": "2024-08-27T07:15:05.610Z",
        "updated": "2025-01-31T23:59:59.999Z",
        "version": 2,
        "purposes": {"enabled": ["cookies", "analytics-HpBJrrK7"], "disabled": ["geolocation_data"]},
        "vendors": {"enabled": ["google", "c:hotjar"], "disabled": []},
        "purposes_li": {"disabled": ["market_research"]},
        "vendors_li": {"enabled": ["google"], "reason": [1, {"a": null}]},
        "ac": "AGWAGACMAFIAZQ.BEmAFAEYASAIkg",
        "sync": null,
        "nested": {"a": [1.5, true, "b"]},
    });
    let token = read(&json).unwrap();
    assert_eq!(token.user_id().to_string(), USER_ID);
    assert_eq!(token.created().unix_millis(), 1_724_742_905_610);
    assert_eq!(token.updated().to_string(), "2025-01-31T23:59:59.999Z");
    assert_eq!(token.version(), Some(Version::V2));
    let purposes = token.purposes().unwrap();
    assert_eq!(purposes.enabled(), ["cookies", "analytics-HpBJrrK7"]);
    assert_eq!(purposes.disabled(), ["geolocation_data"]);
    assert_eq!(purposes.status("cookies"), Status::Enabled);
    assert_eq!(purposes.status("geolocation_data"), Status::Disabled);
    assert_eq!(purposes.status("Cookies"), Status::Undefined);
    assert_eq!(token.vendors().unwrap().status("hotjar"), Status::Undefined, "c: is kept");
    assert!(token.purposes_li().unwrap().enabled().is_empty());
    assert_eq!(token.purposes_li().unwrap().disabled(), ["market_research"]);
    assert_eq!(token.vendors_li().unwrap().other()["reason"], json!([1, {"a": null}]));
    let providers = token.ad_tech_providers().unwrap();
    assert_eq!(providers.consent(), &ids(&[35, 41, 101]));
    assert_eq!(providers.legitimate_interest(), &ids(&[70, 71, 72, 1097]));
    assert_eq!(token.other()["nested"], json["nested"]);

    let again: Value = serde_json::from_str(&token.to_json()).unwrap();
    assert_eq!(again, json, "all of it is written again");
    assert_eq!(token.encode().unwrap().parse(), Ok(token.clone()));
    assert_eq!(DidomiToken::from_json(token.to_json().as_bytes()), Ok(token));
}

#[test]
fn what_is_absent_is_not_invented() {
    let json = json!({"user_id": USER_ID, "created": CREATED, "updated": CREATED, "version": null});
    let token = read(&json).unwrap();
    assert_eq!(token.version(), None);
    assert!(token.purposes().is_none() && token.vendors().is_none());
    assert!(token.purposes_li().is_none() && token.vendors_li().is_none());
    assert!(token.ad_tech_providers().is_none());
    assert_eq!(serde_json::from_str::<Value>(&token.to_json()).unwrap(), json);
    // `null` and nothing are the same, for what is known.
    let null = json!({
        "user_id": USER_ID, "created": CREATED, "updated": CREATED,
        "vendors": null, "purposes": {"enabled": null}, "ac": null,
    });
    let token = read(&null).unwrap();
    assert!(token.vendors().is_none() && token.ad_tech_providers().is_none());
    assert!(token.purposes().unwrap().enabled().is_empty());
}

#[test]
fn base64_is_read_with_padding_or_without_and_written_with() {
    for fill in ["", "a", "aa"] {
        let json = token_json(&format!(r#","x":"{fill}""#));
        let (padded, bare) = (STANDARD.encode(&json), STANDARD_NO_PAD.encode(&json));
        let token: DidomiToken = padded.parse().unwrap();
        assert_eq!(bare.parse(), Ok(token.clone()));
        assert_eq!(token.encode().unwrap(), padded);
    }
    // The letters that the web-safe alphabet has otherwise.
    let json = token_json(r#","x":"~~~???>>>""#);
    let text = STANDARD.encode(&json);
    assert!(text.contains('/') || text.contains('+'), "{text}");
    assert!(text.parse::<DidomiToken>().is_ok());
    let web_safe = text.replace('+', "-").replace('/', "_");
    let error = web_safe.parse::<DidomiToken>().unwrap_err();
    assert_eq!(error.kind(), TokenErrorKind::InvalidCharacter);
    assert_eq!(error.char_offset(), web_safe.find(['-', '_']));
}

#[test]
fn bad_base64_is_refused() {
    use TokenErrorKind::*;
    let good = STANDARD.encode(token_json(""));
    let bare = good.trim_end_matches('=');
    for (text, kind) in [
        (String::new(), Empty),
        ("=".into(), InvalidCharacter),
        ("e".into(), InvalidLength),
        ("e31=".into(), TrailingBits),
        ("e30==".into(), InvalidCharacter),
        ("e30=e30=".into(), InvalidCharacter),
        (format!(" {good}"), InvalidCharacter),
        (format!("{good}\n"), InvalidCharacter),
        (format!("{bare}%3D"), InvalidCharacter),
        (format!("\"{good}\""), InvalidCharacter),
        ("e30=".into(), Missing),
        ("W10=".into(), NotObject),
        ("bnVsbA".into(), NotObject),
        ("e30gMQ".into(), NotJson),
        ("eyI".into(), NotJson),
        ("/////w".into(), NotJson),
        ("A".repeat(MAX_TEXT_LENGTH as usize + 1), TooLong { maximum: MAX_TEXT_LENGTH }),
    ] {
        let error = text.parse::<DidomiToken>().unwrap_err();
        assert_eq!(error.kind(), kind, "{}", &text[..text.len().min(80)]);
    }
}

/// A change to a good token, and what is then wrong where.
type Bad<'a> = (&'a str, Value, TokenErrorKind, &'a str);

#[test]
fn a_property_that_is_not_as_it_should_be_is_refused() {
    use TokenErrorKind::*;
    let bad: [Bad; 28] = [
        ("user_id", Value::Null, Missing, "user_id"),
        ("user_id", json!(5), WrongType, "user_id"),
        ("user_id", json!(""), UserId, "user_id"),
        ("user_id", json!("7faf675d99c04ad2bbbff0fa962587b0"), UserId, "user_id"),
        ("user_id", json!("{7faf675d-99c0-4ad2-bbbf-f0fa962587b0}"), UserId, "user_id"),
        ("user_id", json!("7faf675d-99c0-4ad2-bbbf-f0fa962587bg"), UserId, "user_id"),
        ("created", Value::Null, Missing, "created"),
        ("created", json!(1_724_742_905_610_u64), WrongType, "created"),
        ("created", json!("2024-08-27"), Time(TimestampError::InvalidText), "created"),
        ("created", json!("2024-02-30T00:00:00Z"), Time(TimestampError::InvalidText), "created"),
        (
            "created",
            json!("2024-08-27T07:15:05.610+02:00"),
            Time(TimestampError::InvalidText),
            "created",
        ),
        ("created", json!("1969-12-31T23:59:59.999Z"), Time(TimestampError::OutOfRange), "created"),
        ("updated", json!("9999-12-31T23:59:59.999Z"), Time(TimestampError::OutOfRange), "updated"),
        ("updated", json!("2024-08-27T07:15:05.6101Z"), Time(TimestampError::Inexact), "updated"),
        ("updated", Value::Null, Missing, "updated"),
        ("version", json!(1), UnsupportedVersion, "version"),
        ("version", json!(2.5), UnsupportedVersion, "version"),
        ("version", json!("2"), WrongType, "version"),
        ("purposes", json!([]), WrongType, "purposes"),
        ("vendors", json!({"enabled": "google"}), WrongType, "vendors.enabled"),
        ("vendors", json!({"disabled": [5]}), WrongType, "vendors.disabled"),
        ("vendors_li", json!({"enabled": [null]}), WrongType, "vendors_li.enabled"),
        (
            "purposes",
            json!({"enabled": ["a", "b"], "disabled": ["c", "b"]}),
            EnabledAndDisabled,
            "purposes",
        ),
        (
            "vendors_li",
            json!({"enabled": ["a"], "disabled": ["a"]}),
            EnabledAndDisabled,
            "vendors_li",
        ),
        ("ac", json!(["AAAA", "AAAA"]), WrongType, "ac"),
        ("ac", json!("AAAA"), ProviderParts, "ac"),
        ("ac", json!("AAAA.AAAA.AAAA"), ProviderParts, "ac"),
        (
            "ac",
            json!("AAAA.AAA="),
            Providers(DecodeErrorKind::InvalidCharacter { base64: true }),
            "ac.legitimate_interest",
        ),
    ];
    for (name, value, kind, field) in bad {
        let mut json: Value = serde_json::from_str(&token_json("")).unwrap();
        json[name] = value.clone();
        let error = read(&json).unwrap_err();
        assert_eq!((error.kind(), error.field()), (kind, Some(field)), "{name}: {value}");
    }
}

#[test]
fn a_repeated_property_is_refused_at_any_depth() {
    for more in [
        r#","version":2"#,
        r#","vendors":{"enabled":[],"enabled":["google"]}"#,
        r#","x":{"y":[{"z":1,"\u007a":1}]}"#,
    ] {
        let error = DidomiToken::from_json(token_json(more).as_bytes()).unwrap_err();
        assert_eq!(error.kind(), TokenErrorKind::RepeatedProperty, "{more}");
    }
}

#[test]
fn an_id_said_twice_in_one_list_says_the_same() {
    let json = token_json(r#","vendors":{"enabled":["google","google"]}"#);
    let token = DidomiToken::from_json(json.as_bytes()).unwrap();
    assert_eq!(token.vendors().unwrap().enabled(), ["google", "google"]);
    assert_eq!(token.vendors().unwrap().status("google"), Status::Enabled);
}

#[test]
fn providers_stand_as_vendors_in_a_tc_string() {
    for (text, consent, legitimate_interest) in [
        ("AAAA.AAAA", &[][..], &[][..]),
        ("AGWAGACMAFIAZQ.AAAA", &[35, 41, 101], &[]),
        ("AAAA.BEmAFAEYASAIkg", &[], &[70, 71, 72, 1097]),
        // Bit fields.
        ("AAFA.AAIg", &[1], &[2]),
        ("AAhVgA.AAAA", &[1, 3, 5, 7, 8], &[]),
        // As long as a range.
        ("AB0AAAAE.AAAA", &[29], &[]),
    ] {
        let providers: AdTechProviders =
            text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(providers.consent(), &ids(consent), "{text}");
        assert_eq!(providers.legitimate_interest(), &ids(legitimate_interest), "{text}");
        assert_eq!(providers.to_string(), text);
    }
    // A range of all IDs is short.
    let all = AdTechProviders::new(ids(&[]).complement(), IdSet::new());
    let text = all.to_string();
    assert_eq!(text.len(), 16, "{text}");
    assert_eq!(text.parse(), Ok(all));
}

#[test]
fn providers_that_can_not_be_read_are_refused_with_their_bit() {
    use DecodeErrorKind::*;
    for (text, kind, bit) in [
        (".AAAA", Truncated, 0),
        ("AA.AAAA", Truncated, 0),
        ("AAA.AAAA", Truncated, 0),
        ("AGWAGACMAFIA.AAAA", Truncated, 63),
        ("AAAAA.AAAA", DanglingCharacter, 24),
        ("AAAAAAAA.AAAA", ExcessFill { bits: 31 }, 17),
        ("AAAB.AAAA", NonZeroFill, 17),
        ("AAA~.AAAA", InvalidCharacter { base64: true }, 18),
        ("AGWACAAA.AAAA", ZeroId, 29),
    ] {
        let error = text.parse::<AdTechProviders>().unwrap_err();
        assert_eq!(error.kind(), TokenErrorKind::Providers(kind), "{text}");
        assert_eq!((error.field(), error.bit_offset()), (Some("ac.consent"), Some(bit)), "{text}");
    }
    let long = format!("{}.AAAA", "A".repeat(MAX_TEXT_LENGTH as usize));
    let error = long.parse::<AdTechProviders>().unwrap_err();
    assert_eq!(error.kind(), TokenErrorKind::TooLong { maximum: MAX_TEXT_LENGTH });
}

#[test]
fn provider_ids_are_those_of_an_ac_string() {
    let id = ProviderId::new(35).unwrap();
    assert_eq!(ac::ProviderId::from(id).get(), 35);
    assert_eq!(ProviderId::try_from(ac::ProviderId::from(id)), Ok(id));
    assert!(ProviderId::try_from(ac::ProviderId::new(65_536).unwrap()).is_err());
}

#[test]
fn times_are_exact_to_the_millisecond_and_round_down() {
    for (text, written, rounded, lost) in [
        ("2024-08-27T07:15:05.610Z", "2024-08-27T07:15:05.610Z", "2024-08-27T07:15:05.600Z", 10),
        ("2024-08-27T07:15:05.699Z", "2024-08-27T07:15:05.699Z", "2024-08-27T07:15:05.600Z", 99),
        ("2024-08-27T07:15:05Z", "2024-08-27T07:15:05.000Z", "2024-08-27T07:15:05.000Z", 0),
        ("2024-08-27T07:15:05.06Z", "2024-08-27T07:15:05.060Z", "2024-08-27T07:15:05.000Z", 60),
        (
            "2024-08-27T07:15:05.007000000Z",
            "2024-08-27T07:15:05.007Z",
            "2024-08-27T07:15:05.000Z",
            7,
        ),
        ("1970-01-01T00:00:00.001Z", "1970-01-01T00:00:00.001Z", "1970-01-01T00:00:00.000Z", 1),
        ("2187-10-06T10:21:13.599Z", "2187-10-06T10:21:13.599Z", "2187-10-06T10:21:13.500Z", 99),
    ] {
        let time: TokenTime = text.parse().unwrap();
        assert_eq!(time.to_string(), written);
        assert_eq!(format!("{time:?}"), format!("TokenTime({written})"));
        assert_eq!(time.to_timestamp().to_string(), rounded);
        assert_eq!(time.lost_millis(), lost);
        assert_eq!(time.unix_millis(), time.to_timestamp().unix_millis() + i64::from(lost));
        assert_eq!(TokenTime::from_unix_millis(time.unix_millis()), Ok(time));
    }
    assert_eq!(TokenTime::from_unix_millis(-1), Err(TimestampError::OutOfRange));
    let past = "2187-10-06T10:21:13.600Z".parse::<TokenTime>();
    assert_eq!(past, Err(TimestampError::OutOfRange));
    assert_eq!(TokenTime::from(Timestamp::MAX).to_timestamp(), Timestamp::MAX);
}

#[test]
fn what_is_made_by_hand_is_written() {
    let user = USER_ID.parse().unwrap();
    let both = Choices::new(["google"], ["c:hotjar"]).unwrap();
    let token = DidomiToken::new(user, CREATED.parse().unwrap())
        .with_updated("2024-08-27T07:15:05.611Z".parse().unwrap())
        .with_purposes(both.clone())
        .with_vendors(both.clone())
        .with_purposes_li(both.clone())
        .with_vendors_li(both)
        .with_ad_tech_providers(AdTechProviders::new(ids(&[1]), ids(&[2])));
    let choices = json!({"enabled": ["google"], "disabled": ["c:hotjar"]});
    let expected = json!({
        "user_id": USER_ID, "created": CREATED, "updated": "2024-08-27T07:15:05.611Z", "version": 2,
        "purposes": choices, "vendors": choices, "purposes_li": choices, "vendors_li": choices,
        "ac": "AAFA.AAIg",
    });
    assert_eq!(serde_json::from_str::<Value>(&token.to_json()).unwrap(), expected);
    assert_eq!(token.encode().unwrap().parse(), Ok(token.clone()));
    assert_eq!(token.with_version(None).version(), None);

    let error = Choices::new(["a", "b"], ["b"]).unwrap_err();
    assert_eq!(error.kind(), EncodeErrorKind::EnabledAndDisabled);
}

#[test]
fn what_could_not_be_read_back_is_not_written() {
    let token = |length: usize| {
        let user = USER_ID.parse().unwrap();
        let long = Choices::new(["x".repeat(length)], []).unwrap();
        DidomiToken::new(user, CREATED.parse().unwrap()).with_vendors(long)
    };
    // All but the ID.
    let frame = token(0).to_json().len();
    let longest = MAX_TEXT_LENGTH as usize / 4 * 3 - frame;
    let text = token(longest).encode().unwrap();
    assert_eq!(text.len(), MAX_TEXT_LENGTH as usize);
    assert!(text.parse::<DidomiToken>().is_ok());
    // The same limit holds for the object.
    let spaces = " ".repeat(MAX_TEXT_LENGTH as usize - frame);
    let json = token(0).to_json() + &spaces;
    assert!(DidomiToken::from_json(json.as_bytes()).is_ok());
    let error = DidomiToken::from_json((json + " ").as_bytes()).unwrap_err();
    assert_eq!(error.kind(), TokenErrorKind::TooLong { maximum: MAX_TEXT_LENGTH });
    let error = token(longest + 1).encode().unwrap_err();
    assert_eq!(error.kind(), EncodeErrorKind::TooLong { maximum: MAX_TEXT_LENGTH });
}

#[test]
fn messages_name_the_place_and_show_nothing_of_the_token() {
    for (more, message) in [
        (
            r#","vendors":{"enabled":["Zq7"],"disabled":["Zq7"]}"#,
            "vendors: an ID that is both enabled and disabled, expected one of them",
        ),
        (r#","purposes":{"enabled":["Zq7", 7]}"#, "purposes.enabled: not of its type"),
        (
            r#","ac":"AAAB.AAAA""#,
            "ac.consent at bit 17: a one behind the last field, expected zero fill",
        ),
        (r#","Zq7":1,"Zq7":1"#, "a property is repeated in its object"),
    ] {
        let error = DidomiToken::from_json(token_json(more).as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(!format!("{error:?}").contains("Zq7"));
    }
    let error = "e30=-".parse::<DidomiToken>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "character 5: a character that may not stand here, expected A-Z a-z 0-9 + /",
    );
}

#[test]
fn serde_takes_a_token_as_text() {
    let text = STANDARD.encode(token_json(r#","ac":"AAFA.AAIg""#));
    let json = format!("\"{text}\"");
    let token: DidomiToken = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_value(&token).unwrap(), token.encode().unwrap());
    let providers = token.ad_tech_providers().unwrap();
    assert_eq!(serde_json::to_string(providers).unwrap(), r#""AAFA.AAIg""#);
    assert_eq!(serde_json::from_str::<AdTechProviders>(r#""AAFA.AAIg""#).unwrap(), *providers);
    assert_eq!(serde_json::to_string(&token.created()).unwrap(), format!("\"{CREATED}\""));
    assert_eq!(serde_json::to_string(providers.consent()).unwrap(), "[1]");
    let error = serde_json::from_str::<DidomiToken>(r#""Zq7""#).unwrap_err();
    assert!(!error.to_string().contains("Zq7"), "{error}");
}

fn any_set() -> impl Strategy<Value = IdSet<ProviderId>> {
    let range = (1..=u16::MAX, 0..300_u16).prop_map(|(first, more)| {
        let id = |number| ProviderId::new(number).unwrap();
        consent_string::IdRange::new(id(first), id(first.saturating_add(more))).unwrap()
    });
    prop::collection::vec(range, 0..30).prop_map(|ranges| ranges.into_iter().collect())
}

fn any_choices() -> impl Strategy<Value = Option<Choices>> {
    let lists = prop::collection::btree_map("\\PC{0,12}", any::<bool>(), 0..12);
    prop::option::of(lists.prop_map(|ids| {
        let of =
            |enabled| ids.iter().filter(move |(_, is)| **is == enabled).map(|(id, _)| id.clone());
        Choices::new(of(true), of(false)).unwrap()
    }))
}

proptest! {
    #[test]
    fn providers_read_back_as_written(consent in any_set(), legitimate_interest in any_set()) {
        let providers = AdTechProviders::new(consent, legitimate_interest);
        prop_assert_eq!(providers.to_string().parse(), Ok(providers));
    }

    #[test]
    fn tokens_read_back_as_written(
        user: u128,
        millis in prop::array::uniform2(0..6_872_000_000_000_i64),
        version: bool,
        choices in prop::array::uniform4(any_choices()),
        providers in prop::option::of((any_set(), any_set())),
        others in prop::collection::btree_map("x[a-z]{0,5}", "\\PC{0,12}", 0..5),
    ) {
        let time = |millis| TokenTime::from_unix_millis(millis).unwrap();
        let mut token = DidomiToken::new(uuid::Uuid::from_u128(user), time(millis[0]))
            .with_updated(time(millis[1]))
            .with_version(version.then_some(Version::V2));
        let with = [
            DidomiToken::with_purposes, DidomiToken::with_vendors,
            DidomiToken::with_purposes_li, DidomiToken::with_vendors_li,
        ];
        for (with, choices) in with.into_iter().zip(choices) {
            token = match choices {
                Some(choices) => with(token, choices),
                None => token,
            };
        }
        if let Some((consent, legitimate_interest)) = providers {
            token = token.with_ad_tech_providers(AdTechProviders::new(consent, legitimate_interest));
        }
        // What isn't known comes from reading only.
        let mut json: Value = serde_json::from_str(&token.to_json()).unwrap();
        for (name, value) in &others {
            json[name] = json!(value);
        }
        let read = read(&json).unwrap();
        prop_assert_eq!(read.other().len(), others.len());
        prop_assert_eq!(&serde_json::from_str::<Value>(&read.to_json()).unwrap(), &json);
        prop_assert_eq!(read.encode().unwrap().parse(), Ok(read));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}|[A-Za-z0-9+/=]{0,80}", ac in "[A-Za-z0-9_.-]{0,40}") {
        let _ = text.parse::<DidomiToken>();
        if let Ok(providers) = ac.parse::<AdTechProviders>() {
            prop_assert_eq!(providers.to_string().parse(), Ok(providers));
        }
    }
}
