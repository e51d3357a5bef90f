//! Putting a signature on a string, and taking it off: its bits and its signed part stay.

use super::builder::check_length;
use super::consent_string::ConsentString;
use super::frame;
use crate::error::{EncodeError, EncodeErrorKind};

impl ConsentString {
    /// The same string with a signature of its [`signed_part`](Self::signed_part), whose bytes stay
    /// as they are; an empty one is none.
    ///
    /// The signature is the caller's to make and to check: how Didomi makes one is not published.
    ///
    /// # Errors
    ///
    /// - [`EncodeErrorKind::InvalidCharacter`] for a signature that would break the frame, as
    ///   `"a.b"` would, or that no cookie can have as it is, such as `"a%2Eb"`;
    /// - [`EncodeErrorKind::TooLong`] where the text becomes longer than
    ///   [`MAX_TEXT_LENGTH`](crate::MAX_TEXT_LENGTH).
    pub fn with_signature(&self, signature: &str) -> Result<Self, EncodeError> {
        if !frame::is_token(signature) {
            return Err(EncodeError::new(EncodeErrorKind::InvalidCharacter, "signature"));
        }
        let signed = self.signed_with(signature);
        check_length(&signed.text)?;
        Ok(signed)
    }

    /// The same string without its signature: its [`signed_part`](Self::signed_part), and the place
    /// for a signature where that is between dots.
    #[must_use]
    pub fn without_signature(&self) -> Self {
        self.signed_with("")
    }

    fn signed_with(&self, signature: &str) -> Self {
        let mut checked = self.checked;
        let (text, frame) = checked.frame.replace_signature(&self.text, signature);
        checked.frame = frame;
        Self { text: text.into(), bits: self.bits.clone(), checked }
    }
}
