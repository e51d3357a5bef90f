//! Reading a section of the United States.
//!
//! ```text
//! core ["." subsection]                      Version is the first field of the core
//! [header "."] core ["." subsection]         from Maryland on
//! ```
//!
//! Each part is bits for itself. Behind a core stands, where the table says so: Global
//! Privacy Control, two bits that are 1 and a flag; or eight kinds of sensitive data of two
//! bits. A section header is the section's ID (6 bits), a version (6 bits) and the IDs of the
//! subsections (a list of [`FibonacciRanges`]); the core is not among them.

use super::super::DecodeOptions;
use super::super::SectionId;
use super::super::fibonacci_ranges::FibonacciRanges;
use super::super::findings::FindingKind;
use super::super::parts::Parts;
use super::super::rules;
use super::layout::{self, Behind, Layout, SENSITIVE_BEHIND};
use super::national;
use super::section::UsSection;
use super::tell;
use crate::bits::{BitReader, SLACK, SegmentStart, Sink, Value};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::text;

/// How many bits of a part are kept: more than any layout has. What is behind them is only
/// looked at for ones.
const KEPT: usize = 126;

/// The bits of one part.
struct Part {
    segment: Segment,
    /// How many characters of the section stand before it.
    start: usize,
    /// The first [`KEPT`] bits, from the top.
    bits: u128,
    /// How many there are in all.
    len: usize,
    /// Whether there are ones behind those that are kept.
    has_more_ones: bool,
}

impl Part {
    #[inline]
    fn read((start, text): (usize, &str), segment: Segment) -> Result<Self, DecodeError> {
        let part = |bits, characters, has_more_ones| Self {
            segment,
            start,
            bits,
            len: 6 * characters,
            has_more_ones,
        };
        let refused = |index: usize, byte| {
            let kind = match byte {
                b'=' => DecodeErrorKind::Padding,
                _ => DecodeErrorKind::InvalidCharacter { base64: true },
            };
            part(0, 0, false).error("base64", kind, 6 * index)
        };
        let kept = text.len().min(KEPT / 6);
        let mut bits = 0;
        let mut has_more_ones = false;
        for (index, byte) in text.bytes().enumerate() {
            let value = text::six_bits(byte).ok_or_else(|| refused(index, byte))?;
            if index < kept {
                bits = bits << 6 | u128::from(value);
            } else {
                has_more_ones |= value != 0;
            }
        }
        let part = part(bits << (u128::BITS as usize - 6 * kept.max(1)), text.len(), has_more_ones);
        if part.len == 0 {
            return Err(part.error("base64", DecodeErrorKind::Empty, 0));
        }
        Ok(part)
    }

    #[cold]
    fn error(&self, field: &'static str, kind: DecodeErrorKind, bit: usize) -> DecodeError {
        self.fault(field, Fault::new(kind, bit))
    }

    #[cold]
    fn fault(&self, field: &'static str, fault: Fault) -> DecodeError {
        fault.at(self.segment, field).behind(self.start)
    }

    /// What is told of the part.
    const fn told(&self) -> SegmentStart {
        SegmentStart {
            segment: self.segment,
            character: self.start,
            characters: self.len / 6,
            origin: 0,
        }
    }

    /// The first bits, which must be there: 1 to 64 of them.
    #[allow(clippy::cast_possible_truncation, reason = "64 bits")]
    fn first(&self, field: &'static str, bits: usize) -> Result<u64, DecodeError> {
        if self.len < bits {
            return Err(self.error(field, DecodeErrorKind::Truncated, 0));
        }
        Ok((self.bits >> (u128::BITS as usize - bits)) as u64)
    }

    /// Whether there are ones from a bit on, 1 to 127.
    fn has_ones_from(&self, bit: usize) -> bool {
        self.bits << bit != 0 || self.has_more_ones
    }

    /// Tells of what stands behind the last field.
    fn check_fill(&self, used: usize, found: &mut dyn FnMut(FindingKind)) {
        if self.has_ones_from(used) {
            found(FindingKind::NonZeroFill);
        }
        if self.len - used >= 24 {
            found(FindingKind::ExcessFill);
        }
    }
}

/// Reads the section of an ID; `None` where it is none of the United States. What is of the
/// format but not as the specification has it goes to `found`.
pub(in crate::gpp) fn read(
    id: SectionId,
    text: &str,
    options: DecodeOptions,
    found: &mut dyn FnMut(FindingKind),
    sink: &mut impl Sink,
) -> Option<Result<UsSection, DecodeError>> {
    let index = layout::index_of(id)?;
    Some(if layout::layout(index).may_have_header() {
        read_new(index, text, options, found, sink)
    } else {
        read_old(index, text, options, found, sink)
    })
}

/// A section whose core starts with its version.
fn read_old(
    index: u8,
    text: &str,
    options: DecodeOptions,
    found: &mut dyn FnMut(FindingKind),
    sink: &mut impl Sink,
) -> Result<UsSection, DecodeError> {
    let mut parts = Parts::of(text);
    let core = Part::read(parts.first(), Segment::Core)?;
    #[allow(clippy::cast_possible_truncation, reason = "six bits")]
    let version = core.first("version", 6)? as u8;
    let index = if layout::layout(index).id == SectionId::USNAT {
        national_layout(index, version, &core, options, found)
    } else {
        index
    };
    let layout = layout::layout(index);
    let known = if layout.id == SectionId::USNAT { "1 or 2" } else { "1" };
    tell_core(layout, &core, sink);
    check_version(&core, version, known, options, found)?;
    let mut section = read_core(index, &core, found)?;
    for part in parts {
        if layout.behind == Behind::Nothing {
            found(FindingKind::SurplusSubsection);
            break;
        }
        if section.gpc.is_some() {
            let fault = Fault::new(DecodeErrorKind::DuplicateSegment, 0);
            return Err(fault.at(Segment::Gpc, "subsection_type").behind(part.0));
        }
        read_subsection(&mut section, part, found, sink)?;
    }
    Ok(section)
}

/// Which layout a national section has.
fn national_layout(
    first: u8,
    version: u8,
    core: &Part,
    options: DecodeOptions,
    found: &mut dyn FnMut(FindingKind),
) -> u8 {
    let is_long = core.len >= usize::from(layout::layout(first + 1).bits);
    match version {
        1 if !is_long => first,
        1 if !core.has_more_ones && national::is_first_layout(core.bits) => first,
        1 => {
            found(FindingKind::SecondLayoutInVersionOne);
            first + 1
        }
        _ if !is_long && options.first_layout_in_version_two && core.len <= 66 => {
            found(FindingKind::FirstLayoutInVersionTwo);
            first
        }
        // A version that is not known is read only where the options say so, by its length.
        3.. if !is_long => first,
        _ => first + 1,
    }
}

fn check_version(
    part: &Part,
    version: u8,
    expected: &'static str,
    options: DecodeOptions,
    found: &mut dyn FnMut(FindingKind),
) -> Result<(), DecodeError> {
    if version == 1 || version == 2 && expected != "1" {
        return Ok(());
    }
    if !options.any_version {
        let kind = DecodeErrorKind::UnsupportedVersion { version, expected };
        let bit = if part.segment == Segment::SectionHeader { 6 } else { 0 };
        return Err(part.error("version", kind, bit));
    }
    found(FindingKind::UnknownVersion);
    Ok(())
}

/// A section whose core has no version: with a header of its own, or without.
fn read_new(
    index: u8,
    text: &str,
    options: DecodeOptions,
    found: &mut dyn FnMut(FindingKind),
    sink: &mut impl Sink,
) -> Result<UsSection, DecodeError> {
    let mut parts = Parts::of(text);
    let first = Part::read(parts.first(), Segment::SectionHeader)?;
    let layout = layout::layout(index);
    if first.first("section_id", 6)? != u64::from(layout.id.get()) {
        // The core itself, which starts with the version of the MSPA.
        found(FindingKind::NoSectionHeader);
        let core = Part { segment: Segment::Core, ..first };
        tell_core(layout, &core, sink);
        let mut section = read_core(index, &core, found)?;
        if let Some(part) = parts.next() {
            read_subsection(&mut section, part, found, sink)?;
        }
        if parts.next().is_some() {
            found(FindingKind::SurplusSubsection);
        }
        return Ok(section);
    }
    let subsections = read_section_header(&first, options, found, sink)?;
    let listed = 1 + subsections.count;
    let there = parts.count_left();
    let Some(core) = parts.next().filter(|_| there == listed) else {
        let kind = DecodeErrorKind::PartCount { listed, found: there };
        return Err(first.error("subsections", kind, 12));
    };
    let core = Part::read(core, Segment::Core)?;
    tell_core(layout, &core, sink);
    let mut section = read_core(index, &core, found)?;
    section.section_header = Some(subsections.version);
    if let Some(part) = parts.next().filter(|_| subsections.has_first) {
        read_subsection(&mut section, part, found, sink)?;
    }
    if subsections.count > u32::from(subsections.has_first) {
        found(FindingKind::SurplusSubsection);
    }
    Ok(section)
}

/// What a section's own header says.
struct Subsections {
    version: u8,
    /// How many there are.
    count: u32,
    /// Whether number 1 is among them, the only one that any section has.
    has_first: bool,
}

fn read_section_header(
    header: &Part,
    options: DecodeOptions,
    found: &mut dyn FnMut(FindingKind),
    sink: &mut impl Sink,
) -> Result<Subsections, DecodeError> {
    sink.segment(header.told());
    sink.rule(rules::SECTION_HEADER);
    sink.ids_of("subsection");
    sink.field("section_id", 0, 6, Value::Number(header.first("section_id", 6)?));
    #[allow(clippy::cast_possible_truncation, reason = "six bits")]
    let version = header.first("version", 12)? as u8 & 0x3F;
    sink.field("version", 6, 12, Value::Number(version.into()));
    check_version(header, version, "1", options, found)?;
    let mut bytes = [0; 16 + SLACK];
    bytes[..16].copy_from_slice(&header.bits.to_be_bytes());
    let reader = BitReader::new(&bytes, header.len.min(KEPT)).at(12);
    let error = |fault: Fault| header.fault("subsections", fault);
    sink.enter("subsections");
    let mut ranges = FibonacciRanges::take_told(reader, sink).map_err(error)?;
    let mut subsections = Subsections { version, count: 0, has_first: false };
    while let Some(span) = ranges.next_told(sink) {
        let span = span.map_err(error)?;
        subsections.has_first |= span.first == 1;
        subsections.count += u32::from(span.last - span.first) + 1;
    }
    sink.leave();
    header.check_fill(ranges.reader().position(), found);
    Ok(subsections)
}

/// Tells of the fields of a core that are there.
fn tell_core<S: Sink>(layout: &Layout, core: &Part, sink: &mut S) {
    if S::LISTENS {
        sink.segment(core.told());
        sink.rule(rules::CORE);
        tell::core(layout, core.bits, core.len, sink);
    }
}

fn read_core(
    index: u8,
    core: &Part,
    found: &mut dyn FnMut(FindingKind),
) -> Result<UsSection, DecodeError> {
    let layout = layout::layout(index);
    let bits = usize::from(layout.bits);
    if core.len < bits {
        return Err(cut(layout, core));
    }
    core.check_fill(bits, found);
    let used = !(u128::MAX >> bits);
    let core = core.bits & used;
    Ok(UsSection { layout: index, section_header: None, core, gpc: None, sensitive: None })
}

/// The error of a core that ends too early.
#[cold]
fn cut(layout: &Layout, core: &Part) -> DecodeError {
    let fields = layout.fields.iter().filter_map(|&(field, _)| Some((field, layout.place(field)?)));
    let mut cut = fields.skip_while(|(_, place)| usize::from(place.end()) <= core.len);
    let (field, bit) =
        cut.next().map_or(("core", 0), |(field, place)| (layout.name(field), place.start));
    core.error(field, DecodeErrorKind::Truncated, bit.into())
}

/// Subsection 1, whichever a section has.
fn read_subsection(
    section: &mut UsSection,
    text: (usize, &str),
    found: &mut dyn FnMut(FindingKind),
    sink: &mut impl Sink,
) -> Result<(), DecodeError> {
    #[allow(clippy::cast_possible_truncation, reason = "three and sixteen bits")]
    match section.behind() {
        Behind::Nothing => found(FindingKind::SurplusSubsection),
        Behind::Gpc => {
            let part = Part::read(text, Segment::Gpc)?;
            let bits = part.first("gpc", 3)? as u8;
            sink.segment(part.told());
            sink.rule(rules::GPC);
            sink.field("subsection_type", 0, 2, Value::Number((bits >> 1).into()));
            sink.field("gpc", 2, 3, Value::Flag(bits & 1 == 1));
            let subsection_type = bits >> 1;
            if subsection_type != 1 {
                let kind =
                    DecodeErrorKind::UndefinedSubsectionType { subsection_type, expected: "1" };
                return Err(part.error("subsection_type", kind, 0));
            }
            section.gpc = Some(bits & 1 == 1);
            part.check_fill(3, found);
        }
        Behind::SensitiveData => {
            const BITS: usize = 2 * SENSITIVE_BEHIND as usize;
            let part = Part::read(text, Segment::SensitiveData)?;
            section.sensitive = Some(part.first("sensitive_data_processing", BITS)? as u16);
            sink.segment(part.told());
            sink.rule(rules::SENSITIVE_DATA);
            tell::sensitive_data(section.layout(), part.bits, sink);
            part.check_fill(BITS, found);
        }
    }
    Ok(())
}
