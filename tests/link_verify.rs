//! Verification of links: every condition under which one is refused, and what is not signed.

#![cfg(feature = "link")]

use std::collections::BTreeMap;

use consent_string::digest::{AlgorithmSet, PreparedSecret, Secret, Verifier};
use consent_string::link::{ConsentEvent, ConsentLink, EventErrorKind, LinkVerifyErrorKind};

const EVENT: &str = r#"{"consents":{"purposes":[{"id":"purpose_id","enabled":false}]}}"#;

const ANY: Verifier = Verifier::new().with_algorithms(AlgorithmSet::ALL);

fn store() -> BTreeMap<&'static str, PreparedSecret> {
    BTreeMap::from([("sid", PreparedSecret::new(Secret::new("secret").unwrap()))])
}

/// A good link, as a list of parameters to be changed.
fn parameters() -> Vec<(&'static str, String)> {
    [
        ("key", "k"),
        ("auth_algorithm", "hash-md5"),
        ("auth_sid", "sid"),
        ("auth_digest", "e067d565e248267d5c3dd2f82409f5e3"),
        ("auth_salt", "salt"),
        ("organization_user_id", "user@domain.com"),
        ("action", "event.create"),
        ("event", EVENT),
        ("redirect_url", "https://website.com"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

fn link(parameters: &[(&str, String)]) -> ConsentLink {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let query = query.extend_pairs(parameters).finish();
    ConsentLink::from_query(&query).unwrap()
}

fn verify_kind(link: &ConsentLink) -> Option<LinkVerifyErrorKind> {
    link.verify(&ANY, &store()).err().map(|error| error.kind())
}

/// In the order in which they are looked for: with all of them wrong, the first is reported; put
/// right, the next one.
#[test]
fn conditions_in_order() {
    use LinkVerifyErrorKind as Kind;
    let mut wrong: Vec<(&str, String)> =
        vec![("organization_user_id", "{organization_user_id}".into())];
    let mut set = |name: &'static str, value: Option<&str>| {
        wrong.retain(|(parameter, _)| *parameter != name);
        wrong.extend(value.map(|value| (name, value.to_owned())));
        verify_kind(&link(&wrong)).map(|kind| (kind, kind.name()))
    };
    let user = "organization_user_id";
    let digest = "e067d565e248267d5c3dd2f82409f5e3";
    let steps: Vec<(&str, Option<&str>, Kind, &str)> = vec![
        (
            user,
            Some(ConsentLink::PLACEHOLDER),
            Kind::OrganizationUserIdPlaceholder,
            "organization_user_id_placeholder",
        ),
        (user, None, Kind::OrganizationIdMissing, "organization_id_missing"),
        ("key", Some(""), Kind::OrganizationIdMissing, "organization_id_missing"),
        ("key", Some("k"), Kind::AuthSidMissing, "auth_sid_missing"),
        ("auth_sid", Some(""), Kind::AuthSidMissing, "auth_sid_missing"),
        ("auth_sid", Some("SID"), Kind::AuthSidUnknown, "auth_sid_unknown"),
        ("auth_sid", Some("sid"), Kind::AuthAlgorithmMissing, "auth_algorithm_missing"),
        ("auth_algorithm", Some("md5"), Kind::AuthAlgorithmInvalid, "auth_algorithm_invalid"),
        (
            "auth_algorithm",
            Some("hash-md5"),
            Kind::OrganizationUserIdMissing,
            "organization_user_id_missing",
        ),
        (user, Some(""), Kind::OrganizationUserIdMissing, "organization_user_id_missing"),
        (user, Some("user@domain.com"), Kind::AuthDigestMissing, "auth_digest_missing"),
        (
            "auth_digest",
            Some("ab"),
            Kind::AuthDigestLength { expected: 32, found: 2 },
            "auth_digest_length",
        ),
        (
            "auth_digest",
            Some("e067d565e248267d5c3dd2f82409f5eg"),
            Kind::AuthDigestNotHex,
            "auth_digest_not_hex",
        ),
        ("auth_digest", Some(digest), Kind::AuthDigestMismatch, "auth_digest_mismatch"),
        ("auth_salt", Some("salty"), Kind::AuthDigestMismatch, "auth_digest_mismatch"),
        ("auth_salt", Some("salt"), Kind::ActionMissing, "action_missing"),
        ("action", Some("event.delete"), Kind::ActionInvalid, "action_invalid"),
        ("action", Some("event.update"), Kind::EventMissing, "event_missing"),
        ("event", Some("{"), Kind::EventNotJson, "event_not_json"),
        ("event", Some("[]"), Kind::EventInvalid(EventErrorKind::NotObject), "event_invalid"),
        ("event", Some("{}"), Kind::EventIdMissing, "event_id_missing"),
        (
            "event",
            Some(r#"{"id":"1","id":"2"}"#),
            Kind::EventInvalid(EventErrorKind::RepeatedProperty),
            "event_invalid",
        ),
        (
            "event",
            Some(r#"{"id":1}"#),
            Kind::EventInvalid(EventErrorKind::WrongType),
            "event_invalid",
        ),
        (
            "event",
            Some(r#"{"id":"1","user":{"organization_user_id":"b"}}"#),
            Kind::EventInvalid(EventErrorKind::OtherUser),
            "event_invalid",
        ),
    ];
    for (name, value, kind, text) in steps {
        assert_eq!(set(name, value), Some((kind, text)), "{name}={value:?}");
    }
    assert_eq!(set("event", Some(r#"{"id":"1"}"#)), None);
    assert_eq!(set("action", Some("event.create")), None);
}

/// An ID whose secrets have all been withdrawn is unknown, whatever else is wrong.
#[test]
fn no_live_secret_is_an_unknown_id() {
    let link = ConsentLink::from_query("key=k&auth_sid=sid&auth_algorithm=md5").unwrap();
    let kind =
        |store: &BTreeMap<&str, Vec<PreparedSecret>>| link.verify(&ANY, store).unwrap_err().kind();
    assert_eq!(kind(&BTreeMap::from([("sid", vec![])])), LinkVerifyErrorKind::AuthSidUnknown);
    assert_eq!(kind(&BTreeMap::new()), LinkVerifyErrorKind::AuthSidUnknown);
}

#[test]
fn what_the_verifier_asks_for_is_its_own_kind() {
    let good = link(&parameters());
    assert!(verify_kind(&good).is_none());
    let kind = |verifier: &Verifier| good.verify(verifier, &store()).unwrap_err().kind();
    assert_eq!(kind(&Verifier::new()), LinkVerifyErrorKind::AuthAlgorithmRefused);
    let expected = 16;
    let salted = ANY.with_salt_len(expected);
    assert_eq!(kind(&salted), LinkVerifyErrorKind::AuthSaltLength { expected });
    let expiring = ANY.with_expiration_required();
    assert_eq!(kind(&expiring), LinkVerifyErrorKind::ExpirationMissing);
}

/// The action is executed all the same, so it is found on a link that is verified.
#[test]
fn an_invalid_user_id_is_a_finding() {
    let link = link(&parameters());
    let verified = link.verify(&ANY, &store()).unwrap();
    assert!(verified.check_user_id(|id| id.contains('@')).is_ok());
    let kind = verified.check_user_id(|id| id.len() < 3).unwrap_err().kind();
    assert_eq!(kind.name(), "organization_user_id_invalid");
    let purposes = &verified.event().consents.as_ref().unwrap().purposes;
    assert_eq!(purposes.as_ref().unwrap().len(), 1);
}

/// Every change of a signed part fails; every change of an unsigned one passes, as is documented.
#[test]
fn tampering() {
    for name in ["organization_user_id", "auth_salt", "auth_digest", "auth_algorithm", "auth_sid"] {
        let good = parameters();
        let at = good.iter().position(|(parameter, _)| *parameter == name).unwrap();
        for byte in 0..good[at].1.len() {
            for change in 1..=0x7f_u8 {
                let mut changed = good.clone();
                let mut value = changed[at].1.clone().into_bytes();
                value[byte] ^= change;
                if value[byte].eq_ignore_ascii_case(&good[at].1.as_bytes()[byte])
                    && name == "auth_digest"
                {
                    continue;
                }
                let Ok(value) = String::from_utf8(value) else { continue };
                changed[at].1 = value;
                assert!(verify_kind(&link(&changed)).is_some(), "{name} {byte} {change:#x}");
            }
        }
        let mut absent = good.clone();
        absent.remove(at);
        assert!(verify_kind(&link(&absent)).is_some(), "{name}");
    }
    for (name, value) in [
        ("key", "other"),
        ("action", "event.update"),
        ("event", r#"{"id":"another event"}"#),
        ("redirect_url", "https://evil.example"),
    ] {
        let mut changed = parameters();
        changed.retain(|(parameter, _)| *parameter != name);
        changed.push((name, value.to_owned()));
        if name == "action" {
            changed.retain(|(parameter, _)| *parameter != "event");
            changed.push(("event", r#"{"id":"a"}"#.into()));
        }
        assert_eq!(verify_kind(&link(&changed)), None, "{name} is not signed");
    }
}

/// The event of a link isn't signed, so its ID may be that of another user's event.
#[test]
fn an_update_is_merged_into_an_event_of_its_user_only() {
    let update = |user: &str, action: &str, event: &str| {
        let mut parameters = parameters();
        parameters.retain(|(name, _)| *name != "action" && *name != "event");
        parameters.push(("action", action.into()));
        parameters.push(("event", event.into()));
        let link = link(&parameters);
        let mut stored: ConsentEvent = format!(r#"{{"id": "e", "user": {user}}}"#).parse().unwrap();
        let before = stored.clone();
        let merged = link.verify(&ANY, &store()).unwrap().merge_into(&mut stored);
        assert!(merged.is_ok() || stored == before, "changed by a refused update");
        merged.map(|()| stored.to_json()).map_err(|error| error.kind())
    };
    let own = r#"{"organization_user_id": "user@domain.com", "country": "FR"}"#;
    let event = r#"{"id": "e", "status": "confirmed"}"#;
    assert_eq!(
        update(own, "event.update", event).as_deref(),
        Ok(concat!(
            r#"{"id":"e","status":"confirmed","#,
            r#""user":{"organization_user_id":"user@domain.com","country":"FR"}}"#
        )),
    );
    // An update that replaces what is known of the user doesn't take the event away from them.
    assert_eq!(
        update(own, "event.update", r#"{"id": "e", "user": {"country": "DE"}}"#).as_deref(),
        Ok(r#"{"id":"e","user":{"organization_user_id":"user@domain.com","country":"DE"}}"#),
    );
    for others in [r#"{"organization_user_id": "other"}"#, r#"{"country": "FR"}"#, "null"] {
        let refused = Err(EventErrorKind::OtherUser);
        assert_eq!(update(others, "event.update", event), refused, "{others}");
    }
    let other = update(own, "event.update", r#"{"id": "f"}"#);
    assert_eq!(other, Err(EventErrorKind::OtherEvent));
    assert_eq!(update(own, "event.create", event), Err(EventErrorKind::NotUpdate));
}
