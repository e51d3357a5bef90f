//! Verification allocates nothing.

#![cfg(feature = "digest")]

use allocation_counter::measure;
use consent_string::Timestamp;
use consent_string::digest::{
    Algorithm, AlgorithmSet, DigestParts, PreparedSecret, Secret, Verifier,
};

#[test]
fn verification_allocates_nothing() {
    let secrets = ["one", "two"].map(|value| PreparedSecret::new(Secret::new(value).unwrap()));
    let verifier = Verifier::new().with_algorithms(AlgorithmSet::ALL);
    let user = "user@domain.com".repeat(100);
    let parts = DigestParts::new(&user).with_salt("salt").with_expiration(u64::MAX);
    let now = Timestamp::MAX;
    for algorithm in Algorithm::ALL {
        let good = secrets[1].digest(algorithm, &parts).to_string();
        let bad = "0".repeat(good.len());
        let mut results = [false; 2];
        let allocated = measure(|| {
            results = [good.as_str(), &bad]
                .map(|digest| verifier.verify_at(algorithm, &secrets, &parts, digest, now).is_ok());
        });
        assert_eq!(results, [true, false]);
        assert_eq!(allocated.count_total, 0, "{algorithm}");
        // The counter does count.
        assert_ne!(measure(|| drop(good.clone())).count_total, 0);
    }
}
