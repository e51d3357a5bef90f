//! A GPP string as an object, and back.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::canada::TcfCanadaBuilder;
use super::section::SectionRef;
use super::view::GppStringRef;
use super::{GppString, SectionId, UsSection};
use crate::buffer::Buffer;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::{tcf, us_privacy};

/// What a GPP string says, as serde's object of it (feature `serde`).
///
/// `{"version": 1, "section_ids": [...], "sections": [...]}`: the sections in the order of the
/// string, each with `id`, `name` (`null` where this crate knows none) and `text`, and what it
/// says:
///
/// - section 2 has `tc`, the object of a [TC string](tcf::Decoded);
/// - section 5 has `tc`, with `express` and `implied` in place of consent and legitimate
///   interest, and `form`;
/// - section 6 has what [a US Privacy string](us_privacy::Decoded) has;
/// - the sections of the United States have `version` and the specification's fields in its
///   order, under its names in `snake_case`, with named values, and `gpc`; the national one
///   also `layout`, and those from Maryland on `section_header`;
/// - one that can't be read has `error`.
///
/// When it is read, what a section says counts, and `text`, `layout`, `form` and
/// `section_header` may be left out; a section that says nothing is its `text`. A property
/// that there is not is an error.
///
/// ```
/// use consent_string::gpp::{Decoded, GppString};
///
/// let gpp: GppString = "DBABRg~BEQAACA".parse()?;
/// let mut object = serde_json::to_value(gpp.decoded())?;
/// assert_eq!(object["sections"][0]["name"], "usva");
/// assert_eq!(object["sections"][0]["sale_opt_out"], "opted_out");
/// object["sections"][0]["sale_opt_out"] = "did_not_opt_out".into();
/// let changed: Decoded = serde_json::from_value(object)?;
/// assert_eq!(changed.encode()?.as_str(), "DBABRg~BEgAACA");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub(super) sections: Vec<Section>,
}

/// A section of the object.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) id: SectionId,
    pub(super) text: Option<String>,
    pub(super) content: Content,
}

/// What a section says.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing but its text.
    Text,
    Error(Failure),
    TcfEu(Box<tcf::Decoded>),
    TcfCanada(Box<TcfCanadaBuilder>),
    UsPrivacy(us_privacy::Decoded),
    Us(UsSection),
}

/// What stands in the object for a section that can't be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Failure(pub(super) DecodeError);

impl GppStringRef<'_, '_> {
    /// What the string says, as serde's object of it.
    #[must_use]
    pub fn decoded(&self) -> Decoded {
        Decoded { sections: self.sections().map(|section| Section::of(&section)).collect() }
    }
}

impl GppString {
    /// What the string says, as serde's object of it.
    #[must_use]
    pub fn decoded(&self) -> Decoded {
        self.view().decoded()
    }
}

impl Section {
    fn of(section: &SectionRef<'_>) -> Self {
        let content = Content::of(section).unwrap_or_else(|error| Content::Error(Failure(error)));
        Self { id: section.id(), text: Some(section.as_str().to_string()), content }
    }
}

impl Content {
    fn of(section: &SectionRef<'_>) -> Result<Self, DecodeError> {
        let mut buffer = Buffer::new();
        Ok(if let Some(us) = section.us() {
            Self::Us(us?)
        } else if let Some(privacy) = section.us_privacy() {
            Self::UsPrivacy(privacy?.decoded())
        } else if let Some(tc_string) = section.tc_string(&mut buffer) {
            Self::TcfEu(Box::new(tc_string?.decoded()))
        } else if let Some(canada) = section.tcf_canada(&mut buffer) {
            Self::TcfCanada(Box::new(canada?.to_builder()))
        } else {
            Self::Text
        })
    }
}

impl Decoded {
    /// The string of the object, in the padding of the specification.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] where no string can say that: see [`Builder`](super::Builder),
    /// [`UsBuilder`](super::UsBuilder) and [`TcfCanadaBuilder`]; [`EncodeErrorKind::Missing`] for a section with
    /// nothing but an ID, or with nothing but the error and no text.
    pub fn encode(&self) -> Result<GppString, EncodeError> {
        let mut builder = GppString::builder();
        for Section { id, text, content } in &self.sections {
            builder = match content {
                Content::TcfEu(tc) => builder.tc_string(&tc.encode()?),
                Content::TcfCanada(canada) => builder.tcf_canada((**canada).clone()),
                Content::UsPrivacy(privacy) => builder.us_privacy(privacy.encode()),
                Content::Us(section) => builder.us_section(section.to_builder().build()?),
                Content::Text | Content::Error(_) => {
                    let missing = EncodeError::new(EncodeErrorKind::Missing, "text");
                    builder.section(*id, text.clone().ok_or(missing)?)
                }
            };
        }
        builder.build()
    }
}

/// The ID and nothing of what it says.
impl core::fmt::Debug for Section {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Section").field("id", &self.id).finish_non_exhaustive()
    }
}
