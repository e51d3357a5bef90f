//! Verification of links: every condition under which one is refused, and what is not signed.

#![cfg(feature = "link")]

use std::borrow::Cow;

use consent_string::digest::{
    Algorithm, AlgorithmSet, DigestParts, Expirations, PreparedSecret, Salts, Secret, SecretMap,
    SecretStore, Verifier,
};
use consent_string::link::{
    Action, ConsentEvent, ConsentLink, EventError, EventUser, LinkVerifyError, Parameter,
};

const EVENT: &str = r#"{"consents":{"purposes":[{"id":"purpose_id","enabled":false}]}}"#;

const ANY: Verifier = Verifier::new(Salts::OfAnyLength).with_algorithms(AlgorithmSet::ALL);

fn secret(value: &str) -> PreparedSecret {
    PreparedSecret::new(Secret::new(value).unwrap())
}

fn store() -> SecretMap {
    let mut store = SecretMap::new();
    store.insert("k", "sid", [secret("secret")]);
    store
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

fn verify_kind(link: &ConsentLink) -> Option<LinkVerifyError> {
    link.verify(&ANY, &store()).err()
}

/// In the order in which they are looked for: with all of them wrong, the first is reported; put
/// right, the next one.
#[test]
fn conditions_in_order() {
    use LinkVerifyError as Kind;
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
        ("key", Some("other"), Kind::AuthSidMissing, "auth_sid_missing"),
        ("auth_sid", Some(""), Kind::AuthSidMissing, "auth_sid_missing"),
        ("auth_sid", Some("SID"), Kind::AuthSidUnknown, "auth_sid_unknown"),
        ("auth_sid", Some("sid"), Kind::AuthSidUnknown, "auth_sid_unknown"),
        ("key", Some("k"), Kind::AuthAlgorithmMissing, "auth_algorithm_missing"),
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
        ("event", Some("[]"), Kind::EventInvalid(EventError::NotObject), "event_invalid"),
        ("event", Some("{}"), Kind::EventIdMissing, "event_id_missing"),
        (
            "event",
            Some(r#"{"id":"1","id":"2"}"#),
            Kind::EventInvalid(EventError::RepeatedProperty),
            "event_invalid",
        ),
        (
            "event",
            Some(r#"{"id":1}"#),
            Kind::EventInvalid(EventError::WrongType { place: "id" }),
            "event_invalid",
        ),
        (
            "event",
            Some(r#"{"id":"1","user":{"organization_user_id":"b"}}"#),
            Kind::EventInvalid(EventError::OtherUser),
            "event_invalid",
        ),
        (
            "event",
            Some(r#"{"id":"1","organization_user_id":"b"}"#),
            Kind::EventInvalid(EventError::OtherUser),
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
    let mut withdrawn = store();
    withdrawn.insert("k", "sid", []);
    for store in [withdrawn, SecretMap::new()] {
        let error = link.verify(&ANY, &store).unwrap_err();
        assert_eq!(error, LinkVerifyError::AuthSidUnknown);
    }
}

#[test]
fn what_the_verifier_asks_for_is_its_own_kind() {
    let good = link(&parameters());
    assert!(verify_kind(&good).is_none());
    let error = |verifier: &Verifier| good.verify(verifier, &store()).unwrap_err();
    let strong = Verifier::new(Salts::OfLength(4));
    assert_eq!(error(&strong), LinkVerifyError::AuthAlgorithmRefused);
    for (salts, expected) in
        [(Salts::OfLength(16), 16), (Salts::OfLength(0), 0), (Salts::Absent, 0)]
    {
        let verifier = Verifier::new(salts).with_algorithms(AlgorithmSet::ALL);
        assert_eq!(error(&verifier), LinkVerifyError::AuthSaltLength { expected });
    }
    // A link has no expiration, whatever is asked of those of user IDs.
    for expirations in [Expirations::Required, Expirations::Absent, Expirations::Optional] {
        let verifier = strong.clone().with_algorithms(AlgorithmSet::ALL);
        let verifier = verifier.with_expirations(expirations);
        assert!(good.verify(&verifier, &store()).is_ok(), "{expirations:?}");
    }
}

/// The action is executed all the same, so it is found on a link that is verified.
#[test]
fn an_invalid_user_id_is_a_finding() {
    let link = link(&parameters());
    let verified = link.verify(&ANY, &store()).unwrap();
    assert!(verified.check_user_id(|id| id.contains('@')).is_ok());
    let error = verified.check_user_id(|id| id.len() < 3).unwrap_err();
    assert_eq!(error.name(), "organization_user_id_invalid");
    let purposes = &verified.event().consents.as_ref().unwrap().purposes;
    assert_eq!(purposes.as_ref().unwrap().len(), 1);
}

/// Every change of a signed part fails; every change of an unsigned one passes, as is documented.
#[test]
fn tampering() {
    for name in
        ["key", "organization_user_id", "auth_salt", "auth_digest", "auth_algorithm", "auth_sid"]
    {
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
        merged.map(|()| stored.to_json().unwrap())
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
    let others = r#"{"organization_user_id": "other"}"#;
    assert_eq!(update(others, "event.update", event), Err(EventError::OtherUser));
    // Nobody's event isn't another user's.
    for nobodys in [r#"{"country": "FR"}"#, r#"{"id": "didomi-user"}"#, "{}", "null"] {
        let refused = Err(EventError::UserMissing);
        assert_eq!(update(nobodys, "event.update", event), refused, "{nobodys}");
    }
    let other = update(own, "event.update", r#"{"id": "f"}"#);
    assert_eq!(other, Err(EventError::OtherEvent));
    assert_eq!(update(own, "event.create", event), Err(EventError::NotUpdate));
}

/// A link of `user@domain.com` under key `k`, signed, with this event.
fn signed(action: Action, event: &str) -> ConsentLink {
    let parts = DigestParts::new("user@domain.com").with_salt("salt");
    let digest = secret("secret").digest(Algorithm::HmacSha256, &parts).to_string();
    link(&[
        ("key", "k".into()),
        ("auth_algorithm", "hmac-sha256".into()),
        ("auth_sid", "sid".into()),
        ("auth_digest", digest),
        ("auth_salt", "salt".into()),
        ("organization_user_id", "user@domain.com".into()),
        ("action", action.name().into()),
        ("event", event.into()),
    ])
}

const VERIFIER: Verifier = Verifier::new(Salts::OfLength(4));

/// The attack: a link that was signed for one user, and another user's name in its event.
#[test]
fn an_event_of_another_user_is_refused() {
    for event in [
        r#"{"id": "e", "organization_user_id": "mallory"}"#,
        r#"{"id": "e", "user": {"organization_user_id": "mallory"}}"#,
        r#"{"id": "e", "organization_user_id": ""}"#,
        r#"{"id": "e", "organization_user_id": "User@domain.com"}"#,
        r#"{"id": "e", "organization_user_id": "mallory",
            "user": {"organization_user_id": "user@domain.com"}}"#,
        r#"{"id": "e", "organization_user_id": "user@domain.com",
            "user": {"organization_user_id": "mallory"}}"#,
    ] {
        for action in [Action::EventCreate, Action::EventUpdate] {
            let error = signed(action, event).verify(&VERIFIER, &store()).unwrap_err();
            assert_eq!(error, LinkVerifyError::EventInvalid(EventError::OtherUser), "{event}");
            assert_eq!(error.to_string(), "event: organization_user_id is another user's");
        }
    }
    // Of another type, it isn't passed over.
    let event = r#"{"id": "e", "organization_user_id": ["mallory"]}"#;
    let error = signed(Action::EventCreate, event).verify(&VERIFIER, &store()).unwrap_err();
    assert_eq!(error.name(), "event_invalid");
}

/// Nobody has proven them, so nothing of them comes out, and what is stored stays.
#[test]
fn claims_of_a_link_are_not_acted_on() {
    let claims = r#"{
        "id": "e", "organization_id": "another", "created_at": "2030-01-01T00:00:00Z",
        "organization_user_id": "user@domain.com",
        "user": {"id": "didomi-id-of-another", "organization_user_id": "user@domain.com"},
        "status": "confirmed"
    }"#;
    let create = signed(Action::EventCreate, claims);
    let event = create.verify(&VERIFIER, &store()).unwrap().into_event();
    assert_eq!(
        event.to_json().unwrap(),
        r#"{"status":"confirmed","user":{"organization_user_id":"user@domain.com"}}"#
    );
    // As it came, it is still there.
    assert_eq!(create.unverified(Parameter::Event), Some(claims));

    let stored = r#"{
        "id": "e", "organization_id": "ours", "created_at": "2020-01-01T00:00:00Z",
        "user": {"id": "didomi-id", "organization_user_id": "user@domain.com", "country": "FR"}
    }"#;
    let mut event: ConsentEvent = stored.parse().unwrap();
    let update = signed(Action::EventUpdate, claims);
    let verified = update.verify(&VERIFIER, &store()).unwrap();
    assert_eq!(verified.event().id.as_deref(), Some("e"), "names the event to look up");
    verified.merge_into(&mut event).unwrap();
    let mut expected: ConsentEvent = stored.parse().unwrap();
    expected.status = event.status.clone();
    assert!(event.status.is_some());
    assert_eq!(event, expected);

    // What an update says of the user otherwise is merged, and takes no name away.
    let update = signed(
        Action::EventUpdate,
        r#"{"id": "e", "user": {"id": "didomi-id-of-another", "country": "DE"}}"#,
    );
    update.verify(&VERIFIER, &store()).unwrap().merge_into(&mut event).unwrap();
    expected.user.as_mut().unwrap().country = Some("DE".into());
    assert_eq!(event, expected);
}

/// It couldn't: an event from a link without `user` was stored as nobody's.
#[test]
fn what_a_link_created_a_link_can_update() {
    let create = signed(Action::EventCreate, r#"{"regulation": "gdpr"}"#);
    let mut stored = create.verify(&VERIFIER, &store()).unwrap().into_event();
    assert_eq!(stored.user, Some(EventUser::new("user@domain.com")));
    stored.id = Some("event-1".into());
    let update = signed(Action::EventUpdate, r#"{"id": "event-1", "status": "confirmed"}"#);
    update.verify(&VERIFIER, &store()).unwrap().merge_into(&mut stored).unwrap();
    assert_eq!(
        stored.to_json().unwrap(),
        concat!(
            r#"{"id":"event-1","status":"confirmed","regulation":"gdpr","#,
            r#""user":{"organization_user_id":"user@domain.com"}}"#
        )
    );
    // An event that names its user in the other place is theirs as well.
    let mut elsewhere: ConsentEvent =
        r#"{"id": "event-1", "organization_user_id": "user@domain.com"}"#.parse().unwrap();
    update.verify(&VERIFIER, &store()).unwrap().merge_into(&mut elsewhere).unwrap();
    assert!(elsewhere.status.is_some());
    let mut torn: ConsentEvent = r#"{"id": "event-1", "organization_user_id": "user@domain.com",
        "user": {"organization_user_id": "another"}}"#
        .parse()
        .unwrap();
    let merged = update.verify(&VERIFIER, &store()).unwrap().merge_into(&mut torn);
    assert_eq!(merged, Err(EventError::OtherUser));
}

/// Two organizations whose secrets have one ID: a link of one is none of the other.
#[test]
fn secrets_are_looked_up_by_key_and_id_together() {
    let mut two = SecretMap::new();
    two.insert("k", "sid", [secret("new"), secret("secret")]);
    two.insert("other", "sid", [secret("of the other")]);
    two.insert("third", "another-sid", [secret("secret")]);
    let good = signed(Action::EventCreate, "{}");
    let verified = good.verify(&VERIFIER, &two).unwrap();
    assert_eq!((verified.key(), verified.sid()), ("k", "sid"));
    assert_eq!(verified.organization_user_id(), "user@domain.com");
    for (key, sid, error) in [
        ("other", "sid", LinkVerifyError::AuthDigestMismatch),
        ("third", "sid", LinkVerifyError::AuthSidUnknown),
        ("k", "another-sid", LinkVerifyError::AuthSidUnknown),
        ("K", "sid", LinkVerifyError::AuthSidUnknown),
    ] {
        let query = good.as_str().split_once('?').unwrap().1;
        let query = query.replace("key=k", &format!("key={key}"));
        let query = query.replace("auth_sid=sid", &format!("auth_sid={sid}"));
        let moved = ConsentLink::from_query(&query).unwrap();
        assert_eq!(moved.verify(&VERIFIER, &two).unwrap_err(), error, "{key} {sid}");
    }
    // The one secret of both would prove the link to both: it is the key that tells which.
    two.insert("other", "sid", [secret("secret")]);
    let moved = good.as_str().replace("key=k", "key=other").parse::<ConsentLink>().unwrap();
    assert_eq!(moved.verify(&VERIFIER, &two).unwrap().key(), "other");
}

/// A store of one's own, behind a pointer that doesn't tell its type.
#[test]
fn any_store_will_do() {
    struct Owned;
    impl SecretStore for Owned {
        fn secrets(&self, key: &str, sid: &str) -> Cow<'_, [PreparedSecret]> {
            Cow::Owned(vec![secret(if (key, sid) == ("k", "sid") { "secret" } else { "no" })])
        }
    }
    let stores: [Box<dyn SecretStore>; 2] = [Box::new(Owned), Box::new(store())];
    for store in &stores {
        let good = signed(Action::EventCreate, "{}");
        assert!(good.verify(&VERIFIER, &**store).is_ok());
    }
}

/// Signed for one user, and cut anew: under a length of salts, the one cut is good.
#[test]
fn no_border_between_user_id_and_salt_can_be_moved() {
    let (user, salt) = ("bob1", "f3a1c09b");
    let whole = format!("{user}{salt}");
    for &algorithm in Algorithm::ALL {
        let parts = DigestParts::new(user).with_salt(salt);
        let digest = secret("secret").digest(algorithm, &parts).to_string();
        for border in 0..=whole.len() {
            let (user, salt) = whole.split_at(border);
            let cut = link(&[
                ("key", "k".into()),
                ("auth_algorithm", algorithm.name().into()),
                ("auth_sid", "sid".into()),
                ("auth_digest", digest.clone()),
                ("auth_salt", salt.into()),
                ("organization_user_id", user.into()),
                ("action", "event.create".into()),
                ("event", "{}".into()),
            ]);
            let verifier = Verifier::new(Salts::OfLength(8)).with_algorithms(AlgorithmSet::ALL);
            assert_eq!(cut.verify(&verifier, &store()).is_ok(), border == 4, "{user} {salt}");
        }
    }
}
