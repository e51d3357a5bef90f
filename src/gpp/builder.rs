//! Building a GPP string.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};

use super::canada::TcfCanadaBuilder;
use super::fibonacci_ranges::MAX_RANGES;
use super::header::Header;
use super::padding::Padding;
use super::{GppString, SectionId, UsSection};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::ids::IdSet;
use crate::tcf::TcString;
use crate::text::MAX_TEXT_LENGTH;
use crate::us_privacy::UsPrivacy;

/// The sections of a GPP string that is being built; see [`GppString::builder`].
///
/// They come in any order; the string has them by rising ID. A section that is given twice is
/// that of the second time.
///
/// ```
/// use consent_string::gpp::{GppString, Padding, SectionId};
///
/// let gpp = GppString::builder().us_privacy("1YNN".parse()?).tc_string(
///     &"CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA".parse()?,
/// );
/// let text = "DBACNY~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN";
/// assert_eq!(gpp.clone().build()?.as_str(), text);
///
/// // As widespread writers fill a header.
/// let padded = gpp.padding(Padding::Bytes).without(SectionId::USPV1).build()?;
/// assert_eq!(padded.as_str(), "DBABMA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Builder {
    padding: Padding,
    sections: BTreeMap<SectionId, Content>,
}

/// What a section is written from.
#[derive(Clone)]
enum Content {
    Text(String),
    Us(UsSection),
    Canada(Box<TcfCanadaBuilder>),
}

impl Builder {
    pub(super) const fn new() -> Self {
        Self { padding: Padding::Characters, sections: BTreeMap::new() }
    }

    fn with(mut self, id: SectionId, content: Content) -> Self {
        self.sections.insert(id, content);
        self
    }

    /// How far header and sections are filled; those that are given as text stay as they are.
    pub const fn padding(mut self, padding: Padding) -> Self {
        self.padding = padding;
        self
    }

    /// A section as text, whatever it says: it is not read.
    pub fn section(self, id: SectionId, text: impl Into<String>) -> Self {
        self.with(id, Content::Text(text.into()))
    }

    /// A section of the United States.
    pub fn us_section(self, section: UsSection) -> Self {
        self.with(section.id(), Content::Us(section))
    }

    /// Section 6: a US Privacy string.
    pub fn us_privacy(self, privacy: UsPrivacy) -> Self {
        self.section(SectionId::USPV1, privacy.to_string())
    }

    /// Section 2: a TC string, as it is.
    pub fn tc_string(self, tc_string: &TcString) -> Self {
        self.section(SectionId::TCFEUV2, tc_string.to_string())
    }

    /// Section 5: a TC string of Canada.
    pub fn tcf_canada(self, canada: TcfCanadaBuilder) -> Self {
        self.with(SectionId::TCFCAV1, Content::Canada(Box::new(canada)))
    }

    /// Takes a section out.
    pub fn without(mut self, id: SectionId) -> Self {
        self.sections.remove(&id);
        self
    }

    /// The string of these sections.
    ///
    /// # Errors
    ///
    /// - [`EncodeErrorKind::InvalidSection`] for a section whose text is empty or has other
    ///   characters than visible ASCII, or a `~`;
    /// - [`EncodeErrorKind::TooMany`] for section IDs that make more than 4095 ranges;
    /// - [`EncodeErrorKind::TooLong`] for a string that `parse` would refuse for its length;
    /// - what a TC string of Canada can't be written for: a number that its field has no bits
    ///   for, or a text that would be read in another form.
    pub fn build(self) -> Result<GppString, EncodeError> {
        let ids: IdSet<SectionId> = self.sections.keys().copied().collect();
        if ids.ranges().len() > MAX_RANGES.into() {
            let kind = EncodeErrorKind::TooMany { maximum: MAX_RANGES };
            return Err(EncodeError::new(kind, "section_ids"));
        }
        let mut text = String::new();
        Header::write(&ids, self.padding, &mut text);
        for content in self.sections.values() {
            text.push('~');
            match content {
                Content::Text(section) => {
                    let is_visible = |byte: u8| byte.is_ascii_graphic() && byte != b'~';
                    if section.is_empty() || !section.bytes().all(is_visible) {
                        return Err(EncodeError::new(EncodeErrorKind::InvalidSection, "text"));
                    }
                    text.push_str(section);
                }
                Content::Us(section) => section.write(self.padding, &mut text),
                Content::Canada(canada) => text.push_str(&canada.write(self.padding)?),
            }
        }
        if text.len() > MAX_TEXT_LENGTH as usize {
            let kind = EncodeErrorKind::TooLong { maximum: MAX_TEXT_LENGTH };
            return Err(EncodeError::new(kind, "text"));
        }
        Ok(GppString::of_built(&text))
    }
}

/// The IDs of the sections, and nothing of what they say.
impl core::fmt::Debug for Builder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Builder")
            .field("padding", &self.padding)
            .field("sections", &self.sections.keys())
            .finish_non_exhaustive()
    }
}
