//! serde for GPP strings, which are their text, and for the object of a [`Decoded`].

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::canada::{CanadaForm, TcfCanadaBuilder};
use super::decoded::{Content, Decoded, Failure, Section};
use super::us::{UsField, UsSection, UsValue};
use super::{GppString, GppStringRef, SectionId};
use crate::serde_impls::{Raw, list, object, parsed, serde_id};
use crate::us_privacy;

serde_id!(SectionId);

impl Serialize for GppStringRef<'_, '_> {
    /// The text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for GppString {
    /// The text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for GppString {
    /// Reads the text, under the default [`DecodeOptions`](super::DecodeOptions).
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "not a GPP string, expected its text")
    }
}

const VERSION: u8 = 1;

impl Serialize for Decoded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ids: Vec<SectionId> = self.sections.iter().map(|section| section.id).collect();
        let mut object = serializer.serialize_struct("GppString", 3)?;
        object.serialize_field("version", &VERSION)?;
        object.serialize_field("section_ids", &ids)?;
        object.serialize_field("sections", &self.sections)?;
        object.end()
    }
}

impl Serialize for Section {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("id", &self.id)?;
        object.serialize_entry("name", &self.id.name())?;
        if let Some(text) = &self.text {
            object.serialize_entry("text", text)?;
        }
        match &self.content {
            Content::Text => {}
            Content::Error(failure) => {
                let name = self.id.name();
                object.serialize_entry("error", &(failure.object(name)))?;
            }
            Content::TcfEu(tc) => object.serialize_entry("tc", &**tc)?,
            Content::TcfCanada(canada) => {
                object.serialize_entry("tc", &**canada)?;
                object.serialize_entry("form", canada.form_to_write().name())?;
            }
            Content::UsPrivacy(privacy) => {
                object.serialize_entry("notice", &privacy.notice)?;
                object.serialize_entry("opt_out_sale", &privacy.opt_out_sale)?;
                object.serialize_entry("lspa_covered", &privacy.lspa_covered)?;
            }
            Content::Us(section) => us_entries(section, &mut object)?,
        }
        object.end()
    }
}

fn us_entries<M: SerializeMap>(section: &UsSection, object: &mut M) -> Result<(), M::Error> {
    object.serialize_entry("version", &section.version())?;
    if section.id() == SectionId::USNAT {
        object.serialize_entry("layout", &section.layout_version())?;
    }
    if let Some(has_header) = section.has_section_header() {
        object.serialize_entry("section_header", &has_header)?;
    }
    for (name, field, value) in section.fields() {
        match (field, value, value.names()) {
            (UsField::Version, ..) => {}
            (_, UsValue::Number(number), _) => object.serialize_entry(name, &number)?,
            (_, _, Some((names, true))) => object.serialize_entry(name, &names)?,
            (_, _, Some((names, false))) => object.serialize_entry(name, &names.first())?,
            (_, _, None) => {}
        }
    }
    if section.may_have_sensitive_data() && section.sensitive_data_processing().is_none() {
        object.serialize_entry(UsField::SensitiveDataProcessing.name(), &())?;
    }
    object.serialize_entry("gpc", &section.gpc())
}

/// The object of an error.
#[derive(serde::Serialize)]
struct FailureShape {
    error: String,
    kind: &'static str,
    segment: Option<&'static str>,
    bit: Option<usize>,
}

impl Failure {
    fn object(self, section: Option<&'static str>) -> FailureShape {
        let Self(error) = self;
        FailureShape {
            error: alloc::format!("{error}"),
            kind: error.kind().name(),
            segment: section,
            bit: error.bit_offset(),
        }
    }
}

impl<'de> Deserialize<'de> for Decoded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Shape {
            #[serde(default)]
            version: Option<SectionId>,
            #[serde(default)]
            section_ids: Option<Ids>,
            #[serde(deserialize_with = "list")]
            sections: Vec<Section>,
        }

        let Shape { version, section_ids, sections } = object(deserializer)?;
        if version.is_some_and(|version| version.get() != u16::from(VERSION)) {
            return Err(de::Error::custom("not a version of a GPP string, expected 1"));
        }
        let ids: Vec<SectionId> = sections.iter().map(|section| section.id).collect();
        if !ids.is_sorted_by(|one, other| one < other) {
            return Err(de::Error::custom("sections whose IDs do not rise"));
        }
        if section_ids.is_some_and(|Ids(listed)| listed != ids) {
            return Err(de::Error::custom("section_ids that are not those of the sections"));
        }
        Ok(Self { sections })
    }
}

struct Ids(Vec<SectionId>);

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        list(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Section {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let is_human_readable = deserializer.is_human_readable();
        let Raw::Object(mut entries) = Raw::deserialize(deserializer)? else {
            return Err(de::Error::custom("not an object, expected a section"));
        };
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        if entries.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(de::Error::custom("a property of a section that is there twice"));
        }
        let mut properties = Properties { entries, is_human_readable };
        let id: SectionId = properties.read("id")?;
        match properties.take("name") {
            None => {}
            Some(Raw::Null) if id.name().is_none() => {}
            Some(Raw::Text(name)) if id.name() == Some(name.as_str()) => {}
            Some(_) => return Err(de::Error::custom("a name that is not that of the ID")),
        }
        let text = match properties.take("text") {
            None | Some(Raw::Null) => None,
            Some(Raw::Text(text)) => Some(text),
            Some(_) => return Err(de::Error::custom("not a text, expected that of the section")),
        };
        // What was wrong with the text is for people to read.
        let failed = properties.take("error").is_some();
        let content = if failed || properties.entries.is_empty() {
            Content::Text
        } else {
            properties.content(id)?
        };
        match properties.entries.first() {
            Some(_) => Err(de::Error::custom("an unknown property of a section")),
            None => Ok(Self { id, text, content }),
        }
    }
}

/// The properties of a section that were not yet taken.
struct Properties {
    entries: Vec<(String, Raw)>,
    is_human_readable: bool,
}

impl Properties {
    fn take(&mut self, name: &str) -> Option<Raw> {
        let place = self.entries.iter().position(|(key, _)| key == name)?;
        Some(self.entries.swap_remove(place).1)
    }

    fn read<'de, T: Deserialize<'de>, E: de::Error>(&mut self, name: &'static str) -> Result<T, E> {
        let raw = self.take(name).ok_or_else(|| E::missing_field(name))?;
        raw.read(self.is_human_readable)
    }

    fn content<E: de::Error>(&mut self, id: SectionId) -> Result<Content, E> {
        Ok(match id {
            SectionId::TCFEUV2 => Content::TcfEu(Box::new(self.read("tc")?)),
            SectionId::TCFCAV1 => {
                let canada: TcfCanadaBuilder = self.read("tc")?;
                let form = match self.take("form") {
                    None => Some(CanadaForm::default()),
                    Some(Raw::Text(name)) => CanadaForm::from_name(&name),
                    Some(_) => None,
                };
                let form = form.ok_or_else(|| {
                    let [first, second, third] =
                        [0, 1, 2].map(|index| CanadaForm::ALL[index].name());
                    E::custom(format_args!("not a form, expected {first}, {second} or {third}"))
                })?;
                Content::TcfCanada(Box::new(canada.form(form)))
            }
            SectionId::USPV1 => Content::UsPrivacy(us_privacy::Decoded {
                notice: self.read("notice")?,
                opt_out_sale: self.read("opt_out_sale")?,
                lspa_covered: self.read("lspa_covered")?,
            }),
            _ if UsSection::is_one(id) => Content::Us(self.us(id)?),
            _ => Content::Text,
        })
    }

    fn us<E: de::Error>(&mut self, id: SectionId) -> Result<UsSection, E> {
        let mut builder = UsSection::builder(id);
        for (name, raw) in core::mem::take(&mut self.entries) {
            builder = match (name.as_str(), raw) {
                ("gpc" | "version" | "sensitive_data_processing", Raw::Null) => builder,
                ("gpc", Raw::Flag(gpc)) => builder.gpc(gpc),
                ("section_header", Raw::Flag(has_header)) if id >= SectionId::USMD => {
                    builder.section_header(has_header)
                }
                // From Maryland on it is that of the section header, which has one version.
                ("version", Raw::Number(1)) if id >= SectionId::USMD => builder,
                ("layout", Raw::Number(layout)) if id == SectionId::USNAT => {
                    builder.layout_version(small(layout))
                }
                (name, raw) => {
                    let field = UsField::from_name(name)
                        .ok_or_else(|| E::custom("an unknown property of a section"))?;
                    let value = us_value(id, field, &raw).ok_or_else(|| {
                        E::custom(format_args!("{}: not a value of this field", field.name()))
                    })?;
                    builder.set(field, value)
                }
            };
        }
        builder.build().map_err(E::custom)
    }
}

/// A number of few bits, which no larger one is.
fn small(number: u64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn us_value(id: SectionId, field: UsField, raw: &Raw) -> Option<UsValue> {
    match raw {
        Raw::Number(number) => Some(UsValue::Number(small(*number))),
        Raw::Text(name) => field.named_value(id, &[name], false),
        Raw::List(items) => {
            let names = items.iter().map(|item| match item {
                Raw::Text(name) => Some(name.as_str()),
                _ => None,
            });
            let names = names.collect::<Option<Vec<_>>>()?;
            field.named_value(id, &names, true)
        }
        _ => None,
    }
}
