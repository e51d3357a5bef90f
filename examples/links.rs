//! Signs and verifies consent links, one a line.
//!
//! ```text
//! links sign                                        JSON objects in, URLs out
//! links verify [--key KEY] --secret SID=VALUE...    URLs in, JSON objects out
//! ```
//!
//! `sign` reads objects with `key`, `algorithm`, `sid`, `secret`, `organization_user_id`, `action`,
//! `event` (an object, or its JSON text; the link carries it as it is written), and optional `salt`
//! and `redirect_url`. `verify` takes several secrets, and several under one ID. They are those of
//! one organization, of which `--key` is the API key; without it, every key is taken for that of
//! this organization. All five algorithms are accepted, as the protocol has them, unless
//! `--refuse-weak` is given, and salts of any length. The exit status is 1 if any line failed, 2
//! for arguments that make no sense.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use consent_string::digest::{
    Algorithm, AlgorithmSet, PreparedSecret, Salts, Secret, SecretStore, Verifier,
};
use consent_string::link::{Action, ConsentLink};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

const USAGE: &str =
    "usage: links sign | links verify [--refuse-weak] [--key KEY] --secret SID=VALUE...";

/// The secrets of one organization, by their ID.
#[derive(Default)]
struct Store {
    key: Option<String>,
    secrets: BTreeMap<String, Vec<PreparedSecret>>,
}

impl SecretStore for Store {
    fn secrets(&self, key: &str, sid: &str) -> Cow<'_, [PreparedSecret]> {
        let is_ours = self.key.as_deref().is_none_or(|ours| ours == key);
        let secrets = self.secrets.get(sid).filter(|_| is_ours);
        Cow::Borrowed(secrets.map_or(&[], Vec::as_slice))
    }
}

fn main() -> io::Result<ExitCode> {
    let mut args = std::env::args().skip(1);
    let all_good = match args.next().as_deref() {
        Some("sign") if args.next().is_none() => each_line(sign)?,
        Some("verify") => match verify_args(args) {
            Some((verifier, store)) => each_line(|line| Ok(verify(line, &verifier, &store)))?,
            None => return Ok(usage()),
        },
        _ => return Ok(usage()),
    };
    Ok(if all_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

/// What becomes of a line: whether it was good, and what to print.
type Outcome = (bool, String);

/// Prints the outcome of each line; says on stderr what is wrong with one that has none.
fn each_line(mut work: impl FnMut(&[u8]) -> Result<Outcome, String>) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    let mut all_good = true;
    for (number, line) in (1..).zip(io::stdin().lock().split(b'\n')) {
        let line = line?;
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        if line.is_empty() {
            continue;
        }
        match work(line) {
            Ok((good, text)) => {
                all_good &= good;
                writeln!(out, "{text}")?;
            }
            Err(error) => {
                all_good = false;
                eprintln!("line {number}: {error}");
            }
        }
    }
    Ok(all_good)
}

#[derive(Deserialize)]
struct Order {
    key: String,
    algorithm: String,
    sid: String,
    secret: String,
    organization_user_id: String,
    salt: Option<String>,
    action: String,
    event: Box<RawValue>,
    redirect_url: Option<String>,
}

fn sign(line: &[u8]) -> Result<Outcome, String> {
    // Not serde_json's own message: it may show parts of the line, which has a secret in it.
    let order: Order = serde_json::from_slice(line)
        .map_err(|error| format!("no order for a link, see column {}", error.column()))?;
    let algorithm: Algorithm = order.algorithm.parse().map_err(text)?;
    let action: Action = order.action.parse().map_err(text)?;
    let secret = PreparedSecret::new(Secret::new(order.secret).map_err(text)?);
    // Not read and printed again: that would sort it, drop what it repeats, and round numbers.
    let event = order.event.get();
    let event = serde_json::from_str::<String>(event).unwrap_or_else(|_| event.to_owned());
    let mut builder =
        ConsentLink::builder(order.key, order.organization_user_id, action).event_json(event);
    if let Some(salt) = order.salt {
        builder = builder.salt(salt);
    }
    if let Some(url) = order.redirect_url {
        builder = builder.redirect_url(url);
    }
    let signed = builder.sign(algorithm, &order.sid, &secret).map_err(text)?;
    Ok((true, signed.to_string()))
}

#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn text(error: impl std::error::Error) -> String {
    error.to_string()
}

/// The answer to one URL, in the order in which it is printed.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer<'a> {
    Good { ok: bool, organization_user_id: &'a str, action: &'a str },
    Bad { ok: bool, kind: &'a str },
}

fn verify(url: &[u8], verifier: &Verifier, store: &Store) -> Outcome {
    let bad = |kind| outcome(false, &Answer::Bad { ok: false, kind });
    let Ok(url) = std::str::from_utf8(url) else { return bad("not_utf8") };
    let link: ConsentLink = match url.parse() {
        Ok(link) => link,
        Err(error) => return bad(error.name()),
    };
    match link.verify(verifier, store) {
        Ok(genuine) => {
            let organization_user_id = genuine.organization_user_id();
            let action = genuine.action().name();
            outcome(true, &Answer::Good { ok: true, organization_user_id, action })
        }
        Err(error) => bad(error.name()),
    }
}

fn outcome(good: bool, answer: &Answer<'_>) -> Outcome {
    (good, serde_json::to_string(answer).expect("plain fields"))
}

/// Reads `[--refuse-weak] [--key KEY] --secret SID=VALUE...`.
fn verify_args(mut args: impl Iterator<Item = String>) -> Option<(Verifier, Store)> {
    // A service that makes its own links knows how long their salts are.
    let mut verifier = Verifier::new(Salts::OfAnyLength).with_algorithms(AlgorithmSet::ALL);
    let mut store = Store::default();
    let mut in_secrets = false;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--key" => store.key = Some(args.next()?),
            "--refuse-weak" => verifier = verifier.with_algorithms(AlgorithmSet::STRONG),
            "--secret" => in_secrets = true,
            _ if in_secrets => {
                let (sid, value) = arg.split_once('=')?;
                let secret = PreparedSecret::new(Secret::new(value).ok()?);
                store.secrets.entry(sid.to_owned()).or_default().push(secret);
            }
            _ => return None,
        }
    }
    (!store.secrets.is_empty()).then_some((verifier, store))
}
