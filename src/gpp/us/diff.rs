//! What differs between two sections of the United States of one ID.

use alloc::vec::Vec;
use core::fmt;

use super::field::{UsField, UsValue};
use super::section::UsSection;
use crate::diff::{Changed, Value};

/// A change of what a section of the United States says.
///
/// The order of changes is: the layout, the fields in the order of the specification, Global
/// Privacy Control.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UsChange {
    /// Which of a national section's layouts it is: 2 has more kinds of sensitive data.
    Layout(Changed<u8>),
    /// A field, with the name that it has in the section; `None` where the section leaves it out.
    Field(&'static str, UsField, Changed<Option<UsValue>>),
    /// What the subsection for Global Privacy Control says; `None` without such a subsection.
    Gpc(Changed<Option<bool>>),
}

impl UsChange {
    /// The name of what changes in the section's object: stable, for logs.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Layout(_) => "layout",
            Self::Field(name, ..) => name,
            Self::Gpc(_) => "gpc",
        }
    }

    /// What changes between two sections of one ID. A section header is no change, as for
    /// [`says_the_same_as`](UsSection::says_the_same_as).
    pub(in crate::gpp) fn between(from: &UsSection, to: &UsSection) -> Vec<Self> {
        let layout = Changed::between(from.layout_version(), to.layout_version());
        // Either may leave out its last field, and no other.
        let longer = if from.fields().count() > to.fields().count() { from } else { to };
        let fields = longer.fields().filter_map(|(name, field, _)| {
            let change = Changed::between(from.get(field), to.get(field))?;
            Some(Self::Field(name, field, change))
        });
        let gpc = Changed::between(from.gpc(), to.gpc());
        layout.map(Self::Layout).into_iter().chain(fields).chain(gpc.map(Self::Gpc)).collect()
    }
}

impl fmt::Display for UsChange {
    /// `sale_opt_out: not_applicable -> opted_out`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.field())?;
        match self {
            Self::Layout(change) => change.show(f),
            Self::Field(_, _, change) => change.show(f),
            Self::Gpc(change) => change.show(f),
        }
    }
}

/// As it is printed.
impl fmt::Debug for UsChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for UsChange {
    /// `{"field", "from", "to"}`.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Layout(change) => change.serialize_as(self.field(), serializer),
            Self::Field(name, _, change) => change.serialize_as(name, serializer),
            Self::Gpc(change) => change.serialize_as(self.field(), serializer),
        }
    }
}

impl Value for UsValue {
    /// A name, or several in brackets.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.names()) {
            (Self::Number(number), _) => write!(f, "{number}"),
            (_, Some((names, true))) => write!(f, "[{}]", names.join(", ")),
            (_, names) => f.write_str(names.map_or("", |(names, _)| names[0])),
        }
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self, self.names()) {
            (Self::Number(number), _) => serializer.serialize_u8(*number),
            (_, Some((names, true))) => serializer.collect_seq(names),
            (_, names) => serializer.serialize_str(names.map_or("", |(names, _)| names[0])),
        }
    }
}
