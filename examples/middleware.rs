//! What a middleware does with each request: reads both cookies and asks one question. Nothing is
//! allocated where no cookie's value is encoded.
//!
//! ```text
//! cargo run --example middleware -- 'Cookie: didomi_dcs=BGHW...; euconsent-v2=CQSb...'
//! ```

use std::time::SystemTime;

use consent_string::cookie::{self, Cookie};
use consent_string::tcf::{self, TcStringRef, purposes};
use consent_string::{Buffer, Timestamp, didomi};

/// What one company is to Didomi, and to IAB Europe.
const OUR_DIDOMI_ID: didomi::VendorId = didomi::VendorId::new(130).unwrap();
const OUR_DIDOMI_PURPOSE: didomi::PurposeId = didomi::PurposeId::new(2).unwrap();
const OUR_IAB_ID: tcf::VendorId = tcf::VendorId::new(755).unwrap();

/// May we measure this visit? Didomi's string answers for our custom purpose, the TC string for
/// the framework's. What is absent, unreadable or invalid says no.
fn may_we_measure(header: &str, now: Timestamp, buffer: &mut Buffer) -> bool {
    let (mut custom, mut framework) = (false, false);
    for (cookie, value) in cookie::known(header) {
        let Ok(text) = cookie::decode(value) else { return false };
        match cookie {
            Cookie::DidomiDcs => {
                custom = didomi::ConsentStringRef::parse(&text, buffer).is_ok_and(|consent| {
                    let basis = didomi::LegalBasis::Consent;
                    consent.allows(OUR_DIDOMI_ID, [OUR_DIDOMI_PURPOSE], basis).is_ok()
                });
            }
            Cookie::EuconsentV2 => {
                framework = TcStringRef::parse(&text, buffer).is_ok_and(|consent| {
                    let rules = tcf::LegalBasisRules::new(tcf::LegalBasis::Consent);
                    let purpose = purposes::MEASURE_ADS;
                    consent
                        .valid_at(now)
                        .is_ok_and(|valid| valid.permits(OUR_IAB_ID, purpose, rules).is_ok())
                });
            }
            _ => {}
        }
    }
    custom && framework
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let now = Timestamp::try_from(SystemTime::now())?;
    // One buffer serves all requests of a thread.
    let mut buffer = Buffer::new();
    let headers: Vec<String> = std::env::args().skip(1).collect();
    for header in &headers {
        println!("{}", may_we_measure(header, now, &mut buffer));
    }
    if headers.is_empty() {
        let header = "didomi_dcs=BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
        println!("{}: there is no TC string", may_we_measure(header, now, &mut buffer));
    }
    Ok(())
}
