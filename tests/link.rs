//! Consent links: read, printed, built, filled, and every condition under which one is refused.

use std::collections::BTreeMap;

use consent_string::digest::{Algorithm, AlgorithmSet, PreparedSecret, Secret, Verifier};
use consent_string::link::{
    Action, ConsentEvent, ConsentLink, EventErrorKind, LinkErrorKind, LinkVerifyErrorKind,
    Parameter, RedirectErrorKind,
};

/// The example link of Didomi's documentation. It is a template: the user ID is a placeholder.
const PUBLISHED: &str = "https://api.privacy-center.org/v1/consents/execute?key=fe295974-e126-49a4-9d6f-84bc5884c298&auth_algorithm=hash-md5&auth_sid=secret-id&auth_digest=e067d565e248267d5c3dd2f82409f5e3&auth_salt=salt&organization_user_id={organization_user_id}&action=event.create&event=%7B%22consents%22%3A%7B%22purposes%22%3A%5B%7B%22id%22%3A%22purpose_id%22%2C%22enabled%22%3Afalse%7D%5D%7D%7D&redirect_url=https%3A%2F%2Fwebsite.com";

const EVENT: &str = r#"{"consents":{"purposes":[{"id":"purpose_id","enabled":false}]}}"#;

const ANY: Verifier = Verifier::new().with_algorithms(AlgorithmSet::ALL);

fn secret() -> PreparedSecret {
    PreparedSecret::new(Secret::new("secret").unwrap())
}

fn store() -> BTreeMap<&'static str, PreparedSecret> {
    BTreeMap::from([("sid", secret())])
}

fn parse_error(url: &str) -> LinkErrorKind {
    url.parse::<ConsentLink>().expect_err(url).kind()
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

#[test]
fn the_published_example() {
    for url in [PUBLISHED.to_owned(), PUBLISHED.replace('{', "%7B").replace('}', "%7d")] {
        let link: ConsentLink = url.parse().unwrap();
        assert_eq!(link.as_str(), url);
        assert_eq!(link.to_string(), url);
        let values = [
            "fe295974-e126-49a4-9d6f-84bc5884c298",
            "hash-md5",
            "secret-id",
            "e067d565e248267d5c3dd2f82409f5e3",
            "salt",
            "{organization_user_id}",
            "event.create",
            EVENT,
            "https://website.com",
        ];
        for (parameter, value) in Parameter::ALL.into_iter().zip(values) {
            assert_eq!(link.get(parameter), Some(value), "{parameter}");
        }
        assert_eq!(link.unknown_parameters().count(), 0);
        assert!(link.is_template());
        let store = BTreeMap::from([("secret-id", secret())]);
        let error = link.verify(&ANY, &store).unwrap_err();
        assert_eq!(error.kind(), LinkVerifyErrorKind::OrganizationUserIdPlaceholder);

        // Filled for the user whose digest it shows, it is that very digest.
        let filled = link.fill("user@domain.com", Some("salt"), &secret()).unwrap();
        assert_eq!(filled.get(Parameter::AuthDigest), link.get(Parameter::AuthDigest));
        let verified = filled.verify(&ANY, &store).unwrap();
        assert_eq!(verified.organization_user_id(), "user@domain.com");
        assert_eq!(verified.action(), Action::EventCreate);
        assert_eq!(verified.key(), "fe295974-e126-49a4-9d6f-84bc5884c298");
        let consents = verified.into_event().consents.unwrap();
        assert_eq!(consents.purposes[0].id, "purpose_id");
        assert_eq!(consents.purposes[0].enabled, Some(false));
    }
}

#[test]
fn reads_what_clients_write() {
    for (query, parameter, value) in [
        ("key=a+b", Parameter::Key, "a b"),
        ("key=a%20b", Parameter::Key, "a b"),
        ("key=a%2Bb", Parameter::Key, "a+b"),
        ("key=a%2bb", Parameter::Key, "a+b"),
        ("%6Bey=a", Parameter::Key, "a"),
        ("key=a=b", Parameter::Key, "a=b"),
        ("key", Parameter::Key, ""),
        ("key=", Parameter::Key, ""),
        ("&&key=a&", Parameter::Key, "a"),
        ("auth_salt=é", Parameter::AuthSalt, "é"),
        ("auth_salt=%C3%A9", Parameter::AuthSalt, "é"),
        ("auth_salt=%EF%BF%BD", Parameter::AuthSalt, "\u{fffd}"),
        ("event={\"id\":\"\\n\"}", Parameter::Event, "{\"id\":\"\\n\"}"),
        ("key=%00%0a", Parameter::Key, "\0\n"),
    ] {
        let link = ConsentLink::from_query(query).expect(query);
        assert_eq!(link.get(parameter), Some(value), "{query}");
        assert!(link.as_str().ends_with(query));
    }
    let link = ConsentLink::from_query("b=1&key=k&a=%zz&b=2&KEY=x&=&c&%FF=1").unwrap();
    let unknown: Vec<_> = link.unknown_parameters().collect();
    assert_eq!(unknown, ["b=1", "a=%zz", "b=2", "KEY=x", "=", "c", "%FF=1"]);
    assert_eq!(link.get(Parameter::Event), None);
    let bare: ConsentLink = "HTTP://Localhost:80/x".parse().unwrap();
    assert_eq!(bare.as_str(), "HTTP://Localhost:80/x");
}

#[test]
fn refuses_what_readers_differ_on() {
    use LinkErrorKind::{Encoding, Fragment, NotHttpUrl, Repeated};
    let base = ConsentLink::ENDPOINT;
    for (tail, kind) in [
        ("?key=a&key=a", Repeated(Parameter::Key)),
        ("?key=a&%6Bey=b", Repeated(Parameter::Key)),
        ("?event&action=a&event", Repeated(Parameter::Event)),
        ("?key=%FF", Encoding(Parameter::Key)),
        ("?auth_sid=%C3", Encoding(Parameter::AuthSid)),
        ("?auth_sid=%ED%A0%80", Encoding(Parameter::AuthSid)),
        ("?event=%", Encoding(Parameter::Event)),
        ("?event=%4", Encoding(Parameter::Event)),
        ("?event=%zz", Encoding(Parameter::Event)),
        ("?event=%4%41", Encoding(Parameter::Event)),
        ("?event=%é", Encoding(Parameter::Event)),
        ("?event=a#b", Fragment),
        ("#", Fragment),
        ("?key=a b", NotHttpUrl),
        ("?key=a\n", NotHttpUrl),
        ("?key=a\t", NotHttpUrl),
        ("?key=a\u{a0}", NotHttpUrl),
        ("?key=a\u{7f}", NotHttpUrl),
    ] {
        assert_eq!(parse_error(&format!("{base}{tail}")), kind, "{tail:?}");
    }
    for url in [
        "",
        "?key=a",
        "key=a",
        "/v1/consents/execute?key=a",
        "//api.privacy-center.org/?key=a",
        "https:",
        "https://",
        "https:///api",
        "https:/api",
        "https:api",
        "https://?key=a",
        "ftp://api.privacy-center.org/?key=a",
        "javascript://api/?key=a",
        "data:text/plain,a",
        " https://api.privacy-center.org/",
        "https://a b/",
        "https://a\\b/",
        "https://u@a/",
        "https://u:p@a/",
        "https://@a/",
        "https://a:99999/",
        "https://[::1/",
        "\u{feff}https://a/",
    ] {
        assert_eq!(parse_error(url), NotHttpUrl, "{url:?}");
    }
    let long = format!("{base}?key={}", "a".repeat(ConsentLink::MAX_LEN - base.len() - 5));
    assert_eq!(long.len(), ConsentLink::MAX_LEN);
    assert!(long.parse::<ConsentLink>().is_ok());
    let max = ConsentLink::MAX_LEN;
    assert_eq!(parse_error(&(long + "a")), LinkErrorKind::TooLong { max });
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
    assert_eq!(verified.event().consents.as_ref().unwrap().purposes.len(), 1);
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

#[test]
fn builds_links() {
    let event: ConsentEvent = EVENT.parse().unwrap();
    let link = ConsentLink::builder("k", "user@domain.com", Action::EventCreate)
        .event(&event)
        .salt("salt")
        .redirect_url("https://website.com/?a=b c".replace(' ', "%20"))
        .endpoint("http://localhost:8080/execute")
        .unknown_parameter("utm source", "a&b")
        .sign(Algorithm::HashMd5, "sid", &secret())
        .unwrap();
    assert_eq!(
        link.as_str(),
        "http://localhost:8080/execute?key=k&auth_algorithm=hash-md5&auth_sid=sid\
         &auth_digest=e067d565e248267d5c3dd2f82409f5e3&auth_salt=salt\
         &organization_user_id=user%40domain.com&action=event.create\
         &event=%7B%22consents%22%3A%7B%22purposes%22%3A%5B%7B%22id%22%3A%22purpose_id%22%2C\
         %22enabled%22%3Afalse%7D%5D%7D%7D\
         &redirect_url=https%3A%2F%2Fwebsite.com%2F%3Fa%3Db%2520c&utm%20source=a%26b"
    );
    assert_eq!(verify_kind(&link), None);
    // Another kind of client, which decodes it with a crate of its own.
    let url = url::Url::parse(link.as_str()).unwrap();
    for (name, value) in url.query_pairs().take(Parameter::ALL.len()) {
        let parameter = Parameter::ALL.into_iter().find(|p| p.name() == name).unwrap();
        assert_eq!(link.get(parameter), Some(&*value), "{name}");
    }
}

#[test]
fn mistakes_of_a_builder_are_errors() {
    use LinkErrorKind as Kind;
    let builder = || ConsentLink::builder("k", "user", Action::EventCreate).event_json(EVENT);
    let update =
        |json: &str| ConsentLink::builder("k", "user", Action::EventUpdate).event_json(json);
    let not_http = Kind::Redirect(RedirectErrorKind::NotHttpUrl);
    let cases = [
        (
            ConsentLink::builder("", "user", Action::EventCreate).event_json(EVENT),
            Kind::Missing(Parameter::Key),
        ),
        (
            ConsentLink::builder("k", "", Action::EventCreate).event_json(EVENT),
            Kind::Missing(Parameter::OrganizationUserId),
        ),
        (
            ConsentLink::builder("k", "{organization_user_id}", Action::EventCreate)
                .event_json(EVENT),
            Kind::Placeholder,
        ),
        (ConsentLink::builder("k", "user", Action::EventCreate), Kind::Missing(Parameter::Event)),
        (builder().event_json("{"), Kind::Event(EventErrorKind::NotJson)),
        (builder().event_json("[]"), Kind::Event(EventErrorKind::NotObject)),
        (builder().event_json("null"), Kind::Event(EventErrorKind::NotObject)),
        (builder().event_json("\"{}\""), Kind::Event(EventErrorKind::NotObject)),
        (builder().event_json(r#"{"a":1,"a":1}"#), Kind::Event(EventErrorKind::RepeatedProperty)),
        (builder().event_json(r#"{"consents":[]}"#), Kind::Event(EventErrorKind::WrongType)),
        (
            builder().event_json(r#"{"user":{"organization_user_id":"a"}}"#),
            Kind::Event(EventErrorKind::OtherUser),
        ),
        (update("{}"), Kind::Event(EventErrorKind::IdMissing)),
        (update(r#"{"id":""}"#), Kind::Event(EventErrorKind::IdMissing)),
        (update(r#"{"id":null}"#), Kind::Event(EventErrorKind::IdMissing)),
        (builder().redirect_url(""), not_http),
        (builder().redirect_url("/done"), not_http),
        (builder().redirect_url("//website.com"), not_http),
        (builder().redirect_url("website.com"), not_http),
        (builder().redirect_url("ftp://website.com"), not_http),
        (builder().redirect_url("javascript:alert(1)"), not_http),
        (builder().redirect_url("https://good@evil.example"), not_http),
        (builder().endpoint("https://website.com/?a"), Kind::Endpoint),
        (builder().endpoint("https://website.com/#a"), Kind::Endpoint),
        (builder().endpoint("website.com"), Kind::Endpoint),
        (builder().unknown_parameter("event", "{}"), Kind::Reserved(Parameter::Event)),
        (
            builder().salt("a".repeat(ConsentLink::MAX_LEN)),
            Kind::TooLong { max: ConsentLink::MAX_LEN },
        ),
    ];
    for (number, (builder, kind)) in (1..).zip(cases) {
        let error = builder.sign(Algorithm::HmacSha256, "sid", &secret()).unwrap_err();
        assert_eq!(error.kind(), kind, "case {number}: {error}");
    }
    let error = builder().sign(Algorithm::HmacSha256, "", &secret()).unwrap_err();
    assert_eq!(error.kind(), Kind::Missing(Parameter::AuthSid));
    assert_eq!(error.to_string(), "parameter auth_sid is missing or empty");
}

#[test]
fn templates() {
    let builder = |user: &str| {
        ConsentLink::builder("k", user, Action::EventUpdate).event_json(r#"{"id":"e"}"#)
    };
    let template = builder(ConsentLink::PLACEHOLDER)
        .unknown_parameter("utm", "a")
        .template(Algorithm::HmacSha256, "sid")
        .unwrap();
    assert!(template.as_str().contains("&organization_user_id={organization_user_id}&"));
    assert!(template.is_template());
    assert_eq!(template.get(Parameter::AuthDigest), None);
    assert_eq!(verify_kind(&template), Some(LinkVerifyErrorKind::OrganizationUserIdPlaceholder));

    let filled = template.fill("ü", Some("a b"), &secret()).unwrap();
    assert!(filled.as_str().contains("&auth_salt=a%20b&organization_user_id=%C3%BC&action="));
    assert!(filled.as_str().ends_with("&utm=a"));
    assert_eq!(filled.verify(&Verifier::new(), &store()).unwrap().organization_user_id(), "ü");
    let unsalted = template.fill("ü", None, &secret()).unwrap();
    assert_eq!(unsalted.get(Parameter::AuthSalt), None);
    assert!(unsalted.verify(&Verifier::new(), &store()).is_ok());

    use LinkErrorKind as Kind;
    let fill =
        |link: &ConsentLink, user: &str| link.fill(user, None, &secret()).unwrap_err().kind();
    assert_eq!(fill(&filled, "user"), Kind::NotTemplate);
    assert_eq!(fill(&template, ""), Kind::Missing(Parameter::OrganizationUserId));
    assert_eq!(fill(&template, ConsentLink::PLACEHOLDER), Kind::Placeholder);
    for (change, with, kind) in [
        ("auth_algorithm=hmac-sha256", "x=", Kind::Missing(Parameter::AuthAlgorithm)),
        ("auth_algorithm=hmac-sha256", "auth_algorithm=md5", Kind::AlgorithmUnknown),
        ("auth_sid=sid", "auth_sid=", Kind::Missing(Parameter::AuthSid)),
        ("key=k", "", Kind::Missing(Parameter::Key)),
        ("action=event.update", "action=update", Kind::ActionUnknown),
        ("action=event.update", "", Kind::Missing(Parameter::Action)),
        ("event=%7B%22id%22%3A%22e%22%7D", "event={}", Kind::Event(EventErrorKind::IdMissing)),
    ] {
        let changed = template.as_str().replace(change, with);
        assert_ne!(changed, template.as_str());
        assert_eq!(fill(&changed.parse().unwrap(), "user"), kind, "{with}");
    }

    let error = builder("user").template(Algorithm::HmacSha256, "sid").unwrap_err();
    assert_eq!(error.kind(), Kind::NotTemplate);
    let error = builder(ConsentLink::PLACEHOLDER)
        .event_json("{}")
        .template(Algorithm::HmacSha256, "sid")
        .unwrap_err();
    assert_eq!(error.kind(), Kind::Event(EventErrorKind::IdMissing));
}
