//! An AC string as an object, and the way back.

use alloc::collections::BTreeSet;

use super::{AcString, AcStringRef, ProviderId, Version};
use crate::error::{EncodeError, EncodeErrorKind};

/// What an AC string says: with feature `serde` the object
///
/// ```json
/// {"version": 2, "consented": [35, 41], "disclosed": [9, 35, 41]}
/// ```
///
/// Those who were consented to were disclosed as well, in either version.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decoded {
    /// The version.
    pub version: Version,
    /// The providers that the user consented to.
    pub consented: BTreeSet<ProviderId>,
    /// The providers that were disclosed.
    pub disclosed: BTreeSet<ProviderId>,
}

impl AcStringRef<'_> {
    /// What the string says, to serialize or to change.
    #[must_use]
    pub fn decoded(self) -> Decoded {
        Decoded {
            version: self.version(),
            consented: self.consented().to_set(),
            disclosed: self.disclosed(),
        }
    }
}

impl AcString {
    /// What the string says, to serialize or to change.
    #[must_use]
    pub fn decoded(&self) -> Decoded {
        self.view().decoded()
    }
}

impl Decoded {
    /// The canonical string that says this.
    ///
    /// # Errors
    ///
    /// - [`NotInVersion`](EncodeErrorKind::NotInVersion): version 1 has no place for providers
    ///   that were only disclosed.
    /// - [`TooLong`](EncodeErrorKind::TooLong): the text would not be read back.
    pub fn encode(&self) -> Result<AcString, EncodeError> {
        let consented = self.consented.iter().copied();
        match self.version {
            Version::V1 if !self.disclosed.is_subset(&self.consented) => {
                Err(EncodeError::new(EncodeErrorKind::NotInVersion, "disclosed"))
            }
            Version::V1 => AcString::v1(consented),
            Version::V2 => AcString::v2(consented, self.disclosed.iter().copied()),
        }
    }
}
