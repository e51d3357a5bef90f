//! Whether the time of a verification tells how much of a digest is right: dudect's test, a
//! Welch t-test between the times of right digests and of wrong ones.
//!
//! Each comparison takes two million samples, right and wrong ones drawn at random. |t| stays
//! below 5 where there is nothing to see; `control` compares byte by byte and stops at the
//! first that differs, and shows what a leak looks like here.
//!
//! ```text
//! cargo run --release --manifest-path benches/timing/Cargo.toml [-- --filter hmac_sha256]
//! ```

use std::hint::black_box;

use consent_string::Secret;
use consent_string::digest::{
    Algorithm, AlgorithmSet, DigestParts, PreparedSecret, Salts, Verifier,
};
use dudect_bencher::rand::RngExt;
use dudect_bencher::{BenchRng, Class, CtRunner, ctbench_main_with_seeds};

/// About half of them right, half wrong.
const SAMPLES: usize = 2_000_000;

/// Where a wrong digest differs from the right one.
enum Wrong {
    First,
    Last,
    All,
}

impl Wrong {
    /// A digest that is wrong here.
    fn of(self, right: &str) -> String {
        let last = right.len() - 1;
        let differs = |index: usize| match self {
            Self::First => index == 0,
            Self::Last => index == last,
            Self::All => true,
        };
        let other = |digit: char| if digit == '0' { '1' } else { '0' };
        let digits = right.char_indices();
        digits.map(|(at, digit)| if differs(at) { other(digit) } else { digit }).collect()
    }
}

fn verification(runner: &mut CtRunner, rng: &mut BenchRng, algorithm: Algorithm, wrong: Wrong) {
    let secret = PreparedSecret::new(Secret::new("a secret of the benchmark").expect("not empty"));
    let salt = "a salt of the benchmark";
    let parts = DigestParts::new("user@example.com").with_salt(salt);
    let right = secret.digest(algorithm, &parts).to_string();
    let verifier = Verifier::new(Salts::OfLength(salt.len())).with_algorithms(AlgorithmSet::ALL);
    let secrets = [secret];
    sample(runner, rng, &right, &wrong.of(&right), |claimed| {
        verifier.verify(algorithm, &secrets, &parts, claimed).is_ok()
    });
}

/// What a comparison that leaks looks like.
fn control(runner: &mut CtRunner, rng: &mut BenchRng) {
    let right = "0123456789abcdef".repeat(4);
    let wrong = Wrong::First.of(&right);
    sample(runner, rng, &right, &wrong, |claimed| {
        let mut pairs = claimed.bytes().zip(right.bytes());
        pairs.all(|(claimed, right)| black_box(claimed) == right)
    });
}

/// Times a check of right and wrong texts, which stand in the same place.
fn sample(
    runner: &mut CtRunner,
    rng: &mut BenchRng,
    right: &str,
    wrong: &str,
    check: impl Fn(&str) -> bool,
) {
    assert!(check(right) && !check(wrong));
    let mut claimed = String::with_capacity(right.len());
    for _ in 0..SAMPLES {
        let (class, text) = if rng.random() { (Class::Left, right) } else { (Class::Right, wrong) };
        claimed.clear();
        claimed.push_str(text);
        runner.run_one(class, || check(black_box(&claimed)));
    }
}

macro_rules! benches {
    ($($name:ident: $algorithm:ident, $wrong:ident;)+) => {
        $(
            fn $name(runner: &mut CtRunner, rng: &mut BenchRng) {
                verification(runner, rng, Algorithm::$algorithm, Wrong::$wrong);
            }
        )+
        ctbench_main_with_seeds!((control, Some(1)), $(($name, Some(1))),+);
    };
}

benches! {
    hash_md5_first: HashMd5, First;
    hash_md5_last: HashMd5, Last;
    hash_md5_all: HashMd5, All;
    hash_sha1_first: HashSha1, First;
    hash_sha1_last: HashSha1, Last;
    hash_sha1_all: HashSha1, All;
    hash_sha256_first: HashSha256, First;
    hash_sha256_last: HashSha256, Last;
    hash_sha256_all: HashSha256, All;
    hmac_sha1_first: HmacSha1, First;
    hmac_sha1_last: HmacSha1, Last;
    hmac_sha1_all: HmacSha1, All;
    hmac_sha256_first: HmacSha256, First;
    hmac_sha256_last: HmacSha256, Last;
    hmac_sha256_all: HmacSha256, All;
}
