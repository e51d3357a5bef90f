//! JSON that comes from outside: events, the forms of feature `serde`, and the answers of
//! HTTP APIs.

use std::fmt::{Debug, Display};

use consent_string::algonomy::TokenRequest;
use consent_string::digest::{SignedUserId, UserAuthWithHashParams};
use consent_string::link::{Action, ConsentEvent, CreateSecret, PreAuthorizedLink};
use consent_string::netid::{Answer, Identifier, ReadPrivacyStatus, WritePrivacyStatus};
use consent_string::tcf;
use consent_string::{Secret, didomi};
use http::{Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

/// What stands for the marker in an input.
const MARK: &str = "MARK";
/// A text that is too long to be in a message by chance.
const MARKER: &str = "a-marker-that-no-message-may-ever-contain";

/// Any text, read as everything that is read from JSON: what is accepted comes back as it
/// was, and no error shows a part of the input.
pub fn read(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let text = &text.replace(MARK, MARKER);
    events(text);
    if let Some(consent) = round_trip::<didomi::ConsentString>(text) {
        assert_eq!(consent.as_str().parse().as_ref(), Ok(&consent));
    }
    if let Some(decoded) = round_trip::<didomi::Decoded>(text) {
        match decoded.encode() {
            Ok(consent) => assert_eq!(consent.signature(), None, "of unknown bytes"),
            Err(error) => silent(&error),
        }
    }
    if let Some(decoded) = round_trip::<tcf::Decoded>(text) {
        // What no string can say is refused when it is encoded.
        match decoded.encode() {
            Ok(consent) => assert_eq!(consent.as_str().parse().as_ref(), Ok(&consent)),
            Err(error) => silent(&error),
        }
    }
    round_trip::<tcf::TcString>(text);
    round_trip::<SignedUserIdText>(text);
    round_trip::<ParamsText>(text);
    for status in [200, 201, 204, 302, 400, 403, 500] {
        answers(StatusCode::from_u16(status).expect("a status"), text);
    }
}

/// No message shows the marker.
fn silent<E: Display + Debug>(error: &E) {
    assert!(!error.to_string().contains(MARKER), "{error}");
    assert!(!format!("{error:?}").contains(MARKER), "{error}");
}

fn events(text: &str) {
    let event = match text.parse::<ConsentEvent>() {
        Ok(event) => event,
        Err(error) => return silent(&error),
    };
    let json = event.to_json().expect("what was read can be printed");
    let again: ConsentEvent = json.parse().expect("an event prints as one");
    assert_eq!(again, event);
    assert_eq!(again.to_json(), Ok(json));
    let mut merged = event.clone();
    match merged.merge(event.clone()) {
        Ok(()) => assert_eq!(merged, event),
        Err(error) => {
            silent(&error);
            assert_eq!(merged, event, "unchanged");
        }
    }
    for action in [Action::EventCreate, Action::EventUpdate] {
        if let Err(error) = event.check(action) {
            silent(&error);
        }
        let link = PreAuthorizedLink::new("organization", "user", action, event.clone());
        match link {
            Ok(link) => {
                let request = link.to_http(&token()).expect("an event that was checked");
                assert!(serde_json::from_slice::<serde_json::Value>(request.body()).is_ok());
            }
            Err(error) => silent(&error),
        }
    }
}

fn round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(text: &str) -> Option<T> {
    match serde_json::from_str::<T>(text) {
        Ok(value) => {
            let json = serde_json::to_string(&value).expect("text keys");
            let again: T = serde_json::from_str(&json).expect("it prints as what is read");
            assert_eq!(again, value);
            Some(value)
        }
        Err(error) => {
            silent(&error);
            None
        }
    }
}

/// Types without `PartialEq` on purpose, compared by all of their parts.
macro_rules! by_text {
    ($($name:ident: $kind:ty),+) => {$(
        #[derive(Debug, Serialize, serde::Deserialize)]
        struct $name($kind);

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                let text = |value: &Self| serde_json::to_string(value).expect("text keys");
                text(self) == text(other)
            }
        }
    )+};
}

by_text!(SignedUserIdText: SignedUserId, ParamsText: UserAuthWithHashParams);

fn token() -> Secret {
    Secret::new("token").expect("not empty")
}

fn answers(status: StatusCode, text: &str) {
    let response = &Response::builder().status(status).body(text).expect("a status");
    match TokenRequest::create(["resource"]).read(response) {
        Ok(answer) => check_secret(answer.token(), &answer, text),
        Err(error) => silent(&error),
    }
    match CreateSecret::new("organization", "name").read(response) {
        Ok(answer) => check_secret(answer.secret(), &answer, text),
        Err(error) => silent(&error),
    }
    let event = ConsentEvent::default();
    let link = PreAuthorizedLink::new("organization", "user", Action::EventCreate, event);
    match link.expect("an empty event").read(response) {
        Ok(answer) => assert!(matches!(answer.url().scheme(), "http" | "https")),
        Err(error) => silent(&error),
    }
    let origin = Url::parse("https://www.example.com").expect("a URL").origin();
    let identifiers = [Identifier::Tpid, Identifier::SyncId];
    let read = ReadPrivacyStatus::new("tapp", origin.clone(), identifiers);
    match read.read(response) {
        Ok(Answer::Given(given)) => {
            assert_eq!(status, StatusCode::OK);
            if let Some(setting) = given.settings().iab_tcstring() {
                let parsed = setting.parse();
                match (setting.value(), parsed) {
                    (Some(text), Ok(Some(consent))) => assert_eq!(consent.as_str(), text),
                    (None, Ok(None)) => {}
                    (Some(_), Err(error)) => silent(&error),
                    (value, parsed) => panic!("{value:?} as {parsed:?}"),
                }
            }
        }
        Ok(Answer::Refused(refused)) => assert_eq!(refused.http_status(), status),
        Err(error) => silent(&error),
    }
    match WritePrivacyStatus::new("tapp", origin, identifiers).read(response) {
        Ok(Answer::Given(_)) => assert_eq!(status, StatusCode::CREATED),
        Ok(Answer::Refused(refused)) => assert_eq!(refused.http_status(), status),
        Err(error) => silent(&error),
    }
}

/// A secret that is in the text once is not in what `Debug` shows.
fn check_secret(secret: &Secret, answer: &impl Debug, text: &str) {
    if secret.expose() == MARKER.as_bytes() && text.matches(MARKER).count() == 1 {
        assert!(!format!("{answer:?}").contains(MARKER));
    }
}
