//! How much memory a GPP string may take, at once and in all.

use allocation_counter::measure;
use consent_string::Buffer;
use consent_string::gpp::{DataUse, DecodeOptions, GppString, GppStringRef, SectionId};

/// Bytes in use at once for each byte of text: of the owned string, which keeps the text and
/// the bits of its header.
const READ: usize = 2;
/// The same for its object, which copies sets of vendors out of bit fields: see the limits of
/// TC strings.
const OBJECT: usize = 96;
/// The same for its findings: each of a section, of which the shortest has two characters.
const FINDINGS: usize = 64;
/// The same for what differs from a string with other sections of the same IDs, with the texts of
/// both.
const DIFF: usize = 96;
/// What even the shortest string may take: a buffer for each of two TC strings among it.
const SLACK: usize = 4096;

fn hold<T>(what: &str, text: &str, limit: usize, run: impl FnOnce() -> T) -> T {
    let mut result = None;
    let used = measure(|| result = Some(run()));
    let most = limit * text.len() + SLACK;
    let (peak, total) = (used.bytes_max, used.bytes_total);
    let bytes = text.len();
    println!("{what}: {peak} bytes at once, {total} in all, for {bytes}");
    assert!(usize::try_from(peak).unwrap() <= most, "{what}: {peak} bytes for {bytes}");
    assert!(usize::try_from(total).unwrap() <= 2 * most, "{what}: {total} bytes for {bytes}");
    result.unwrap()
}

/// Reads a string and asks it everything; whether it was accepted.
pub(crate) fn check_gpp(text: &str) -> bool {
    let options = DecodeOptions::new().max_text_length(1 << 20).allow_any_version();
    let read = hold("read", text, READ, || options.decode(text));
    // Room for the header, and for the sections of TC strings.
    let (mut buffer, mut room) = (Buffer::new(), Buffer::new());
    let view = options.decode_ref(text, &mut buffer);
    assert_eq!(view.as_ref().map(GppStringRef::as_str), read.as_ref().map(GppString::as_str));
    let (Ok(gpp), Ok(view)) = (read, view) else { return false };
    assert_eq!(gpp.as_str(), text);

    let answers = DataUse::ALL.iter().map(|&what| view.opted_out(what, None));
    let asked = measure(|| assert_eq!(answers.clone().count(), 3));
    assert_eq!(asked.count_total, 0, "questions allocate nothing");
    assert_eq!(gpp.section_ids().len(), gpp.sections().count());
    assert_eq!(gpp.gpc(), view.gpc());

    // Each TC string is decoded into a buffer that grows to its length.
    hold("TC strings", text, 2, || {
        let _ = gpp.tc_string(&mut room).is_some_and(|read| read.is_ok());
        let canada = gpp.tcf_canada(&mut room);
        if let Some(Ok(canada)) = canada {
            let restricted = canada.publisher_restrictions().map(|on| on.vendors().len());
            let _: usize = restricted.sum();
            assert_eq!(canada.vendors_express().is_empty(), canada.vendors_express().is_empty());
        }
    });
    let findings = hold("findings", text, FINDINGS + OBJECT, || gpp.findings());
    assert!(findings.iter().all(|finding| finding.to_string().len() > 10));
    let object = hold("object", text, OBJECT, || gpp.decoded());
    // The least that can be read of sections 2 and 5, and what can't be read of others.
    let other = gpp.sections().fold(GppString::builder(), |builder, section| {
        let text = match section.id() {
            SectionId::TCFEUV2 => "CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA",
            SectionId::TCFCAV1 => "BPSG_8APSG_8AAAAAAENAACAAAAAAAAAAAAAAAAAAA",
            _ => "z",
        };
        builder.section(section.id(), text)
    });
    if let Ok(other) = other.build() {
        let difference = hold("difference", text, DIFF, || other.diff(&gpp));
        assert!(difference.sections().len() <= gpp.sections().len());
        hold("apply", text, DIFF, || difference.apply_to(&other).is_ok());
    }
    // What can be built again can be read again.
    if let Ok(again) = object.encode() {
        assert!(again.section_ids().eq(gpp.section_ids()));
    }
    true
}
