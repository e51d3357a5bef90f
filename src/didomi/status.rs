//! What a section says of an ID.

use core::fmt;

/// What a section says of a purpose or a vendor.
///
/// All there is: a match need not expect more. There is no order among the three; ask
/// [`is_enabled`](Self::is_enabled).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// The person allowed it (or did not object).
    Enabled,
    /// The person refused it (or objected).
    Disabled,
    /// The section says nothing of it: no permission.
    Undefined,
}

impl Status {
    /// Whether it is [`Enabled`](Self::Enabled).
    #[must_use]
    pub const fn is_enabled(self) -> bool {
        matches!(self, Self::Enabled)
    }

    /// The status in lower case: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::Undefined => "undefined",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
