//! What is told of the fields of a US section, by the table of sections.

use super::super::values::{Consent, MspaAnswer, MspaMode, Notice, OptOut, TwoBits};
use super::field::{Kind, UsField};
use super::layout::{Layout, Place, SENSITIVE_BEHIND, Sensitive};
use crate::bits::{Sink, Value};

/// Tells of the fields of a core that has so many bits, those from the top on.
pub(super) fn core(layout: &Layout, bits: u128, len: usize, sink: &mut impl Sink) {
    for &(field, _) in layout.fields {
        let Some(place) = layout.place(field).filter(|place| usize::from(place.end()) <= len)
        else {
            break;
        };
        put(layout, field, place, bits, sink);
    }
}

/// Tells of the kinds of sensitive data in a subsection of their own.
pub(super) fn sensitive_data(layout: &Layout, bits: u128, sink: &mut impl Sink) {
    let place = Place { start: 0, bits: 2 * SENSITIVE_BEHIND, count: SENSITIVE_BEHIND };
    put(layout, UsField::SensitiveDataProcessing, place, bits, sink);
}

#[allow(clippy::cast_possible_truncation, reason = "two and six bits")]
fn put(layout: &Layout, field: UsField, place: Place, bits: u128, sink: &mut impl Sink) {
    let (name, start) = (layout.name(field), usize::from(place.start));
    let value = |start: usize, width: usize| (bits << start >> (128 - width)) as u8;
    if field.kind() == Kind::Number {
        let end = usize::from(place.end());
        return sink.field(name, start, end, Value::Number(value(start, 6).into()));
    }
    let named = |start| Value::Name(value_name(layout, field, value(start, 2)));
    if !layout.is_list(field) {
        return sink.field(name, start, start + 2, named(start));
    }
    sink.enter_list(name, place.count.into());
    for start in (start..).step_by(2).take(place.count.into()) {
        sink.next_entry();
        sink.field("", start, start + 2, named(start));
    }
    sink.leave();
}

/// The name of the value of two bits.
fn value_name(layout: &Layout, field: UsField, bits: u8) -> &'static str {
    match (field.kind(), layout.sensitive) {
        (Kind::Notice, _) => Notice::from_bits(bits).name(),
        (Kind::OptOut, _) | (Kind::Sensitive, Sensitive::OptOut) => OptOut::from_bits(bits).name(),
        (Kind::Consent, _) | (Kind::Sensitive, Sensitive::Consent) => {
            Consent::from_bits(bits).name()
        }
        (Kind::Answer, _) => MspaAnswer::from_bits(bits).name(),
        (Kind::Mode, _) => MspaMode::from_bits(bits).name(),
        (Kind::Number, _) => unreachable!("a number has six bits"),
    }
}
