//! netID's calls, end to end against a server that answers as documented.

#![cfg(feature = "netid")]

#[path = "support/loopback.rs"]
mod loopback;

use std::collections::BTreeMap;
use std::fmt::Debug;

use consent_string::Secret;
use consent_string::netid::{
    Answer, IdConsent, Identifier, ReadPrivacyStatus, StatusCode, WritePrivacyStatus,
};
use http::{Request, header::COOKIE};
use loopback::{Reply, Server, header, send};
use serde_json::{Map, Value, json};
use url::{Origin, Url};

const TC_STRING: &str = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";
const ALL: [Identifier; 3] = [Identifier::Tpid, Identifier::SyncId, Identifier::Etpid];

/// netID with a single user, `user-7`, and a single TAPP, `tapp-1`, of www.example.com.
#[derive(Default)]
struct PermissionCenter {
    settings: Map<String, Value>,
    writes: u32,
}

impl PermissionCenter {
    fn start() -> Server {
        let mut center = Self::default();
        Server::start(move |request| center.answer(request).unwrap_or_else(|refusal| refusal))
    }

    fn answer(&mut self, request: &Request<String>) -> Result<Reply, Reply> {
        let refuse = |status: u16, code: &str| (status, json!({"status_code": code}).to_string());
        let site = Url::parse(&format!("http://netid{}", request.uri())).unwrap();
        let query: BTreeMap<_, _> = site.query_pairs().into_owned().collect();
        let write = match (request.method().as_str(), site.path()) {
            ("GET", "/netid-user-status") => false,
            ("POST", "/netid-permissions") => true,
            _ => return Err((404, String::new())),
        };
        let media = |name| format!("application/vnd.netid.permission-center.{name}-v2+json");
        let accept = media(if write { "netid-subject-status" } else { "netid-user-status" });
        assert_eq!(header(request, "accept"), Some(&*accept));
        if write {
            assert_eq!(header(request, "content-type"), Some(&*media("netid-permissions")));
        }
        match header(request, "origin") {
            Some("https://www.example.com" | "https://other.example.com") => {}
            _ => return Err((403, String::new())),
        }
        let user = header(request, "cookie").and_then(|cookie| cookie.strip_prefix("tpid_sec="));
        match user.ok_or_else(|| refuse(400, "NO_TPID"))? {
            "user-7" => {}
            "user-gone" => return Err(refuse(410, "TPID_EXISTENCE_ERROR")),
            _ => return Err(refuse(400, "TOKEN_ERROR")),
        }
        match query.get("q.tapp_id.eq").map(String::as_str) {
            Some("tapp-1") if header(request, "origin") == Some("https://www.example.com") => {}
            Some("tapp-1") => return Err(refuse(403, "TAPP_NOT_ALLOWED")),
            None if !write => return Err(refuse(400, "NO_TAPP_ID")),
            _ if !write => return Err(refuse(400, "TAPP_ERROR")),
            _ => return Err(refuse(403, "TAPP_NOT_ALLOWED")),
        }
        let requested: Vec<_> = query["q.identifier.in"].split(',').collect();
        if !write {
            let found = if self.settings.is_empty() { "NOT_FOUND" } else { "FOUND" };
            let answer = json!({
                "status_code": format!("PERMISSIONS_{found}"),
                "subject_identifiers": self.identifiers(&requested),
                "netid_privacy_settings": self.settings,
            });
            return Ok((200, answer.to_string()));
        }
        self.store(request.body()).map_err(|code| refuse(400, code))?;
        let answer = json!({"subject_identifiers": self.identifiers(&requested)});
        Ok((201, answer.to_string()))
    }

    fn store(&mut self, body: &str) -> Result<(), &'static str> {
        if body.is_empty() {
            return Err("NO_REQUEST_BODY");
        }
        let body: Map<String, Value> =
            serde_json::from_str(body).map_err(|_| "JSON_PARSE_ERROR")?;
        if body.is_empty() {
            return Err("NO_PERMISSIONS");
        }
        self.writes += 1;
        let changed_at = format!("write {}", self.writes);
        for (name, value) in body {
            let (name, setting) = match (name.as_str(), value.as_str()) {
                ("idconsent", Some("VALID" | "INVALID")) => {
                    ("idconsent", json!({"changed_at": changed_at, "status": value}))
                }
                ("iab_tc_string", Some(TC_STRING)) => {
                    ("iab_tcstring", json!({"changed_at": changed_at, "value": value}))
                }
                _ => return Err("PERMISSION_PARAMETERS_ERROR"),
            };
            self.settings.insert(name.into(), setting);
        }
        Ok(())
    }

    fn identifiers(&self, requested: &[&str]) -> Value {
        let consent = self.settings.get("idconsent").is_some_and(|it| it["status"] == "VALID");
        let id = |name: &str, may: bool, value: &str| {
            (may && requested.contains(&name)).then(|| value.to_owned())
        };
        json!({
            "tpid": id("TPID", consent, "tpid-of-7"),
            "sync_id": id("SYNC_ID", !self.settings.is_empty(), "sync-of-7"),
            "etpid": id("ETPID", consent, "etpid-of-7"),
        })
    }
}

fn origin() -> Origin {
    Url::parse("https://www.example.com").unwrap().origin()
}

fn user(token: &str) -> Secret {
    Secret::new(token).unwrap()
}

fn read_as(server: &Server, identifiers: &[Identifier]) -> ReadPrivacyStatus {
    ReadPrivacyStatus::new("tapp-1", origin(), identifiers.iter().copied()).base_url(server.url())
}

fn write_as(server: &Server) -> WritePrivacyStatus {
    WritePrivacyStatus::new("tapp-1", origin(), ALL).base_url(server.url())
}

fn given<T: Debug>(answer: Answer<T>) -> T {
    match answer {
        Answer::Given(given) => given,
        Answer::Refused(refusal) => panic!("{refusal:?}"),
    }
}

/// The HTTP status and the code of a refusal.
fn refused<T: Debug>(answer: Answer<T>) -> (u16, Option<StatusCode>) {
    match answer {
        Answer::Given(given) => panic!("{given:?}"),
        Answer::Refused(refusal) => {
            (refusal.http_status().as_u16(), refusal.status_code().cloned())
        }
    }
}

#[test]
fn permissions_are_written_and_read_back() {
    let server = PermissionCenter::start();
    let read = |identifiers: &[Identifier]| {
        let call = read_as(&server, identifiers);
        let response = send(call.to_http(&user("user-7")).unwrap());
        let status = given(call.read(&response).unwrap());
        assert_eq!(status.subject_identifiers().broken_rules(), []);
        status
    };
    let write = |call: WritePrivacyStatus| {
        let response = send(call.to_http(&user("user-7")).unwrap());
        let status = given(call.read(&response).unwrap());
        assert_eq!(status.subject_identifiers().broken_rules(), []);
        ALL.map(|identifier| status.subject_identifiers().usable(identifier).map(str::to_owned))
    };
    let some = |text: &str| Some(text.to_owned());

    let status = read(&ALL);
    assert_eq!(status.status_code(), &StatusCode::PermissionsNotFound);
    assert_eq!(ALL.map(|identifier| status.subject_identifiers().usable(identifier)), [None; 3]);
    assert!(status.settings().idconsent().is_none() && status.settings().iab_tcstring().is_none());

    let tc_string = TC_STRING.parse().unwrap();
    let ids = write(write_as(&server).iab_tc_string(&tc_string));
    assert_eq!(ids, [None, some("sync-of-7"), None]);
    let ids = write(write_as(&server).idconsent(IdConsent::Valid));
    assert_eq!(ids, [some("tpid-of-7"), some("sync-of-7"), some("etpid-of-7")]);

    let status = read(&[Identifier::Etpid]);
    assert_eq!(status.status_code(), &StatusCode::PermissionsFound);
    assert_eq!(
        ALL.map(|identifier| status.subject_identifiers().usable(identifier)),
        [None, None, Some("etpid-of-7")]
    );
    let idconsent = status.settings().idconsent().unwrap();
    assert_eq!(idconsent.status(), Some(IdConsent::Valid));
    assert_eq!(idconsent.changed_at(), Some("write 2"));
    let stored = status.settings().iab_tcstring().unwrap();
    assert_eq!(stored.value(), Some(TC_STRING));
    assert_eq!(stored.changed_at(), Some("write 1"));
    assert_eq!(stored.parse().unwrap().unwrap().to_string(), TC_STRING);

    let both = write_as(&server).idconsent(IdConsent::Invalid).iab_tc_string(&tc_string);
    assert_eq!(write(both), [None, some("sync-of-7"), None]);
    let status = read(&ALL);
    assert_eq!(status.settings().idconsent().unwrap().status(), Some(IdConsent::Invalid));
    assert_eq!(
        ALL.map(|identifier| status.subject_identifiers().usable(identifier)),
        [None, Some("sync-of-7"), None]
    );
}

#[test]
fn every_refusal_of_a_read_is_told_apart() {
    let server = PermissionCenter::start();
    let call = read_as(&server, &ALL);
    let good = call.to_http(&user("user-7")).unwrap();
    let elsewhere = |site: &str| {
        let origin = Url::parse(site).unwrap().origin();
        let call = ReadPrivacyStatus::new("tapp-1", origin, ALL).base_url(server.url());
        call.to_http(&user("user-7")).unwrap()
    };
    let mut no_cookie = good.clone();
    no_cookie.headers_mut().remove(COOKIE);
    let mut no_tapp = good;
    let uri = no_tapp.uri().to_string().replace("q.tapp_id.eq=tapp-1&", "");
    *no_tapp.uri_mut() = uri.parse().unwrap();
    let other_tapp = ReadPrivacyStatus::new("tapp-2", origin(), ALL).base_url(server.url());

    for (request, status, code) in [
        (no_cookie, 400, Some(StatusCode::NoTpid)),
        (no_tapp, 400, Some(StatusCode::NoTappId)),
        (call.to_http(&user("expired")).unwrap(), 400, Some(StatusCode::TokenError)),
        (other_tapp.to_http(&user("user-7")).unwrap(), 400, Some(StatusCode::TappError)),
        (elsewhere("https://other.example.com"), 403, Some(StatusCode::TappNotAllowed)),
        (call.to_http(&user("user-gone")).unwrap(), 410, Some(StatusCode::TpidExistenceError)),
        (elsewhere("https://unknown.example.com"), 403, None),
    ] {
        let answer = call.read(&send(request)).unwrap();
        assert_eq!(refused(answer), (status, code));
    }
}

#[test]
fn every_refusal_of_a_write_is_told_apart() {
    let server = PermissionCenter::start();
    let call = write_as(&server).idconsent(IdConsent::Valid);
    let good = call.to_http(&user("user-7")).unwrap();
    // What the library refuses to send, sent all the same.
    let with_body = |body: &str| {
        let mut request = good.clone();
        *request.body_mut() = body.into();
        request
    };
    let elsewhere = |site: &str| {
        let origin = Url::parse(site).unwrap().origin();
        let call = WritePrivacyStatus::new("tapp-1", origin, ALL).base_url(server.url());
        call.idconsent(IdConsent::Valid).to_http(&user("user-7")).unwrap()
    };
    let mut no_cookie = good.clone();
    no_cookie.headers_mut().remove(COOKIE);
    let wrong_tc_string = r#"{"iab_tc_string": "none"}"#;

    for (request, status, code) in [
        (no_cookie, 400, Some(StatusCode::NoTpid)),
        (call.to_http(&user("expired")).unwrap(), 400, Some(StatusCode::TokenError)),
        (with_body("{}"), 400, Some(StatusCode::NoPermissions)),
        (with_body("{"), 400, Some(StatusCode::JsonParseError)),
        (with_body(""), 400, Some(StatusCode::NoRequestBody)),
        (with_body(wrong_tc_string), 400, Some(StatusCode::PermissionParametersError)),
        (elsewhere("https://other.example.com"), 403, Some(StatusCode::TappNotAllowed)),
        (call.to_http(&user("user-gone")).unwrap(), 410, Some(StatusCode::TpidExistenceError)),
        (elsewhere("https://unknown.example.com"), 403, None),
    ] {
        let answer = call.read(&send(request)).unwrap();
        assert_eq!(refused(answer), (status, code));
    }
}
