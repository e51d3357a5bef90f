//! Differences of GPP strings as JSON.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{Difference, SectionChange, SectionDifference};
use crate::diff::{List, Row};

impl Serialize for Difference {
    /// `{"header": [], "sections": [...]}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Difference", 2)?;
        object.serialize_field("header", &[(); 0])?;
        object.serialize_field("sections", &self.sections)?;
        object.end()
    }
}

impl Serialize for SectionChange {
    /// `{"section", "id", "from", "to", "header", "sections"}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("SectionChange", 6)?;
        object.serialize_field("section", &self.id.name())?;
        object.serialize_field("id", &self.id)?;
        object.serialize_field("from", &self.from)?;
        object.serialize_field("to", &self.to)?;
        let none = List(core::iter::empty::<Row>());
        match &self.inside {
            None => {
                object.serialize_field("header", &())?;
                object.serialize_field("sections", &())?;
            }
            Some(SectionDifference::TcfEu(inside)) => {
                object.serialize_field("header", inside.header())?;
                object.serialize_field("sections", &List(inside.rows()))?;
            }
            Some(SectionDifference::TcfCanada(inside)) => {
                object.serialize_field("header", inside.header())?;
                object.serialize_field("sections", &List(inside.rows()))?;
            }
            Some(SectionDifference::UsPrivacy(inside)) => {
                object.serialize_field("header", inside.header())?;
                object.serialize_field("sections", &none)?;
            }
            Some(SectionDifference::Us(changes)) => {
                object.serialize_field("header", changes)?;
                object.serialize_field("sections", &none)?;
            }
        }
        object.end()
    }
}
