//! Answers as JSON.
//!
//! A yes is `{"allowed": true, "basis": "consent", "decided_by": "tcf"}`, a no
//! `{"allowed": false, "reason": "no_vendor_signal", "decided_by": "tcf"}`; `basis` and
//! `decided_by` are null where there is none.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Allowed, DecidedBy, Refused};
use crate::tcf::LegalBasis;

impl Serialize for Allowed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Allowed", 3)?;
        object.serialize_field("allowed", &true)?;
        object.serialize_field("basis", &self.basis.map(LegalBasis::name))?;
        object.serialize_field("decided_by", self.decided_by.name())?;
        object.end()
    }
}

impl Serialize for Refused {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Refused", 3)?;
        object.serialize_field("allowed", &false)?;
        object.serialize_field("reason", self.name())?;
        object.serialize_field("decided_by", &self.decided_by.map(DecidedBy::name))?;
        object.end()
    }
}
