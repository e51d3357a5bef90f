//! Verification: hostile digests, tampering, several secrets, signed user IDs.

#![cfg(all(feature = "digest", feature = "serde", feature = "std"))]

use std::borrow::Cow;

use consent_string::Timestamp;
use consent_string::digest::{
    Algorithm, AlgorithmSet, Digest, DigestParts, Expirations, ParseDigestError, PreparedSecret,
    Salts, Secret, SecretMap, SecretStore, SignUserIdError, SignedUserId, UserAuthWithHashParams,
    Verifier, VerifyError,
};
use serde_json::json;

const STRONG: Verifier = Verifier::new(Salts::OfAnyLength);
const ANY: Verifier = STRONG.with_algorithms(AlgorithmSet::ALL);

fn prepared(secret: impl Into<Vec<u8>>) -> PreparedSecret {
    PreparedSecret::new(Secret::new(secret).expect("a secret that isn't empty"))
}

fn verify(
    algorithm: Algorithm,
    secret: &str,
    user_id: &[u8],
    salt: &[u8],
    digest: &str,
) -> Result<(), VerifyError> {
    let parts = DigestParts::new(user_id).with_salt(salt);
    ANY.verify(algorithm, &[prepared(secret)], &parts, digest)
}

#[test]
fn hostile_digests() {
    for &algorithm in Algorithm::ALL {
        let expected = algorithm.digest_len() * 2;
        let parts = DigestParts::new("user@domain.com").with_salt("salt");
        let good = prepared("secret").digest(algorithm, &parts).to_string();
        let check = |digest: &str| verify(algorithm, "secret", b"user@domain.com", b"salt", digest);
        let length = |found| Err(VerifyError::DigestLength { expected, found });
        let not_hex = Err(VerifyError::DigestNotHex);
        let mismatch = Err(VerifyError::DigestMismatch);

        assert_eq!(check(&good), Ok(()));
        assert_eq!(check(&good.to_uppercase()), Ok(()));
        let mixed = good[..expected / 2].to_owned() + &good[expected / 2..].to_uppercase();
        assert_eq!(check(&mixed), Ok(()));

        for len in 0..expected {
            assert_eq!(check(&good[..len]), length(len), "{algorithm} cut to {len}");
        }
        for tail in ["0", "00", " ", "\n", "\0", &good] {
            assert_eq!(check(&(good.clone() + tail)), length(expected + tail.len()));
        }
        assert_eq!(check(&("0x".to_owned() + &good)), length(expected + 2));
        for bad in ["g", "G", " ", "/", ":", "@", "`", "\0", "\x7f", "+", "-"] {
            for at in [0, 1, expected - 1] {
                let mut text = good.clone();
                text.replace_range(at..=at, bad);
                assert_eq!(check(&text), not_hex, "{algorithm} with {bad:?} at {at}");
            }
        }
        // Two bytes long, so that the length in bytes is right: no panic inside a character.
        for (at, bad) in [(0, "é"), (1, "é"), (expected - 2, "ß")] {
            let mut text = good.clone();
            text.replace_range(at..at + 2, bad);
            assert_eq!(check(&text), not_hex);
        }
        assert_eq!(check(&"é".repeat(expected)), length(expected * 2));
        assert_eq!(check(&"0".repeat(expected)), mismatch);
        assert_eq!(check(&"f".repeat(expected)), mismatch);
    }
}

/// Of some characters no byte looks like a digit but for its top bit.
#[test]
fn no_other_character_is_read_as_a_digit() {
    let algorithm = Algorithm::HmacSha256;
    let len = algorithm.digest_len() * 2;
    for character in ('\u{80}'..='\u{FFFF}').step_by(3).chain('\u{10000}'..'\u{10100}') {
        let mut text = character.to_string().repeat(len / character.len_utf8());
        text.extend(std::iter::repeat_n('0', len - text.len()));
        let error = Digest::from_hex(algorithm, &text).unwrap_err();
        assert_eq!(error, ParseDigestError::NotHex, "{character:?}");
    }
}

/// The same change in two places: the differences don't cancel each other out.
#[test]
fn equal_changes_of_a_digest_fail() {
    let parts = DigestParts::new("user@domain.com").with_salt("salt");
    let secret = [prepared("secret")];
    for &algorithm in Algorithm::ALL {
        let good = secret[0].digest(algorithm, &parts);
        for first in 0..algorithm.digest_len() {
            for second in 0..first {
                let mut bytes = good.as_bytes().to_vec();
                bytes[first] ^= 0x55;
                bytes[second] ^= 0x55;
                let text =
                    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
                let result = ANY.verify(algorithm, &secret, &parts, &text);
                let kind = result.unwrap_err();
                assert_eq!(kind, VerifyError::DigestMismatch, "{algorithm} {first} {second}");
            }
        }
    }
}

/// Each character changed to each other digit, and each case of it: only the case makes no
/// difference.
#[test]
fn every_change_of_a_digest_fails() {
    for &algorithm in Algorithm::ALL {
        let parts = DigestParts::new("user@domain.com").with_salt("salt");
        let secret = [prepared("secret")];
        let good = secret[0].digest(algorithm, &parts).to_string();
        for at in 0..good.len() {
            for byte in 0..=0x7f_u8 {
                let mut text = good.clone().into_bytes();
                text[at] = byte;
                let text = String::from_utf8(text).unwrap();
                let result = ANY.verify(algorithm, &secret, &parts, &text);
                assert_eq!(result.is_ok(), text.eq_ignore_ascii_case(&good), "{algorithm} {at}");
            }
        }
    }
}

#[test]
fn every_change_of_user_salt_secret_and_algorithm_fails() {
    let (user, salt, secret) = ("user@domain.com", "salt", "secret");
    for &algorithm in Algorithm::ALL {
        let parts = DigestParts::new(user).with_salt(salt);
        let digest = prepared(secret).digest(algorithm, &parts).to_string();
        let check = |secret: &[u8], user: &[u8], salt: &[u8]| {
            let parts = DigestParts::new(user).with_salt(salt);
            let secret = [PreparedSecret::new(Secret::new(secret).unwrap())];
            ANY.verify(algorithm, &secret, &parts, &digest)
        };
        let [secret, user, salt] = [secret, user, salt].map(str::as_bytes);
        assert_eq!(check(secret, user, salt), Ok(()));
        for xor in 1..=255 {
            let changed = |part: &[u8], at: usize| {
                let mut part = part.to_vec();
                part[at] ^= xor;
                part
            };
            for at in 0..secret.len() {
                let result = check(&changed(secret, at), user, salt);
                assert_eq!(result, Err(VerifyError::DigestMismatch));
            }
            for at in 0..user.len() {
                let result = check(secret, &changed(user, at), salt);
                assert_eq!(result, Err(VerifyError::DigestMismatch));
            }
            for at in 0..salt.len() {
                let result = check(secret, user, &changed(salt, at));
                assert_eq!(result, Err(VerifyError::DigestMismatch));
            }
        }
        for &other in Algorithm::ALL.iter().filter(|other| **other != algorithm) {
            let expected = if other.digest_len() == algorithm.digest_len() {
                VerifyError::DigestMismatch
            } else {
                let (expected, found) = (other.digest_len() * 2, digest.len());
                VerifyError::DigestLength { expected, found }
            };
            let secret = [prepared("secret")];
            let result = ANY.verify(other, &secret, &parts, &digest);
            assert_eq!(result.unwrap_err(), expected, "{algorithm} as {other}");
        }
    }
}

#[test]
fn digest_values() {
    let hex = "2d7d57c0b588a5c4bc508b17ace5fd7e";
    let digest = Digest::from_hex(Algorithm::HashMd5, &hex.to_uppercase()).unwrap();
    assert_eq!(digest.to_string(), hex);
    assert_eq!(digest.as_bytes()[..3], [0x2d, 0x7d, 0x57]);
    assert_eq!(digest.algorithm(), Algorithm::HashMd5);
    let other = Digest::from_hex(Algorithm::HashMd5, &hex.replace("7e", "7f")).unwrap();
    assert!(digest.matches(&digest) && !digest.matches(&other));
    // The same bytes under another algorithm are another digest.
    let [sha256, hmac] = [Algorithm::HashSha256, Algorithm::HmacSha256]
        .map(|algorithm| Digest::from_hex(algorithm, &hex.repeat(2)).unwrap());
    assert!(!sha256.matches(&hmac));

    let error = |text| Digest::from_hex(Algorithm::HashSha1, text).unwrap_err();
    let kind = ParseDigestError::Length { expected: 40, found: 32 };
    assert_eq!((error(hex), kind.name()), (kind, "length"));
    assert_eq!(error(hex).to_string(), "digest has 32 characters, expected 40 hexadecimal digits");
    let kind = error(&"x".repeat(40));
    assert_eq!((kind, kind.name()), (ParseDigestError::NotHex, "not_hex"));
}

#[test]
fn what_a_verifier_accepts() {
    let secrets = [prepared("secret")];
    let plain = DigestParts::new("user").with_expiration(1_700_000_000);
    let check = |verifier: &Verifier, algorithm, parts: &DigestParts<'_>| {
        let digest = secrets[0].digest(algorithm, parts).to_string();
        verifier.verify_at(algorithm, &secrets, parts, &digest, Timestamp::MIN)
    };
    for &algorithm in Algorithm::ALL {
        let expected =
            if algorithm.is_weak() { Err(VerifyError::AlgorithmRefused) } else { Ok(()) };
        assert_eq!(check(&STRONG, algorithm, &plain), expected, "{algorithm}");
        assert_eq!(check(&ANY, algorithm, &plain), Ok(()), "{algorithm}");
        let none = STRONG.with_algorithms(AlgorithmSet::EMPTY);
        assert_eq!(none.algorithms(), AlgorithmSet::EMPTY);
        assert_eq!(check(&none, algorithm, &plain), Err(VerifyError::AlgorithmRefused));
    }
    let algorithm = Algorithm::HmacSha256;
    for (salts, salt, expected) in [
        (Salts::Absent, "", Ok(())),
        (Salts::Absent, "salt", Err(VerifyError::SaltLength { expected: 0 })),
        (Salts::OfLength(0), "", Ok(())),
        (Salts::OfLength(4), "", Err(VerifyError::SaltLength { expected: 4 })),
        (Salts::OfLength(4), "salt", Ok(())),
        (Salts::OfLength(4), "salty", Err(VerifyError::SaltLength { expected: 4 })),
        (Salts::OfAnyLength, "", Ok(())),
        (Salts::OfAnyLength, "salty", Ok(())),
    ] {
        let parts = plain.with_salt(salt);
        assert_eq!(check(&Verifier::new(salts), algorithm, &parts), expected, "{salts:?} {salt}");
    }
    for (expiration, good) in [
        (0, false),
        (999_999_999, false),
        (1_000_000_000, true),
        (9_999_999_999, true),
        (10_000_000_000, false),
        (u64::MAX, false),
    ] {
        let expected = if good { Ok(()) } else { Err(VerifyError::ExpirationRange) };
        let parts = plain.with_expiration(expiration);
        for expirations in [Expirations::Required, Expirations::Optional] {
            let verifier = STRONG.with_expirations(expirations);
            assert_eq!(check(&verifier, algorithm, &parts), expected, "{expiration}");
        }
    }
    let forever = DigestParts::new("user");
    for (expirations, with, without) in [
        (Expirations::default(), Ok(()), Err(VerifyError::ExpirationMissing)),
        (Expirations::Required, Ok(()), Err(VerifyError::ExpirationMissing)),
        (Expirations::Absent, Err(VerifyError::ExpirationUnexpected), Ok(())),
        (Expirations::Optional, Ok(()), Ok(())),
    ] {
        let verifier = STRONG.with_expirations(expirations);
        assert_eq!(check(&verifier, algorithm, &plain), with, "{expirations:?}");
        assert_eq!(check(&verifier, algorithm, &forever), without, "{expirations:?}");
    }
}

/// Names go into logs and metrics: a change breaks who counts them.
#[test]
fn errors_have_names() {
    let errors = [
        (VerifyError::SecretUnknown, "secret_unknown"),
        (VerifyError::AlgorithmRefused, "algorithm_refused"),
        (VerifyError::UserIdMissing, "user_id_missing"),
        (VerifyError::TimeMissing, "time_missing"),
        (VerifyError::SaltLength { expected: 4 }, "salt_length"),
        (VerifyError::ExpirationMissing, "expiration_missing"),
        (VerifyError::ExpirationUnexpected, "expiration_unexpected"),
        (VerifyError::ExpirationRange, "expiration_range"),
        (VerifyError::DigestLength { expected: 32, found: 0 }, "digest_length"),
        (VerifyError::DigestNotHex, "digest_not_hex"),
        (VerifyError::DigestMismatch, "digest_mismatch"),
        (VerifyError::Expired, "expired"),
    ];
    for (error, name) in errors {
        assert_eq!(error.name(), name);
    }
}

/// Without a time, an expiration that has passed would go unnoticed.
#[test]
fn an_expiration_is_not_verified_without_a_time() {
    let secrets = [prepared("secret")];
    let algorithm = Algorithm::HmacSha256;
    let parts = DigestParts::new("user").with_expiration(1_700_000_000);
    let digest = secrets[0].digest(algorithm, &parts).to_string();
    for expirations in [Expirations::Required, Expirations::Absent, Expirations::Optional] {
        let verifier = STRONG.with_expirations(expirations);
        let error = verifier.verify(algorithm, &secrets, &parts, &digest).unwrap_err();
        assert_eq!(error, VerifyError::TimeMissing);
    }
    let verify_at = |now| STRONG.verify_at(algorithm, &secrets, &parts, &digest, now);
    assert_eq!(verify_at(at("2023-11-14T22:13:19.900Z")), Ok(()));
    assert_eq!(verify_at(at("2023-11-14T22:13:20.000Z")), Err(VerifyError::Expired));
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

/// What the docs warn of is true, and a fixed salt length closes it.
#[test]
fn nothing_separates_the_parts() {
    let secrets = [prepared("secret")];
    let algorithm = Algorithm::HmacSha256;
    let issued = DigestParts::new("bob1").with_salt("f3a1");
    let stolen = DigestParts::new("bob").with_salt("1f3a1");
    let digest = secrets[0].digest(algorithm, &issued).to_string();
    assert!(STRONG.verify(algorithm, &secrets, &stolen, &digest).is_ok());
    let strict = Verifier::new(Salts::OfLength(4));
    assert!(strict.verify(algorithm, &secrets, &issued, &digest).is_ok());
    assert!(strict.verify(algorithm, &secrets, &stolen, &digest).is_err());
    // Nobody is nobody, wherever the salt begins.
    let nobody = DigestParts::new("").with_salt("bob1f3a1");
    let error = ANY.verify(algorithm, &secrets, &nobody, &digest).unwrap_err();
    assert_eq!(error, VerifyError::UserIdMissing);
    // The secret stands in between in a plain hash.
    let digest = secrets[0].digest(Algorithm::HashSha256, &issued).to_string();
    assert!(ANY.verify(Algorithm::HashSha256, &secrets, &stolen, &digest).is_err());
}

/// Every way to cut what was signed into a user ID, a salt and, where it can be, an expiration.
fn every_cut(whole: &str) -> impl Iterator<Item = (&str, &str, Option<u64>)> {
    let cuts = move |end: usize| {
        let (front, digits) = whole.split_at(end);
        let expiration = digits.parse::<u64>().ok();
        // As it would be hashed again.
        let canonical = expiration.is_some_and(|number| number.to_string() == digits);
        let good = digits.is_empty() || canonical;
        good.then_some(0..=front.len()).into_iter().flatten().map(move |border| {
            let (user_id, salt) = front.split_at(border);
            (user_id, salt, expiration)
        })
    };
    (0..=whole.len()).flat_map(cuts)
}

/// All shifts between user ID, salt and expiration: the default verifier refuses each of them.
#[test]
fn no_border_can_be_moved_under_the_default_verifier() {
    let secret = prepared("secret");
    let store = store_of([secret.clone()]);
    for (user, salt, expiration) in [
        ("bob1", "f3a1c09b", 1_700_000_000),
        // Digits everywhere, in which every border could be one.
        ("4915112345678", "2718281828", 1_700_000_000),
        ("1000000000", "1000000000", 1_000_000_000),
        ("user", "", 1_700_000_000),
        ("4915112345678", "", 1_700_000_000),
    ] {
        let whole = format!("{user}{salt}{expiration}");
        for &algorithm in Algorithm::ALL {
            let signed = SignedUserId::builder(user)
                .salt(salt)
                .expiration(expiration)
                .sign(algorithm, "sid", &secret)
                .unwrap();
            let mut accepted = Vec::new();
            for (user_id, salt, expiration) in every_cut(&whole) {
                let mut params = UserAuthWithHashParams::from(signed.clone());
                params.unverified_id = user_id.into();
                params.salt = Some(salt.into());
                params.expiration = expiration;
                let cut = SignedUserId::from(params);
                // Any time at all: the one expiration counts, or none does.
                let verifier = Verifier::new(match signed.salt() {
                    Some("") | None => Salts::Absent,
                    Some(salt) => Salts::OfLength(salt.len()),
                });
                let verifier = verifier.with_algorithms(AlgorithmSet::ALL);
                if cut.verify(&verifier, &store, "key", Timestamp::MIN).is_ok() {
                    accepted.push((user_id, salt, expiration));
                }
                // Whatever is known of salts, no expiration becomes a later one, or none.
                let late = at("2033-01-01T00:00:00.000Z");
                assert!(cut.verify(&ANY, &store, "key", late).is_err(), "{user_id} {salt}");
            }
            assert_eq!(accepted, [(user, salt, Some(expiration))], "{algorithm}");
        }
    }
}

/// The attack by its name: what has expired passes for what never does.
#[test]
fn an_expiration_does_not_hide_in_a_salt() {
    let now = at("2026-01-01T00:00:00.000Z");
    for &algorithm in Algorithm::ALL {
        let secret = prepared("secret");
        let store = store_of([secret.clone()]);
        let signed = SignedUserId::builder("user").salt("salt").expiration(1_700_000_000);
        let signed = signed.sign(algorithm, "sid", &secret).unwrap();
        assert_eq!(signed.verify(&ANY, &store, "key", now), Err(VerifyError::Expired));
        let mut params = UserAuthWithHashParams::from(signed);
        params.salt = Some("salt1700000000".into());
        params.expiration = None;
        let hidden = SignedUserId::from(params);
        let known = Verifier::new(Salts::OfLength(4)).with_algorithms(AlgorithmSet::ALL);
        for verifier in [ANY, known] {
            let error = hidden.verify(&verifier, &store, "key", now).unwrap_err();
            assert_eq!(error, VerifyError::ExpirationMissing, "{algorithm}");
        }
        // It takes two settings to let it in, and the docs of each say so.
        let lenient = ANY.with_expirations(Expirations::Optional);
        assert!(hidden.verify(&lenient, &store, "key", now).is_ok());
    }
}

#[test]
fn any_live_secret_will_do() {
    let secrets = ["new", "old", "older"].map(prepared);
    let parts = DigestParts::new("user");
    let verifier = STRONG;
    let algorithm = Algorithm::HmacSha1;
    for (at, secret) in secrets.iter().enumerate() {
        let digest = secret.digest(algorithm, &parts).to_string();
        assert!(verifier.verify(algorithm, &secrets, &parts, &digest).is_ok());
        let mut others = secrets.to_vec();
        others.remove(at);
        let error = verifier.verify(algorithm, &others, &parts, &digest).unwrap_err();
        assert_eq!(error, VerifyError::DigestMismatch);
        let error = verifier.verify(algorithm, &[], &parts, &digest).unwrap_err();
        assert_eq!(error, VerifyError::SecretUnknown);
    }
}

fn signed() -> SignedUserId {
    SignedUserId::builder("user@domain.com")
        .salt("salt")
        .expiration(1_700_000_000)
        .sign(Algorithm::HmacSha256, "sid", &prepared("secret"))
        .unwrap()
}

fn store_of(secrets: impl IntoIterator<Item = PreparedSecret>) -> SecretMap {
    let mut store = SecretMap::new();
    store.insert("key", "sid", secrets);
    store
}

#[test]
fn stores() {
    fn finds(store: &dyn SecretStore) -> Result<String, VerifyError> {
        signed().verify(&STRONG, store, "key", Timestamp::MIN).map(str::to_owned)
    }
    struct Borrowed([PreparedSecret; 1]);
    impl SecretStore for Borrowed {
        fn secrets(&self, _: &str, _: &str) -> Cow<'_, [PreparedSecret]> {
            Cow::Borrowed(&self.0)
        }
    }
    struct Owned;
    impl SecretStore for Owned {
        fn secrets(&self, key: &str, sid: &str) -> Cow<'_, [PreparedSecret]> {
            assert_eq!((key, sid), ("key", "sid"));
            Cow::Owned(vec![prepared("x"), prepared("secret")])
        }
    }

    let good = Ok("user@domain.com".to_owned());
    let (secret, other) = (prepared("secret"), prepared("other"));
    assert_eq!(finds(&store_of([secret.clone()])), good);
    assert_eq!(finds(&store_of([other.clone(), secret.clone()])), good);
    assert_eq!(finds(&Borrowed([secret.clone()])), good);
    assert_eq!(finds(&Owned), good);

    // All that are live are those that were said last.
    let mut store = store_of([other.clone()]);
    store.insert("key", "other-sid", [secret.clone()]);
    store.insert("other-key", "sid", [secret.clone()]);
    assert_eq!(finds(&store), Err(VerifyError::DigestMismatch));
    store.insert("key", "sid", [secret]);
    assert_eq!(finds(&store), good);
    store.insert("key", "sid", [other]);
    assert_eq!(finds(&store), Err(VerifyError::DigestMismatch));
    for unknown in [SecretMap::new(), store_of([])] {
        assert_eq!(finds(&unknown), Err(VerifyError::SecretUnknown));
    }
    let store = store_of([prepared("secret")]);
    let other_key = signed().verify(&STRONG, &store, "KEY", Timestamp::MIN).map(drop);
    assert_eq!(other_key, Err(VerifyError::SecretUnknown));
}

#[test]
fn signed_user_ids_expire() {
    let store = store_of([prepared("secret")]);
    let check =
        |signed: &SignedUserId, now| signed.verify(&STRONG, &store, "key", now).map(str::to_owned);
    let good = Ok("user@domain.com".to_owned());
    assert_eq!(check(&signed(), Timestamp::MIN), good);
    assert_eq!(check(&signed(), at("2023-11-14T22:13:19.900Z")), good);
    assert_eq!(check(&signed(), at("2023-11-14T22:13:20.000Z")), Err(VerifyError::Expired));
    assert_eq!(check(&signed(), Timestamp::MAX), Err(VerifyError::Expired));

    let secret = prepared("secret");
    let forever = SignedUserId::builder("a").sign(Algorithm::HmacSha256, "sid", &secret).unwrap();
    assert_eq!(check(&forever, Timestamp::MIN), Err(VerifyError::ExpirationMissing));
    let absent = STRONG.with_expirations(Expirations::Absent);
    assert_eq!(forever.verify(&absent, &store, "key", Timestamp::MAX), Ok("a"));
    // A forged one isn't said to have expired.
    let mut forged = UserAuthWithHashParams::from(signed());
    forged.expiration = Some(1_600_000_000);
    assert_eq!(check(&forged.into(), Timestamp::MAX), Err(VerifyError::DigestMismatch));
}

#[test]
fn what_is_not_signed() {
    let sign = |user: &str, sid: &str, expiration| {
        let builder = SignedUserId::builder(user).expiration(expiration);
        let signed = builder.sign(Algorithm::HmacSha256, sid, &prepared("secret"));
        signed.map(drop)
    };
    let seconds = 1_700_000_000;
    assert_eq!(sign("a", "sid", seconds), Ok(()));
    let names = [
        (SignUserIdError::UserIdMissing, "user_id_missing"),
        (SignUserIdError::SidMissing, "sid_missing"),
        (SignUserIdError::ExpirationRange, "expiration_range"),
    ];
    assert!(names.iter().all(|(kind, name)| kind.name() == *name), "{names:?}");
    assert_eq!(sign("", "sid", seconds), Err(SignUserIdError::UserIdMissing));
    assert_eq!(sign("a", "", seconds), Err(SignUserIdError::SidMissing));
    // Milliseconds, which would never expire, and how long instead of until when.
    for not_seconds in [seconds * 1000, 3600, 0, 999_999_999, 10_000_000_000, u64::MAX] {
        let refused = Err(SignUserIdError::ExpirationRange);
        assert_eq!(sign("a", "sid", not_seconds), refused, "{not_seconds}");
    }
}

/// Under HMAC they would be the empty secret, which everybody knows.
#[test]
fn secrets_of_zeros_are_refused() {
    assert!(Secret::new(Vec::new()).is_err());
    for length in [1, 2, 32, 64, 65, 1000] {
        assert!(Secret::new(vec![0; length]).is_err(), "{length}");
        let mut last = vec![0; length];
        last[length - 1] = 1;
        assert_eq!(Secret::new(last.clone()).unwrap().expose(), last);
    }
    assert_eq!(Secret::new("a\0").unwrap().expose(), b"a\0");
}

#[test]
fn web_sdk_object() {
    let object = json!({
        "organizationUserId": "user@domain.com",
        "organizationUserIdAuthAlgorithm": "hmac-sha256",
        "organizationUserIdAuthSid": "sid",
        "organizationUserIdAuthSalt": "salt",
        "organizationUserIdAuthDigest": signed().digest(),
        "organizationUserIdExp": 1_700_000_000,
    });
    assert_eq!(serde_json::to_value(signed()).unwrap(), object);
    let read: SignedUserId = serde_json::from_value(object.clone()).unwrap();
    assert_eq!(read.salt(), Some("salt"));
    assert_eq!((read.sid(), read.algorithm()), ("sid", Algorithm::HmacSha256));
    assert_eq!(read.expiration(), Some(1_700_000_000));
    let store = store_of([prepared("secret")]);
    assert_eq!(read.verify(&STRONG, &store, "key", Timestamp::MIN).unwrap(), "user@domain.com");

    let plain = SignedUserId::builder("a").sign(Algorithm::HashMd5, "sid", &prepared("s")).unwrap();
    let plain = serde_json::to_value(plain).unwrap();
    assert_eq!(plain.as_object().unwrap().len(), 4, "no salt and no expiration, not even null");

    for (property, bad) in [
        ("organizationUserIdAuthAlgorithm", json!("md5")),
        ("organizationUserIdExp", json!(-1)),
        ("organizationUserIdExp", json!(1.5)),
        ("organizationUserIdExp", json!("1700000000")),
        ("organizationUserId", json!(7)),
    ] {
        let mut object = object.clone();
        object[property] = bad;
        assert!(serde_json::from_value::<SignedUserId>(object).is_err(), "{property}");
    }
}

#[test]
fn mobile_sdk_parameters() {
    let params = UserAuthWithHashParams::from(signed());
    let object = json!({
        "id": "user@domain.com",
        "algorithm": "hmac-sha256",
        "secretId": "sid",
        "digest": signed().digest(),
        "salt": "salt",
        "expiration": 1_700_000_000,
    });
    assert_eq!(serde_json::to_value(&params).unwrap(), object);
    let read: UserAuthWithHashParams = serde_json::from_value(object).unwrap();
    let read = SignedUserId::from(read);
    assert_eq!(read.unverified_user_id(), "user@domain.com");
    let store = store_of([prepared("secret")]);
    assert_eq!(read.verify(&STRONG, &store, "key", Timestamp::MIN).unwrap(), "user@domain.com");
}

/// Found by the fuzz target `json_in`: what serde derives shows the values that it refuses.
#[test]
fn errors_of_user_ids_from_json_show_nothing_of_it() {
    let marker = "a-marker-that-no-message-may-ever-contain";
    let check = |error: serde_json::Error| assert!(!error.to_string().contains(marker), "{error}");
    for property in ["organizationUserIdAuthAlgorithm", "organizationUserIdExp"] {
        let mut object = serde_json::to_value(signed()).unwrap();
        object[property] = json!(marker);
        check(serde_json::from_value::<SignedUserId>(object).unwrap_err());
    }
    for property in ["algorithm", "expiration"] {
        let mut object = serde_json::to_value(UserAuthWithHashParams::from(signed())).unwrap();
        object[property] = json!(marker);
        check(serde_json::from_value::<UserAuthWithHashParams>(object).unwrap_err());
    }
    check(serde_json::from_value::<SignedUserId>(json!(marker)).unwrap_err());
    check(serde_json::from_value::<UserAuthWithHashParams>(json!([marker])).unwrap_err());
    check(serde_json::from_value::<Algorithm>(json!(marker)).unwrap_err());
    let mut more = serde_json::to_value(signed()).unwrap();
    more["unknown"] = json!(1);
    assert!(
        serde_json::from_value::<SignedUserId>(more).is_ok(),
        "the Web SDK has more properties"
    );
}
