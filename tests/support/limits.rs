//! How much memory reading and printing a text may take.
//!
//! The limits are a little above the worst that was found. That worst is a bit field in
//! which each ID differs from the one before: every character holds three IDs, each makes
//! a range of four bytes, and room for ranges whose number isn't known grows by doubling.
//! docs/assurance.md has the figures.

use allocation_counter::measure;
use consent_string::didomi::{DecodeOptions, InferredCodes, SectionKind, StatusesCode};
use consent_string::tcf;

/// Bytes in use at once, for each character of the text, while it is read into its owned form.
const READ: usize = 28;
/// Bytes in use at once, for each character that is printed, while the owned form is printed
/// canonically; the owned form itself is not among them. A bit field is put together from a
/// byte for each of its IDs.
const PRINT: usize = 4;
/// Characters that the canonical form may have more than the text that was read: the dots of
/// its frame; and, where the text disables IDs by ranges, which the canonical form can't
/// always, four bit fields up to the highest ID.
const LONGER: [usize; 2] = [3, 4 * (2 + 1 + 16 + 2 * 65535) / 6];
/// The same for reading a TC string: the figure of its documentation.
const READ_TCF: usize = 32;
/// The same for printing one: the text, and its longest segment as bytes, each in room that
/// grows by doubling.
const PRINT_TCF: usize = 4;
/// Characters by which the canonical form may be longer than the text: the fill of a segment.
const LONGER_TCF: usize = 3 * 4;
/// Bytes that even the shortest text may take.
const SLACK: usize = 64;

/// The most bytes in use at once while something runs.
fn peak(run: impl FnOnce()) -> usize {
    usize::try_from(measure(run).bytes_max).unwrap()
}

/// Reads a text, and prints it canonically if it was accepted; whether it was.
pub(crate) fn check_didomi(text: &str) -> bool {
    let options =
        DecodeOptions::new().inferred_codes(InferredCodes::Accept).max_text_length(1 << 20);
    let mut read = None;
    let used = peak(|| read = options.decode(text).ok());
    assert!(used <= READ * text.len() + SLACK, "read {} characters: {used}", text.len());
    let Some(consent) = read else { return false };
    let mut printed = 0;
    let used = peak(|| printed = consent.encode().len());
    assert!(used <= PRINT * printed + SLACK, "print {printed} characters: {used}");
    let disables = |code: StatusesCode| code.bits() != 0b0000;
    let by_ranges = SectionKind::ALL
        .into_iter()
        .any(|section| consent.form(section).statuses().is_some_and(disables));
    let longest = text.len() + LONGER[usize::from(by_ranges)];
    assert!(printed <= longest, "print {} characters as {printed}", text.len());
    true
}

/// The same for a TC string.
pub(crate) fn check_tcf(text: &str) -> bool {
    let options = tcf::DecodeOptions::new().lenient().max_text_length(1 << 20);
    let mut read = None;
    let used = peak(|| read = options.decode(text).ok());
    assert!(used <= READ_TCF * text.len() + SLACK, "read {} characters: {used}", text.len());
    let Some(consent) = read else { return false };
    let mut printed = 0;
    let used = peak(|| printed = consent.encode().len());
    assert!(used <= PRINT_TCF * printed + SLACK, "print {printed} characters: {used}");
    assert!(printed <= text.len() + LONGER_TCF, "print {} characters as {printed}", text.len());
    true
}
