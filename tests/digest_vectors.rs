//! Published vectors through the public API.

#![cfg(feature = "digest")]

use consent_string::Timestamp;
use consent_string::digest::{
    Algorithm, AlgorithmSet, DigestParts, Expirations, PreparedSecret, Salts, Secret, Verifier,
    VerifyError,
};

fn prepared(secret: impl Into<Vec<u8>>) -> PreparedSecret {
    PreparedSecret::new(Secret::new(secret).expect("a secret that isn't empty"))
}

const ANY: Verifier = Verifier::new(Salts::OfAnyLength)
    .with_algorithms(AlgorithmSet::ALL)
    .with_expirations(Expirations::Optional);

/// Computes a digest, and has it verified as well.
fn digest(algorithm: Algorithm, secret: &PreparedSecret, parts: &DigestParts<'_>) -> String {
    let digest = secret.digest(algorithm, parts);
    let text = digest.to_string();
    assert_eq!(digest.as_bytes().len(), algorithm.digest_len());
    let verified = ANY.with_algorithms(AlgorithmSet::EMPTY.with(algorithm)).verify_at(
        algorithm,
        std::slice::from_ref(secret),
        parts,
        &text,
        Timestamp::MIN,
    );
    assert_eq!(verified, Ok(()), "{algorithm}");
    text
}

/// User `user@domain.com`, secret `secret`: without a salt, and with the salt `salt`.
///
/// The MD5 digests are published in Didomi's documentation of consent links; the others were
/// computed with Python's `hashlib` and `hmac`.
#[test]
fn links() {
    let table = [
        (
            Algorithm::HashMd5,
            "2d7d57c0b588a5c4bc508b17ace5fd7e",
            "e067d565e248267d5c3dd2f82409f5e3",
        ),
        (
            Algorithm::HashSha1,
            "cd7caae7103cecd7c5a2ac796517b1f5fa9a8036",
            "0a8761558dc381ed92c5dab56b13a434d297b893",
        ),
        (
            Algorithm::HashSha256,
            "bad43b279982ff76a361a94ab76a61669e7e727ada1a12d767825f47ab505ae8",
            "9cb2360634f8c5167e6d5f9f990feb2a5b81c8a60d53be0fd9722fb09a807299",
        ),
        (
            Algorithm::HmacSha1,
            "c962cee15647baf6e74c79a8144272474c9e32a2",
            "4b22096300d7aa5a8e812b7382984a28fe752c35",
        ),
        (
            Algorithm::HmacSha256,
            "19c2034c62b102e30b99a73f13caab2a0bbdd833c82d1224b44760ee749f57d3",
            "4a5a54d71a2376d64eed47a0b6901122eebd586e74f7426f420e37098368d706",
        ),
    ];
    assert_eq!(table.map(|(algorithm, ..)| algorithm), Algorithm::ALL);
    let secret = prepared("secret");
    for (algorithm, plain, salted) in table {
        let parts = DigestParts::new("user@domain.com");
        assert_eq!(digest(algorithm, &secret, &parts), plain, "{algorithm}");
        assert_eq!(digest(algorithm, &secret, &parts.with_salt("")), plain, "{algorithm}");
        assert_eq!(digest(algorithm, &secret, &parts.with_salt("salt")), salted, "{algorithm}");
    }
}

/// The same user and secret with salt `salt` and expiration 1700000000: Python's `hashlib`/`hmac`.
#[test]
fn expiration_comes_last() {
    let secret = prepared("secret");
    let parts =
        DigestParts::new("user@domain.com").with_salt("salt").with_expiration(1_700_000_000);
    for (algorithm, expected) in [
        (Algorithm::HashMd5, "43a26ccb51c64c19c9d329ce68564d20"),
        (Algorithm::HmacSha256, "e515772a0e81bc00070e6f0b09678751e134882bbd21be3eb4bfa9678329b170"),
    ] {
        assert_eq!(digest(algorithm, &secret, &parts), expected, "{algorithm}");
    }
    // Digests of other numbers than Unix times of today can be made, and aren't accepted.
    for (algorithm, expiration, text) in [
        (Algorithm::HmacSha1, 0, "2679cefb14bb9144517dcdd33483829a05088a03"),
        (Algorithm::HashSha1, u64::MAX, "1a2755602fd4d762e0d7ea97ccfabf29601a36d5"),
    ] {
        let parts = DigestParts::new("user@domain.com").with_expiration(expiration);
        assert_eq!(secret.digest(algorithm, &parts).to_string(), text);
        let secrets = std::slice::from_ref(&secret);
        let verified = ANY.verify_at(algorithm, secrets, &parts, text, Timestamp::MIN);
        assert_eq!(verified, Err(VerifyError::ExpirationRange));
    }
}

/// RFC 2202, section 3, test cases 1 to 7. Each message is cut into user ID and salt everywhere.
#[test]
fn rfc_2202_hmac_sha1() {
    let cases: [(Vec<u8>, Vec<u8>, &str); 7] = [
        (vec![0x0b; 20], b"Hi There".into(), "b617318655057264e28bc0b6fb378c8ef146be00"),
        (
            b"Jefe".into(),
            b"what do ya want for nothing?".into(),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        ),
        (vec![0xaa; 20], vec![0xdd; 50], "125d7342b9ac11cd91a39af48aa17b4f63f175d3"),
        ((1..=25).collect(), vec![0xcd; 50], "4c9007f4026250c6bc8414f9bf50c86c2d7235da"),
        (
            vec![0x0c; 20],
            b"Test With Truncation".into(),
            "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04",
        ),
        (
            vec![0xaa; 80],
            b"Test Using Larger Than Block-Size Key - Hash Key First".into(),
            "aa4ae5e15272d00e95705637ce8a3b55ed402112",
        ),
        (
            vec![0xaa; 80],
            b"Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data".into(),
            "e8e99d0f45237d786d6bbaa7965c7808bbff1a91",
        ),
    ];
    check_hmac(Algorithm::HmacSha1, cases);
}

/// RFC 4231, section 4, test cases 1 to 4, 6 and 7; case 5 has its output cut short, and what is
/// published of it is the front of the whole.
#[test]
fn rfc_4231_hmac_sha256() {
    let cases: [(Vec<u8>, Vec<u8>, &str); 7] = [
        (
            vec![0x0b; 20],
            b"Hi There".into(),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe".into(),
            b"what do ya want for nothing?".into(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            vec![0xaa; 20],
            vec![0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        ),
        (
            (1..=25).collect(),
            vec![0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        ),
        (
            vec![0x0c; 20],
            b"Test With Truncation".into(),
            "a3b6167473100ee06e0c796c2955552b",
        ),
        (
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First".into(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            vec![0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size data. \
              The key needs to be hashed before being used by the HMAC algorithm."
                .into(),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ];
    check_hmac(Algorithm::HmacSha256, cases);
}

fn check_hmac<const N: usize>(algorithm: Algorithm, cases: [(Vec<u8>, Vec<u8>, &str); N]) {
    for (number, (key, message, expected)) in (1..).zip(cases) {
        let secret = prepared(key);
        // A user ID isn't empty.
        for cut in 1..=message.len() {
            let (user_id, salt) = message.split_at(cut);
            let digest = digest(algorithm, &secret, &DigestParts::new(user_id).with_salt(salt));
            assert!(digest.starts_with(expected), "case {number} cut at {cut}: {digest}");
        }
    }
}

/// Messages of FIPS 180 (NIST's examples, and short ones of its SHAVS files) and of RFC 1321.
///
/// Each is cut into user ID, secret and salt in every way; the secret is never empty, so the
/// vector of the empty message can't be expressed.
#[test]
fn nist_hashes() {
    let two_blocks = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".as_slice();
    let cases: [(Algorithm, &[u8], &str); 9] = [
        (Algorithm::HashSha1, b"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (Algorithm::HashSha1, two_blocks, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
        (Algorithm::HashSha1, &[0x36], "c1dfd96eea8cc2b62785275bca38ac261256e278"),
        (
            Algorithm::HashSha256,
            b"abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            Algorithm::HashSha256,
            two_blocks,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
        (
            Algorithm::HashSha256,
            &[0xd3],
            "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1",
        ),
        (Algorithm::HashMd5, b"abc", "900150983cd24fb0d6963f7d28e17f72"),
        (Algorithm::HashMd5, b"message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (
            Algorithm::HashMd5,
            b"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a",
        ),
    ];
    for (algorithm, message, expected) in cases {
        for start in 0..message.len() {
            for end in start + 1..=message.len() {
                let secret = prepared(&message[start..end]);
                let parts = DigestParts::new(&message[..start]).with_salt(&message[end..]);
                let text = secret.digest(algorithm, &parts).to_string();
                assert_eq!(text, expected, "{algorithm}, secret at {start}..{end}");
            }
        }
    }
}

/// A million times `a`, of FIPS 180: once over many blocks.
#[test]
fn nist_long_message() {
    let million = vec![b'a'; 1_000_000];
    let secret = prepared(&million[..10]);
    let parts = DigestParts::new(&million[..499_995]).with_salt(&million[..499_995]);
    assert_eq!(
        secret.digest(Algorithm::HashSha1, &parts).to_string(),
        "34aa973cd4c4daa4f61eeb2bdbad27316534016f"
    );
    assert_eq!(
        secret.digest(Algorithm::HashSha256, &parts).to_string(),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    );
}

#[test]
fn names() {
    let names = ["hash-md5", "hash-sha1", "hash-sha256", "hmac-sha1", "hmac-sha256"];
    assert_eq!(Algorithm::ALL.len(), names.len());
    for (&algorithm, name) in Algorithm::ALL.iter().zip(names) {
        assert_eq!(algorithm.to_string(), name);
        assert_eq!(name.parse(), Ok(algorithm));
        #[cfg(feature = "serde")]
        assert_eq!(serde_json::to_value(algorithm).unwrap(), name);
        assert_eq!(algorithm.is_weak(), name.starts_with("hash-"));
        assert_eq!(AlgorithmSet::STRONG.contains(algorithm), !algorithm.is_weak());
        assert!(AlgorithmSet::ALL.contains(algorithm) && !AlgorithmSet::EMPTY.contains(algorithm));
        assert!(!AlgorithmSet::ALL.without(algorithm).contains(algorithm));
        // Whether it is there before makes no difference.
        assert_eq!(AlgorithmSet::ALL.with(algorithm), AlgorithmSet::ALL);
        assert_eq!(AlgorithmSet::EMPTY.without(algorithm), AlgorithmSet::EMPTY);
    }
    for bad in
        ["", "sha256", "HMAC-SHA256", "hmac-sha256 ", "hmac_sha256", "hmac-md5", "hash-md5\0"]
    {
        assert!(bad.parse::<Algorithm>().is_err(), "{bad:?}");
    }
    let set: AlgorithmSet = [Algorithm::HashMd5, Algorithm::HmacSha256].into_iter().collect();
    assert_eq!(format!("{set:?}"), "{HashMd5, HmacSha256}");
}
