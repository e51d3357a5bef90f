//! Differences as JSON: `{"header": [...], "sections": [...]}`.

use alloc::string::String;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::rows::{Answer, Row};
use super::{Changed, Value};

/// A value of a header.
struct Json<'a, T>(&'a T);

impl<T: Value> Serialize for Json<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T> Changed<T> {
    /// `{"field", "from", "to"}`.
    pub(crate) fn serialize_as<S: Serializer>(
        &self,
        field: &'static str,
        serializer: S,
    ) -> Result<S::Ok, S::Error>
    where
        T: Value,
    {
        let mut object = serializer.serialize_struct("FieldChange", 3)?;
        object.serialize_field("field", field)?;
        object.serialize_field("from", &Json(&self.from))?;
        object.serialize_field("to", &Json(&self.to))?;
        object.end()
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Status(name) => serializer.serialize_str(name),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}

impl Serialize for Row {
    /// `{"section", "ids", "from", "to"}`; for a publisher restriction with `"purpose"` and
    /// `"type"` behind the section.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut ids = String::new();
        self.write_ids(&mut ids).expect("a text takes all");
        let fields = if self.restriction.is_some() { 6 } else { 4 };
        let mut object = serializer.serialize_struct("SectionChange", fields)?;
        object.serialize_field("section", self.section)?;
        if let Some((purpose, kind, _)) = self.restriction {
            object.serialize_field("purpose", &purpose)?;
            object.serialize_field("type", &kind)?;
        }
        object.serialize_field("ids", &ids)?;
        object.serialize_field("from", &self.from)?;
        object.serialize_field("to", &self.to)?;
        object.end()
    }
}

/// What an iterator gives, as a list.
pub(crate) struct List<R>(pub(crate) R);

impl<R: Iterator<Item: Serialize> + Clone> Serialize for List<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// `{"header": [...], "sections": [...]}`.
pub(crate) fn serialize<S: Serializer>(
    serializer: S,
    header: &[impl Serialize],
    rows: impl Iterator<Item = Row> + Clone,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_struct("Difference", 2)?;
    object.serialize_field("header", header)?;
    object.serialize_field("sections", &List(rows))?;
    object.end()
}
