//! Verification: hostile digests, tampering, several secrets, signed user IDs.

#![cfg(all(feature = "digest", feature = "serde", feature = "std"))]

use std::collections::{BTreeMap, HashMap};

use consent_string::Timestamp;
use consent_string::digest::{
    Algorithm, AlgorithmSet, Digest, DigestParts, ParseDigestErrorKind, PreparedSecret, Secret,
    SecretStore, SignUserIdErrorKind, SignedUserId, UserAuthWithHashParams, Verifier,
    VerifyErrorKind,
};
use serde_json::json;

const ANY: Verifier = Verifier::new().with_algorithms(AlgorithmSet::ALL);

fn prepared(secret: impl Into<Vec<u8>>) -> PreparedSecret {
    PreparedSecret::new(Secret::new(secret).expect("a secret that isn't empty"))
}

fn verify(
    algorithm: Algorithm,
    secret: &str,
    user_id: &[u8],
    salt: &[u8],
    digest: &str,
) -> Result<(), VerifyErrorKind> {
    let parts = DigestParts::new(user_id).with_salt(salt);
    ANY.verify(algorithm, &[prepared(secret)], &parts, digest).map_err(|error| error.kind())
}

#[test]
fn hostile_digests() {
    for algorithm in Algorithm::ALL {
        let expected = algorithm.digest_len() * 2;
        let parts = DigestParts::new("user@domain.com").with_salt("salt");
        let good = prepared("secret").digest(algorithm, &parts).to_string();
        let check = |digest: &str| verify(algorithm, "secret", b"user@domain.com", b"salt", digest);
        let length = |found| Err(VerifyErrorKind::DigestLength { expected, found });
        let not_hex = Err(VerifyErrorKind::DigestNotHex);
        let mismatch = Err(VerifyErrorKind::DigestMismatch);

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
        assert_eq!(error.kind(), ParseDigestErrorKind::NotHex, "{character:?}");
    }
}

/// The same change in two places: the differences don't cancel each other out.
#[test]
fn equal_changes_of_a_digest_fail() {
    let parts = DigestParts::new("user@domain.com").with_salt("salt");
    let secret = [prepared("secret")];
    for algorithm in Algorithm::ALL {
        let good = secret[0].digest(algorithm, &parts);
        for first in 0..algorithm.digest_len() {
            for second in 0..first {
                let mut bytes = good.as_bytes().to_vec();
                bytes[first] ^= 0x55;
                bytes[second] ^= 0x55;
                let text =
                    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
                let result = ANY.verify(algorithm, &secret, &parts, &text);
                let kind = result.unwrap_err().kind();
                assert_eq!(kind, VerifyErrorKind::DigestMismatch, "{algorithm} {first} {second}");
            }
        }
    }
}

/// Each character changed to each other digit, and each case of it: only the case makes no
/// difference.
#[test]
fn every_change_of_a_digest_fails() {
    for algorithm in Algorithm::ALL {
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
    for algorithm in Algorithm::ALL {
        let parts = DigestParts::new(user).with_salt(salt);
        let digest = prepared(secret).digest(algorithm, &parts).to_string();
        let check = |secret: &[u8], user: &[u8], salt: &[u8]| {
            let parts = DigestParts::new(user).with_salt(salt);
            let secret = [PreparedSecret::new(Secret::new(secret).unwrap())];
            ANY.verify(algorithm, &secret, &parts, &digest).map_err(|error| error.kind())
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
                assert_eq!(result, Err(VerifyErrorKind::DigestMismatch));
            }
            for at in 0..user.len() {
                let result = check(secret, &changed(user, at), salt);
                assert_eq!(result, Err(VerifyErrorKind::DigestMismatch));
            }
            for at in 0..salt.len() {
                let result = check(secret, user, &changed(salt, at));
                assert_eq!(result, Err(VerifyErrorKind::DigestMismatch));
            }
        }
        for other in Algorithm::ALL.into_iter().filter(|other| *other != algorithm) {
            let expected = if other.digest_len() == algorithm.digest_len() {
                VerifyErrorKind::DigestMismatch
            } else {
                let (expected, found) = (other.digest_len() * 2, digest.len());
                VerifyErrorKind::DigestLength { expected, found }
            };
            let secret = [prepared("secret")];
            let result = ANY.verify(other, &secret, &parts, &digest);
            assert_eq!(result.unwrap_err().kind(), expected, "{algorithm} as {other}");
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
    let kind = ParseDigestErrorKind::Length { expected: 40, found: 32 };
    assert_eq!((error(hex).kind(), kind.name()), (kind, "length"));
    assert_eq!(error(hex).to_string(), "digest has 32 characters, expected 40 hexadecimal digits");
    let kind = error(&"x".repeat(40)).kind();
    assert_eq!((kind, kind.name()), (ParseDigestErrorKind::NotHex, "not_hex"));
}

#[test]
fn what_a_verifier_accepts() {
    let secrets = [prepared("secret")];
    let plain = DigestParts::new("user");
    let check = |verifier: &Verifier, algorithm, parts: &DigestParts<'_>| {
        let digest = secrets[0].digest(algorithm, parts).to_string();
        let now = Timestamp::MIN;
        verifier.verify_at(algorithm, &secrets, parts, &digest, now).map_err(|error| error.kind())
    };
    for algorithm in Algorithm::ALL {
        let expected =
            if algorithm.is_weak() { Err(VerifyErrorKind::AlgorithmRefused) } else { Ok(()) };
        assert_eq!(check(&Verifier::new(), algorithm, &plain), expected, "{algorithm}");
        assert_eq!(check(&ANY, algorithm, &plain), Ok(()), "{algorithm}");
        let none = Verifier::default().with_algorithms(AlgorithmSet::EMPTY);
        let refused = Err(VerifyErrorKind::AlgorithmRefused);
        assert_eq!(check(&none, algorithm, &plain), refused);
    }
    let algorithm = Algorithm::HmacSha256;
    let strict = Verifier::new().with_salt_len(4);
    let salt_length = Err(VerifyErrorKind::SaltLength { expected: 4 });
    assert_eq!(check(&strict, algorithm, &plain), salt_length);
    assert_eq!(check(&strict, algorithm, &plain.with_salt("salty")), salt_length);
    let salted = plain.with_salt("salt");
    assert_eq!(check(&strict, algorithm, &salted), Ok(()));
    for (expiration, good) in [
        (0, false),
        (999_999_999, false),
        (1_000_000_000, true),
        (9_999_999_999, true),
        (10_000_000_000, false),
        (u64::MAX, false),
    ] {
        let expected = if good { Ok(()) } else { Err(VerifyErrorKind::ExpirationRange) };
        let parts = salted.with_expiration(expiration);
        assert_eq!(check(&strict, algorithm, &parts), expected, "{expiration}");
        let over = if expiration == 0 { Err(VerifyErrorKind::Expired) } else { Ok(()) };
        assert_eq!(check(&Verifier::new(), algorithm, &parts), over, "{expiration}");
    }
    let strict = strict.with_expiration_required();
    assert_eq!(check(&strict, algorithm, &salted), Err(VerifyErrorKind::ExpirationMissing));
    assert_eq!(check(&strict, algorithm, &salted.with_expiration(1_700_000_000)), Ok(()));
}

/// Without a time, an expiration that has passed would go unnoticed.
#[test]
fn an_expiration_is_not_verified_without_a_time() {
    let secrets = [prepared("secret")];
    let algorithm = Algorithm::HmacSha256;
    let parts = DigestParts::new("user").with_expiration(1_700_000_000);
    let digest = secrets[0].digest(algorithm, &parts).to_string();
    let verifier = Verifier::new();
    let error = verifier.verify(algorithm, &secrets, &parts, &digest).unwrap_err();
    assert_eq!(error.kind(), VerifyErrorKind::TimeMissing);
    assert_eq!(error.kind().name(), "time_missing");
    let verify_at = |now| verifier.verify_at(algorithm, &secrets, &parts, &digest, now);
    assert_eq!(verify_at(at("2023-11-14T22:13:19.900Z")), Ok(()));
    let error = verify_at(at("2023-11-14T22:13:20.000Z")).unwrap_err();
    assert_eq!(error.kind(), VerifyErrorKind::Expired);
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
    assert!(Verifier::new().verify(algorithm, &secrets, &stolen, &digest).is_ok());
    let strict = Verifier::new().with_salt_len(4);
    assert!(strict.verify(algorithm, &secrets, &issued, &digest).is_ok());
    assert!(strict.verify(algorithm, &secrets, &stolen, &digest).is_err());
    // Nobody is nobody, wherever the salt begins.
    let nobody = DigestParts::new("").with_salt("bob1f3a1");
    let error = ANY.verify(algorithm, &secrets, &nobody, &digest).unwrap_err();
    assert_eq!(error.kind(), VerifyErrorKind::UserIdMissing);
    // The secret stands in between in a plain hash.
    let digest = secrets[0].digest(Algorithm::HashSha256, &issued).to_string();
    assert!(ANY.verify(Algorithm::HashSha256, &secrets, &stolen, &digest).is_err());
}

#[test]
fn any_live_secret_will_do() {
    let secrets = ["new", "old", "older"].map(prepared);
    let parts = DigestParts::new("user");
    let verifier = Verifier::new();
    let algorithm = Algorithm::HmacSha1;
    for (at, secret) in secrets.iter().enumerate() {
        let digest = secret.digest(algorithm, &parts).to_string();
        assert!(verifier.verify(algorithm, &secrets, &parts, &digest).is_ok());
        let mut others = secrets.to_vec();
        others.remove(at);
        let error = verifier.verify(algorithm, &others, &parts, &digest).unwrap_err();
        assert_eq!(error.kind(), VerifyErrorKind::DigestMismatch);
        let error = verifier.verify(algorithm, &[], &parts, &digest).unwrap_err();
        assert_eq!(error.kind(), VerifyErrorKind::SecretUnknown);
    }
}

fn signed() -> SignedUserId {
    SignedUserId::builder("user@domain.com")
        .salt("salt")
        .expiration(1_700_000_000)
        .sign(Algorithm::HmacSha256, "sid", &prepared("secret"))
        .unwrap()
}

#[test]
fn stores() {
    fn finds(store: &impl SecretStore) -> Result<String, VerifyErrorKind> {
        let result = signed().verify(&Verifier::new(), store, Timestamp::MIN).map(str::to_owned);
        result.map_err(|error| error.kind())
    }
    let good = Ok("user@domain.com".to_owned());
    let (secret, other) = (prepared("secret"), prepared("other"));

    assert_eq!(finds(&BTreeMap::from([("sid", secret.clone())])), good);
    assert_eq!(
        finds(&BTreeMap::from([("sid".to_owned(), vec![other.clone(), secret.clone()])])),
        good
    );
    assert_eq!(finds(&HashMap::from([("sid", [secret.clone(), other.clone()])])), good);
    assert_eq!(finds(&HashMap::from([("sid".to_owned(), secret.clone())])), good);
    assert_eq!(finds(&|sid: &str| (sid == "sid").then(|| secret.clone())), good);
    assert_eq!(finds(&|sid: &str| (sid == "sid").then_some(&secret)), good);
    #[allow(clippy::type_complexity, reason = "what a service would store")]
    let boxed: Box<dyn Fn(&str) -> Option<Vec<PreparedSecret>>> =
        Box::new(|_| Some(vec![prepared("x"), prepared("secret")]));
    assert_eq!(finds(&boxed), good);

    let unknown = Err(VerifyErrorKind::SecretUnknown);
    assert_eq!(finds(&BTreeMap::from([("SID", secret.clone())])), unknown);
    assert_eq!(finds(&|_: &str| None::<PreparedSecret>), unknown);
    assert_eq!(finds(&BTreeMap::from([("sid", Vec::<PreparedSecret>::new())])), unknown);
    assert_eq!(finds(&HashMap::from([("sid", other)])), Err(VerifyErrorKind::DigestMismatch));
}

#[test]
fn signed_user_ids_expire() {
    let store = |_: &str| Some(prepared("secret"));
    let verifier = Verifier::new();
    let check = |signed: &SignedUserId, now| {
        signed.verify(&verifier, &store, now).map(str::to_owned).map_err(|error| error.kind())
    };
    let good = Ok("user@domain.com".to_owned());
    assert_eq!(check(&signed(), Timestamp::MIN), good);
    assert_eq!(check(&signed(), at("2023-11-14T22:13:19.900Z")), good);
    assert_eq!(check(&signed(), at("2023-11-14T22:13:20.000Z")), Err(VerifyErrorKind::Expired));
    assert_eq!(check(&signed(), Timestamp::MAX), Err(VerifyErrorKind::Expired));

    let secret = prepared("secret");
    let forever = SignedUserId::builder("a").sign(Algorithm::HmacSha256, "sid", &secret).unwrap();
    assert_eq!(check(&forever, Timestamp::MAX), Ok("a".to_owned()));
    // A forged one isn't said to have expired.
    let mut forged = UserAuthWithHashParams::from(signed());
    forged.expiration = Some(1_600_000_000);
    assert_eq!(check(&forged.into(), Timestamp::MAX), Err(VerifyErrorKind::DigestMismatch));
}

#[test]
fn what_is_not_signed() {
    let sign = |user: &str, sid: &str, expiration| {
        let builder = SignedUserId::builder(user).expiration(expiration);
        let signed = builder.sign(Algorithm::HmacSha256, sid, &prepared("secret"));
        signed.map(drop).map_err(|error| error.kind())
    };
    let seconds = 1_700_000_000;
    assert_eq!(sign("a", "sid", seconds), Ok(()));
    let names = [
        (SignUserIdErrorKind::UserIdMissing, "user_id_missing"),
        (SignUserIdErrorKind::SidMissing, "sid_missing"),
        (SignUserIdErrorKind::ExpirationRange, "expiration_range"),
    ];
    assert!(names.iter().all(|(kind, name)| kind.name() == *name), "{names:?}");
    assert_eq!(sign("", "sid", seconds), Err(SignUserIdErrorKind::UserIdMissing));
    assert_eq!(sign("a", "", seconds), Err(SignUserIdErrorKind::SidMissing));
    // Milliseconds, which would never expire, and how long instead of until when.
    for not_seconds in [seconds * 1000, 3600, 0, 999_999_999, 10_000_000_000, u64::MAX] {
        let refused = Err(SignUserIdErrorKind::ExpirationRange);
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
    let store = |_: &str| Some(prepared("secret"));
    assert_eq!(read.verify(&Verifier::new(), &store, Timestamp::MIN).unwrap(), "user@domain.com");

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
    let store = |_: &str| Some(prepared("secret"));
    assert_eq!(read.verify(&Verifier::new(), &store, Timestamp::MIN).unwrap(), "user@domain.com");
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
