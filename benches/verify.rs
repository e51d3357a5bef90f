//! Verification under a prepared secret, against the bare `hmac` crate on the same bytes.
//!
//! - `link/hmac-sha256`: what proves a link, from the decoded parameters to the answer: the
//!   hexadecimal digest is read, the MAC computed and compared.
//! - `bare/hmac-sha256`: the `hmac` crate alone, with its own constant-time comparison, of a digest
//!   that is bytes already.
//! - `whole/hmac-sha256`: a whole `ConsentLink`, which reads the JSON of its event as well.

#![allow(missing_docs, reason = "criterion_group! makes a public function without")]

use std::hint::black_box;

use consent_string::digest::{
    Algorithm, DigestParts, PreparedSecret, Salts, Secret, SecretMap, Verifier,
};
use consent_string::link::{Action, ConsentLink};
use criterion::{Criterion, criterion_group, criterion_main};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const USER: &str = "user@domain.com";
const SALT: &str = "f3a1c09be5d24478";
const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn verify(c: &mut Criterion) {
    let algorithm = Algorithm::HmacSha256;
    let secret = PreparedSecret::new(Secret::new(SECRET).unwrap());
    let digest = secret.digest(algorithm, &DigestParts::new(USER).with_salt(SALT)).to_string();
    let secrets = [secret.clone()];
    let verifier = Verifier::new(Salts::OfLength(SALT.len()));
    c.bench_function("link/hmac-sha256", |b| {
        b.iter(|| {
            let parts = DigestParts::new(black_box(USER)).with_salt(black_box(SALT));
            verifier.verify(algorithm, &secrets, &parts, black_box(&digest))
        });
    });

    let prepared = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    let expected = prepared.clone().chain_update(USER).chain_update(SALT).finalize().into_bytes();
    c.bench_function("bare/hmac-sha256", |b| {
        b.iter(|| {
            let mac = prepared.clone().chain_update(black_box(USER)).chain_update(black_box(SALT));
            mac.verify_slice(black_box(&expected))
        });
    });

    let link = ConsentLink::builder("key", USER, Action::EventCreate)
        .event_json(r#"{"consents":{"purposes":[{"id":"cookies","enabled":true}]}}"#)
        .salt(SALT)
        .sign(algorithm, "sid", &secret)
        .unwrap();
    let mut store = SecretMap::new();
    store.insert("key", "sid", [secret]);
    c.bench_function("whole/hmac-sha256", |b| {
        b.iter(|| black_box(&link).verify(&verifier, &store).map(|link| link.action()));
    });
}

criterion_group!(benches, verify);
criterion_main!(benches);
