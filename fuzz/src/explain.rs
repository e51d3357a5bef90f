//! What an explanation must be, whatever the text.

use std::collections::BTreeSet;

use consent_string::any::{AnyString, DecodeOptions, FormatError, StringError};
use consent_string::didomi::{self, InferredCodes, SectionRef};
use consent_string::explain::{Explanation, FOLD_ABOVE, Options, Span, Value};
use consent_string::gpp::TcfCanadaRef;
use consent_string::token::{Choices, DidomiToken};
use consent_string::{Buffer, Format, gpp, tcf};

/// Any text, as a string of each format: the spans tile their segments, their bits are those of
/// the text, what they say is what the string says, and the error is that of reading.
pub fn laws(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let didomi = didomi::DecodeOptions::new().inferred_codes(InferredCodes::Accept);
    let formats = || Format::ALL.iter().copied().map(Some).chain([None]);
    for decode in [DecodeOptions::new(), DecodeOptions::new().didomi(didomi)] {
        for format in formats() {
            let read = decode.decode(text, format);
            for all in [false, true] {
                let explanation = Options::new().decode(decode).all(all).explain(text, format);
                assert_eq!(explanation.text, text);
                assert_eq!(explanation.error, read.as_ref().err().copied());
                check_tiling(&explanation);
                check_folding(&explanation, all);
                match &read {
                    Ok(string) => {
                        assert_eq!(explanation.format, Some(string.format()));
                        check_bits(&explanation, string);
                        check_values(&explanation, string);
                    }
                    Err(_) => check_fault(&explanation),
                }
            }
        }
    }
}

/// The names of the segments, each once, in the order of the spans.
fn segments(explanation: &Explanation) -> Vec<Vec<&Span>> {
    let mut segments: Vec<Vec<&Span>> = Vec::new();
    for span in &explanation.spans {
        match segments.last_mut() {
            // A fault without bits can stand at the start of a segment.
            Some(spans) if span.bit > 0 && spans[0].segment == span.segment => spans.push(span),
            _ => segments.push(vec![span]),
        }
    }
    segments
}

fn check_tiling(explanation: &Explanation) {
    for spans in segments(explanation) {
        let mut end = 0;
        for span in spans {
            assert_eq!(span.bit, end, "{} in {}", span.path, span.segment);
            assert_eq!(span.raw.len(), span.bits);
            assert!(span.bits > 0 || span.error.is_some(), "{}", span.path);
            end += span.bits;
        }
    }
}

/// The raw bits, joined, are those of the text.
fn check_bits(explanation: &Explanation, string: &AnyString) {
    let raw: String = explanation.spans.iter().map(|span| &*span.raw).collect();
    let bits = bits_of(&explanation.text, string);
    if explanation.spans.iter().all(|span| span.error.is_none()) {
        assert_eq!(raw, bits);
    } else {
        // In a section that can't be read.
        assert!(raw.len() <= 8 * explanation.text.len());
    }
}

/// The bits of a good text, by the simplest means.
fn bits_of(text: &str, string: &AnyString) -> String {
    let six = |part: &str| -> String { part.chars().map(six_bits).collect() };
    let eight = |part: &str| -> String {
        part.bytes().map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().concat()
    };
    // What nobody reads need not be base64.
    let six_or_eight = |part: &str| {
        let bits = six(part);
        if bits.len() == 6 * part.len() { bits } else { eight(part) }
    };
    match string {
        AnyString::Didomi(_) => {
            let mut parts = text.split(['.', '~']);
            let sections = six(parts.next().unwrap_or_default());
            sections + &parts.map(eight).collect::<String>()
        }
        AnyString::Tcf(_) => six(text),
        AnyString::Gpp(gpp) => {
            let header = six(text.split('~').next().unwrap_or_default());
            let sections = gpp.sections().map(|section| match section.id().name() {
                Some("uspv1") => eight(section.as_str()),
                _ => section.as_str().split('.').map(six_or_eight).collect(),
            });
            header + &sections.collect::<String>()
        }
        AnyString::Token(_) => text.chars().map(|letter| six_bits(web_safe(letter))).collect(),
        _ => eight(text),
    }
}

/// The character of web-safe base64 for that of the standard one.
fn web_safe(character: char) -> char {
    match character {
        '+' => '-',
        '/' => '_',
        other => other,
    }
}

fn six_bits(character: char) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    ALPHABET.find(character).map_or(String::new(), |value| format!("{value:06b}"))
}

/// Nothing is as long as what is folded, and nothing is folded where all was asked for.
fn check_folding(explanation: &Explanation, all: bool) {
    let mut lists = std::collections::BTreeMap::<(&str, &str), BTreeSet<&str>>::new();
    // The name of an unknown property may be anything.
    let spans = explanation.spans.iter().filter(|span| !span.path.contains('"'));
    for span in spans {
        if let Some((list, rest)) = span.path.split_once('[') {
            let index = rest.split(']').next().unwrap_or_default();
            lists.entry((&span.segment, list)).or_default().insert(index);
        }
    }
    let longest = lists.values().map(BTreeSet::len).max().unwrap_or_default();
    if all {
        let is_folded = |span: &Span| matches!(span.value, Value::Ids(_) | Value::Statuses { .. });
        assert!(!explanation.spans.iter().any(is_folded));
    } else {
        // A list that ends with its fault may have one entry more.
        assert!(longest <= usize::from(FOLD_ABOVE) + 1, "{longest}");
    }
}

/// The spans go up to the fault; the one at fault has the error, and what is behind it is unread.
fn check_fault(explanation: &Explanation) {
    let error = explanation.error.expect("the text is bad");
    let is_token = explanation.format == Some(Format::Token);
    let bit = if is_token { None } else { error.bit_offset() };
    // Of a token the character is known, or the property, or it is wrong as a whole.
    let is_unread = !is_token || ["empty", "too_long"].contains(&error.kind_name());
    if bit.is_none() && is_unread {
        return assert!(explanation.spans.is_empty());
    }
    let mut faults = explanation.spans.iter().enumerate().filter(|(_, span)| span.error.is_some());
    let (at, fault) = faults.next().expect("a place is known");
    assert!(faults.next().is_none(), "one fault");
    assert_eq!(fault.error, Some(error));
    let is_here = |bit| (fault.bit..=fault.bit + fault.bits).contains(&bit);
    assert!(bit.is_none_or(is_here), "{} at {bit:?}", fault.path);
    let behind = &explanation.spans[at + 1..];
    let behind = behind.iter().take_while(|span| span.segment == fault.segment && span.bit > 0);
    let behind: Vec<_> = behind.map(|span| &*span.path).collect();
    assert!(behind.is_empty() || behind == ["unread"], "{behind:?}");
}

/// What the spans say is what the string says.
fn check_values(explanation: &Explanation, string: &AnyString) {
    let value = |segment: &str, path: &str| {
        let found = |span: &&Span| span.segment == segment && span.path == path;
        explanation.spans.iter().find(found).map(|span| span.value.clone())
    };
    match string {
        AnyString::Didomi(consent) => {
            let text = |text: String| Some(Value::Text(text));
            let number = |number: u64| Some(Value::Number(number));
            let version = consent.version().number();
            assert_eq!(value("sections", "version"), number(version.into()));
            assert_eq!(value("sections", "user_id"), text(consent.user_id().to_string()));
            assert_eq!(value("sections", "created"), text(consent.created().to_string()));
            assert_eq!(value("sections", "updated"), text(consent.updated().to_string()));
            let sync = consent.sync().map(|sync| Value::Text(sync.to_string()));
            assert_eq!(value("sections", "sync"), sync);
            for (segment, token) in [
                ("did", consent.did()),
                ("ouid", consent.ouid()),
                ("signature", consent.signature()),
            ] {
                assert_eq!(value(segment, segment), token.map(|token| Value::Text(token.into())));
            }
            check_section(explanation, "purposes", consent.purposes());
            check_section(explanation, "purposes_li", consent.purposes_li());
            check_section(explanation, "vendors", consent.vendors());
            check_section(explanation, "vendors_li", consent.vendors_li());
        }
        AnyString::Token(token) => check_token(explanation, token),
        AnyString::Tcf(consent) => check_tc(explanation, consent.view(), ""),
        AnyString::Gpp(gpp) => {
            let mut buffer = Buffer::new();
            if let Some(Ok(consent)) = gpp.tc_string(&mut buffer) {
                check_tc(explanation, consent, "tcfeuv2.");
            }
            if let Some(Ok(canada)) = gpp.tcf_canada(&mut buffer) {
                check_canada(explanation, &canada);
            }
            for section in gpp.sections() {
                check_section_fault(explanation, section);
            }
        }
        _ => {}
    }
}

fn check_section<I: consent_string::Id>(
    explanation: &Explanation,
    name: &str,
    section: SectionRef<'_, I>,
) {
    let enabled: BTreeSet<u32> = section.enabled().iter().map(|id| u32::from(id.get())).collect();
    let code = section.form().statuses().map(consent_string::didomi::StatusesCode::bits);
    let list = match code {
        // One group of enabled IDs, and one of undefined IDs before one of enabled ones.
        None => format!("{name}.statuses"),
        Some(0b0000) => format!("{name}.ranges"),
        Some(0b1100) => format!("{name}.groups[1].ranges"),
        Some(_) => return,
    };
    assert_eq!(ids(explanation, "sections", &list), enabled, "{list}");
}

fn check_tc(explanation: &Explanation, consent: tcf::TcStringRef<'_, '_>, part: &str) {
    let core = format!("{part}core");
    let prefix = |path: &str| format!("{part}{path}");
    for (path, expected) in [
        ("version", Value::Number(2)),
        ("created", Value::Text(consent.created().to_string())),
        ("last_updated", Value::Text(consent.last_updated().to_string())),
        ("cmp_id", Value::Number(consent.cmp_id().into())),
        ("vendor_list_version", Value::Number(consent.vendor_list_version().into())),
        ("is_service_specific", Value::Flag(consent.is_service_specific())),
    ] {
        let path = prefix(path);
        let span = explanation.spans.iter().find(|span| span.segment == core && span.path == path);
        assert_eq!(span.map(|span| &span.value), Some(&expected), "{path}");
    }
    let numbers = |set: tcf::VendorsRef<'_>| -> BTreeSet<u32> {
        set.to_set().iter().map(|id| u32::from(id.get())).collect()
    };
    for (name, set) in
        [("vendors_consent", consent.vendors_consent()), ("vendors_li", consent.vendors_li())]
    {
        let (bits, ranges) = (prefix(&format!("{name}.bits")), prefix(&format!("{name}.ranges")));
        let mut told = ids(explanation, &core, &bits);
        told.extend(ids(explanation, &core, &ranges));
        assert_eq!(told, numbers(set), "{name}");
    }
    if let Some(disclosed) = consent.disclosed_vendors() {
        let segment = format!("{part}disclosed_vendors");
        let mut told = ids(explanation, &segment, &prefix("disclosed_vendors.bits"));
        told.extend(ids(explanation, &segment, &prefix("disclosed_vendors.ranges")));
        assert_eq!(told, numbers(disclosed));
    }
}

/// A section that can't be read has one fault, the same as where it is read by itself.
fn check_section_fault(explanation: &Explanation, section: gpp::SectionRef<'_>) {
    let mut buffer = Buffer::new();
    let error = if let Some(us) = section.us() {
        us.err()
    } else if let Some(privacy) = section.us_privacy() {
        privacy.err()
    } else if let Some(tc) = section.tc_string(&mut buffer) {
        tc.err()
    } else {
        section.tcf_canada(&mut buffer).and_then(Result::err)
    };
    let name = section.id().name().map_or_else(|| format!("section_{}", section.id()), Into::into);
    let is_here = |span: &&Span| span.segment.split('.').next() == Some(&name);
    let found = explanation.spans.iter().filter(is_here).filter_map(|span| span.error);
    let expected = error.map(|error| StringError::Refused {
        format: Format::Gpp,
        error: FormatError::Decode(error),
    });
    assert_eq!(found.collect::<Vec<_>>(), Vec::from_iter(expected), "{name}");
}

/// The bits are those of the JSON, property by property.
fn check_token(explanation: &Explanation, token: &DidomiToken) {
    let value = |path: &str| {
        let found = explanation.spans.iter().find(|span| span.path == path);
        found.map(|span| span.value.clone())
    };
    // ID and times are shown as they were written.
    let Some(Value::Text(user_id)) = value("user_id") else { panic!("user_id is a text") };
    assert_eq!(user_id.to_ascii_lowercase(), token.user_id().to_string());
    for (path, time) in [("created", token.created()), ("updated", token.updated())] {
        let Some(Value::Text(text)) = value(path) else { panic!("{path} is a text") };
        assert_eq!(text.parse(), Ok(time));
    }
    let lists = |choices: Option<&Choices>| {
        choices.map(|choices| [choices.enabled().to_vec(), choices.disabled().to_vec()])
    };
    for (path, choices) in [
        ("purposes", token.purposes()),
        ("vendors", token.vendors()),
        ("purposes_li", token.purposes_li()),
        ("vendors_li", token.vendors_li()),
    ] {
        let list = |name: &str| -> Vec<String> {
            match value(&format!("{path}.{name}")) {
                Some(Value::Text(json)) => serde_json::from_str(&json).unwrap(),
                _ => Vec::new(),
            }
        };
        let told = [list("enabled"), list("disabled")];
        assert_eq!(told, lists(choices).unwrap_or_default(), "{path}");
    }
    // Each property starts with its name and ends with its value.
    for span in &explanation.spans {
        let byte = |bits: &[u8]| bits.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0'));
        let json: Vec<u8> = span.raw.as_bytes().chunks(8).map(byte).collect();
        match &*span.path {
            "fill" => assert!(span.bits < 8 && !span.raw.contains('1')),
            "separator" => assert!(json.iter().all(|byte| b" \t\r\n{},".contains(byte))),
            path => {
                let (_, name) = path.rsplit_once('.').unwrap_or(("", path));
                assert!(json.starts_with(b"\""), "{name}");
                assert!(!json.ends_with(b","), "{name}");
            }
        }
    }
}

fn check_canada(explanation: &Explanation, canada: &TcfCanadaRef<'_>) {
    let value = |path: &str| {
        let found = |span: &&Span| span.segment == "tcfcav1.core" && span.path == path;
        explanation.spans.iter().find(found).map(|span| &span.value)
    };
    for (path, expected) in [
        ("tcfcav1.version", Value::Number(1)),
        ("tcfcav1.created", Value::Text(canada.created().to_string())),
        ("tcfcav1.cmp_id", Value::Number(canada.cmp_id().into())),
        ("tcfcav1.use_non_standard_stacks", Value::Flag(canada.use_non_standard_stacks())),
    ] {
        assert_eq!(value(path), Some(&expected), "{path}");
    }
    let sets = [
        ("core", "vendors_express", Some(canada.vendors_express())),
        ("core", "vendors_implied", Some(canada.vendors_implied())),
        ("disclosed_vendors", "disclosed_vendors", canada.disclosed_vendors()),
    ];
    for (segment, name, vendors) in sets {
        let segment = format!("tcfcav1.{segment}");
        let mut told = ids(explanation, &segment, &format!("tcfcav1.{name}.bits"));
        told.extend(ids(explanation, &segment, &format!("tcfcav1.{name}.ranges")));
        let set = vendors.map(|vendors| vendors.to_set()).unwrap_or_default();
        assert_eq!(told, set.iter().map(|id| u32::from(id.get())).collect(), "{name}");
    }
    for (at, on) in canada.publisher_restrictions().enumerate() {
        let path = format!("tcfcav1.publisher_restrictions.restrictions[{at}].purpose");
        // In a long list there are no spans for each restriction.
        if let Some(purpose) = value(&path) {
            assert_eq!(*purpose, Value::Number(on.purpose().get().into()), "{path}");
        }
    }
    // Nothing that was read is left without a name.
    let is_told = |span: &Span| span.segment != "tcfcav1.other" && span.path != "skipped";
    let mut spans = explanation.spans.iter().filter(|span| span.segment.starts_with("tcfcav1."));
    assert!(spans.all(is_told));
}

/// The IDs that a list or a bit field says to be in it, folded or not.
fn ids(explanation: &Explanation, segment: &str, list: &str) -> BTreeSet<u32> {
    let mut ids = BTreeSet::new();
    let mut start = 0;
    for span in explanation.spans.iter().filter(|span| span.segment == segment) {
        let Some(rest) = span.path.strip_prefix(list) else { continue };
        let part = rest.rsplit(']').next().unwrap_or_default();
        match (&span.value, part) {
            (Value::Ids(text) | Value::Statuses { enabled: text, .. }, "") if rest.is_empty() => {
                for range in text.split(", ").filter(|range| !range.is_empty()) {
                    let (first, last) = range.split_once('-').unwrap_or((range, range));
                    ids.extend(first.parse::<u32>().unwrap()..=last.parse().unwrap());
                }
            }
            (Value::Flag(true), "") => drop(ids.insert(id_of(rest))),
            (Value::Text(status), "") if status == "enabled" => drop(ids.insert(id_of(rest))),
            (Value::Number(number), ".start") => {
                start = u32::try_from(*number).unwrap();
                ids.insert(start);
            }
            (Value::Number(number), ".end") => ids.extend(start..=u32::try_from(*number).unwrap()),
            (Value::Number(number), ".number_of_ids") => {
                ids.extend(start..start + u32::try_from(*number).unwrap());
            }
            _ => {}
        }
    }
    ids
}

fn id_of(index: &str) -> u32 {
    index.trim_matches(['[', ']']).parse().unwrap()
}
