//! A GPP string as a value of its own.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use super::canada::TcfCanadaRef;
use super::header::{Header, SectionIds};
use super::opt_outs::{OptOutAnswer, OptOuts};
use super::section::{SectionRef, Sections};
use super::view::{GppStringRef, header_of};
use super::{Builder, DataUse, DecodeOptions, Finding, GppSid, SectionId, UsSection};
use crate::buffer::Buffer;
use crate::error::DecodeError;
use crate::tcf::TcStringRef;
use crate::us_privacy::UsPrivacy;

/// A GPP string: its text, whose header was checked, and the header's bits.
///
/// `==`, `Hash` and `Ord` are those of the text, and so are `Serialize` and `Deserialize`
/// (feature `serde`). Each section is read when somebody asks for it.
///
/// ```
/// use consent_string::gpp::{DataUse, GppString, OptOut, OptOutAnswer, SectionId};
///
/// let gpp: GppString = "DBACLM~BVQqAAAAAgA.QA~BVVVVVVVVWA.AA".parse()?;
/// assert!(gpp.section_ids().eq([SectionId::USNAT, SectionId::USVA]));
/// let virginia = gpp.us_section(SectionId::USVA).expect("it is there")?;
/// assert_eq!(virginia.sale_opt_out(), Some(OptOut::OptedOut));
/// assert_eq!(gpp.opted_out(DataUse::Sale, None), OptOutAnswer::OptedOut);
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone)]
pub struct GppString {
    text: Box<str>,
    /// The bits of the header, and the slack behind them.
    bits: Box<[u8]>,
    header: Header,
    options: DecodeOptions,
}

impl GppString {
    /// Reads a GPP string under the default [`DecodeOptions`].
    ///
    /// # Errors
    ///
    /// As [`GppStringRef::parse`].
    pub fn parse(text: &str) -> Result<Self, DecodeError> {
        DecodeOptions::new().decode(text)
    }

    pub(super) fn decode(text: &str, options: DecodeOptions) -> Result<Self, DecodeError> {
        let header = header_of(text, options)?;
        let mut buffer = Buffer::new();
        let room = buffer.room(Header::buffer_len(header.len()));
        GppStringRef::read(text, header, room, options, &mut ()).map(|view| Self::of_view(&view))
    }

    pub(super) fn of_view(view: &GppStringRef<'_, '_>) -> Self {
        let GppStringRef { text, bits, header, options } = *view;
        Self { text: text.into(), bits: bits.into(), header, options }
    }

    /// The string of a text that was built.
    pub(super) fn of_built(text: &str) -> Self {
        Self::parse(text).expect("what a builder writes can be read")
    }

    /// A builder for a new string.
    pub const fn builder() -> Builder {
        Builder::new()
    }

    /// The string's sections as they are, to change some and build it again.
    pub fn to_builder(&self) -> Builder {
        let builder = Self::builder();
        self.sections().fold(builder, |builder, section| {
            builder.section(section.id(), String::from(section.as_str()))
        })
    }

    /// The string read in place.
    #[inline]
    #[must_use]
    pub fn view(&self) -> GppStringRef<'_, '_> {
        let Self { text, bits, header, options } = self;
        GppStringRef { text, bits, header: *header, options: *options }
    }

    /// The text: what was read, or what was built.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The IDs of the sections, rising.
    pub fn section_ids(&self) -> SectionIds<'_> {
        self.view().section_ids()
    }

    /// The sections, by rising ID.
    pub fn sections(&self) -> Sections<'_, '_> {
        self.view().sections()
    }

    /// A section; `None` where the string has none of this ID.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Option<SectionRef<'_>> {
        self.view().section(id)
    }
}

/// The answers that both forms of a GPP string give alike; `$text` is how long the text
/// lives that they lend.
macro_rules! shared_answers {
    ($form:ty, $text:lifetime, [$($generics:tt)*]) => {
        impl<$($generics)*> $form {
            /// A section of the United States, 7 to 27; `None` where the string has none of
            /// this ID, or the ID is another kind of section.
            ///
            /// # Errors
            ///
            /// As [`SectionRef::us`].
            #[must_use]
            pub fn us_section(&self, id: SectionId) -> Option<Result<UsSection, DecodeError>> {
                self.section(id)?.us()
            }

            /// The US Privacy string of section 6; `None` where the string has none.
            ///
            /// # Errors
            ///
            /// As [`SectionRef::us_privacy`].
            #[must_use]
            pub fn us_privacy(&self) -> Option<Result<UsPrivacy, DecodeError>> {
                self.section(SectionId::USPV1)?.us_privacy()
            }

            /// The TC string of section 2; `None` where the string has none. Its bits are
            /// decoded into `buffer`.
            ///
            /// # Errors
            ///
            /// As [`SectionRef::tc_string`].
            #[must_use]
            pub fn tc_string<'a>(
                &self,
                buffer: &'a mut Buffer,
            ) -> Option<Result<TcStringRef<$text, 'a>, DecodeError>> {
                self.section(SectionId::TCFEUV2)?.tc_string(buffer)
            }

            /// The TC string of Canada in section 5; `None` where the string has none. Its
            /// bits are decoded into `buffer`.
            ///
            /// # Errors
            ///
            /// As [`SectionRef::tcf_canada`].
            #[must_use]
            pub fn tcf_canada<'a>(
                &self,
                buffer: &'a mut Buffer,
            ) -> Option<Result<TcfCanadaRef<'a>, DecodeError>> {
                self.section(SectionId::TCFCAV1)?.tcf_canada(buffer)
            }

            /// Whether the person has opted out of a use of personal data, across the
            /// sections of the United States.
            ///
            /// `applicable` is what came beside the string of which sections apply
            /// (`gpp_sid`); without it, or where it lists none, all of the string do.
            ///
            /// - An opt-out in any section that can be read is one, and so is Global Privacy
            ///   Control in any of them.
            /// - A section that can't be read, or that says something undefined, blocks
            ///   everything else: it may hide an opt-out. So does a section that applies and
            ///   that this crate does not know.
            /// - That the person did *not* opt out only counts from a section that applies: from
            ///   a state's before the national one, and from the US Privacy string last. "Not
            ///   applicable" is no such answer: a state that says so is not overruled by the
            ///   national section.
            ///
            /// Nothing is allocated.
            #[must_use]
            pub fn opted_out(
                &self,
                what: DataUse,
                applicable: Option<&GppSid>,
            ) -> OptOutAnswer {
                OptOutAnswer::of(self.sections(), what, applicable)
            }

            /// [`opted_out`](Self::opted_out) for each use, in one walk through the sections.
            #[must_use]
            pub fn opt_outs(&self, applicable: Option<&GppSid>) -> OptOuts {
                OptOuts::of(self.sections(), applicable)
            }

            /// What the sections say of Global Privacy Control: `true` where any that can be
            /// read has it, `None` where none says anything.
            ///
            /// The header `Sec-GPC` of the request is another thing; it is not in the string.
            #[must_use]
            pub fn gpc(&self) -> Option<bool> {
                let readable = self.sections().filter_map(|section| section.us()?.ok());
                readable.filter_map(|section| section.gpc()).reduce(|any, one| any | one)
            }

            /// Whether another string says the same, whatever the padding, the wire form of
            /// Canada or the section headers: the same sections, each with the same fields.
            ///
            /// Sections that can't be read, or that this crate does not know, say the same
            /// where their texts are the same. It allocates where there is a TC string.
            ///
            /// ```
            /// # use consent_string::gpp::GppString;
            /// let (short, long): (GppString, GppString) =
            ///     ("DBABL~BVQVAAAAAg".parse()?, "DBABLA~BVQVAAAAAgA".parse()?);
            /// assert_ne!(short, long);
            /// assert!(short.says_the_same_as(&long));
            /// # Ok::<(), consent_string::DecodeError>(())
            /// ```
            #[must_use]
            pub fn says_the_same_as<'a>(&self, other: impl Into<GppStringRef<'a, 'a>>) -> bool {
                super::equality::say_the_same(&self.view(), &other.into())
            }

            /// What can be read, but is not as the specification asks for. Sections that
            /// can't be read have none: they have an error.
            #[must_use]
            pub fn findings(&self) -> Vec<Finding> {
                super::check::findings(&self.view())
            }
        }
    };
}

shared_answers!(GppString, '_, []);
shared_answers!(GppStringRef<'t, 'b>, 't, ['t, 'b]);

impl GppStringRef<'_, '_> {
    /// Itself: both forms have it.
    const fn view(&self) -> Self {
        *self
    }
}

impl FromStr for GppString {
    type Err = DecodeError;

    /// As [`GppString::parse`].
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for GppString {
    type Error = DecodeError;

    fn try_from(text: &str) -> Result<Self, DecodeError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for GppString {
    type Error = DecodeError;

    fn try_from(text: String) -> Result<Self, DecodeError> {
        Self::parse(&text)
    }
}

impl AsRef<str> for GppString {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl From<GppString> for String {
    fn from(gpp: GppString) -> Self {
        gpp.text.into()
    }
}

impl fmt::Display for GppString {
    /// The text: what was read, or what was built.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// As that of [`GppStringRef`].
impl fmt::Debug for GppString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GppString")
            .field("sections", &self.header.count)
            .field("characters", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl PartialEq for GppString {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for GppString {}

impl PartialOrd for GppString {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for GppString {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for GppString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
