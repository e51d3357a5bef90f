//! Laws of links and digests, for any text.

#![cfg(all(feature = "link", feature = "serde"))]

use consent_string::Timestamp;
use consent_string::digest::{
    Algorithm, AlgorithmSet, Digest, DigestParts, PreparedSecret, Salts, Secret, SecretMap,
    SignedUserId, Verifier, VerifyError,
};
use consent_string::link::{
    Action, ConsentEvent, ConsentLink, EventUser, Parameter, PurposeConsent, RedirectUrl,
};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::Value;

const STRONG: Verifier = Verifier::new(Salts::OfAnyLength);
const ANY: Verifier = STRONG.with_algorithms(AlgorithmSet::ALL);

fn store(key: &str, sid: &str, secret: &PreparedSecret) -> SecretMap {
    let mut store = SecretMap::new();
    store.insert(key, sid, [secret.clone()]);
    store
}

fn algorithm() -> impl Strategy<Value = Algorithm> {
    prop::sample::select(Algorithm::ALL)
}

/// Any text, with what has a meaning in URLs and forms more often than by chance.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ +%&=#?{}\"\\\\/a-c0-9\u{0}-\u{2}é\u{fffd}\u{1f600}]{0,12}"]
}

fn non_empty() -> impl Strategy<Value = String> {
    text().prop_filter("not empty nor zeros, no template", |text| {
        !text.trim_matches('\0').is_empty() && text != ConsentLink::PLACEHOLDER
    })
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(text(), inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// An event of unknown properties and a few known ones.
fn event() -> impl Strategy<Value = ConsentEvent> {
    (
        btree_map("x.{0,8}", json(), 0..4),
        non_empty(),
        vec((any::<u64>(), any::<Option<bool>>()), 0..4),
    )
        .prop_map(|(other, id, purposes)| {
            let mut event = ConsentEvent::default();
            event.id = Some(id);
            event.other = other.into_iter().collect();
            let mut seen = std::collections::BTreeSet::new();
            let purposes = purposes.into_iter().filter(|(id, _)| seen.insert(*id));
            let purposes =
                purposes.map(|(id, enabled)| PurposeConsent::new(id.to_string(), enabled));
            event.consents.get_or_insert_default().purposes = Some(purposes.collect());
            event
        })
}

fn redirect() -> impl Strategy<Value = Option<String>> {
    let url = (any::<bool>(), "[a-z]{1,8}(:[1-9][0-9]{0,3})?", vec((text(), text()), 0..3), text());
    prop::option::of(url.prop_map(|(https, host, query, fragment)| {
        let scheme = if https { "https" } else { "http" };
        let mut url = url::Url::parse(&format!("{scheme}://{host}.example/"))
            .unwrap_or_else(|_| url::Url::parse("https://www.example.com/a%20b").unwrap());
        url.query_pairs_mut().extend_pairs(query);
        url.set_fragment(Some(&fragment));
        url.to_string()
    }))
}

proptest! {
    #[test]
    fn signed_is_verified_and_printed_is_read(
        (algorithm, user, sid, value) in (algorithm(), non_empty(), non_empty(), non_empty()),
        (salt, key, event, redirect) in (prop::option::of(text()), non_empty(), event(), redirect()),
        (update, unknown) in (any::<bool>(), vec(("x.{0,5}", text()), 0..3)),
    ) {
        let secret = PreparedSecret::new(Secret::new(value).unwrap());
        let action = if update { Action::EventUpdate } else { Action::EventCreate };
        let mut builder = ConsentLink::builder(&key, &user, action).event(&event);
        if let Some(salt) = &salt {
            builder = builder.salt(salt);
        }
        if let Some(redirect) = &redirect {
            builder = builder.redirect_url(redirect);
        }
        for (name, value) in &unknown {
            builder = builder.unknown_parameter(name, value);
        }
        let link = builder.sign(algorithm, &sid, &secret).unwrap();

        let read: ConsentLink = link.as_str().parse().unwrap();
        prop_assert_eq!(read.as_str(), link.as_str());
        for &parameter in Parameter::ALL {
            prop_assert_eq!(read.unverified(parameter), link.unverified(parameter));
        }
        prop_assert_eq!(read.unverified(Parameter::OrganizationUserId), Some(user.as_str()));
        prop_assert_eq!(read.unverified(Parameter::AuthSalt), salt.as_deref());
        prop_assert_eq!(read.unverified(Parameter::AuthSid), Some(sid.as_str()));
        prop_assert_eq!(read.unverified(Parameter::RedirectUrl), redirect.as_deref());
        prop_assert_eq!(read.unknown_parameters().count(), unknown.len());

        let store = store(&key, &sid, &secret);
        // The event of who is proven, to be given an ID where it is new.
        let mut event = event;
        event.user = Some(EventUser::new(&user));
        event.id = event.id.filter(|_| update);
        let verified = read.verify(&ANY, &store).unwrap();
        prop_assert_eq!(verified.organization_user_id(), &user);
        prop_assert_eq!(verified.action(), action);
        prop_assert_eq!(verified.event(), &event);

        // As a client prints it that encodes forms: `+` for a space, other characters kept.
        let url = url::Url::parse(link.as_str()).unwrap();
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(url.query_pairs())
            .finish();
        let read = ConsentLink::from_query(&form).unwrap();
        let verified = read.verify(&ANY, &store).unwrap();
        prop_assert_eq!(verified.event(), &event);
    }

    #[test]
    fn a_filled_template_is_verified(user in non_empty(), salt in text(), value in non_empty()) {
        let secret = PreparedSecret::new(Secret::new(value).unwrap());
        let template = ConsentLink::builder("k", ConsentLink::PLACEHOLDER, Action::EventCreate)
            .event_json("{}")
            .template(Algorithm::HmacSha256, "sid")
            .unwrap();
        let filled = template.fill(&user, Some(&salt), &secret).unwrap();
        let verified = filled.verify(&STRONG, &store("k", "sid", &secret)).unwrap();
        prop_assert_eq!(verified.organization_user_id(), user);
    }

    #[test]
    fn reading_never_panics_and_prints_what_it_read(tail in text()) {
        if let Ok(link) = ConsentLink::from_query(&tail) {
            prop_assert!(link.as_str().ends_with(&tail));
            let _ = link.verify(&ANY, &SecretMap::new()).unwrap_err();
        }
        let _ = tail.parse::<ConsentLink>();
        let _ = tail.parse::<RedirectUrl>();
    }

    #[test]
    fn events_print_and_read(event in event()) {
        prop_assert_eq!(event.to_json().unwrap().parse::<ConsentEvent>(), Ok(event));
    }

    #[test]
    fn objects_with_no_known_property_are_kept(json in btree_map("x.{0,8}", json(), 0..4)) {
        let json: Value = json.into_iter().collect();
        let event: ConsentEvent = json.to_string().parse().unwrap();
        prop_assert_eq!(serde_json::to_value(&event).unwrap(), json);
    }

    #[test]
    fn an_error_code_is_read_back(url in redirect(), code in text()) {
        let url = url.unwrap_or_else(|| "https://website.com".into());
        let redirect: RedirectUrl = url.parse().unwrap();
        let failed = redirect.with_error(&code);
        prop_assert_eq!(failed.error_code().unwrap(), Some(code));
        let again: RedirectUrl = failed.as_str().parse().unwrap();
        prop_assert_eq!(again, failed);
    }

    #[test]
    fn digests_print_and_read(algorithm in algorithm(), bytes in any::<[u8; 32]>()) {
        let hex = bytes.map(|byte| format!("{byte:02x}"))[..algorithm.digest_len()].concat();
        let digest = Digest::from_hex(algorithm, &hex).unwrap();
        prop_assert_eq!(digest.as_bytes(), &bytes[..algorithm.digest_len()]);
        prop_assert_eq!(digest.to_string(), &hex[..]);
        let upper = Digest::from_hex(algorithm, &hex.to_uppercase()).unwrap();
        prop_assert!(digest.matches(&upper));
    }

    #[test]
    fn a_signed_user_id_is_verified_until_it_expires(
        (algorithm, user, value) in (algorithm(), non_empty(), non_empty()),
        (salt, expiration) in (text(), 1_000_000_000..10_000_000_000_u64),
        now in 0..=Timestamp::MAX.deciseconds(),
    ) {
        let secret = PreparedSecret::new(Secret::new(value).unwrap());
        let signed = SignedUserId::builder(&user)
            .salt(salt)
            .expiration(expiration)
            .sign(algorithm, "sid", &secret)
            .unwrap();
        let read: SignedUserId =
            serde_json::from_str(&serde_json::to_string(&signed).unwrap()).unwrap();
        let time = Timestamp::from_deciseconds(now).unwrap();
        let result = read.verify(&ANY, &store("k", "sid", &secret), "k", time);
        if now < expiration * 10 {
            prop_assert_eq!(result.unwrap(), user);
        } else {
            prop_assert_eq!(result, Err(VerifyError::Expired));
        }
    }

    /// Another secret, user or salt has another digest, but for the one documented exception.
    #[test]
    fn digests_differ(
        algorithm in algorithm(),
        one in (non_empty(), non_empty(), text()),
        other in (non_empty(), non_empty(), text()),
    ) {
        let digest = |(secret, user, salt): &(String, String, String)| {
            let secret = PreparedSecret::new(Secret::new(secret.as_str()).unwrap());
            secret.digest(algorithm, &DigestParts::new(user).with_salt(salt))
        };
        let same = |(secret, user, salt): &(String, String, String)| {
            if algorithm.is_weak() {
                (String::new(), format!("{user}{secret}{salt}"))
            } else {
                // HMAC fills keys up with zeros.
                (secret.trim_end_matches('\0').to_owned(), format!("{user}{salt}"))
            }
        };
        prop_assert_eq!(digest(&one).matches(&digest(&other)), same(&one) == same(&other));
    }
}
