//! The fields at the start of each string.

use arrow_array::ArrayRef;
use arrow_array::builder::{
    StringBuilder, TimestampMillisecondBuilder, UInt8Builder, UInt16Builder,
};
use consent_string::Timestamp;
use consent_string::didomi::ConsentStringRef;

use super::read;
use crate::error::KernelError;
use crate::header::{header, times};
use crate::strings::run;

header! {
    Header by read {
        version: UInt8Builder = UInt8Builder::new(), |dcs| Some(dcs.version().number());
        user_id: StringBuilder = StringBuilder::new(),
            |dcs| Some(UserId::of(dcs));
        created: TimestampMillisecondBuilder = times(), |dcs| Some(dcs.created().unix_millis());
        updated: TimestampMillisecondBuilder = times(), |dcs| Some(dcs.updated().unix_millis());
        regulation: UInt16Builder = UInt16Builder::new(),
            |dcs| dcs.regulation().map(|regulation| regulation.0);
        sync: TimestampMillisecondBuilder = times(), |dcs| dcs.sync().map(Timestamp::unix_millis);
    }
}

/// A user ID as text, without an allocation.
struct UserId([u8; 36]);

impl UserId {
    fn of(dcs: &ConsentStringRef<'_, '_>) -> Self {
        let mut text = [0; 36];
        dcs.user_id().hyphenated().encode_lower(&mut text);
        Self(text)
    }
}

impl AsRef<str> for UserId {
    fn as_ref(&self) -> &str {
        std::str::from_utf8(&self.0).expect("digits and hyphens")
    }
}

/// The fields at the start of each string: a column of structs. Times are of type
/// `timestamp[ms, UTC]`; the user ID is personal data.
///
/// # Errors
///
/// [`KernelError::NotStrings`].
pub fn header(array: &ArrayRef) -> Result<ArrayRef, KernelError> {
    run(array, Header::new())
}
