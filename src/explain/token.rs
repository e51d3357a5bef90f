//! The properties of a `didomi_token`, as they stand in the JSON that its base64 holds.
//!
//! What is wrong with a token is its reader's to say. Here is only found where the properties of an
//! object stand that was read before; and of each value `serde_json` says where it ends.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use serde::de::IgnoredAny;
use serde_json::Value as Json;

use super::segment::{SegmentSpans, UNREAD};
use super::{Span, TOKEN, Value};
use crate::any::{FormatError, StringError};
use crate::bits::Rule;
use crate::format::Format;
use crate::token::{self, AdTechProviders, TokenErrorKind};

const SEEN: Rule = Rule::seen(TOKEN);
/// A property that no token was seen to have.
const INFERRED: Rule = Rule::inferred(TOKEN);

/// The properties that a token was seen to have.
const PROPERTIES: [&str; 8] =
    ["user_id", "created", "updated", "version", "purposes", "vendors", "vendors_li", "ac"];
/// Those of them, and one that is inferred, which are objects of lists.
const CHOICES: [&str; 4] = ["purposes", "vendors", "purposes_li", "vendors_li"];

/// The path of what stands between properties.
const SEPARATOR: &str = "separator";

/// The spans of a text that is a token, or was meant to be one.
pub(super) fn spans(text: &str, error: Option<StringError>) -> Vec<Span> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    let characters = text.bytes().take_while(|&byte| is_letter(byte)).count();
    let mut segment = SegmentSpans {
        text,
        name: Format::Token.name().to_owned(),
        each: 6,
        character: 0,
        origin: 0,
        bits: 6 * characters,
        spans: Vec::new(),
        wrong: None,
    };
    let fault = error.and_then(|error| Some((error, refusal(&error)?)));
    if matches!(fault, Some((_, Refusal::Unread))) {
        return Vec::new();
    }
    match (token::json_of(text), fault) {
        (_, Some((error, Refusal::Character { place, is_there }))) => {
            let bit = segment.bits.min(6 * place);
            segment.pass_over(bit, UNREAD, SEEN);
            let end = if is_there { segment.bits } else { bit };
            put_fault(&mut segment, "base64", bit..end, error);
        }
        (Some(json), None | Some((_, Refusal::Field(_)))) => {
            Walk { json: &json, at: 0 }.put_properties("", &mut segment);
            if let Some((error, Refusal::Field(field))) = fault {
                let bit = bit_of(field, &segment.spans);
                segment.put_fault(bit, error, SEEN);
            }
            segment.pass_over(segment.bits, "fill", SEEN);
        }
        (_, fault) => {
            let path = if matches!(fault, Some((_, Refusal::Json))) { "json" } else { "base64" };
            let error = error.expect("a good token is JSON");
            let end = segment.bits;
            put_fault(&mut segment, path, 0..end, error);
        }
    }
    segment.spans
}

/// What of a token is refused.
#[derive(Clone, Copy)]
enum Refusal {
    /// All of it, before any of it was read.
    Unread,
    Character {
        place: usize,
        /// Whether it is one of base64.
        is_there: bool,
    },
    /// The base64 as a whole.
    Base64,
    /// The JSON as a whole.
    Json,
    Field(&'static str),
}

fn refusal(error: &StringError) -> Option<Refusal> {
    let StringError::Refused { error: FormatError::Token(error), .. } = error else { return None };
    Some(match (error.kind(), error.char_offset(), error.field()) {
        (kind, Some(place), _) => {
            Refusal::Character { place, is_there: kind == TokenErrorKind::TrailingBits }
        }
        (_, _, Some(field)) => Refusal::Field(field),
        (TokenErrorKind::Empty | TokenErrorKind::TooLong { .. }, ..) => Refusal::Unread,
        (TokenErrorKind::InvalidLength | TokenErrorKind::Padding, ..) => Refusal::Base64,
        _ => Refusal::Json,
    })
}

fn put_fault(segment: &mut SegmentSpans<'_>, path: &str, bits: Range<usize>, error: StringError) {
    let span = segment.span(path.into(), bits.start, bits.end, SEEN);
    segment.spans.push(Span { error: Some(error), ..span });
}

/// Where the property stands that is wrong: its last part. One that is missing is missing at the
/// end.
fn bit_of(field: &str, spans: &[Span]) -> usize {
    let is_part = |whole: &str, part: &str| {
        part.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let is_here = |span: &&Span| is_part(field, &span.path) || is_part(&span.path, field);
    spans.iter().rfind(is_here).or(spans.last()).map_or(0, |span| span.bit)
}

/// A place in JSON that is good.
struct Walk<'j> {
    json: &'j [u8],
    at: usize,
}

impl<'j> Walk<'j> {
    /// Puts a span for each property of the object that comes next, and for what is between them.
    /// Their paths start with `within`.
    fn put_properties(&mut self, within: &str, segment: &mut SegmentSpans<'_>) {
        self.put_separator(b'{', segment);
        while self.json.get(self.at) == Some(&b'"') {
            let start = self.at;
            let name = self.pass_over_value();
            self.pass_over(b":");
            let path = path(within, name);
            let is_choices = within.is_empty() && CHOICES.contains(&&*path);
            if is_choices && self.json.get(self.at) == Some(&b'{') {
                put(segment, path.clone(), start..self.at, Value::Nothing, None);
                self.put_properties(&format!("{path}."), segment);
            } else {
                let (value, said) = said(&path, self.pass_over_value());
                put(segment, path, start..self.at, value, Some(said));
            }
            self.put_separator(b',', segment);
        }
        self.put_separator(b'}', segment);
    }

    /// Puts a span for white space and a character in it.
    fn put_separator(&mut self, character: u8, segment: &mut SegmentSpans<'_>) {
        let start = self.at;
        self.pass_over(&[character]);
        if start < self.at {
            let text = core::str::from_utf8(&self.json[start..self.at]).unwrap_or_default();
            let value = Value::Text(text.into());
            put(segment, SEPARATOR.into(), start..self.at, value, Some(text.trim().into()));
        }
    }

    /// Passes over white space, and over one of some characters where it stands in it.
    fn pass_over(&mut self, characters: &[u8]) {
        self.pass_over_white_space();
        if self.json.get(self.at).is_some_and(|byte| characters.contains(byte)) {
            self.at += 1;
            self.pass_over_white_space();
        }
    }

    fn pass_over_white_space(&mut self) {
        let rest = self.json[self.at..].iter();
        self.at += rest.take_while(|byte| b" \t\r\n".contains(byte)).count();
    }

    /// Passes over a value; its JSON.
    fn pass_over_value(&mut self) -> &'j [u8] {
        let rest = &self.json[self.at..];
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        let value = values.next().and_then(Result::ok);
        value.expect("the object was read before");
        self.at += values.byte_offset();
        &rest[..values.byte_offset()]
    }
}

fn put(
    segment: &mut SegmentSpans<'_>,
    path: String,
    bytes: Range<usize>,
    value: Value,
    text: Option<String>,
) {
    let name = path.split('.').next().unwrap_or_default();
    let is_seen = path == SEPARATOR || PROPERTIES.contains(&name);
    let rule = if is_seen { SEEN } else { INFERRED };
    let span = segment.span(path, 8 * bytes.start, 8 * bytes.end, rule);
    segment.spans.push(Span { value, text, ..span });
}

/// The path of a property by the JSON of its name: in quotation marks where it is no plain one.
fn path(within: &str, name: &[u8]) -> String {
    let plain: String = serde_json::from_slice(name).unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !plain.is_empty() && plain.bytes().all(is_plain) {
        format!("{within}{plain}")
    } else {
        format!("{within}{}", String::from_utf8_lossy(name))
    }
}

/// What a property says, by the JSON of its value.
fn said(path: &str, json: &[u8]) -> (Value, String) {
    let as_it_is = || String::from_utf8_lossy(json).into_owned();
    let list = |items: &[Json]| {
        let texts: Option<Vec<&str>> = items.iter().map(Json::as_str).collect();
        texts.map(|texts| if texts.is_empty() { "none".into() } else { texts.join(", ") })
    };
    match serde_json::from_slice(json) {
        Ok(Json::Null) => (Value::Nothing, "null".into()),
        Ok(Json::Bool(flag)) => (Value::Flag(flag), flag.to_string()),
        Ok(Json::Number(number)) if number.is_u64() => {
            (Value::Number(number.as_u64().unwrap_or_default()), number.to_string())
        }
        Ok(Json::String(text)) => {
            let providers = if path == "ac" { providers(&text) } else { None };
            (Value::Text(text.clone()), providers.unwrap_or(text))
        }
        Ok(Json::Array(items)) => (Value::Text(as_it_is()), list(&items).unwrap_or_else(as_it_is)),
        _ => (Value::Text(as_it_is()), as_it_is()),
    }
}

/// What the property `ac` says; nothing where it is wrong.
fn providers(text: &str) -> Option<String> {
    let providers: AdTechProviders = text.parse().ok()?;
    let set = |set: &crate::IdSet<token::ProviderId>| {
        if set.is_empty() { "none".into() } else { set.to_string() }
    };
    let (consent, legitimate_interest) = (providers.consent(), providers.legitimate_interest());
    Some(format!("consent: {}; legitimate interest: {}", set(consent), set(legitimate_interest)))
}
