//! What was converted, with all that is lost.

use alloc::vec::Vec;
use core::fmt;

use super::Loss;

/// A converted value, and what it lacks of the one that it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Converted<T> {
    pub(super) value: T,
    pub(super) losses: Vec<Loss>,
}

impl<T> Converted<T> {
    /// All that is lost: choices first, in the order of the sections.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The value, if it has every choice of the person's: only times were rounded, and only
    /// what is no choice was left out.
    ///
    /// # Errors
    ///
    /// [`ChoicesLost`], where a table lacks an ID.
    pub fn with_every_choice(self) -> Result<T, ChoicesLost> {
        if self.losses.iter().any(Loss::is_choice) {
            return Err(ChoicesLost { losses: self.losses });
        }
        Ok(self.value)
    }

    /// The value as it is, and all that it lacks.
    #[must_use]
    pub fn into_parts(self) -> (T, Vec<Loss>) {
        (self.value, self.losses)
    }
}

/// Choices that a conversion lost, as the tables lack their IDs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoicesLost {
    losses: Vec<Loss>,
}

impl ChoicesLost {
    /// The choices that are lost, in the order of the sections.
    pub fn choices(&self) -> impl Iterator<Item = &Loss> {
        self.losses.iter().filter(|loss| loss.is_choice())
    }
}

impl fmt::Display for ChoicesLost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, loss) in self.choices().enumerate() {
            let separator = if index > 0 { "; " } else { "" };
            write!(f, "{separator}{loss}")?;
        }
        f.write_str(", expected tables that have all")
    }
}

impl core::error::Error for ChoicesLost {}
