//! Which characters a device ID, an organization user ID or a signature can have.

/// Which characters the tokens of a string may have: device ID, organization user ID, signature.
///
/// What the tokens hold is not published, and none of this is Didomi's rule but this crate's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum TokenCharacters {
    /// Those that the value of a cookie can have as it is: visible ASCII without `.` and `~`,
    /// which are the frame's, and without `%`, `"`, `,`, `;` and `\`. The default: in a value that
    /// nobody decoded, `%7E` would hide a signature.
    #[default]
    Cookie,
    /// All visible ASCII without `.` and `~`.
    Visible,
}

impl TokenCharacters {
    /// All that this crate knows, from the strictest on.
    pub const ALL: &'static [Self] = &[Self::Cookie, Self::Visible];
}
