//! Work grows with the length of the input, whatever the input says.
//!
//! A test can't be stricter than the machine is quiet: it compares the best of a few runs,
//! and tells linear from quadratic, no more. The figures are in docs/performance.md.

#[path = "support/hostile.rs"]
mod hostile;

use std::hint::black_box;
use std::time::{Duration, Instant};

use consent_string::didomi::{DecodeOptions, InferredCodes};

/// How much longer the long inputs are, about.
const GROWTH: usize = 16;
/// How many times the time a character may grow with that; it would be 16 times by
/// quadratic work.
const TOLERANCE: u32 = 4;

/// The shortest of a few runs.
fn best(mut run: impl FnMut()) -> Duration {
    let time = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..7).map(|_| time(&mut run)).min().unwrap()
}

fn read_and_print(text: &str) {
    let options =
        DecodeOptions::new().inferred_codes(InferredCodes::Accept).max_text_length(1 << 20);
    if let Ok(consent) = black_box(options.decode(black_box(text))) {
        black_box(consent.encode());
    }
}

#[test]
fn hostile_didomi_texts_take_time_in_proportion_to_their_length() {
    let short = hostile::didomi(256);
    let long = hostile::didomi(256 * GROWTH);
    for ((name, short), (_, long)) in short.iter().zip(&long) {
        let [of_short, of_long] = [short, long].map(|text| best(|| read_and_print(text)));
        let per_short = of_short / u32::try_from(short.len()).unwrap();
        let per_long = of_long / u32::try_from(long.len()).unwrap();
        println!("{name}: {of_short:?} of {}, {of_long:?} of {}", short.len(), long.len());
        assert!(
            per_long <= per_short * TOLERANCE + Duration::from_nanos(10),
            "{name}: {per_short:?} a character of {}, {per_long:?} of {}",
            short.len(),
            long.len()
        );
    }
}
