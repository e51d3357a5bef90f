//! How each rule of the format is known, and under which heading `docs/format.md` has it.

use super::statuses_code::StatusesCode;
use crate::bits::Rule;

const HEADER_HEADING: &str = "The header";
const SECTIONS_HEADING: &str = "The four sections";
const FIBONACCI_HEADING: &str = "Fibonacci ranges";

pub(super) const TOKEN: Rule = Rule::documented("The text");
/// The frame between dots alone.
pub(super) const DOTTED_TOKEN: Rule = Rule::seen("The text");
pub(super) const FILL: Rule = Rule::seen("From text to bits");
pub(super) const HEADER: Rule = Rule::documented(HEADER_HEADING);
pub(super) const TIME: Rule = Rule::seen(HEADER_HEADING);
pub(super) const NO_SYNC: Rule = Rule::seen(HEADER_HEADING);
pub(super) const SYNC: Rule = Rule::inferred(HEADER_HEADING);
pub(super) const ENCODING: Rule = Rule::seen(SECTIONS_HEADING);
pub(super) const BIT_FIELD: Rule = Rule::documented("Bit field");
pub(super) const SIXTEEN_BIT: Rule = Rule::documented("16-bit ranges");
pub(super) const FIBONACCI: Rule = Rule::documented(FIBONACCI_HEADING);
pub(super) const FIBONACCI_COUNT: Rule = Rule::seen(FIBONACCI_HEADING);

/// The rule of a code of `EncodedStatuses`.
pub(super) fn statuses(code: StatusesCode) -> Rule {
    const HEADING: &str = "EncodedStatuses";
    match code {
        StatusesCode::ENABLED => Rule::seen(HEADING),
        StatusesCode::UNDEFINED_ENABLED => Rule::documented(HEADING),
        _ => Rule::inferred(HEADING),
    }
}
