//! `links`: signs, verifies and fills consent links, one a line.

use std::borrow::Cow;
use std::collections::BTreeMap;

use consent_string::digest::{
    Algorithm, AlgorithmSet, PreparedSecret, Salts, Secret, SecretStore, Verifier,
};
use consent_string::link::{Action, ConsentLink};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::args::{Inputs, LinksCommand, Verify};
use crate::failure::Failure;
use crate::input;
use crate::output::Output;
use crate::problem::Problem;

/// The secrets of the command line, whichever organization a link names: who gives them knows
/// whose they are.
struct Store(BTreeMap<String, Vec<PreparedSecret>>);

impl SecretStore for Store {
    fn secrets(&self, _key: &str, sid: &str) -> Cow<'_, [PreparedSecret]> {
        Cow::Borrowed(self.0.get(sid).map_or(&[], Vec::as_slice))
    }
}

pub(crate) fn run(command: &LinksCommand) -> Result<bool, Failure> {
    match command {
        LinksCommand::Sign(inputs) => each_line(inputs, sign),
        LinksCommand::Fill(inputs) => each_line(inputs, fill),
        LinksCommand::Verify(verify) => verify_each(verify),
    }
}

/// Prints the answer to each line; empty ones are passed over.
fn each_line(
    inputs: &Inputs,
    answer: impl Fn(&str) -> Result<String, Problem>,
) -> Result<bool, Failure> {
    let mut output = Output::new(false);
    input::for_each(inputs, |place, line| match line {
        Ok("") => Ok(()),
        // The line is not shown: there is a secret in it.
        Ok(line) => output.answer(place, "", answer(line)),
        Err(problem) => output.answer(place, "", Err(problem)),
    })?;
    output.finish()
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

fn sign(line: &str) -> Result<String, Problem> {
    // Not serde_json's own message: it may show parts of the line, which has a secret in it.
    let order: Order = serde_json::from_str(line).map_err(|error| {
        let message = format!("no order for a link, see column {}", error.column());
        Problem::new(message, "invalid_order")
    })?;
    let algorithm: Algorithm = order.algorithm.parse().map_err(bad("algorithm"))?;
    let action: Action = order.action.parse().map_err(bad("action"))?;
    let secret = PreparedSecret::new(Secret::new(order.secret).map_err(bad("secret"))?);
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
    let signed = builder.sign(algorithm, &order.sid, &secret).map_err(bad("link"))?;
    Ok(signed.to_string())
}

#[derive(Deserialize)]
struct Filling {
    url: String,
    organization_user_id: String,
    secret: String,
    salt: Option<String>,
}

fn fill(line: &str) -> Result<String, Problem> {
    let filling: Filling = serde_json::from_str(line).map_err(|error| {
        let message = format!("no order to fill a template, see column {}", error.column());
        Problem::new(message, "invalid_order")
    })?;
    let template: ConsentLink = filling.url.parse().map_err(bad("url"))?;
    let secret = PreparedSecret::new(Secret::new(filling.secret).map_err(bad("secret"))?);
    let filled = template.fill(&filling.organization_user_id, filling.salt.as_deref(), &secret);
    Ok(filled.map_err(bad("template"))?.to_string())
}

/// A problem of some part of an order.
fn bad<E: std::error::Error>(part: &'static str) -> impl FnOnce(E) -> Problem {
    move |error| Problem::new(format!("{part}: {error}"), "invalid_order")
}

/// The answer to one URL, in the order in which it is printed.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer<'a> {
    Good { ok: bool, organization_user_id: &'a str, action: &'a str },
    Bad { ok: bool, kind: &'a str },
}

fn verify_each(verify: &Verify) -> Result<bool, Failure> {
    let store = store(&verify.secrets)?;
    let algorithms = if verify.refuse_weak { AlgorithmSet::STRONG } else { AlgorithmSet::ALL };
    let verifier = Verifier::new(Salts::OfAnyLength).with_algorithms(algorithms);
    let mut output = Output::new(true);
    input::for_each(&verify.inputs, |_, line| {
        let answer = |output: &mut Output, good: bool, answer: &Answer<'_>| {
            if !good {
                output.refuse();
            }
            output.line(&serde_json::to_string(answer)?)
        };
        let bad =
            |output: &mut Output, kind| answer(output, false, &Answer::Bad { ok: false, kind });
        let link: ConsentLink = match line {
            Ok("") => return Ok(()),
            Ok(line) => match line.parse() {
                Ok(link) => link,
                Err(error) => return bad(&mut output, error.name()),
            },
            Err(problem) => return bad(&mut output, problem.kind()),
        };
        match link.verify(&verifier, &store) {
            Ok(genuine) => {
                let organization_user_id = genuine.organization_user_id();
                let action = genuine.action().name();
                answer(&mut output, true, &Answer::Good { ok: true, organization_user_id, action })
            }
            Err(error) => bad(&mut output, error.name()),
        }
    })?;
    output.finish()
}

/// The secrets of the command line, under their IDs.
fn store(secrets: &[String]) -> Result<Store, Failure> {
    let mut store = BTreeMap::<_, Vec<_>>::new();
    for secret in secrets {
        let usage = |message: &str| Failure::Usage(format!("--secret: {message}"));
        let (sid, value) = secret.split_once('=').ok_or_else(|| usage("expected SID=VALUE"))?;
        let value = Secret::new(value).map_err(|error| usage(&error.to_string()))?;
        store.entry(sid.to_owned()).or_default().push(PreparedSecret::new(value));
    }
    Ok(Store(store))
}
