//! The fields at the start of each string.

use arrow_array::ArrayRef;
use arrow_array::builder::{
    BooleanBuilder, StringBuilder, TimestampMillisecondBuilder, UInt8Builder, UInt16Builder,
};
use consent_string::tcf::Letters;

use super::read;
use crate::error::KernelError;
use crate::header::{header, times};
use crate::strings::run;

header! {
    Header by read {
        created: TimestampMillisecondBuilder = times(), |tc| Some(tc.created().unix_millis());
        last_updated: TimestampMillisecondBuilder = times(),
            |tc| Some(tc.last_updated().unix_millis());
        cmp_id: UInt16Builder = UInt16Builder::new(), |tc| Some(tc.cmp_id());
        cmp_version: UInt16Builder = UInt16Builder::new(), |tc| Some(tc.cmp_version());
        consent_screen: UInt8Builder = UInt8Builder::new(), |tc| Some(tc.consent_screen());
        consent_language: StringBuilder = StringBuilder::new(), |tc| tc.consent_language().map(Code);
        vendor_list_version: UInt16Builder = UInt16Builder::new(),
            |tc| Some(tc.vendor_list_version());
        tcf_policy_version: UInt8Builder = UInt8Builder::new(), |tc| Some(tc.tcf_policy_version());
        is_service_specific: BooleanBuilder = BooleanBuilder::new(),
            |tc| Some(tc.is_service_specific());
        use_non_standard_texts: BooleanBuilder = BooleanBuilder::new(),
            |tc| Some(tc.use_non_standard_texts());
        purpose_one_treatment: BooleanBuilder = BooleanBuilder::new(),
            |tc| Some(tc.purpose_one_treatment());
        publisher_country_code: StringBuilder = StringBuilder::new(),
            |tc| tc.publisher_country_code().map(Code);
    }
}

/// The code of a language or a country.
struct Code(Letters);

impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        self.0.as_str()
    }
}

/// The fields at the start of each string but for its sets, which have columns of their own: a
/// column of structs. Times are of type `timestamp[ms, UTC]`.
///
/// # Errors
///
/// [`KernelError::NotStrings`].
pub fn header(array: &ArrayRef) -> Result<ArrayRef, KernelError> {
    run(array, Header::new())
}
