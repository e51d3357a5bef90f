//! What purposes, features and the like are called.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Deserializer;

use super::StackId;
use super::read::{self, Read, properties};
use super::track::{Depth, Track};
use crate::ids::Id;
use crate::tcf::{PurposeId, SmallSet, SpecialFeatureId};

/// What a purpose, a special purpose, a feature, a special feature or a category of data is,
/// in English, as the list says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition<I> {
    id: I,
    name: String,
    description: String,
    illustrations: Vec<String>,
}

impl<I: Id> Definition<I> {
    /// Its number.
    #[must_use]
    pub const fn id(&self) -> I {
        self.id
    }

    /// Its name: `Store and/or access information on a device`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its description; empty where the list has none.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Examples of it. Version 2 of the list has none.
    #[must_use]
    pub fn illustrations(&self) -> &[String] {
        &self.illustrations
    }
}

properties! { DefinitionProperties, Entry:
    id: u16 = "id",
    name: String = "name",
    description: String = "description",
    illustrations: Vec<String> = "illustrations",
}

impl<I: Id> Read for Definition<I> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        let properties: DefinitionProperties = read::object(deserializer, track)?;
        Ok(Self {
            id: track.entry_id(properties.id)?,
            name: track.required(properties.name, "name", Depth::Entry)?,
            description: properties.description.unwrap_or_default(),
            illustrations: properties.illustrations.unwrap_or_default(),
        })
    }
}

/// A stack: purposes and special features that a platform may ask for together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stack {
    id: StackId,
    name: String,
    description: String,
    purposes: SmallSet<PurposeId>,
    special_features: SmallSet<SpecialFeatureId>,
}

impl Stack {
    /// Its number.
    #[must_use]
    pub const fn id(&self) -> StackId {
        self.id
    }

    /// Its name, in English.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its description, in English; empty where the list has none.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The purposes that it has.
    #[must_use]
    pub const fn purposes(&self) -> SmallSet<PurposeId> {
        self.purposes
    }

    /// The special features that it has.
    #[must_use]
    pub const fn special_features(&self) -> SmallSet<SpecialFeatureId> {
        self.special_features
    }
}

properties! { StackProperties, Entry:
    id: u16 = "id",
    name: String = "name",
    description: String = "description",
    purposes: SmallSet<PurposeId> = "purposes",
    special_features: SmallSet<SpecialFeatureId> = "specialFeatures",
}

impl Read for Stack {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        let properties: StackProperties = read::object(deserializer, track)?;
        Ok(Self {
            id: track.entry_id(properties.id)?,
            name: track.required(properties.name, "name", Depth::Entry)?,
            description: properties.description.unwrap_or_default(),
            purposes: properties.purposes.unwrap_or_default(),
            special_features: properties.special_features.unwrap_or_default(),
        })
    }
}
