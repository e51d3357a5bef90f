use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;
use url::{Origin, Url};

use super::*;
use crate::tcf::DecodeOptions;
use crate::{Secret, Timestamp};

const ALL: [Identifier; 3] = [Identifier::Etpid, Identifier::Tpid, Identifier::SyncId];
/// A TC string that restricts vendor 32.
const TC_STRING: &str = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";

fn origin() -> Origin {
    Url::parse("https://www.example.com/some/page?q").unwrap().origin()
}

fn cookie() -> Secret {
    Secret::new("e30.e30.c2ln").unwrap()
}

fn reader(identifiers: &[Identifier]) -> ReadPrivacyStatus {
    ReadPrivacyStatus::new("tapp 1&2", origin(), identifiers.iter().copied())
}

fn writer() -> WritePrivacyStatus {
    WritePrivacyStatus::new("tapp 1&2", origin(), ALL)
}

fn response<B>(status: u16, body: B) -> http::Response<B> {
    http::Response::builder().status(status).body(body).unwrap()
}

fn given(identifiers: &[Identifier], body: &str) -> PrivacyStatus {
    match reader(identifiers).read(&response(200, body)) {
        Ok(Answer::Given(status)) => status,
        other => panic!("{other:?}"),
    }
}

#[test]
fn requests_are_as_documented() {
    let query = "?q.tapp_id.eq=tapp+1%262&q.identifier.in=TPID,SYNC_ID,ETPID";
    let media = |name| alloc::format!("application/vnd.netid.permission-center.{name}-v2+json");

    // Sorted and without repetition, whatever the order they are named in.
    let read = reader(&[ALL, ALL].concat()).to_http(&cookie()).unwrap();
    let host = "https://einwilligungsspeicher.netid.de/netid-user-status";
    assert_eq!(read.method(), "GET");
    assert_eq!(*read.uri(), *[host, query].concat());
    assert_eq!(read.headers()["accept"], media("netid-user-status"));
    assert_eq!(read.headers()["origin"], "https://www.example.com");
    assert_eq!(read.headers()["cookie"], "tpid_sec=e30.e30.c2ln");
    assert!(read.headers()["cookie"].is_sensitive());
    assert_eq!(read.headers().len(), 3);
    assert!(read.body().is_empty());

    let tc_string = TC_STRING.parse().unwrap();
    let write = writer().idconsent(IdConsent::Valid).iab_tc_string(&tc_string);
    let write = write.to_http(&cookie()).unwrap();
    let host = "https://einwilligen.netid.de/netid-permissions";
    assert_eq!(write.method(), "POST");
    assert_eq!(*write.uri(), *[host, query].concat());
    assert_eq!(write.headers()["content-type"], media("netid-permissions"));
    assert_eq!(write.headers()["accept"], media("netid-subject-status"));
    assert_eq!(write.headers()["origin"], "https://www.example.com");
    assert_eq!(write.headers()["cookie"], "tpid_sec=e30.e30.c2ln");
    assert_eq!(write.headers().len(), 4);
    let body = alloc::format!(r#"{{"idconsent":"VALID","iab_tc_string":"{TC_STRING}"}}"#);
    assert_eq!(write.body(), body.as_bytes());
}

#[test]
fn a_write_carries_only_what_was_set() {
    let body = |write: WritePrivacyStatus| {
        String::from_utf8(write.to_http(&cookie()).unwrap().into_body()).unwrap()
    };
    assert_eq!(body(writer().idconsent(IdConsent::Invalid)), r#"{"idconsent":"INVALID"}"#);
    let tc_string = TC_STRING.parse().unwrap();
    assert_eq!(
        body(writer().iab_tc_string(&tc_string)),
        alloc::format!(r#"{{"iab_tc_string":"{TC_STRING}"}}"#)
    );
}

#[test]
fn nothing_wrong_gets_written() {
    let kind = |write: WritePrivacyStatus| write.to_http(&cookie()).unwrap_err();
    assert_eq!(kind(writer()), RequestError::NothingToWrite);
    // Read with padding, which netID would refuse.
    let padded = "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA=";
    let padded = DecodeOptions::new().allow_padding().decode(padded).unwrap();
    assert_eq!(kind(writer().iab_tc_string(&padded)), RequestError::TcString);
    let mended = padded.to_builder().build().unwrap();
    assert!(writer().iab_tc_string(&mended).to_http(&cookie()).is_ok());
}

#[test]
fn a_request_that_could_not_succeed_is_refused() {
    let missing = |field| RequestError::Missing { field };
    let opaque = Url::parse("data:,x").unwrap().origin();
    let ftp = Url::parse("ftp://netid.example").unwrap();
    for (call, kind) in [
        (ReadPrivacyStatus::new("", origin(), ALL), missing("q.tapp_id.eq")),
        (ReadPrivacyStatus::new("tapp", origin(), []), missing("q.identifier.in")),
        (ReadPrivacyStatus::new("tapp", opaque, ALL), RequestError::Origin),
        (ReadPrivacyStatus::new("tapp", ftp.origin(), ALL), RequestError::Origin),
        (reader(&ALL).base_url(ftp), RequestError::BaseUrl),
        (ReadPrivacyStatus::new("t".repeat(65_534), origin(), ALL), RequestError::Uri),
    ] {
        assert_eq!(call.to_http(&cookie()).unwrap_err(), kind);
    }
    for token in ["a; other=b", "a,b", "\"a\"", "a\\b", "a b", "a\r\nb: c"] {
        let error = reader(&ALL).to_http(&Secret::new(token).unwrap()).unwrap_err();
        assert_eq!(error, RequestError::Header { name: "cookie" }, "{token:?}");
    }
}

#[test]
fn every_part_of_a_status_is_read_and_the_rest_is_kept() {
    let status = given(
        &ALL,
        r#"{
            "status_code": "PERMISSIONS_FOUND", "a": 1,
            "subject_identifiers": {"tpid": "t", "sync_id": "s", "etpid": "e", "b": 2},
            "netid_privacy_settings": {
                "c": 3,
                "idconsent": {"changed_at": "yesterday", "status": "VALID", "d": 4},
                "iab_tcstring": {"changed_at": "at noon", "value": "CO w", "e": 5}
            }
        }"#,
    );
    assert_eq!(status.status_code(), &StatusCode::PermissionsFound);
    assert_eq!(status.extra()["a"], 1);
    let identifiers = status.subject_identifiers();
    for (identifier, value) in
        [(Identifier::Tpid, "t"), (Identifier::SyncId, "s"), (Identifier::Etpid, "e")]
    {
        assert_eq!(identifiers.received(identifier), Some(value));
        assert_eq!(identifiers.usable(identifier), Some(value));
    }
    assert_eq!(identifiers.extra()["b"], 2);
    assert_eq!(status.settings().extra()["c"], 3);
    let idconsent = status.settings().idconsent().unwrap();
    assert_eq!(idconsent.status(), Some(IdConsent::Valid));
    assert_eq!(idconsent.changed_at(), Some("yesterday"));
    assert_eq!(idconsent.extra()["d"], 4);
    let tc_string = status.settings().iab_tcstring().unwrap();
    assert_eq!(tc_string.value(), Some("CO w"));
    assert_eq!(tc_string.changed_at(), Some("at noon"));
    assert_eq!(tc_string.extra()["e"], 5);
    assert!(tc_string.parse().is_err());
    assert!(status.subject_identifiers().broken_rules().is_empty());
}

#[test]
fn a_stored_tc_string_parses() {
    let body = alloc::format!(
        r#"{{"status_code": "PERMISSIONS_FOUND",
            "netid_privacy_settings": {{"iab_tcstring": {{"value": "{TC_STRING}"}}}}}}"#
    );
    let status = given(&ALL, &body);
    let parsed = status.settings().iab_tcstring().unwrap().parse().unwrap().unwrap();
    assert_eq!(parsed.to_string(), TC_STRING);
}

#[test]
fn parts_may_be_missing_or_null() {
    for body in [
        r#"{"status_code": "PERMISSIONS_NOT_FOUND"}"#,
        r#"{"status_code": "PERMISSIONS_NOT_FOUND", "subject_identifiers": null,
            "netid_privacy_settings": null}"#,
        r#"{"status_code": "PERMISSIONS_NOT_FOUND",
            "subject_identifiers": {"tpid": null, "sync_id": null, "etpid": null},
            "netid_privacy_settings": {"idconsent": null}}"#,
        r#"{"status_code": "PERMISSIONS_NOT_FOUND", "subject_identifiers": {},
            "netid_privacy_settings": {"idconsent": {}, "iab_tcstring": {"value": null}}}"#,
    ] {
        let status = given(&ALL, body);
        assert_eq!(status.status_code(), &StatusCode::PermissionsNotFound);
        assert_eq!(status.subject_identifiers(), &SubjectIdentifiers::default());
        assert_eq!(status.settings().idconsent().and_then(IdConsentSetting::status), None);
        assert_eq!(status.settings().iab_tcstring().and_then(TcStringSetting::value), None);
        assert!(status.subject_identifiers().broken_rules().is_empty());
    }
    let body = r#"{"status_code": "PERMISSIONS_FOUND",
        "netid_privacy_settings": {"idconsent": {}, "iab_tcstring": {}}}"#;
    let status = given(&ALL, body);
    assert_eq!(status.settings().idconsent().unwrap().status(), None);
    assert!(!status.settings().has_valid_idconsent());
    assert_eq!(status.settings().iab_tcstring().unwrap().parse(), Ok(None));
}

#[test]
fn broken_rules_are_found_and_bar_the_identifier() {
    use BrokenRule::{NotRequested, WithoutIdConsent, WithoutPermissions};
    use Identifier::{Etpid, SyncId, Tpid};

    let all = r#"{"tpid": "t", "sync_id": "s", "etpid": "e"}"#;
    let valid = r#"{"idconsent": {"status": "VALID"}}"#;
    let invalid = r#"{"idconsent": {"status": "INVALID"}}"#;
    let cases: [(&[Identifier], _, _, _, &[BrokenRule]); 7] = [
        (&ALL, "FOUND", all, valid, &[]),
        (&[Tpid], "FOUND", all, valid, &[NotRequested(SyncId), NotRequested(Etpid)]),
        (&ALL, "FOUND", all, invalid, &[WithoutIdConsent(Tpid), WithoutIdConsent(Etpid)]),
        (
            &ALL,
            "FOUND",
            all,
            "{}",
            &[WithoutIdConsent(Tpid), WithoutPermissions(SyncId), WithoutIdConsent(Etpid)],
        ),
        (&ALL, "FOUND", r#"{"sync_id": "s"}"#, r#"{"iab_tcstring": {"value": "C"}}"#, &[]),
        (&ALL, "NOT_FOUND", "{}", "{}", &[]),
        (
            &ALL,
            "NOT_FOUND",
            r#"{"etpid": "e"}"#,
            r#"{"unknown": 1}"#,
            &[WithoutIdConsent(Etpid), WithoutPermissions(Etpid)],
        ),
    ];
    for (requested, found, identifiers, settings, rules) in cases {
        let body = alloc::format!(
            r#"{{"status_code": "PERMISSIONS_{found}", "subject_identifiers": {identifiers},
                "netid_privacy_settings": {settings}}}"#
        );
        let status = given(requested, &body);
        let came = status.subject_identifiers();
        assert_eq!(came.broken_rules(), rules, "{body}");
        for identifier in ALL {
            let barred = rules.iter().any(|rule| rule.identifier() == identifier);
            let expected = came.received(identifier).filter(|_| !barred);
            assert_eq!(came.usable(identifier), expected, "{body}");
        }
    }
}

#[test]
fn a_write_knows_only_the_idconsent_that_it_wrote() {
    let body = br#"{"subject_identifiers": {"tpid": "t", "sync_id": "s"}, "n": 1}"#;
    let tc_string = TC_STRING.parse().unwrap();
    for (write, barred) in [
        (writer().idconsent(IdConsent::Valid), false),
        (writer().idconsent(IdConsent::Invalid), true),
        (writer().iab_tc_string(&tc_string), false),
    ] {
        let Ok(Answer::Given(status)) = write.read(&response(201, body)) else {
            panic!("refused");
        };
        let came = status.subject_identifiers();
        assert_eq!(came.received(Identifier::Tpid), Some("t"));
        assert_eq!(came.usable(Identifier::Tpid).is_none(), barred);
        assert_eq!(came.usable(Identifier::SyncId), Some("s"));
        assert_eq!(came.broken_rules().is_empty(), !barred);
        assert_eq!(status.extra()["n"], 1);
    }
}

#[test]
fn an_answer_that_contradicts_itself_or_the_documentation_is_refused() {
    let kind = |status: u16, body: &str| {
        let error = reader(&ALL).read(&response(status, body)).unwrap_err();
        assert_eq!(error.status(), status);
        error.kind()
    };
    for (status, body, field) in [
        (200, "{}", "status_code"),
        (200, r#"{"status_code": 5}"#, "status_code"),
        (200, r#"{"status_code": "NO_TPID"}"#, "status_code"),
        (400, r#"{"status_code": "PERMISSIONS_FOUND"}"#, "status_code"),
        (400, "{}", "status_code"),
        (
            200,
            r#"{"status_code": "X", "subject_identifiers": {"tpid": ""}}"#,
            "subject_identifiers.tpid",
        ),
        (200, r#"{"status_code": "X", "subject_identifiers": []}"#, "subject_identifiers"),
        (
            200,
            r#"{"status_code": "X", "netid_privacy_settings": {"idconsent": {"status": "MAYBE"}}}"#,
            "netid_privacy_settings.idconsent.status",
        ),
        (
            200,
            r#"{"status_code": "PERMISSIONS_NOT_FOUND",
                "netid_privacy_settings": {"idconsent": {"status": "VALID"}}}"#,
            "netid_privacy_settings",
        ),
        (
            200,
            r#"{"status_code": "X", "netid_privacy_settings": {"iab_tcstring": {"value": 5}}}"#,
            "netid_privacy_settings.iab_tcstring.value",
        ),
    ] {
        assert_eq!(kind(status, body), AnswerErrorKind::Field { field }, "{body}");
    }
    for status in [201, 204, 302, 500, 502] {
        assert_eq!(kind(status, r#"{"status_code": "X"}"#), AnswerErrorKind::Status);
    }
    for (status, body) in [(200, ""), (400, ""), (410, ""), (403, "<html>")] {
        assert_eq!(kind(status, body), AnswerErrorKind::Json, "{status} {body}");
    }
}

#[test]
fn an_unknown_code_is_kept_verbatim() {
    let status = given(&ALL, r#"{"status_code": "PERMISSIONS_soon"}"#);
    assert_eq!(status.status_code(), &StatusCode::Other("PERMISSIONS_soon".into()));
    let body = br#"{"status_code": "TEAPOT", "hint": "tea"}"#;
    let Ok(Answer::Refused(refusal)) = writer().read(&response(418, body)) else {
        panic!("not refused");
    };
    assert_eq!(refusal.http_status(), http::StatusCode::IM_A_TEAPOT);
    assert_eq!(refusal.status_code().map(ToString::to_string).as_deref(), Some("TEAPOT"));
    assert_eq!(refusal.extra()["hint"], "tea");
}

#[test]
fn an_etpid_lives_for_less_than_a_day() {
    let at = |deciseconds| Timestamp::from_deciseconds(deciseconds).unwrap();
    let fetched = at(17_000_000_000);
    for (now, alive) in [
        (Timestamp::MIN, false),
        (at(16_999_999_999), false),
        (fetched, true),
        (at(17_000_863_999), true),
        (at(17_000_864_000), false),
        (Timestamp::MAX, false),
    ] {
        assert_eq!(etpid_is_alive(fetched, now), alive, "{now}");
    }
}

proptest! {
    #[test]
    fn every_tapp_id_arrives(tapp_id in ".{1,40}") {
        let call = ReadPrivacyStatus::new(tapp_id.as_str(), origin(), ALL);
        let request = call.to_http(&cookie()).unwrap();
        let url = Url::parse(&request.uri().to_string()).unwrap();
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        prop_assert_eq!(&pairs[0], &(String::from("q.tapp_id.eq"), tapp_id));
        prop_assert_eq!(&pairs[1].1, "TPID,SYNC_ID,ETPID");
    }

    #[test]
    fn nothing_forbidden_is_usable(
        requested in proptest::sample::subsequence(ALL.to_vec(), 0..=3),
        found: bool,
        consent in proptest::sample::select(&["VALID", "INVALID"][..]),
        text in "[a-z]{1,8}",
    ) {
        let body = serde_json::json!({
            "status_code": if found { "PERMISSIONS_FOUND" } else { "PERMISSIONS_NOT_FOUND" },
            "subject_identifiers": {"tpid": text, "sync_id": text, "etpid": text},
            "netid_privacy_settings": if found {
                serde_json::json!({"idconsent": {"status": consent}})
            } else {
                serde_json::Value::Null
            },
        });
        let status = given(&requested, &body.to_string());
        for identifier in ALL {
            let allowed = found
                && requested.contains(&identifier)
                && (identifier == Identifier::SyncId || consent == "VALID");
            let usable = status.subject_identifiers().usable(identifier);
            prop_assert_eq!(usable.is_some(), allowed);
        }
    }
}
