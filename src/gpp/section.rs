//! One section of a GPP string.

use super::canada::TcfCanadaRef;
use super::findings::FindingKind;
use super::header::SectionIds;
use super::us::{self, UsSection};
use super::view::{GppStringRef, SEPARATOR};
use super::{DecodeOptions, SectionId, tcf_eu};
#[cfg(feature = "explain")]
use crate::bits::Sink;
use crate::buffer::Buffer;
use crate::error::DecodeError;
use crate::tcf::TcStringRef;
use crate::us_privacy::{self, UsPrivacy};

/// A section of a GPP string: its ID and its text, which is read when asked for.
#[derive(Clone, Copy)]
pub struct SectionRef<'t> {
    id: SectionId,
    text: &'t str,
    /// How many characters of the whole string stand before it.
    start: usize,
    options: DecodeOptions,
}

impl<'t> SectionRef<'t> {
    /// The section's ID.
    #[must_use]
    pub const fn id(&self) -> SectionId {
        self.id
    }

    /// The section's text as it stands in the string, without `~`.
    #[must_use]
    pub const fn as_str(&self) -> &'t str {
        self.text
    }

    /// The section as one of the United States, 7 to 27; `None` where it is another one.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is not that section: `"z"`, which is too short for any.
    #[inline]
    #[must_use]
    pub fn us(&self) -> Option<Result<UsSection, DecodeError>> {
        self.us_telling(&mut |_| ())
    }

    /// The same, with what is against the specification.
    #[inline]
    pub(super) fn us_telling(
        &self,
        found: &mut dyn FnMut(FindingKind),
    ) -> Option<Result<UsSection, DecodeError>> {
        let section = us::read(self.id, self.text, self.options, found, &mut ())?;
        Some(section.map_err(|error| error.behind(self.start)))
    }

    /// The section as a US Privacy string; `None` where it is not section 6.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is no such string: `"1YN"`.
    #[must_use]
    pub fn us_privacy(&self) -> Option<Result<UsPrivacy, DecodeError>> {
        (self.id == SectionId::USPV1).then(|| {
            let privacy = us_privacy::DecodeOptions::new().read(self.text, &mut ());
            privacy.map_err(|error| error.behind(self.start))
        })
    }

    /// The section as the TC string of the European Union; `None` where it is not section 2.
    /// Its bits are decoded into `buffer`.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is no TC string.
    #[must_use]
    pub fn tc_string<'b>(
        &self,
        buffer: &'b mut Buffer,
    ) -> Option<Result<TcStringRef<'t, 'b>, DecodeError>> {
        (self.id == SectionId::TCFEUV2).then(|| {
            tcf_eu::read(self.text, buffer, self.options).map_err(|error| error.behind(self.start))
        })
    }

    /// The same, with bytes of the caller's for its bits, of which there are enough.
    #[cfg(feature = "request")]
    pub(crate) fn tc_string_in<'b>(
        &self,
        buffer: &'b mut [u8],
    ) -> Option<Result<TcStringRef<'t, 'b>, DecodeError>> {
        (self.id == SectionId::TCFEUV2).then(|| {
            tcf_eu::read_in(self.text, buffer, self.options)
                .map_err(|error| error.behind(self.start))
        })
    }

    /// How many characters of the whole string stand before the section.
    #[cfg(any(feature = "explain", feature = "request"))]
    pub(crate) const fn start(&self) -> usize {
        self.start
    }

    /// The section as the TC string of Canada; `None` where it is not section 5. Its bits are
    /// decoded into `buffer`.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is no such string in any of its wire forms.
    #[must_use]
    pub fn tcf_canada<'b>(
        &self,
        buffer: &'b mut Buffer,
    ) -> Option<Result<TcfCanadaRef<'b>, DecodeError>> {
        (self.id == SectionId::TCFCAV1).then(|| {
            TcfCanadaRef::read(self.text, buffer).map_err(|error| error.behind(self.start))
        })
    }
}

/// Telling what is in a section.
#[cfg(feature = "explain")]
impl SectionRef<'_> {
    /// Reads the section for a sink that hears of all its fields; `None` where the crate does
    /// not know the section. Places in the text are those of the section.
    pub(crate) fn tell(
        &self,
        buffer: &mut Buffer,
        sink: &mut impl Sink,
    ) -> Option<Result<(), DecodeError>> {
        if self.id == SectionId::TCFEUV2 {
            let options = self.options.tcf.max_text_length(self.options.max_text_length);
            return Some(options.tell(self.text, buffer, sink));
        }
        if self.id == SectionId::USPV1 {
            let options = us_privacy::DecodeOptions::new();
            return Some(options.read(self.text, sink).map(drop));
        }
        if self.id == SectionId::TCFCAV1 {
            return Some(TcfCanadaRef::read_telling(self.text, buffer, sink).map(drop));
        }
        let section = us::read(self.id, self.text, self.options, &mut |_| (), sink)?;
        Some(section.map(drop))
    }
}

/// The ID and how long the text is, which is personal data.
impl core::fmt::Debug for SectionRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("SectionRef")
            .field("id", &self.id)
            .field("characters", &self.text.len())
            .finish_non_exhaustive()
    }
}

/// The sections of a GPP string, by rising ID.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Sections<'t, 'b> {
    ids: SectionIds<'b>,
    text: &'t str,
    /// How many characters stand before the next section.
    start: usize,
    options: DecodeOptions,
}

impl<'t, 'b> Sections<'t, 'b> {
    pub(super) fn new(gpp: &GppStringRef<'t, 'b>) -> Self {
        let bytes = gpp.text.as_bytes();
        let header = bytes.iter().position(|&byte| byte == SEPARATOR).unwrap_or(bytes.len());
        Self { ids: gpp.section_ids(), text: gpp.text, start: header + 1, options: gpp.options }
    }
}

impl<'t> Iterator for Sections<'t, '_> {
    type Item = SectionRef<'t>;

    #[inline]
    fn next(&mut self) -> Option<SectionRef<'t>> {
        let id = self.ids.next()?;
        let start = self.start;
        let rest = self.text.get(start..).expect("as many sections as the header lists");
        let text = rest.split_once(char::from(SEPARATOR)).map_or(rest, |(section, _)| section);
        self.start += text.len() + 1;
        Some(SectionRef { id, text, start, options: self.options })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ids.size_hint()
    }
}

impl ExactSizeIterator for Sections<'_, '_> {}
impl core::iter::FusedIterator for Sections<'_, '_> {}

impl core::fmt::Debug for Sections<'_, '_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
