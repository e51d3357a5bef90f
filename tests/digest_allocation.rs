//! Verification allocates nothing.

#![cfg(feature = "digest")]

use allocation_counter::measure;
use consent_string::Timestamp;
use consent_string::digest::{
    Algorithm, AlgorithmSet, DigestParts, PreparedSecret, Salts, Secret, SecretMap, SecretStore,
    Verifier,
};

#[test]
fn verification_allocates_nothing() {
    let secrets = ["one", "two"].map(|value| PreparedSecret::new(Secret::new(value).unwrap()));
    let mut store = SecretMap::new();
    store.insert("key", "sid", secrets.clone());
    let verifier = Verifier::new(Salts::OfLength(4)).with_algorithms(AlgorithmSet::ALL);
    let user = "user@domain.com".repeat(100);
    let parts = DigestParts::new(&user).with_salt("salt").with_expiration(1_700_000_000);
    let now = Timestamp::MIN;
    for &algorithm in Algorithm::ALL {
        let good = secrets[1].digest(algorithm, &parts).to_string();
        let bad = "0".repeat(good.len());
        let mut results = [false; 2];
        let allocated = measure(|| {
            let live = store.secrets("key", "sid");
            results = [good.as_str(), &bad]
                .map(|digest| verifier.verify_at(algorithm, &live, &parts, digest, now).is_ok());
        });
        assert_eq!(results, [true, false]);
        assert_eq!(allocated.count_total, 0, "{algorithm}");
        // The counter does count.
        assert_ne!(measure(|| drop(good.clone())).count_total, 0);
    }
}
