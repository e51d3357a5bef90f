//! No secret, digest or user ID in any text that ends up in a log.

use std::error::Error;
use std::fmt::{Debug, Display};

use consent_string::digest::{
    Algorithm, AlgorithmSet, Digest, DigestParts, EmptySecret, ParseDigestError,
    ParseDigestErrorKind, PreparedSecret, Secret, SignUserIdError, SignedUserId,
    SignedUserIdBuilder, UnknownAlgorithm, UserAuthWithHashParams, Verifier, VerifyError,
    VerifyErrorKind,
};
use consent_string::link::{
    Action, AllowedHosts, ChannelConsent, ConsentEvent, ConsentLink, ConsentLinkBuilder, Consents,
    Delegate, EventError, EventErrorKind, EventStatus, EventUser, LinkError, LinkErrorKind,
    LinkVerifyError, LinkVerifyErrorKind, Parameter, Preference, PurposeConsent, RedirectError,
    RedirectErrorKind, RedirectUrl, UnknownAction, VendorConsents, VerifiedLink,
};

const SECRET: &str = "Zq7secretZq7";
const USER: &str = "Zq7user@domain.com";
const SALT: &str = "Zq7salt";

/// Everything in these tests that mustn't be shown has this in it, or is the digest.
const MARK: &str = "Zq7";

/// `Zq7` as `Debug` shows bytes.
const MARK_BYTES: &str = "90, 113, 55";

struct Shown(Vec<String>);

impl Shown {
    /// What is shown says at least which type it is.
    fn debug<T: Debug>(&mut self, value: &T) {
        let text = format!("{value:?}");
        let name = std::any::type_name::<T>().split('<').next().unwrap();
        assert!(text.starts_with(name.rsplit("::").next().unwrap()), "{name} shows {text}");
        self.0.push(text);
        self.0.push(format!("{value:#?}").split_whitespace().collect::<Vec<_>>().join(" "));
    }

    fn error(&mut self, error: &(impl Error + 'static)) {
        self.debug(error);
        let mut next: Option<&dyn Error> = Some(error);
        while let Some(error) = next {
            self.0.push(error.to_string());
            next = error.source();
        }
    }
}

fn event(json: &str) -> Result<ConsentEvent, EventError> {
    json.parse()
}

fn builder() -> ConsentLinkBuilder {
    ConsentLink::builder("k", USER, Action::EventCreate)
        .event_json(r#"{"Zq7": "Zq7"}"#)
        .salt(SALT)
        .redirect_url("https://website.com/Zq7?Zq7#Zq7")
}

#[test]
fn nothing_secret_is_shown() {
    let algorithm = Algorithm::HmacSha256;
    let mut shown = Shown(Vec::new());
    let secret = Secret::new(SECRET).unwrap();
    shown.debug(&secret);
    let prepared = PreparedSecret::new(secret);
    shown.debug(&prepared);
    shown.debug(&PreparedSecret::from(Secret::new(SECRET).unwrap()));
    let parts = DigestParts::new(USER).with_salt(SALT).with_expiration(1);
    shown.debug(&parts);
    let digest = prepared.digest(algorithm, &DigestParts::new(USER).with_salt(SALT));
    shown.debug(&digest);

    let unsigned = SignedUserId::builder(USER).salt(SALT);
    shown.debug(&unsigned);
    let signed = unsigned.sign(algorithm, "sid", &prepared).unwrap();
    shown.debug(&signed);
    shown.debug(&UserAuthWithHashParams::from(signed.clone()));

    shown.debug(&builder());
    let link = builder().sign(algorithm, "sid", &prepared).unwrap();
    shown.debug(&link);
    let store = |_: &str| Some(&prepared);
    shown.debug(&link.verify(&Verifier::new(), &store).unwrap());
    let hosts = AllowedHosts::new(["website.com"]).unwrap();
    shown.debug(&hosts);
    shown.debug(&link.redirect(&hosts).unwrap().unwrap());
    shown.debug(&Verifier::new());

    // Errors, of input that has the mark in it wherever it can have one.
    shown.error(&Secret::new("").unwrap_err());
    shown.error(&MARK.parse::<Algorithm>().unwrap_err());
    shown.error(&MARK.parse::<Action>().unwrap_err());
    shown.error(&Digest::from_hex(algorithm, MARK).unwrap_err());
    let not_hex = format!("{MARK}{}", "0".repeat(61));
    shown.error(&Digest::from_hex(algorithm, &not_hex).unwrap_err());
    shown.error(&SignedUserId::builder(USER).sign(algorithm, "", &prepared).unwrap_err());
    let other = [PreparedSecret::new(Secret::new("Zq7other").unwrap())];
    for (secrets, text) in
        [(&other[..], &*digest.to_string()), (&other, MARK), (&other, &not_hex), (&[], MARK)]
    {
        shown.error(&Verifier::new().verify(algorithm, secrets, &parts, text).unwrap_err());
    }
    let strict = Verifier::new().with_salt_len(1);
    shown.error(&strict.verify(algorithm, &other, &parts, "").unwrap_err());
    for json in ["Zq7", "\"Zq7\"", r#"{"id":["Zq7"]}"#, r#"{"Zq7":1,"Zq7":1}"#] {
        shown.error(&event(json).unwrap_err());
        let error = builder().event_json(json).sign(algorithm, "sid", &prepared).unwrap_err();
        shown.error(&error);
    }
    for url in [
        "Zq7",
        "https://Zq7@a/",
        "https://a/?key=%Zq7",
        "https://a/?key=Zq7&key",
        "https://a/?Zq7#Zq7",
    ] {
        shown.error(&url.parse::<ConsentLink>().unwrap_err());
        if let Err(error) = url.parse::<RedirectUrl>() {
            shown.error(&error);
        }
    }
    shown.error(&"https://Zq7.example".parse().map(|url| hosts.check(&url)).unwrap().unwrap_err());
    shown.error(&AllowedHosts::new(["Zq7/"]).unwrap_err());
    let names = Parameter::ALL.map(Parameter::name);
    for dropped in names {
        let query: Vec<_> =
            names.into_iter().filter(|n| *n != dropped).map(|n| format!("{n}=Zq7")).collect();
        let link = ConsentLink::from_query(&query.join("&")).unwrap();
        shown.error(&link.verify(&Verifier::new(), &store).unwrap_err());
    }
    for (name, value) in [("auth_digest", MARK), ("auth_digest", &*not_hex), ("auth_salt", MARK)] {
        let query = link.as_str().split_once('?').unwrap().1;
        let query: Vec<_> = query.split('&').filter(|pair| !pair.starts_with(name)).collect();
        let changed = format!("{}&{name}={value}", query.join("&"));
        let changed = ConsentLink::from_query(&changed).unwrap();
        shown.error(&changed.verify(&Verifier::new(), &store).unwrap_err());
    }

    assert!(shown.0.len() > 60, "{} texts", shown.0.len());
    let digest_bytes = format!("{:?}", digest.as_bytes());
    let digest_bytes = &digest_bytes[1..20];
    for text in shown.0 {
        for hidden in [MARK, MARK_BYTES, &digest.to_string()[..8], digest_bytes] {
            assert!(!text.to_lowercase().contains(&hidden.to_lowercase()), "{hidden} in {text}");
        }
    }
}

/// The kinds have no place for input: they are `Copy`, and what they hold is ours.
#[test]
fn kinds_are_facts() {
    fn is_fact<T: Copy + Debug + Display + Send + Sync + 'static>() {}
    is_fact::<ParseDigestErrorKind>();
    is_fact::<VerifyErrorKind>();
    is_fact::<LinkErrorKind>();
    is_fact::<LinkVerifyErrorKind>();
    is_fact::<EventErrorKind>();
    is_fact::<RedirectErrorKind>();
}

#[test]
fn fit_for_threads() {
    fn is_fit<T: Send + Sync + Unpin + std::panic::UnwindSafe + Debug>() {}
    is_fit::<Algorithm>();
    is_fit::<AlgorithmSet>();
    is_fit::<Digest>();
    is_fit::<DigestParts<'_>>();
    is_fit::<PreparedSecret>();
    is_fit::<Secret>();
    is_fit::<SignedUserId>();
    is_fit::<SignedUserIdBuilder>();
    is_fit::<UserAuthWithHashParams>();
    is_fit::<Verifier>();
    is_fit::<Action>();
    is_fit::<AllowedHosts>();
    is_fit::<ConsentEvent>();
    is_fit::<(ChannelConsent, Consents, Delegate, EventStatus, EventUser)>();
    is_fit::<(Preference, PurposeConsent, VendorConsents)>();
    is_fit::<ConsentLink>();
    is_fit::<ConsentLinkBuilder>();
    is_fit::<Parameter>();
    is_fit::<RedirectUrl>();
    is_fit::<VerifiedLink<'_>>();
}

#[test]
fn errors_are_errors() {
    fn is_error<T: Error + Copy + Send + Sync + 'static>() {}
    is_error::<EmptySecret>();
    is_error::<UnknownAlgorithm>();
    is_error::<ParseDigestError>();
    is_error::<VerifyError>();
    is_error::<SignUserIdError>();
    is_error::<UnknownAction>();
    is_error::<LinkError>();
    is_error::<LinkVerifyError>();
    is_error::<EventError>();
    is_error::<RedirectError>();
}
