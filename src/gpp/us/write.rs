//! Writing a section of the United States.

use alloc::string::String;

use super::super::SectionId;
use super::super::fibonacci_ranges;
use super::super::padding::Padding;
use super::section::UsSection;
use crate::bits::BitWriter;
use crate::ids::IdSet;

impl UsSection {
    /// Writes the section.
    pub(in crate::gpp) fn write(&self, padding: Padding, text: &mut String) {
        let layout = self.layout();
        let has_subsection = self.gpc.is_some() || self.sensitive.is_some();
        if let Some(version) = self.section_header {
            let mut header = BitWriter::with_capacity(64);
            header.put(layout.id.get().into(), 6);
            header.put(version.into(), 6);
            let listed: IdSet<SectionId> =
                SectionId::new(has_subsection.into()).into_iter().collect();
            fibonacci_ranges::put(&listed, &mut header);
            padding.write(header, text);
            text.push('.');
        }
        let mut core = BitWriter::with_capacity(128);
        let mut left = u32::from(layout.bits);
        let mut bits = self.core;
        while left > 0 {
            let some = left.min(32);
            #[allow(clippy::cast_possible_truncation, reason = "32 bits at the most")]
            core.put((bits >> (u128::BITS - some)) as u64, some);
            bits <<= some;
            left -= some;
        }
        padding.write(core, text);
        if has_subsection {
            let mut subsection = BitWriter::with_capacity(16);
            if let Some(gpc) = self.gpc {
                subsection.put(1, 2);
                subsection.put_flag(gpc);
            } else if let Some(sensitive) = self.sensitive {
                subsection.put(sensitive.into(), 16);
            }
            text.push('.');
            padding.write(subsection, text);
        }
    }
}
