//! The names of the values of fields.

use alloc::vec::Vec;

use super::super::values::Value;
use super::field::UsValue;

impl UsValue {
    /// The value's names: one, or one for each entry of a list; `None` for a number.
    pub(in crate::gpp) fn names(self) -> Option<(Vec<&'static str>, bool)> {
        Some(match self {
            Self::Number(_) => return None,
            Self::Notice(value) => (alloc::vec![value.name()], false),
            Self::OptOut(value) => (alloc::vec![value.name()], false),
            Self::Consent(value) => (alloc::vec![value.name()], false),
            Self::Answer(value) => (alloc::vec![value.name()], false),
            Self::Mode(value) => (alloc::vec![value.name()], false),
            Self::OptOuts(entries) => (entries.iter().map(Value::name).collect(), true),
            Self::Consents(entries) => (entries.iter().map(Value::name).collect(), true),
        })
    }
}
