//! The choices about purposes, or vendors.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde_json::{Map, Value};

use crate::didomi::Status;
use crate::error::{EncodeError, EncodeErrorKind};

/// The purposes, or vendors, that are enabled and those that are disabled, by their text IDs.
///
/// No ID is in both lists. One that stands in a list twice is kept so, and says nothing more.
#[derive(Clone, PartialEq, Default)]
pub struct Choices {
    /// Absent and empty are told apart, so that a token is written as it was read.
    pub(super) enabled: Option<Vec<String>>,
    pub(super) disabled: Option<Vec<String>>,
    /// Properties that aren't known.
    pub(super) other: Map<String, Value>,
}

impl Choices {
    /// Choices with both lists.
    ///
    /// # Errors
    ///
    /// [`EnabledAndDisabled`](EncodeErrorKind::EnabledAndDisabled) for an ID that is in both,
    /// as for `["google"]` and `["google"]`.
    pub fn new<T: Into<String>>(
        enabled: impl IntoIterator<Item = T>,
        disabled: impl IntoIterator<Item = T>,
    ) -> Result<Self, EncodeError> {
        let [enabled, disabled] = [
            enabled.into_iter().map(Into::into).collect(),
            disabled.into_iter().map(Into::into).collect(),
        ];
        let choices = Self { enabled: Some(enabled), disabled: Some(disabled), other: Map::new() };
        if !choices.are_disjoint() {
            return Err(EncodeError::new(EncodeErrorKind::EnabledAndDisabled, "choices"));
        }
        Ok(choices)
    }

    /// Whether no ID is in both lists.
    pub(super) fn are_disjoint(&self) -> bool {
        let enabled: BTreeSet<&String> = self.enabled().iter().collect();
        self.disabled().iter().all(|id| !enabled.contains(id))
    }

    /// The IDs that are enabled, in the order in which the token has them.
    #[must_use]
    pub fn enabled(&self) -> &[String] {
        self.enabled.as_deref().unwrap_or_default()
    }

    /// The IDs that are disabled, in the order in which the token has them.
    #[must_use]
    pub fn disabled(&self) -> &[String] {
        self.disabled.as_deref().unwrap_or_default()
    }

    /// What is said about an ID, which is compared to the letter: `hotjar` and `c:hotjar` are
    /// two. Looks at each ID of the lists.
    #[must_use]
    pub fn status(&self, id: &str) -> Status {
        let has = |list: &[String]| list.iter().any(|one| one == id);
        if has(self.enabled()) {
            Status::Enabled
        } else if has(self.disabled()) {
            Status::Disabled
        } else {
            Status::Undefined
        }
    }

    /// The properties beside the lists, as they came.
    #[must_use]
    pub const fn other(&self) -> &Map<String, Value> {
        &self.other
    }
}

/// Shows how many there are: what somebody chose is personal data.
impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Choices")
            .field("enabled", &self.enabled().len())
            .field("disabled", &self.disabled().len())
            .field("other", &self.other.len())
            .finish()
    }
}
