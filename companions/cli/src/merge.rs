//! `merge`: one Didomi Consent String of two of one user.

use consent_string::Format;
use consent_string::any::{AnyString, DecodeOptions};
use consent_string::didomi::ConsentString;

use crate::args::Merge;
use crate::failure::Failure;
use crate::output::Output;
use crate::pairs::{self, Wrong};
use crate::problem::Problem;

pub(crate) fn run(merge: &Merge) -> Result<bool, Failure> {
    let options = DecodeOptions::new().didomi(merge.codes.options());
    let mut output = Output::new(merge.json);
    pairs::answer(&merge.sources, &mut output, |one, other| {
        let read = |text: &str| match options.decode(text, Some(Format::Didomi)) {
            Ok(AnyString::Didomi(string)) => Ok(string),
            Ok(_) => unreachable!("a Didomi Consent String was asked for"),
            Err(error) => Err(Problem::from(error)),
        };
        let one = read(one).map_err(Wrong::First)?;
        let other = read(other).map_err(Wrong::Second)?;
        let merged = one
            .merge(&other)
            .map_err(|error| Wrong::Both(Problem::new(error.to_string(), error.name())))?;
        for note in left_out([&one, &other], &merged) {
            anstream::eprintln!("note: {note}");
        }
        Ok(merged.to_string())
    })?;
    output.finish()
}

/// What neither string's owner finds again in the merged one.
fn left_out(strings: [&ConsentString; 2], merged: &ConsentString) -> Vec<&'static str> {
    let mut notes = Vec::new();
    if strings.iter().any(|string| string.signature().is_some()) {
        notes.push("the merged string has no signature: those of the two cover other bytes");
    }
    if merged.did().is_none() && strings.iter().any(|string| string.did().is_some()) {
        notes.push("the merged string has no device ID: both were updated at the same time");
    }
    notes
}
