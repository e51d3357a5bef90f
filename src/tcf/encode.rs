//! Writing a TC string.

use alloc::string::String;

use super::header::Header;
use super::parts::Parts;
use super::segment::TYPE_BITS;
use super::{restriction, vendors};
use crate::bits::BitWriter;
use crate::text;

/// Each segment is filled with zeros to a multiple of so many bytes: four characters.
const FILL: usize = 3;

/// The canonical text; [`TcString::encode`](super::TcString::encode) says what that is.
pub(super) fn encode(parts: &Parts) -> String {
    let mut core = BitWriter::with_capacity(2 * Header::BITS);
    parts.header.put(&mut core);
    vendors::put(&parts.vendors_consent, &mut core);
    vendors::put(&parts.vendors_li, &mut core);
    restriction::put(&parts.restrictions, &mut core);
    let mut text = text::encode(&core.into_filled(FILL), 0);

    let mut segment = |segment_type: u64, put: &dyn Fn(&mut BitWriter)| {
        let mut writer = BitWriter::with_capacity(Header::BITS);
        writer.put(segment_type, TYPE_BITS);
        put(&mut writer);
        text.push('.');
        text.push_str(&text::encode(&writer.into_filled(FILL), 0));
    };
    if let Some(disclosed) = &parts.disclosed_vendors {
        segment(1, &|writer| vendors::put(disclosed, writer));
    }
    if let Some(allowed) = &parts.allowed_vendors {
        segment(2, &|writer| vendors::put(allowed, writer));
    }
    if let Some(publisher_tc) = &parts.publisher_tc {
        segment(3, &|writer| publisher_tc.put(writer));
    }
    text
}
