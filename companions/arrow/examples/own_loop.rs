//! The library's own loop over strings, one a line: how fast can a kernel be?
//!
//! ```sh
//! cargo run --release -p consent-string-arrow --example own_loop -- strings.txt
//! ```
//!
//! Prints strings a second as JSON, the best of seven passes each.

use std::hint::black_box;
use std::time::Instant;
use std::{env, fs};

use consent_string::Buffer;
use consent_string::tcf::{LegalBasis, LegalBasisRules, TcStringRef, VendorId, purposes};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = env::args().nth(1).ok_or("usage: own_loop FILE")?;
    let text = fs::read_to_string(path)?;
    let strings: Vec<&str> = text.lines().collect();
    let vendor = VendorId::new(755).ok_or("not 0")?;
    let declared = LegalBasisRules::new(LegalBasis::Consent);
    let parse = rate(&strings, |tc| black_box(tc).cmp_id() == 0);
    let consent = rate(&strings, |tc| tc.vendor_consent(vendor));
    let permits = rate(&strings, |tc| {
        tc.assume_valid().permits(vendor, purposes::SELECT_PERSONALISED_ADS, declared).is_ok()
    });
    println!(
        "{{\"parse\": {parse:.0}, \"tcf_has_vendor_consent\": {consent:.0}, \
         \"tcf_permits\": {permits:.0}}}"
    );
    Ok(())
}

/// Strings a second, of reading each and asking it something.
fn rate(strings: &[&str], ask: impl Fn(&TcStringRef<'_, '_>) -> bool) -> f64 {
    let mut buffer = Buffer::new();
    let rates = (0..7).map(|_| {
        let start = Instant::now();
        let yes = strings
            .iter()
            .filter(|text| TcStringRef::parse(text, &mut buffer).is_ok_and(|tc| ask(&tc)))
            .count();
        black_box(yes);
        #[allow(clippy::cast_precision_loss, reason = "a rate")]
        let count = strings.len() as f64;
        count / start.elapsed().as_secs_f64()
    });
    rates.fold(0.0, f64::max)
}
