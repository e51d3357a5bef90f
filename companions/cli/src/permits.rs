//! `permits`: may this vendor, for this purpose?

use consent_string::decision::{Allowed, Refused};
use consent_string::request::{Options, RequestConsent, Signal, Signals};
use consent_string::tcf::LegalBasis;

use crate::args::Permits;
use crate::failure::Failure;
use crate::inspect::now;
use crate::lists::Lists;
use crate::output::Output;
use crate::problem::Problem;

pub(crate) fn run(permits: &Permits) -> Result<bool, Failure> {
    let lists = Lists::read(&permits.lists)?;
    let question = lists.question(&permits.vendor, &permits.purpose, &permits.asking)?;
    let strings =
        [(Signal::Tcf, &permits.tc), (Signal::Didomi, &permits.dcs), (Signal::Ac, &permits.ac)];
    let signals = strings.into_iter().fold(Signals::new(), |signals, (signal, text)| {
        text.as_ref().map_or(signals, |text| signals.text(signal, text))
    });
    // Only a TC string can be too old here.
    let options = Options::new().didomi_of_any_age().didomi(permits.codes.options());
    let consent = options.read(&signals, permits.asking.at.unwrap_or_else(now));
    let mut output = Output::new(permits.json);
    for (flag, error) in [
        ("--tc", consent.tcf().error().copied()),
        ("--dcs", consent.didomi().error().copied()),
        ("--ac", consent.ac().error().copied()),
    ] {
        if let Some(error) = error {
            output.complain(&flag, &Problem::new(error.to_string(), error.name()));
        }
    }
    let answer = ask(&consent, &lists, question);
    if answer.is_err() {
        output.refuse();
    }
    output.line(&if permits.json { json(answer)? } else { plain(answer) })?;
    output.finish()
}

/// Asks the strings of a request, with the list beside them.
pub(crate) fn ask(
    consent: &RequestConsent,
    lists: &Lists,
    question: consent_string::decision::Question,
) -> Result<Allowed, Refused> {
    let strings = consent.strings([question.purpose()]);
    lists.gvl.as_ref().map_or(strings, |list| strings.vendor_list(list)).permits(question)
}

fn json(answer: Result<Allowed, Refused>) -> Result<String, Failure> {
    Ok(match answer {
        Ok(allowed) => serde_json::to_string(&allowed),
        Err(refused) => serde_json::to_string(&refused),
    }?)
}

fn plain(answer: Result<Allowed, Refused>) -> String {
    match answer {
        Ok(allowed) => match allowed.basis() {
            Some(LegalBasis::Consent) => format!("yes, on consent [{}]", allowed.decided_by()),
            Some(LegalBasis::LegitimateInterest) => {
                format!("yes, on legitimate interest [{}]", allowed.decided_by())
            }
            None => format!("yes [{}]", allowed.decided_by()),
        },
        Err(refused) => format!("no: {refused} [{}]", refused.name()),
    }
}
