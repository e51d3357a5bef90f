//! The sections of a GPP string, each told of by its own reader.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Span;
use super::recorder::Recorder;
use crate::any::StringError;
use crate::bits::Rule;
use crate::buffer::Buffer;
use crate::format::Format;
use crate::gpp::GppStringRef;

/// Adds the spans of the sections of a string that was read. One that can't be read has an error
/// of its own.
pub(super) fn put_sections(gpp: &GppStringRef<'_, '_>, unfolded: bool, spans: &mut Vec<Span>) {
    let mut buffer = Buffer::new();
    for section in gpp.sections() {
        let id = section.id();
        let name = id.name().map_or_else(|| format!("section_{id}"), String::from);
        let rule = Rule::specified("GPP sections");
        let part = (name, section.start(), section.as_str());
        let mut recorder = Recorder::of_part(gpp.as_str(), part, unfolded, rule);
        let error = section.tell(&mut buffer, &mut recorder).and_then(Result::err);
        let error = error.map(|error| {
            let error = error.behind(section.start()).into();
            StringError::Refused { format: Format::Gpp, error }
        });
        spans.extend(recorder.finish(error));
    }
}
