//! What differs between two US Privacy strings.

use alloc::vec::Vec;
use core::fmt;

use super::{Answer, UsPrivacy};
use crate::diff::{Row, Value, field_changes, told_by_rows};

impl Value for Answer {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

field_changes! {
    /// A change of an answer.
    FieldChange of UsPrivacy {
        /// Whether notice was given, and the chance to opt out of a sale.
        Notice(Answer) = "notice", notice;
        /// Whether the person has opted out of the sale of personal data.
        OptOutSale(Answer) = "opt_out_sale", opt_out_sale;
        /// Whether the transaction is covered by the Limited Service Provider Agreement.
        LspaCovered(Answer) = "lspa_covered", lspa_covered;
    }
}

/// What differs between two US Privacy strings, from the first to the second: see
/// [`UsPrivacy::diff`].
///
/// Printed, it is one change a line. Serialized (feature `serde`), it is
/// `{"header": [{"field", "from", "to"}], "sections": []}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    header: Vec<FieldChange>,
}

impl UsPrivacy {
    /// What differs between this string and another one: what changes from this one to the other,
    /// in the order of the characters. Lower case is no difference.
    ///
    /// ```
    /// # use consent_string::us_privacy::UsPrivacy;
    /// let (before, after): (UsPrivacy, UsPrivacy) = ("1YNN".parse()?, "1YYN".parse()?);
    /// assert_eq!(before.diff(&after).to_string(), "opt_out_sale: no -> yes");
    /// # Ok::<(), consent_string::DecodeError>(())
    /// ```
    #[must_use]
    pub fn diff(&self, to: &Self) -> Difference {
        Difference { header: FieldChange::between(self, to) }
    }
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.header.is_empty()
    }

    /// The changes.
    #[must_use]
    pub fn header(&self) -> &[FieldChange] {
        &self.header
    }

    /// The string that says what the difference leads to, from the string that it starts from.
    ///
    /// # Errors
    ///
    /// [`ApplyError::OtherStart`](crate::diff::ApplyError::OtherStart) for a string that says
    /// something else than the first one, where the two strings differ.
    pub fn apply_to(&self, privacy: &UsPrivacy) -> Result<UsPrivacy, crate::diff::ApplyError> {
        let mut changed = *privacy;
        self.header.iter().try_for_each(|change| change.apply(&mut changed))?;
        Ok(changed)
    }

    /// There are no sections.
    #[allow(clippy::unused_self, reason = "as of the other formats")]
    fn rows(&self) -> impl Iterator<Item = Row> + Clone + use<> {
        core::iter::empty()
    }
}

told_by_rows!(Difference);
