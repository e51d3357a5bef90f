//! A string that was checked from end to end: where its parts stand.

use super::PublisherTc;
use super::fields::{Fields, Place};
use super::frame::{Segments, TYPE_BITS};
use super::header::Header;
use super::options::DecodeOptions;
use super::restrictions::RestrictionList;
use super::rules;
use crate::bits::Sink;
use crate::error::{DecodeError, DecodeErrorKind, Segment};
use crate::format::Format;
use crate::vendor_section::Section;

/// Where the parts of a string stand in its bits. All of them are as the format has them, so
/// that reading them again can't fail.
#[derive(Clone, Copy)]
pub(crate) struct Checked {
    pub(super) vendors_consent: Section,
    pub(super) vendors_li: Section,
    pub(super) restrictions: RestrictionList,
    pub(super) disclosed_vendors: Option<Section>,
    pub(super) allowed_vendors: Option<Section>,
    pub(super) publisher_tc: Option<Place>,
    /// How many segments were passed over.
    pub(super) skipped_segments: u32,
}

impl Checked {
    /// Decodes a text to the start of a buffer, which must have
    /// [`buffer_len`](super::frame::buffer_len) bytes, and checks all of it; where its parts
    /// stand, and how many bytes of the buffer have them.
    pub(super) fn check(
        text: &str,
        buffer: &mut [u8],
        options: DecodeOptions,
        sink: &mut impl Sink,
    ) -> Result<(Self, usize), DecodeError> {
        Self::segments(text, buffer, options, sink)
            .map_err(|error| error.with_hint(text, Format::Tcf))
    }

    fn segments(
        text: &str,
        buffer: &mut [u8],
        options: DecodeOptions,
        sink: &mut impl Sink,
    ) -> Result<(Self, usize), DecodeError> {
        let (place, mut segments) = Segments::open(text, buffer, options, sink)?;
        let mut core = Fields::new(buffer, place);
        let mut checked = Self::core(&mut core, options, sink)?;
        segments.finish(&core, options.ones_behind_core, sink)?;
        while let Some(place) = segments.next(buffer, sink)? {
            let mut fields = Fields::new(buffer, place);
            checked.segment(&mut fields, place, options, sink)?;
            segments.finish(&fields, false, sink)?;
        }
        checked.skipped_segments = segments.skipped;
        Ok((checked, segments.used))
    }

    #[inline]
    fn core(
        core: &mut Fields<'_>,
        options: DecodeOptions,
        sink: &mut impl Sink,
    ) -> Result<Self, DecodeError> {
        Header::check(core, options.undefined_letters, sink)?;
        sink.rule(rules::VENDORS);
        let vendors_consent = core.vendors("vendors_consent", options.strict, sink)?;
        sink.rule(rules::VENDORS_LI);
        let vendors_li = core.vendors("vendors_li", options.strict, sink)?;
        sink.rule(rules::RESTRICTIONS);
        let restrictions = RestrictionList::take(core, options.strict, sink)?;
        Ok(Self {
            vendors_consent,
            vendors_li,
            restrictions,
            disclosed_vendors: None,
            allowed_vendors: None,
            publisher_tc: None,
            skipped_segments: 0,
        })
    }

    /// Reads a segment behind the core, of which there may be one of each type.
    #[inline]
    fn segment(
        &mut self,
        fields: &mut Fields<'_>,
        place: Place,
        options: DecodeOptions,
        sink: &mut impl Sink,
    ) -> Result<(), DecodeError> {
        sink.rule(match place.segment {
            Segment::DisclosedVendors => rules::DISCLOSED_VENDORS,
            Segment::AllowedVendors => rules::ALLOWED_VENDORS,
            _ => rules::PUBLISHER_TC,
        });
        fields.number("segment_type", TYPE_BITS, sink)?;
        let was_there = match place.segment {
            Segment::DisclosedVendors => {
                let vendors = fields.vendors("disclosed_vendors", options.strict, sink)?;
                self.disclosed_vendors.replace(vendors).is_some()
            }
            Segment::AllowedVendors => {
                let vendors = fields.vendors("allowed_vendors", options.strict, sink)?;
                self.allowed_vendors.replace(vendors).is_some()
            }
            Segment::PublisherTc => {
                PublisherTc::take(fields, sink)?;
                self.publisher_tc.replace(place).is_some()
            }
            _ => unreachable!("the frame gives segments of known types"),
        };
        if was_there {
            return Err(place.error("segment_type", DecodeErrorKind::DuplicateSegment, 0));
        }
        Ok(())
    }

    /// Reads the publisher TC again; `bits` are those of the whole string.
    pub(super) fn publisher_tc(&self, bits: &[u8]) -> Option<PublisherTc> {
        let mut fields = Fields::new(bits, self.publisher_tc?);
        let read = fields
            .number("segment_type", TYPE_BITS, &mut ())
            .and_then(|_| PublisherTc::take(&mut fields, &mut ()));
        Some(read.expect("the segment was checked"))
    }
}
