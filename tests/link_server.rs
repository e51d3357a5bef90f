//! The example `link_server`, driven end to end by an HTTP client.

#![cfg(feature = "link")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use consent_string::digest::{Algorithm, PreparedSecret, Secret};
use consent_string::link::{Action, ConsentLink, ConsentLinkBuilder, RedirectUrl};
use serde_json::{Value, json};

#[path = "support/example.rs"]
mod example;

/// The server on a free port of its own, until the end of the test.
struct Server {
    child: Child,
    base: String,
    agent: ureq::Agent,
}

impl Server {
    fn start() -> Self {
        Self::start_with(&[])
    }

    fn start_with(options: &[&str]) -> Self {
        let mut child = example::command("link_server")
            .args(["127.0.0.1:0"])
            .args(options)
            .args(["--secret", "sid=old", "sid=secret", "--host", "website.com"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let base = line.trim().strip_prefix("listening on ").expect("the address").to_owned();
        let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
        Self { child, base, agent: config.build().into() }
    }

    fn get(&self, path: &str) -> (u16, Option<String>, Value) {
        let mut response = self.agent.get(format!("{}{path}", self.base)).call().unwrap();
        let location = response.headers().get("location");
        let location = location.map(|value| value.to_str().unwrap().to_owned());
        let body = response.body_mut().read_to_string().unwrap();
        let body = if body.is_empty() { Value::Null } else { serde_json::from_str(&body).unwrap() };
        (response.status().as_u16(), location, body)
    }

    /// Follows a link, whose endpoint is replaced by the server's.
    fn follow(&self, link: &str) -> (u16, Option<String>, Value) {
        let path = link.strip_prefix("https://api.privacy-center.org").expect("Didomi's endpoint");
        self.get(path)
    }

    fn location(&self, link: &str) -> String {
        let (status, location, body) = self.follow(link);
        assert_eq!((status, body), (303, Value::Null));
        location.expect("a redirect")
    }

    /// The error code of a link that must fail.
    fn code(&self, link: &str) -> String {
        let before = self.events();
        let redirect: RedirectUrl = self.location(link).parse().unwrap();
        assert_eq!(self.events(), before, "a link that fails changes nothing");
        redirect.error_code().unwrap().expect("an error code")
    }

    fn events(&self) -> Value {
        self.get("/events").2
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const EVENT: &str = r#"{"consents":{"purposes":[{"id":"p","enabled":true}]},"later":[1]}"#;

fn create() -> ConsentLinkBuilder {
    ConsentLink::builder("k", "user@domain.com", Action::EventCreate)
        .event_json(EVENT)
        .salt("salt")
        .redirect_url("https://website.com")
}

fn update(user: &str, event: &str) -> String {
    let builder = ConsentLink::builder("k", user, Action::EventUpdate).event_json(event);
    sign(builder.redirect_url("https://website.com"))
}

fn sign(builder: ConsentLinkBuilder) -> String {
    sign_with(builder, Algorithm::HmacSha256, "secret")
}

fn sign_with(builder: ConsentLinkBuilder, algorithm: Algorithm, secret: &str) -> String {
    let secret = PreparedSecret::new(Secret::new(secret).unwrap());
    builder.sign(algorithm, "sid", &secret).unwrap().to_string()
}

/// A link with one parameter changed or, without a value, removed.
fn with(link: &str, name: &str, value: Option<&str>) -> String {
    let (base, query) = link.split_once('?').unwrap();
    let pairs = query.split('&').filter(|pair| pair.split_once('=').unwrap().0 != name);
    let mut pairs: Vec<_> = pairs.map(str::to_owned).collect();
    pairs.extend(value.map(|value| format!("{name}={value}")));
    format!("{base}?{}", pairs.join("&"))
}

#[test]
fn good_links_are_executed() {
    let server = Server::start();
    assert_eq!(server.location(&sign(create())), "https://website.com");
    let user = json!({"organization_user_id": "user@domain.com"});
    let purposes = json!({"purposes": [{"id": "p", "enabled": true}]});
    let mut stored = json!({"id": "event-1", "user": &user, "consents": purposes, "later": [1]});
    assert_eq!(server.events(), json!({"event-1": stored}));

    let link = update("user@domain.com", r#"{"id":"event-1","status":"confirmed","later":2}"#);
    assert_eq!(server.location(&link), "https://website.com");
    stored["status"] = "confirmed".into();
    stored["later"] = 2.into();
    assert_eq!(server.events(), json!({"event-1": stored}));

    // What nobody has proven isn't stored.
    let claims = r#"{"id":"event-1","organization_id":"o","created_at":"c","user":{"id":"u"}}"#;
    assert_eq!(server.location(&sign(create().event_json(claims))), "https://website.com");
    assert_eq!(server.location(&update("user@domain.com", claims)), "https://website.com");
    let claimed = json!({"id": "event-2", "user": user});
    assert_eq!(server.events(), json!({"event-1": stored, "event-2": claimed}));

    // All algorithms, and both live secrets.
    for (count, &algorithm) in (3..).zip(Algorithm::ALL) {
        let link = sign_with(create(), algorithm, "old");
        assert_eq!(server.location(&link), "https://website.com", "{algorithm}");
        assert_eq!(server.events().as_object().unwrap().len(), count);
    }
}

#[test]
fn links_of_another_organization_are_refused() {
    let server = Server::start_with(&["--key", "another"]);
    assert_eq!(server.code(&sign(create())), "auth_sid_unknown");
}

#[test]
fn redirects() {
    let server = Server::start();
    for (url, failed) in [
        ("https://website.com", "https://website.com?error=auth_digest_mismatch"),
        ("https://website.com/a?b=c+d", "https://website.com/a?b=c+d&error=auth_digest_mismatch"),
        ("https://website.com/#top", "https://website.com/?error=auth_digest_mismatch#top"),
        ("https://website.com/?error=x", "https://website.com/?error=auth_digest_mismatch"),
    ] {
        let link = sign(create().redirect_url(url));
        assert_eq!(server.location(&link), url);
        assert_eq!(server.location(&with(&link, "auth_salt", Some("s"))), failed);
    }
    // Nowhere to go, or nowhere that is allowed: said in the answer.
    let good = sign(create());
    for url in
        [None, Some("https%3A%2F%2Fevil.example"), Some("http%3A%2F%2Fwebsite.com"), Some("%2F")]
    {
        let link = with(&good, "redirect_url", url);
        assert_eq!(server.follow(&link), (200, None, json!({"ok": true})), "{url:?}");
        let (status, location, body) = server.follow(&with(&link, "key", None));
        assert_eq!((status, location), (400, None));
        assert_eq!(body, json!({"ok": false, "error": "organization_id_missing"}));
    }
    let (status, _, body) = server.follow(&(good + "&key=k"));
    assert_eq!((status, body), (400, json!({"ok": false, "error": "repeated"})));
    assert_eq!(server.get("/v1/consents/execute").0, 400);
}

#[test]
fn every_failing_condition() {
    let server = Server::start();
    let good = sign(create());
    let user = "organization_user_id";
    for (name, value, code) in [
        ("key", None, "organization_id_missing"),
        ("auth_sid", None, "auth_sid_missing"),
        ("auth_sid", Some("unknown"), "auth_sid_unknown"),
        ("auth_algorithm", None, "auth_algorithm_missing"),
        ("auth_algorithm", Some("hmac-md5"), "auth_algorithm_invalid"),
        ("auth_algorithm", Some("hash-sha256"), "auth_digest_mismatch"),
        ("auth_digest", None, "auth_digest_missing"),
        ("auth_digest", Some("00"), "auth_digest_length"),
        ("action", None, "action_missing"),
        ("action", Some("event.delete"), "action_invalid"),
        (user, None, "organization_user_id_missing"),
        (user, Some("{organization_user_id}"), "organization_user_id_placeholder"),
        (user, Some("other%40domain.com"), "auth_digest_mismatch"),
        ("auth_salt", None, "auth_digest_mismatch"),
        ("event", None, "event_missing"),
        ("event", Some("%7B"), "event_not_json"),
        ("event", Some("%5B%5D"), "event_invalid"),
        ("action", Some("event.update"), "event_id_missing"),
    ] {
        assert_eq!(server.code(&with(&good, name, value)), code, "{name}={value:?}");
    }
    assert_eq!(
        server.code(&sign_with(create(), Algorithm::HmacSha1, "unknown")),
        "auth_digest_mismatch"
    );
    assert_eq!(server.events(), json!({}));
}

#[test]
fn an_invalid_user_id_is_executed_all_the_same() {
    let server = Server::start();
    let builder = ConsentLink::builder("k", "line\nfeed", Action::EventCreate).event_json(EVENT);
    let link = sign(builder.redirect_url("https://website.com"));
    assert_eq!(server.location(&link), "https://website.com?error=organization_user_id_invalid");
    assert_eq!(server.events()["event-1"]["user"]["organization_user_id"], "line\nfeed");
}

/// The event of a link isn't signed, so its ID mustn't reach the events of others.
#[test]
fn a_link_reaches_only_the_events_of_its_user() {
    let server = Server::start();
    server.location(&sign(create()));
    let event = r#"{"id":"event-1","status":"confirmed"}"#;
    assert_eq!(server.code(&update("mallory@domain.com", event)), "event_unknown");
    assert_eq!(server.code(&update("user@domain.com", r#"{"id":"event-9"}"#)), "event_unknown");
    let claim = "%7B%22user%22%3A%7B%22organization_user_id%22%3A%22mallory%22%7D%7D";
    assert_eq!(server.code(&with(&sign(create()), "event", Some(claim))), "event_invalid");
    let claim = "%7B%22organization_user_id%22%3A%22mallory%22%7D";
    assert_eq!(server.code(&with(&sign(create()), "event", Some(claim))), "event_invalid");
}

#[test]
fn stays_on_loopback() {
    let (status, _, errors) = example::run("link_server", &["0.0.0.0:0"], b"");
    assert_eq!(status, 1);
    assert!(errors.contains("loopback"), "{errors}");
}
