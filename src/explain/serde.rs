//! Explanations as JSON has them.

use alloc::string::ToString;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{Explanation, Span, Value};
use crate::any::StringError;
use crate::format::Format;

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Explanation", 4)?;
        object.serialize_field("format", &self.format.map(Format::name))?;
        object.serialize_field("text", &self.text)?;
        object.serialize_field("spans", &self.spans)?;
        object.serialize_field("error", &self.error.as_ref().map(Fault))?;
        object.end()
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Span", 9)?;
        object.serialize_field("path", &self.path)?;
        object.serialize_field("segment", &self.segment)?;
        object.serialize_field("bit", &self.bit)?;
        object.serialize_field("bits", &self.bits)?;
        object.serialize_field("raw", &self.raw)?;
        object.serialize_field("value", &self.value)?;
        object.serialize_field("text", &self.text)?;
        object.serialize_field("mark", self.mark.name())?;
        object.serialize_field("error", &self.error.as_ref().map(Fault))?;
        object.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Text(text) | Self::Ids(text) => serializer.serialize_str(text),
            Self::Statuses { enabled, disabled } => {
                let mut object = serializer.serialize_struct("Statuses", 2)?;
                object.serialize_field("enabled", enabled)?;
                object.serialize_field("disabled", disabled)?;
                object.end()
            }
        }
    }
}

/// An error as the command prints it.
struct Fault<'e>(&'e StringError);

impl Serialize for Fault<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(error) = self;
        let mut object = serializer.serialize_struct("Error", 4)?;
        object.serialize_field("error", &error.to_string())?;
        object.serialize_field("kind", error.kind_name())?;
        object.serialize_field("segment", &error.segment_name())?;
        object.serialize_field("bit", &error.bit_offset())?;
        object.end()
    }
}
