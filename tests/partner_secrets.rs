//! No secret and no personal identifier shows in the `Debug` or the errors of the HTTP APIs.

use std::fmt::{Debug, Write};

use consent_string::Secret;
use consent_string::algonomy::{Api, Tenant, TokenRequest};
use consent_string::link::{Action, CreateSecret, PreAuthorizedLink};
use consent_string::netid::{Answer, IdConsent, Identifier, ReadPrivacyStatus, WritePrivacyStatus};
use http::StatusCode;
use serde_json::json;
use url::Url;

/// Part of every value that must not be seen.
const MARK: &str = "s3cr3t";

fn secret(text: &str) -> Secret {
    Secret::new([MARK, text].concat()).unwrap()
}

#[derive(Default)]
struct Seen(String);

impl Seen {
    fn add(&mut self, value: impl Debug) {
        writeln!(self.0, "{value:?}\n{value:#?}").unwrap();
    }

    /// All of a request but its body, which holds what is sent.
    fn add_request(&mut self, request: http::Request<Vec<u8>>) {
        self.add(request.into_parts().0);
    }
}

#[test]
fn nothing_shows_a_secret() {
    let mut seen = Seen::default();
    let token = secret("-token");
    let unfit = secret("\n");
    let base = Url::parse(&format!("https://user:{MARK}@api.example/{MARK}")).unwrap();

    let tenant = Tenant::new(Api::Gdpr, base.clone(), token.clone());
    let create = TokenRequest::create(["basic"]);
    seen.add(create.to_http(&tenant).unwrap_err());
    seen.add(&tenant);
    let tenant = Tenant::new(Api::Gdpr, "https://a.example".parse().unwrap(), token.clone())
        .oauth_key_secret(token.clone());
    let update = TokenRequest::update(token.clone(), ["basic"]);
    seen.add((&tenant, &create, &update));
    seen.add_request(create.to_http(&tenant).unwrap());
    seen.add_request(update.to_http(&tenant).unwrap());
    seen.add(create.to_http(&tenant.oauth_key_secret(unfit.clone())).unwrap_err());
    let body = json!({"token": MARK, "refresh": MARK}).to_string();
    seen.add(create.read(StatusCode::OK, body.as_bytes()).unwrap());
    seen.add(create.read(StatusCode::UNAUTHORIZED, body.as_bytes()).unwrap_err());
    seen.add(create.read(StatusCode::OK, format!("\"{MARK}\"").as_bytes()).unwrap_err());

    let event = json!({"status": MARK, "id": MARK}).to_string().parse().unwrap();
    let link = PreAuthorizedLink::new("org", MARK, Action::EventUpdate, event)
        .unwrap()
        .redirect_url(format!("https://shop.example/{MARK}").parse().unwrap());
    seen.add(&link);
    seen.add_request(link.to_http(&token).unwrap());
    seen.add(link.to_http(&unfit).unwrap_err());
    seen.add(link.clone().base_url(base.clone()).to_http(&token).unwrap_err());
    let body = json!({"url": format!("https://api.example/?token={MARK}"), "x": MARK}).to_string();
    seen.add(link.read(StatusCode::OK, body.as_bytes()).unwrap());
    let body = json!({"url": MARK}).to_string();
    seen.add(link.read(StatusCode::OK, body.as_bytes()).unwrap_err());

    let create = CreateSecret::new("org", "name").base_url(base.clone());
    seen.add(&create);
    seen.add(create.to_http(&token).unwrap_err());
    seen.add_request(CreateSecret::new("org", "name").to_http(&token).unwrap());
    let body = json!({"id": "id", "secret": MARK, "x": MARK}).to_string();
    seen.add(create.read(StatusCode::OK, body.as_bytes()).unwrap());

    let origin = Url::parse("https://www.example.com").unwrap().origin();
    let ids = [Identifier::Tpid, Identifier::SyncId, Identifier::Etpid];
    let read = ReadPrivacyStatus::new("tapp", origin.clone(), ids);
    seen.add(&read);
    seen.add_request(read.to_http(&token).unwrap());
    seen.add(read.to_http(&unfit).unwrap_err());
    seen.add(read.clone().base_url(base).to_http(&token).unwrap_err());
    let write = WritePrivacyStatus::new("tapp", origin, ids)
        .idconsent(IdConsent::Valid)
        .iab_tc_string(&"COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA".parse().unwrap());
    seen.add(&write);
    seen.add_request(write.to_http(&token).unwrap());
    let body = json!({
        "status_code": "PERMISSIONS_FOUND",
        "x": MARK,
        "subject_identifiers": {"tpid": MARK, "sync_id": MARK, "etpid": MARK, "x": MARK},
        "netid_privacy_settings": {
            "x": MARK,
            "idconsent": {"status": "VALID", "x": MARK},
            "iab_tcstring": {"value": MARK, "x": MARK},
        },
    });
    let body = body.to_string();
    let Answer::Given(status) = read.read(StatusCode::OK, body.as_bytes()).unwrap() else {
        panic!("refused");
    };
    seen.add(status.settings().iab_tcstring().unwrap().parse().map(drop));
    seen.add(status);
    seen.add(write.read(StatusCode::CREATED, body.as_bytes()).unwrap());
    let body = json!({"status_code": "TOKEN_ERROR", "token": MARK}).to_string();
    seen.add(read.read(StatusCode::BAD_REQUEST, body.as_bytes()).unwrap());
    seen.add(read.read(StatusCode::OK, body.as_bytes()).unwrap_err());

    for shown in ["Secret(..)", "TokenError", "PreAuthorizedLink {", "CreatedLink {"] {
        assert!(seen.0.contains(shown), "{shown} in {}", seen.0);
    }
    assert!(!seen.0.contains(MARK), "{}", seen.0);
    assert!(!seen.0.contains("COwAdDh"), "{}", seen.0);
}
