//! Verification with a prepared secret, against the bare `hmac` crate on the same bytes.

use std::hint::black_box;

use consent_string::digest::{Algorithm, DigestParts, PreparedSecret, Secret, Verifier};
use criterion::{Criterion, criterion_group, criterion_main};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const USER: &str = "user@domain.com";
const SALT: &str = "f3a1c09be5d24478";
const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn verify(c: &mut Criterion) {
    let mut group = c.benchmark_group("verify/hmac-sha256");
    let secret = [PreparedSecret::new(Secret::new(SECRET).unwrap())];
    let parts = DigestParts::new(USER).with_salt(SALT);
    let digest = secret[0].digest(Algorithm::HmacSha256, &parts).to_string();
    let verifier = Verifier::new();
    group.bench_function("consent-string", |b| {
        b.iter(|| {
            let parts = DigestParts::new(black_box(USER)).with_salt(black_box(SALT));
            verifier.verify(Algorithm::HmacSha256, &secret, &parts, black_box(&digest))
        });
    });

    let prepared = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    let expected = prepared.clone().chain_update(USER).chain_update(SALT).finalize().into_bytes();
    group.bench_function("hmac", |b| {
        b.iter(|| {
            prepared
                .clone()
                .chain_update(black_box(USER))
                .chain_update(black_box(SALT))
                .verify_slice(black_box(&expected))
        });
    });
    group.finish();
}

criterion_group!(benches, verify);
criterion_main!(benches);
