//! Consent links: reading any, and proving those that are signed.

use std::borrow::Cow;
use std::fmt::Write;

use arbitrary::{Arbitrary, Unstructured};
use consent_string::digest::{
    Algorithm, AlgorithmSet, Expirations, PreparedSecret, Salts, SecretMap, SecretStore,
    SignedUserId, UserAuthWithHashParams, Verifier,
};
use consent_string::link::{
    Action, AllowedHosts, ConsentEvent, ConsentLink, EventUser, LinkError, Parameter, RedirectUrl,
};
use consent_string::{Secret, Timestamp};

/// Any text: what is a link prints as it was, and nothing that is asked of it fails but by
/// an error.
pub fn parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    if let Ok(link) = text.parse::<ConsentLink>() {
        assert_eq!(link.as_str(), text);
        check_link(&link);
    }
    let from_query = ConsentLink::from_query(text);
    assert_eq!(
        from_query.is_ok(),
        format!("{}?{text}", ConsentLink::ENDPOINT).parse::<ConsentLink>().is_ok()
    );
    if let Ok(link) = from_query {
        assert_eq!(link.as_str(), format!("{}?{text}", ConsentLink::ENDPOINT));
        check_link(&link);
    }
    if let Ok(redirect) = text.parse::<RedirectUrl>() {
        assert!(!text.is_ascii() || redirect.as_str() == text);
        check_redirect(&redirect);
    }
    if let Ok(hosts) = AllowedHosts::new([text]) {
        let redirect: RedirectUrl = format!("https://{text}/").parse().expect("a host");
        assert_eq!(hosts.check(&redirect), Ok(()));
    }
}

fn check_link(link: &ConsentLink) {
    assert_eq!(link.to_string(), link.as_str());
    let again: ConsentLink = link.as_str().parse().expect("it was read before");
    for &parameter in Parameter::ALL {
        assert_eq!(again.unverified(parameter), link.unverified(parameter));
    }
    let unknown: Vec<_> = link.unknown_parameters().collect();
    assert!(unknown.iter().all(|pair| link.as_str().contains(pair)));
    // What is known and what is not is all that there is.
    let known =
        Parameter::ALL.iter().filter(|&&parameter| link.unverified(parameter).is_some()).count();
    let query = link.as_str().split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).count();
    assert_eq!(known + unknown.len(), pairs);

    for hosts in [hosts(), hosts().with_http()] {
        if let Ok(Some(redirect)) = link.redirect(&hosts) {
            check_allowed(&redirect);
            check_redirect(&redirect);
        }
    }
    let secret = secret(b"a secret of the fuzz target");
    let store = Everywhere(secret.clone());
    let verifier = Verifier::new(Salts::OfAnyLength).with_algorithms(AlgorithmSet::ALL);
    assert!(link.verify(&verifier, &store).is_err(), "nobody signed it");
    if let Ok(filled) = link.fill("user", Some("salt"), &secret) {
        assert!(link.is_template() && !filled.is_template());
        assert!(filled.unknown_parameters().eq(link.unknown_parameters()));
        let verified = filled.verify(&verifier, &store).expect("signed");
        assert_eq!(verified.organization_user_id(), "user");
        check_event(verified.event(), "user");
    }
}

/// One secret under every ID of every organization.
struct Everywhere(PreparedSecret);

impl SecretStore for Everywhere {
    fn secrets(&self, _: &str, _: &str) -> Cow<'_, [PreparedSecret]> {
        Cow::Borrowed(std::slice::from_ref(&self.0))
    }
}

/// What a verified link gives out is the proven user's, and claims nothing else of that kind.
fn check_event(event: &ConsentEvent, user_id: &str) {
    let user = event.user.as_ref().expect("the user who is proven");
    assert_eq!(user.organization_user_id.as_deref(), Some(user_id));
    assert_eq!((&user.id, &event.organization_user_id), (&None, &None));
    assert_eq!((&event.organization_id, &event.created_at), (&None, &None));
}

fn hosts() -> AllowedHosts {
    AllowedHosts::new(["www.example.com", "localhost:8080"]).expect("two hosts")
}

/// The host of what is sent, cut out of its text, is one of those allowed.
fn check_allowed(redirect: &RedirectUrl) {
    let text = redirect.as_str().to_ascii_lowercase();
    let (scheme, rest) = text.split_once("://").expect("a scheme");
    assert!(matches!(scheme, "http" | "https"), "{text}");
    let authority = rest.split(['/', '?', '#', '\\']).next().expect("an authority");
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let port = port.trim_start_matches('0');
    let own = if scheme == "https" { "443" } else { "80" };
    assert!(
        (host == "www.example.com" && (port.is_empty() || port == own))
            || (host == "localhost" && port == "8080"),
        "{text}"
    );
}

fn check_redirect(redirect: &RedirectUrl) {
    let text = redirect.as_str();
    assert!(text.is_ascii(), "fit for a header: {text}");
    assert!(!text.contains(|c: char| c.is_control() || c.is_whitespace()));
    let again: RedirectUrl = text.parse().expect("what is sent is a redirect");
    assert_eq!(&again, redirect);
    let failed = redirect.with_error("a_code&error=none");
    assert_eq!(failed.error_code(), Ok(Some("a_code&error=none".into())));
    let again: RedirectUrl = failed.as_str().parse().expect("what is sent is a redirect");
    assert_eq!(again.as_url(), failed.as_url());
    assert_eq!(failed.as_url().origin(), redirect.as_url().origin());
    assert_eq!(failed.as_url().path(), redirect.as_url().path());
    assert_eq!(failed.as_url().fragment(), redirect.as_url().fragment());
}

fn secret(bytes: &[u8]) -> PreparedSecret {
    PreparedSecret::new(Secret::new(bytes).expect("a secret that was not refused"))
}

/// A link and a user ID that are signed are genuine; after any change to what the digest
/// covers they never are.
pub fn verify(data: &[u8]) {
    let Ok(parts) = Parts::arbitrary(&mut Unstructured::new(data)) else { return };
    parts.check_link();
    parts.check_user_id();
}

#[derive(Debug, Arbitrary)]
struct Parts {
    algorithm: u8,
    change: Change,
    user_id: String,
    salt: Option<String>,
    sid: String,
    secret: Vec<u8>,
    key: String,
    update: bool,
    event_id: String,
    redirect: Option<String>,
    unknown: Vec<(String, String)>,
    expiration: Option<u64>,
}

/// What is changed after signing.
#[derive(Debug, Arbitrary)]
enum Change {
    /// Nothing: all is encoded anew.
    Nothing,
    UserId(String),
    Salt(Option<String>),
    /// The end of the user ID becomes the front of the salt, or the other way round.
    Border {
        back: bool,
        characters: u8,
    },
    Algorithm(u8),
    Digest(String),
    /// One digit of the digest.
    Digit {
        at: u8,
        digit: u8,
    },
    Sid(String),
    Secret(Vec<u8>),
    Expiration(Option<u64>),
    Key(String),
    /// The front of the expiration becomes the end of the salt, or the other way round.
    ExpirationBorder {
        back: bool,
        characters: u8,
    },
}

/// What the digest covers, and what names it.
#[derive(Clone, PartialEq)]
struct Covered {
    user_id: String,
    salt: String,
    expiration: Option<u64>,
    algorithm: Algorithm,
    digest: String,
    key: String,
    sid: String,
    secret: Vec<u8>,
}

/// Two neighbours with the border between them moved, back or forward.
fn move_border(first: &str, second: &str, back: bool, characters: u8) -> (String, String) {
    let joined = format!("{first}{second}");
    let (border, moved) = (first.len(), usize::from(characters));
    let border = if back { border.saturating_sub(moved) } else { border.saturating_add(moved) };
    let border = (0..=border.min(joined.len()))
        .rev()
        .find(|&border| joined.is_char_boundary(border))
        .expect("0 is one");
    let (first, second) = joined.split_at(border);
    (first.into(), second.into())
}

impl Covered {
    fn apply(&mut self, change: &Change) {
        match change {
            Change::Nothing => {}
            Change::UserId(user_id) => self.user_id.clone_from(user_id),
            Change::Salt(salt) => self.salt = salt.clone().unwrap_or_default(),
            Change::Border { back, characters } => {
                (self.user_id, self.salt) =
                    move_border(&self.user_id, &self.salt, *back, *characters);
            }
            Change::Algorithm(number) => self.algorithm = algorithm(*number),
            Change::Digest(digest) => self.digest.clone_from(digest),
            Change::Digit { at, digit } => {
                let mut digits = self.digest.clone().into_bytes();
                let at = usize::from(*at) % digits.len();
                digits[at] = b"0123456789abcdefABCDEFg "[usize::from(*digit) % 24];
                self.digest = String::from_utf8(digits).expect("ASCII");
            }
            Change::Sid(sid) => self.sid.clone_from(sid),
            Change::Secret(secret) => self.secret.clone_from(secret),
            Change::Expiration(expiration) => self.expiration = *expiration,
            Change::Key(key) => self.key.clone_from(key),
            Change::ExpirationBorder { back, characters } => {
                let digits = self.expiration.map(|digits| digits.to_string()).unwrap_or_default();
                let (salt, digits) = move_border(&self.salt, &digits, *back, *characters);
                // All else would be no expiration, so that nobody could send it.
                let parsed = digits.parse::<u64>().ok();
                if digits.is_empty() || parsed.is_some_and(|parsed| parsed.to_string() == digits) {
                    (self.salt, self.expiration) = (salt, parsed);
                }
            }
        }
    }

    /// Whether a digest of these says the same of those: digits have no case, and a key of an
    /// HMAC is filled with zeros to the length of a block.
    fn says_what(&self, other: &Self) -> bool {
        let is_hmac = matches!(self.algorithm, Algorithm::HmacSha1 | Algorithm::HmacSha256);
        let key = |covered: &Self| {
            let mut key = covered.secret.clone();
            while is_hmac && key.len() <= 64 && key.last() == Some(&0) {
                key.pop();
            }
            key
        };
        let same =
            Self { digest: self.digest.to_ascii_lowercase(), secret: key(self), ..self.clone() };
        same == Self {
            digest: other.digest.to_ascii_lowercase(),
            secret: key(other),
            ..other.clone()
        }
    }

    /// The secrets that a server has: one, under the key and the ID that it was signed with.
    fn store(&self, signed: &Self) -> SecretMap {
        let mut store = SecretMap::new();
        store.insert(&signed.key, &signed.sid, [secret(&self.secret)]);
        store
    }
}

fn algorithm(number: u8) -> Algorithm {
    Algorithm::ALL[usize::from(number) % Algorithm::ALL.len()]
}

impl Parts {
    /// Signs a link, changes it, and tells whether it is genuine.
    fn check_link(&self) {
        let Some((link, event)) = self.sign_link() else { return };
        let get = |parameter| link.unverified(parameter).unwrap_or_default().to_owned();
        let signed = Covered {
            user_id: get(Parameter::OrganizationUserId),
            salt: get(Parameter::AuthSalt),
            expiration: None,
            algorithm: get(Parameter::AuthAlgorithm).parse().expect("an algorithm"),
            digest: get(Parameter::AuthDigest),
            key: get(Parameter::Key),
            sid: get(Parameter::AuthSid),
            secret: self.secret.clone(),
        };
        assert_eq!((&signed.user_id, &signed.sid), (&self.user_id, &self.sid));
        assert_eq!(signed.salt, self.salt.clone().unwrap_or_default());
        assert_eq!(signed.algorithm, algorithm(self.algorithm));
        assert_eq!(get(Parameter::Key), self.key);
        assert_eq!(link.unverified(Parameter::RedirectUrl), self.redirect.as_deref());
        self.check_signed(&link, &signed, &event);

        let mut changed = signed.clone();
        changed.apply(&self.change);
        changed.expiration = None;
        if Secret::new(changed.secret.clone()).is_err() {
            return;
        }
        let text = Self::write(&link, &changed);
        let read: ConsentLink = text.parse().expect("all is encoded");
        let store = changed.store(&signed);
        // The digest doesn't say where the user ID ends: a salt of a fixed length does.
        let verifier =
            Verifier::new(Salts::OfLength(signed.salt.len())).with_algorithms(AlgorithmSet::ALL);
        let genuine = read.verify(&verifier, &store).is_ok();
        assert_eq!(genuine, changed.says_what(&signed), "{text}");
        if !matches!(self.change, Change::Border { .. }) {
            let verifier = Verifier::new(Salts::OfAnyLength).with_algorithms(AlgorithmSet::ALL);
            let genuine = read.verify(&verifier, &store).is_ok();
            assert_eq!(genuine, changed.says_what(&signed), "{text}");
        }
    }

    /// A signed link; `None` where the parts make none, for the right reason.
    fn sign_link(&self) -> Option<(ConsentLink, ConsentEvent)> {
        let action = if self.update { Action::EventUpdate } else { Action::EventCreate };
        let mut event = ConsentEvent::default();
        event.id = Some(self.event_id.clone());
        let mut builder = ConsentLink::builder(&self.key, &self.user_id, action).event(&event);
        if let Some(salt) = &self.salt {
            builder = builder.salt(salt);
        }
        if let Some(redirect) = &self.redirect {
            builder = builder.redirect_url(redirect);
        }
        for (name, value) in &self.unknown {
            builder = builder.unknown_parameter(name, value);
        }
        let key = Secret::new(self.secret.clone()).ok()?;
        match builder.sign(algorithm(self.algorithm), &self.sid, &PreparedSecret::new(key)) {
            Ok(link) => Some((link, event)),
            Err(error) => {
                assert!(
                    match error {
                        LinkError::Missing(Parameter::Key) => self.key.is_empty(),
                        LinkError::Missing(Parameter::AuthSid) => self.sid.is_empty(),
                        LinkError::Missing(Parameter::OrganizationUserId) => {
                            self.user_id.is_empty()
                        }
                        LinkError::Placeholder => self.user_id == ConsentLink::PLACEHOLDER,
                        LinkError::Event(_) => self.update && self.event_id.is_empty(),
                        LinkError::Redirect(_) => {
                            self.redirect
                                .as_ref()
                                .is_some_and(|url| url.parse::<RedirectUrl>().is_err())
                        }
                        LinkError::Reserved(parameter) => {
                            self.unknown.iter().any(|(name, _)| name == parameter.name())
                        }
                        _ => false,
                    },
                    "{error}"
                );
                None
            }
        }
    }

    /// A link as it was signed is genuine, and says what it was made from.
    fn check_signed(&self, link: &ConsentLink, signed: &Covered, event: &ConsentEvent) {
        let store = signed.store(signed);
        let default = Verifier::new(Salts::OfLength(signed.salt.len()));
        let verifier = default.clone().with_algorithms(AlgorithmSet::ALL);
        let again: ConsentLink = link.to_string().parse().expect("a link prints as one");
        let verified = again.verify(&verifier, &store).expect("signed");
        assert_eq!(verified.organization_user_id(), self.user_id);
        assert_eq!((verified.key(), verified.sid()), (&*self.key, &*self.sid));
        let mut expected = event.clone();
        expected.user = Some(EventUser::new(&self.user_id));
        expected.id = expected.id.filter(|_| self.update);
        assert_eq!(verified.event(), &expected);
        check_event(verified.event(), &self.user_id);
        let weak = signed.algorithm.is_weak();
        assert_eq!(again.verify(&default, &store).is_err(), weak);
        assert!(again.verify(&verifier, &SecretMap::new()).is_err());
    }

    /// The URL of a link, with every byte of every value encoded.
    fn write(link: &ConsentLink, changed: &Covered) -> String {
        let mut text = format!("{}?", ConsentLink::ENDPOINT);
        for &parameter in Parameter::ALL {
            let value = match parameter {
                Parameter::Key => Some(changed.key.as_str()),
                Parameter::OrganizationUserId => Some(changed.user_id.as_str()),
                Parameter::AuthSalt => Some(changed.salt.as_str()),
                Parameter::AuthAlgorithm => Some(changed.algorithm.name()),
                Parameter::AuthDigest => Some(changed.digest.as_str()),
                Parameter::AuthSid => Some(changed.sid.as_str()),
                _ => link.unverified(parameter),
            };
            if let Some(value) = value {
                write!(text, "&{parameter}=").expect("text");
                for byte in value.bytes() {
                    write!(text, "%{byte:02x}").expect("text");
                }
            }
        }
        text
    }

    /// The same for a user ID.
    fn check_user_id(&self) {
        let Ok(key) = Secret::new(self.secret.clone()) else { return };
        let mut builder = SignedUserId::builder(&self.user_id);
        if let Some(salt) = &self.salt {
            builder = builder.salt(salt);
        }
        if let Some(expiration) = self.expiration {
            builder = builder.expiration(expiration);
        }
        let sign = builder.sign(algorithm(self.algorithm), &self.sid, &PreparedSecret::new(key));
        let ten_digits = |expiration: u64| (1_000_000_000..10_000_000_000).contains(&expiration);
        let refused = self.user_id.is_empty()
            || self.sid.is_empty()
            || !self.expiration.is_none_or(ten_digits);
        assert_eq!(sign.is_err(), refused);
        let Ok(user) = sign else { return };
        let signed = Covered {
            user_id: self.user_id.clone(),
            salt: self.salt.clone().unwrap_or_default(),
            expiration: self.expiration,
            algorithm: user.algorithm(),
            digest: user.digest().to_owned(),
            key: self.key.clone(),
            sid: user.sid().to_owned(),
            secret: self.secret.clone(),
        };
        let mut changed = signed.clone();
        changed.apply(&self.change);
        if Secret::new(changed.secret.clone()).is_err() {
            return;
        }
        let mut params = UserAuthWithHashParams::from(user);
        params.unverified_id.clone_from(&changed.user_id);
        params.salt = Some(changed.salt.clone());
        params.expiration = changed.expiration;
        params.algorithm = changed.algorithm;
        params.digest.clone_from(&changed.digest);
        params.secret_id.clone_from(&changed.sid);
        let received = SignedUserId::from(params);
        let store = changed.store(&signed);
        let verifier = |salts| Verifier::new(salts).with_algorithms(AlgorithmSet::ALL);
        // What was signed is good, and nothing that was made of it: all borders are known.
        let expirations =
            if signed.expiration.is_some() { Expirations::Required } else { Expirations::Absent };
        let strict = verifier(Salts::OfLength(signed.salt.len())).with_expirations(expirations);
        let verify = |verifier: &Verifier, now| {
            received.verify(verifier, &store, &changed.key, now).map(str::to_owned)
        };
        let genuine = verify(&strict, Timestamp::MIN);
        assert_eq!(genuine.is_ok(), changed.says_what(&signed));
        // An expiration stays what it was, whatever is known of the salts.
        let required = verify(&verifier(Salts::OfAnyLength), Timestamp::MIN);
        if required.is_ok() && signed.expiration.is_some() {
            assert_eq!(changed.expiration, signed.expiration);
        }
        if let (Ok(user_id), Some(expiration)) = (genuine, changed.expiration) {
            assert_eq!(user_id, changed.user_id);
            let at = |deciseconds: u64| Timestamp::from_deciseconds(deciseconds);
            // One past the last time of all never comes.
            if let Some(end) = expiration.checked_mul(10).and_then(|end| at(end).ok()) {
                let before = at(end.deciseconds() - 1).expect("it is greater than 0");
                assert!(verify(&strict, before).is_ok());
                assert!(verify(&strict, end).is_err());
            }
        }
    }
}
