//! `token`: tokens as Didomi Consent Strings, and back.

use consent_string::any::{FormatError, StringError};
use consent_string::conversion::{Conversion, Loss};
use consent_string::decision::Vendor;
use consent_string::didomi::{ConsentString, Regulation, SectionKind, VendorId};
use consent_string::token::DidomiToken;
use consent_string::{EncodeError, Format, IdSet};

use crate::args::{Converting, FromDcs, ToDcs, TokenCommand};
use crate::failure::Failure;
use crate::input;
use crate::inspect::values;
use crate::lists::Tables;
use crate::output::Output;
use crate::problem::Problem;

pub(crate) fn run(command: &TokenCommand) -> Result<bool, Failure> {
    match command {
        TokenCommand::ToDcs(args) => to_dcs(args),
        TokenCommand::FromDcs(args) => from_dcs(args),
    }
}

fn to_dcs(args: &ToDcs) -> Result<bool, Failure> {
    let tables = Tables::read(&args.converting.tables)?;
    let conversion = Conversion::new(&tables.partners, &tables.purposes);
    let conversion = match args.regulation {
        Some(number) => conversion.regulation(Regulation(number)),
        None => conversion,
    };
    each(&args.converting, Format::Token, |text| {
        let token: DidomiToken = text.parse().map_err(refused(Format::Token))?;
        let (string, losses) = conversion.to_didomi(&token).map_err(unfit)?.into_parts();
        Ok((string.into_string(), losses))
    })
}

fn from_dcs(args: &FromDcs) -> Result<bool, Failure> {
    let tables = Tables::read(&args.converting.tables)?;
    let conversion = Conversion::new(&tables.partners, &tables.purposes);
    let conversion = if args.custom_prefix {
        conversion.custom_prefix(didomis_own(&args.didomi_vendors, &tables)?)
    } else {
        conversion
    };
    let options = args.codes.options();
    each(&args.converting, Format::Didomi, |text| {
        let string: ConsentString = options.decode(text).map_err(refused(Format::Didomi))?;
        let (token, losses) = conversion.to_token(&string).into_parts();
        Ok((token.encode().map_err(unfit)?, losses))
    })
}

/// The vendors that are Didomi's own, by their text IDs or their numbers.
fn didomis_own(texts: &[String], tables: &Tables) -> Result<IdSet<VendorId>, Failure> {
    let vendor = |text: &String| match Vendor::from_text(text, &tables.partners) {
        Ok(Vendor::Didomi(id)) => Ok(id),
        Ok(_) => Err(Failure::Usage(format!("--didomi-vendor: {text} is no vendor of Didomi's"))),
        Err(error) => Err(Failure::Usage(format!("--didomi-vendor: {text}: {error}"))),
    };
    texts.iter().map(vendor).collect()
}

fn refused<E: Into<FormatError>>(format: Format) -> impl FnOnce(E) -> Problem {
    move |error| StringError::Refused { format, error: error.into() }.into()
}

fn unfit(error: EncodeError) -> Problem {
    Problem::new(error.to_string(), error.kind().name()).in_segment(Some(error.field()))
}

/// Answers each input by what it is converted to, and tells what is lost.
fn each(
    args: &Converting,
    format: Format,
    convert: impl Fn(&str) -> Result<(String, Vec<Loss>), Problem>,
) -> Result<bool, Failure> {
    let mut output = Output::new(args.json);
    input::for_each(&args.inputs, |place, text| {
        let text = match text {
            Ok(text) => text,
            Err(problem) => return output.answer(place, "", Err(problem)),
        };
        let texts = if args.cookie {
            values(text, Some(format))
        } else {
            vec![(None, Ok(text.to_owned()))]
        };
        for (_, text) in texts {
            let converted = text.as_ref().map_err(Problem::clone).and_then(|text| convert(text));
            let answer = match converted {
                Ok((_, losses)) if !args.skip_unknown && losses.iter().any(Loss::is_choice) => {
                    Err(incomplete(&losses))
                }
                Ok((answer, losses)) => {
                    output.lost(place, losses.iter().map(told))?;
                    Ok(answer)
                }
                Err(problem) => Err(problem),
            };
            output.answer(place, text.as_deref().unwrap_or_default(), answer)?;
        }
        Ok(())
    })?;
    output.finish()
}

/// The problem of an input with IDs that the tables lack.
fn incomplete(losses: &[Loss]) -> Problem {
    let choices = || losses.iter().filter(|loss| loss.is_choice());
    let all: Vec<_> = choices().map(told).collect();
    let first = choices().next().expect("a choice is lost");
    let section = first.section().map(SectionKind::name);
    Problem::new(all.join("; "), first.name()).in_segment(section)
}

/// A loss with its IDs: who converts a string has them before the eyes anyway.
fn told(loss: &Loss) -> String {
    let texts = |texts: &[String]| {
        let texts: Vec<_> = texts.iter().map(|text| text.escape_debug().to_string()).collect();
        texts.join(", ")
    };
    match loss {
        Loss::NoNumber { section, status, ids } => {
            format!("{section}, {status}: no number for {}", texts(ids))
        }
        Loss::NoPurposeText { section, status, ids } => {
            format!("{section}, {status}: no text for {ids}")
        }
        Loss::NoVendorText { section, status, ids } => {
            format!("{section}, {status}: no text for {ids}")
        }
        Loss::UnknownProperties { section, names } => {
            let section = section.map_or(String::new(), |section| format!("{section}: "));
            format!("{section}not known: {}", texts(names))
        }
        other => other.to_string(),
    }
}
