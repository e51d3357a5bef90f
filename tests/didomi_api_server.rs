//! Pre-authorized links and secrets, end to end against a server that answers as documented.

#![cfg(feature = "didomi-api")]

#[path = "support/loopback.rs"]
mod loopback;

use std::num::NonZeroU32;

use consent_string::Secret;
use consent_string::link::{Action, AnswerErrorKind, CreateSecret, PreAuthorizedLink};
use http::Request;
use loopback::{Reply, Server, header, send};
use serde_json::{Value, json};
use url::Url;

/// The links name in their query what the server was asked for.
fn answer(request: &Request<String>) -> Reply {
    if header(request, "authorization") != Some("Bearer bearer-token") {
        return (401, json!({"code": 401}).to_string());
    }
    assert_eq!(request.method(), "POST");
    assert_eq!(header(request, "content-type"), Some("application/json"));
    let body: Value = serde_json::from_str(request.body()).unwrap();
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    match request.uri().path() {
        "/consents/links" if request.uri().query() == Some("organization_id=org+1") => {
            let mut url = Url::parse("https://api.privacy-center.org/v1/consents/execute").unwrap();
            url.query_pairs_mut()
                .append_pair("user", &text("organization_user_id"))
                .append_pair("action", &text("action"))
                .append_pair("event", &body["event"].to_string())
                .append_pair("redirect", &text("redirect_url"))
                .append_pair("lifetime", &body["lifetime"].as_u64().unwrap_or(900).to_string());
            (201, json!({"url": url.as_str(), "id": "link-1"}).to_string())
        }
        "/v1/secrets" => {
            let created = json!({
                "id": "secret-1",
                "name": body["name"],
                "description": body["description"],
                "secret": "made-by-the-server",
                "organization_id": body["organization_id"],
                "created_at": "2024-01-31T12:00:00.000Z",
                "updated_at": "2024-02-01T12:00:00.000Z",
                "version": 2,
                "color": "blue",
            });
            (201, created.to_string())
        }
        _ => (404, String::new()),
    }
}

fn token() -> Secret {
    Secret::new("bearer-token").unwrap()
}

fn link(user: &str, action: Action, event: &Value) -> PreAuthorizedLink {
    let event = event.to_string().parse().unwrap();
    PreAuthorizedLink::new("org 1", user, action, event).unwrap()
}

#[test]
fn a_link_is_made_for_an_event_to_create_and_one_to_update() {
    let server = Server::start(answer);
    let choices = json!({"consents": {"purposes": [{"id": "news", "enabled": false}]}});
    let update = json!({"id": "event-1", "status": "confirmed"});
    let redirect = "https://shop.example/done?a=b&c";
    for (link, expected) in [
        (
            link("user&1", Action::EventCreate, &choices),
            ["user&1", "event.create", &choices.to_string(), "", "900"],
        ),
        (
            link("user&1", Action::EventUpdate, &update)
                .redirect_url(redirect.parse().unwrap())
                .lifetime(NonZeroU32::new(3600).unwrap()),
            ["user&1", "event.update", &update.to_string(), redirect, "3600"],
        ),
    ] {
        let link = link.base_url(server.url());
        let created = link.read(&send(link.to_http(&token()).unwrap())).unwrap();
        assert_eq!(created.url().host_str(), Some("api.privacy-center.org"));
        let asked: Vec<_> = created.url().query_pairs().map(|(_, value)| value).collect();
        assert_eq!(asked, expected);
        assert_eq!(created.extra()["id"], "link-1");
    }
}

#[test]
fn a_secret_is_made_and_all_of_its_answer_read() {
    let server = Server::start(answer);
    let create = CreateSecret::new("org", "e-mail").description("links").base_url(server.url());
    let created = create.read(&send(create.to_http(&token()).unwrap())).unwrap();
    assert_eq!(created.id(), "secret-1");
    assert_eq!(created.name(), Some("e-mail"));
    assert_eq!(created.description(), Some("links"));
    assert_eq!(created.organization_id(), Some("org"));
    assert_eq!(created.created_at(), Some("2024-01-31T12:00:00.000Z"));
    assert_eq!(created.updated_at(), Some("2024-02-01T12:00:00.000Z"));
    assert_eq!(created.version(), Some(&json!(2)));
    assert_eq!(Value::from(created.extra().clone()), json!({"color": "blue"}));
    assert_eq!(created.into_secret().expose(), b"made-by-the-server");
}

#[test]
fn a_wrong_token_is_an_error_with_its_status() {
    let server = Server::start(answer);
    let wrong = Secret::new("another-token").unwrap();

    let link = link("user", Action::EventCreate, &json!({})).base_url(server.url());
    let error = link.read(&send(link.to_http(&wrong).unwrap())).unwrap_err();
    assert_eq!((error.kind(), error.status().as_u16()), (AnswerErrorKind::Status, 401));

    let create = CreateSecret::new("org", "e-mail").base_url(server.url());
    let error = create.read(&send(create.to_http(&wrong).unwrap())).unwrap_err();
    assert_eq!((error.kind(), error.status().as_u16()), (AnswerErrorKind::Status, 401));
}
