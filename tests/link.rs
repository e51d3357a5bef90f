//! Consent links: read, printed, built and filled.

#![cfg(feature = "link")]

use consent_string::digest::{
    Algorithm, AlgorithmSet, PreparedSecret, Salts, Secret, SecretMap, Verifier,
};
use consent_string::link::{
    Action, ConsentEvent, ConsentLink, EventError, LinkError, LinkVerifyError, Parameter,
    RedirectError,
};

/// The example link of Didomi's documentation. It is a template: the user ID is a placeholder.
const PUBLISHED: &str = "https://api.privacy-center.org/v1/consents/execute?key=fe295974-e126-49a4-9d6f-84bc5884c298&auth_algorithm=hash-md5&auth_sid=secret-id&auth_digest=e067d565e248267d5c3dd2f82409f5e3&auth_salt=salt&organization_user_id={organization_user_id}&action=event.create&event=%7B%22consents%22%3A%7B%22purposes%22%3A%5B%7B%22id%22%3A%22purpose_id%22%2C%22enabled%22%3Afalse%7D%5D%7D%7D&redirect_url=https%3A%2F%2Fwebsite.com";

const EVENT: &str = r#"{"consents":{"purposes":[{"id":"purpose_id","enabled":false}]}}"#;

const STRONG: Verifier = Verifier::new(Salts::OfAnyLength);
const ANY: Verifier = STRONG.with_algorithms(AlgorithmSet::ALL);

fn secret() -> PreparedSecret {
    PreparedSecret::new(Secret::new("secret").unwrap())
}

fn store() -> SecretMap {
    let mut store = SecretMap::new();
    store.insert("k", "sid", [secret()]);
    store
}

fn parse_error(url: &str) -> LinkError {
    url.parse::<ConsentLink>().expect_err(url)
}

fn verify_kind(link: &ConsentLink) -> Option<LinkVerifyError> {
    link.verify(&ANY, &store()).err()
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
        assert_eq!(Parameter::ALL.len(), values.len());
        for (&parameter, value) in Parameter::ALL.iter().zip(values) {
            assert_eq!(link.unverified(parameter), Some(value), "{parameter}");
        }
        assert_eq!(link.unknown_parameters().count(), 0);
        assert!(link.is_template());
        let mut store = SecretMap::new();
        store.insert("fe295974-e126-49a4-9d6f-84bc5884c298", "secret-id", [secret()]);
        let error = link.verify(&ANY, &store).unwrap_err();
        assert_eq!(error, LinkVerifyError::OrganizationUserIdPlaceholder);

        // Filled for the user whose digest it shows, it is that very digest.
        let filled = link.fill("user@domain.com", Some("salt"), &secret()).unwrap();
        assert_eq!(
            filled.unverified(Parameter::AuthDigest),
            link.unverified(Parameter::AuthDigest)
        );
        let verified = filled.verify(&ANY, &store).unwrap();
        assert_eq!(verified.organization_user_id(), "user@domain.com");
        assert_eq!(verified.action(), Action::EventCreate);
        assert_eq!(verified.key(), "fe295974-e126-49a4-9d6f-84bc5884c298");
        let purposes = verified.into_event().consents.unwrap().purposes.unwrap();
        assert_eq!(purposes[0].id, "purpose_id");
        assert_eq!(purposes[0].enabled, Some(false));
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
        assert_eq!(link.unverified(parameter), Some(value), "{query}");
        assert!(link.as_str().ends_with(query));
    }
    let link = ConsentLink::from_query("b=1&key=k&a=%zz&b=2&KEY=x&=&c&%FF=1").unwrap();
    let unknown: Vec<_> = link.unknown_parameters().collect();
    assert_eq!(unknown, ["b=1", "a=%zz", "b=2", "KEY=x", "=", "c", "%FF=1"]);
    assert_eq!(link.unverified(Parameter::Event), None);
    let bare: ConsentLink = "HTTP://Localhost:80/x".parse().unwrap();
    assert_eq!(bare.as_str(), "HTTP://Localhost:80/x");
}

#[test]
fn refuses_what_readers_differ_on() {
    use LinkError::{Encoding, Fragment, NotHttpUrl, Repeated};
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
    assert_eq!(parse_error(&(long + "a")), LinkError::TooLong { max });
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
        let parameter = Parameter::ALL.iter().copied().find(|p| p.name() == name).unwrap();
        assert_eq!(link.unverified(parameter), Some(&*value), "{name}");
    }
}

/// What replaces the placeholder leaves alone what only looks like it.
#[test]
fn only_the_user_id_is_a_placeholder() {
    let link = ConsentLink::builder("k", "user", Action::EventCreate)
        .event_json(EVENT)
        .salt(ConsentLink::PLACEHOLDER)
        .sign(Algorithm::HmacSha256, "sid", &secret())
        .unwrap();
    assert!(!link.as_str().contains(ConsentLink::PLACEHOLDER), "{}", link.as_str());
    assert_eq!(link.unverified(Parameter::AuthSalt), Some(ConsentLink::PLACEHOLDER));
    assert_eq!(verify_kind(&link), None);
}

#[test]
fn actions_have_the_names_that_links_have() {
    for (action, name) in
        [(Action::EventCreate, "event.create"), (Action::EventUpdate, "event.update")]
    {
        assert_eq!((action.name(), action.to_string().as_str()), (name, name));
        assert_eq!(name.parse(), Ok(action));
    }
}

#[test]
fn mistakes_of_a_builder_are_errors() {
    use LinkError as Kind;
    let builder = || ConsentLink::builder("k", "user", Action::EventCreate).event_json(EVENT);
    let update =
        |json: &str| ConsentLink::builder("k", "user", Action::EventUpdate).event_json(json);
    let mut unprintable = ConsentEvent::new();
    unprintable.other.insert("id".into(), "a".into());
    let not_http = Kind::Redirect(RedirectError::NotHttpUrl);
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
        (builder().event_json("{"), Kind::Event(EventError::NotJson)),
        (builder().event_json("[]"), Kind::Event(EventError::NotObject)),
        (builder().event_json("null"), Kind::Event(EventError::NotObject)),
        (builder().event_json("\"{}\""), Kind::Event(EventError::NotObject)),
        (builder().event_json(r#"{"a":1,"a":1}"#), Kind::Event(EventError::RepeatedProperty)),
        (
            builder().event_json(r#"{"consents":[]}"#),
            Kind::Event(EventError::WrongType { place: "consents" }),
        ),
        (
            builder().event_json(r#"{"user":{"organization_user_id":"a"}}"#),
            Kind::Event(EventError::OtherUser),
        ),
        (
            builder().event_json(r#"{"organization_user_id":"a"}"#),
            Kind::Event(EventError::OtherUser),
        ),
        (builder().event(&unprintable), Kind::Event(EventError::RepeatedProperty)),
        (update("{}"), Kind::Event(EventError::IdMissing)),
        (update(r#"{"id":""}"#), Kind::Event(EventError::IdMissing)),
        (update(r#"{"id":null}"#), Kind::Event(EventError::IdMissing)),
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
        assert_eq!(error, kind, "case {number}: {error}");
    }
    let error = builder().sign(Algorithm::HmacSha256, "", &secret()).unwrap_err();
    assert_eq!(error, Kind::Missing(Parameter::AuthSid));
    assert_eq!(error.to_string(), "parameter auth_sid is missing or empty");
}

#[test]
fn templates() {
    use LinkError as Kind;

    let builder = |user: &str| {
        ConsentLink::builder("k", user, Action::EventUpdate).event_json(r#"{"id":"e"}"#)
    };
    let template = builder(ConsentLink::PLACEHOLDER)
        .unknown_parameter("utm", "a")
        .template(Algorithm::HmacSha256, "sid")
        .unwrap();
    assert!(template.as_str().contains("&organization_user_id={organization_user_id}&"));
    assert!(template.is_template());
    assert_eq!(template.unverified(Parameter::AuthDigest), None);
    assert_eq!(verify_kind(&template), Some(LinkVerifyError::OrganizationUserIdPlaceholder));

    let filled = template.fill("ü", Some("a b"), &secret()).unwrap();
    assert!(filled.as_str().contains("&auth_salt=a%20b&organization_user_id=%C3%BC&action="));
    assert!(filled.as_str().ends_with("&utm=a"));
    assert_eq!(filled.verify(&STRONG, &store()).unwrap().organization_user_id(), "ü");
    let unsalted = template.fill("ü", None, &secret()).unwrap();
    assert_eq!(unsalted.unverified(Parameter::AuthSalt), None);
    assert!(unsalted.verify(&STRONG, &store()).is_ok());

    let fill = |link: &ConsentLink, user: &str| link.fill(user, None, &secret()).unwrap_err();
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
        ("event=%7B%22id%22%3A%22e%22%7D", "event={}", Kind::Event(EventError::IdMissing)),
    ] {
        let changed = template.as_str().replace(change, with);
        assert_ne!(changed, template.as_str());
        assert_eq!(fill(&changed.parse().unwrap(), "user"), kind, "{with}");
    }

    let error = builder("user").template(Algorithm::HmacSha256, "sid").unwrap_err();
    assert_eq!(error, Kind::NotTemplate);
    let error = builder(ConsentLink::PLACEHOLDER)
        .event_json("{}")
        .template(Algorithm::HmacSha256, "sid")
        .unwrap_err();
    assert_eq!(error, Kind::Event(EventError::IdMissing));
}
