//! Building a string in its canonical form: IDs rise, and the list of disclosed providers has
//! none of those consented to.

use alloc::collections::BTreeSet;
use alloc::string::String;
use core::fmt::Write;

use super::grammar::{Checked, DOT, List, MARKER, SEPARATOR};
use super::{AcString, ProviderId, Version};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::text::MAX_TEXT_LENGTH;

impl AcString {
    /// The string of version 1 that says who was consented to. The IDs may come in any order,
    /// and more than once.
    ///
    /// # Errors
    ///
    /// [`TooLong`](EncodeErrorKind::TooLong) for a text past
    /// [`MAX_TEXT_LENGTH`](crate::MAX_TEXT_LENGTH), which the IDs 1 to 30000 need.
    pub fn v1(consented: impl IntoIterator<Item = ProviderId>) -> Result<Self, EncodeError> {
        build(Version::V1, &consented.into_iter().collect(), &BTreeSet::new())
    }

    /// The string of version 2 that says who was consented to and who was disclosed. The IDs
    /// may come in any order, and more than once; those consented to may be among `disclosed`
    /// or not.
    ///
    /// # Errors
    ///
    /// [`TooLong`](EncodeErrorKind::TooLong) for a text past
    /// [`MAX_TEXT_LENGTH`](crate::MAX_TEXT_LENGTH), which the IDs 1 to 30000 need.
    pub fn v2(
        consented: impl IntoIterator<Item = ProviderId>,
        disclosed: impl IntoIterator<Item = ProviderId>,
    ) -> Result<Self, EncodeError> {
        let consented: BTreeSet<_> = consented.into_iter().collect();
        let disclosed = disclosed.into_iter().filter(|id| !consented.contains(id));
        let disclosed = disclosed.collect();
        build(Version::V2, &consented, &disclosed)
    }
}

fn build(
    version: Version,
    consented: &BTreeSet<ProviderId>,
    disclosed: &BTreeSet<ProviderId>,
) -> Result<AcString, EncodeError> {
    let mut text = String::new();
    write!(text, "{}{SEPARATOR}", version.number()).expect("a string takes all text");
    let consented = put_list(consented, &mut text)?;
    let disclosed = match version {
        Version::V1 => List::default(),
        Version::V2 => {
            text.push(SEPARATOR);
            text.push_str(MARKER);
            put_list(disclosed, &mut text)?
        }
    };
    Ok(AcString { text: text.into(), checked: Checked { version, consented, disclosed } })
}

/// Writes a list; where it stands.
fn put_list(ids: &BTreeSet<ProviderId>, text: &mut String) -> Result<List, EncodeError> {
    let start = place(text)?;
    for (index, id) in ids.iter().enumerate() {
        if index > 0 {
            text.push(DOT);
        }
        write!(text, "{id}").expect("a string takes all text");
    }
    let end = place(text)?;
    let count = u32::try_from(ids.len()).expect("each ID has a character that was counted");
    Ok(List { start, end, count, is_rising: true })
}

/// Where the next character will stand, in a text that may still be read back.
fn place(text: &str) -> Result<u32, EncodeError> {
    let place = u32::try_from(text.len()).ok().filter(|&place| place <= MAX_TEXT_LENGTH);
    let maximum = MAX_TEXT_LENGTH;
    place.ok_or(EncodeError::new(EncodeErrorKind::TooLong { maximum }, "text"))
}
