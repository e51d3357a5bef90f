//! Makes a consent link, and verifies it as the server does that it leads to.
//!
//! ```text
//! cargo run --example links --features link
//! ```

use consent_string::digest::{Algorithm, PreparedSecret, Salts, Secret, SecretMap, Verifier};
use consent_string::link::{Action, ConsentLink};

const KEY: &str = "fe295974-e126-49a4-9d6f-84bc5884c298";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The one who sends the link.
    let secret = PreparedSecret::new(Secret::new("a secret of Didomi's platform")?);
    let link = ConsentLink::builder(KEY, "user@domain.com", Action::EventCreate)
        .event_json(r#"{"consents":{"purposes":[{"id":"newsletter","enabled":true}]}}"#)
        .salt("0123456789abcdef")
        .sign(Algorithm::HmacSha256, "secret-2026", &secret)?;
    println!("{link}");

    // The server. The old secret stays live until its last link is out of use.
    let live = |value: &str| Secret::new(value).map(PreparedSecret::new);
    let mut secrets = SecretMap::new();
    secrets.insert(KEY, "secret-2025", [live("the secret before")?]);
    secrets.insert(KEY, "secret-2026", [live("a secret of Didomi's platform")?]);
    let verifier = Verifier::new(Salts::OfLength(16));

    let received: ConsentLink = link.as_str().parse()?;
    let genuine = received.verify(&verifier, &secrets)?;
    println!("genuine, of {}", genuine.organization_user_id());

    let forged = link.as_str().replace("user%40domain.com", "other%40domain.com");
    let forged: ConsentLink = forged.parse()?;
    match forged.verify(&verifier, &secrets) {
        Ok(_) => unreachable!("the digest covers the user ID"),
        Err(error) => println!("another user: {error}"),
    }
    Ok(())
}
