//! What a link does.

use core::fmt;
use core::str::FromStr;

/// What is done with the event of a link.
///
/// To be matched in full, on purpose: a server that met a third action would have to know what
/// to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// `event.create`: make a new event.
    EventCreate,
    /// `event.update`: merge into an existing event, whose `id` the event carries.
    EventUpdate,
}

impl Action {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EventCreate => "event.create",
            Self::EventUpdate => "event.update",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Exact names only.
impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        [Self::EventCreate, Self::EventUpdate]
            .into_iter()
            .find(|action| action.name() == name)
            .ok_or(UnknownAction)
    }
}

/// The name is that of neither action: `event.delete`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown action, expected event.create or event.update")]
pub struct UnknownAction;
