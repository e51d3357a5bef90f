//! What to do about the usual mistakes.

use consent_string::{Format, Hint};

/// What the command offers against a mistake; `None` where the message says it all.
pub(crate) fn of_hint(hint: Hint) -> Option<String> {
    Some(match hint {
        Hint::WhiteSpace => {
            "pass each string as one argument, or one a line, without spaces".into()
        }
        Hint::Quote | Hint::PercentSign | Hint::NameAndValue => {
            "with --cookie, values are taken as they stand in cookies".into()
        }
        Hint::StandardAlphabet => "write - for + and _ for /".into(),
        Hint::CutOff => "look whether the whole string was copied".into(),
        Hint::TwoStrings => "look whether two strings were joined; pass one a line".into(),
        Hint::LooksLike(format) => {
            format!("without --kind, or with --kind {}, it is read as such", kind(format))
        }
        Hint::LooksLikeJson => "compose makes strings of JSON".into(),
        Hint::LooksLikeTcVersionOne => "the person has to be asked anew under version 2".into(),
        _ => return None,
    })
}

/// The name that `--kind` has for a format.
pub(crate) fn kind(format: Format) -> String {
    format.name().replace('_', "-")
}
