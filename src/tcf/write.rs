//! Writing a TC string; [`Builder::build`] says what is canonical.

use alloc::string::String;

use super::builder::Builder;
use super::frame::TYPE_BITS;
use super::header::Header;
use super::restrictions;
use crate::bits::BitWriter;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::text;
use crate::vendor_section::{self, MAX_ENTRIES};

/// Each segment is filled with zeros to a multiple of so many bytes: four characters.
const FILL: usize = 3;

/// The canonical text of some parts.
pub(super) fn text(parts: &Builder) -> Result<String, EncodeError> {
    let restrictions = &parts.restrictions;
    let most_ranges = restrictions.iter().map(|on| on.vendors().ranges().len()).max();
    if restrictions.len().max(most_ranges.unwrap_or(0)) > MAX_ENTRIES.into() {
        let kind = EncodeErrorKind::TooMany { maximum: MAX_ENTRIES };
        return Err(EncodeError::new(kind, "publisher_restrictions"));
    }
    let mut core = BitWriter::with_capacity(2 * Header::BITS);
    parts.header.put(&mut core)?;
    vendor_section::put(&parts.vendors_consent, &mut core);
    vendor_section::put(&parts.vendors_li, &mut core);
    restrictions::put(restrictions, &mut core);
    let mut text = text::encode(&core.into_filled(FILL), 0);

    let mut segment = |segment_type: u64, put: &dyn Fn(&mut BitWriter)| {
        let mut writer = BitWriter::with_capacity(Header::BITS);
        writer.put(segment_type, TYPE_BITS);
        put(&mut writer);
        text.push('.');
        text.push_str(&text::encode(&writer.into_filled(FILL), 0));
    };
    if let Some(disclosed) = &parts.disclosed_vendors {
        segment(1, &|writer| vendor_section::put(disclosed, writer));
    }
    if let Some(allowed) = &parts.allowed_vendors {
        segment(2, &|writer| vendor_section::put(allowed, writer));
    }
    if let Some(publisher_tc) = &parts.publisher_tc {
        segment(3, &|writer| publisher_tc.put(writer));
    }
    Ok(text)
}
