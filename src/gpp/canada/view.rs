//! A TC string of Canada read in place.

use core::fmt;

use super::super::findings::FindingKind;
use super::header::Header;
use super::read::{Checked, Segments, buffer_len};
use super::restriction::CanadaRestrictionsRef;
use super::vendors::CanadaVendorsRef;
use super::{CanadaForm, CanadaPublisher, CanadaRestrictionType, TcfCanadaBuilder};
use crate::bits::{BitReader, SLACK, Sink};
use crate::buffer::Buffer;
use crate::error::DecodeError;
use crate::tcf::{Letters, PurposeId, SmallSet, SpecialFeatureId};
use crate::time::Timestamp;

/// The TC string of Canada, section 5 of a GPP string, read in place: checked as a whole, but
/// no set of vendors is copied out of its bits until it is asked for.
///
/// ```
/// use consent_string::Buffer;
/// use consent_string::gpp::{CanadaForm, GppString};
/// use consent_string::tcf::VendorId;
///
/// let gpp: GppString =
///     "DBABD~BPSG_8APSG_8AAyACAENGdCgf_gfgAfgfgBgABABAAABAB4AACACAAA.fHHHA4444ao".parse()?;
/// let mut buffer = Buffer::new();
/// let canada = gpp.tcf_canada(&mut buffer).expect("it is there")?;
/// assert_eq!(canada.form(), CanadaForm::IntegerRanges);
/// assert!(canada.vendors_express().contains(VendorId::new(24).unwrap()));
/// assert!(!canada.vendors_implied().contains(VendorId::new(24).unwrap()));
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct TcfCanadaRef<'b> {
    bits: &'b [u8],
    segments: Segments,
    header: Header,
    checked: Checked,
}

impl<'b> TcfCanadaRef<'b> {
    /// Reads the text of section 5 by itself; its bits are decoded into `buffer`.
    ///
    /// The forms are tried in the order of [`CanadaForm::ALL`], and the first that fits is
    /// taken.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where no form fits: why the first one does not.
    pub fn parse(text: &str, buffer: &'b mut Buffer) -> Result<Self, DecodeError> {
        crate::text::check_length(text, crate::MAX_TEXT_LENGTH)?;
        Self::read(text, buffer)
    }

    pub(in crate::gpp) fn read(text: &str, buffer: &'b mut Buffer) -> Result<Self, DecodeError> {
        Self::read_telling(text, buffer, &mut ())
    }

    /// The same, for a sink that hears of all fields in the form that is taken; or, where none
    /// fits, in the first one.
    pub(in crate::gpp) fn read_telling<S: Sink>(
        text: &str,
        buffer: &'b mut Buffer,
        sink: &mut S,
    ) -> Result<Self, DecodeError> {
        let room = buffer.room(buffer_len(text.len()));
        let segments = Segments::read(text, room, sink)?;
        let bits: &[u8] = &room[..segments.used];
        let header = segments.header(bits)?;
        let read = |form: &CanadaForm| Checked::read(&segments, bits, *form, &mut ());
        let [preferred, others @ ..] = CanadaForm::ALL else { unreachable!("there are forms") };
        let checked = read(preferred)
            .or_else(|error| others.iter().find_map(|form| read(form).ok()).ok_or(error));
        if S::LISTENS {
            let form = checked.as_ref().map_or(*preferred, |checked| checked.form);
            let told = Checked::read(&segments, bits, form, sink);
            debug_assert_eq!(told.err(), checked.as_ref().err().copied(), "the same again");
        }
        Ok(Self { bits, segments, header, checked: checked? })
    }

    /// All bits, from the start of the core.
    fn reader(&self) -> BitReader<'b> {
        BitReader::new(self.bits, 8 * (self.bits.len() - SLACK))
    }

    /// Which wire form was read.
    #[must_use]
    pub const fn form(&self) -> CanadaForm {
        self.checked.form
    }

    /// Whether the string can be read in a form, the one that was read or another one. Two
    /// forms can fit, and then they say the same in most strings; where they don't, it is
    /// told by [`FindingKind::AmbiguousForm`].
    #[must_use]
    pub fn fits(&self, form: CanadaForm) -> bool {
        self.in_form(form).is_some()
    }

    fn in_form(&self, form: CanadaForm) -> Option<Self> {
        let checked = Checked::read(&self.segments, self.bits, form, &mut ()).ok()?;
        Some(Self { checked, ..*self })
    }

    /// When the string was first created.
    #[must_use]
    pub const fn created(&self) -> Timestamp {
        self.header.created
    }

    /// When the string was last changed.
    #[must_use]
    pub const fn last_updated(&self) -> Timestamp {
        self.header.last_updated
    }

    /// The consent management platform's number, 0 to 4095.
    #[must_use]
    pub const fn cmp_id(&self) -> u16 {
        self.header.cmp_id
    }

    /// The platform's own version, 0 to 4095.
    #[must_use]
    pub const fn cmp_version(&self) -> u16 {
        self.header.cmp_version
    }

    /// The screen on which the user chose, by the platform's own numbers, 0 to 63.
    #[must_use]
    pub const fn consent_screen(&self) -> u8 {
        self.header.consent_screen
    }

    /// The language in which the user was asked.
    #[must_use]
    pub const fn consent_language(&self) -> Letters {
        self.header.consent_language
    }

    /// The version of the vendor list that was used, 0 to 4095.
    #[must_use]
    pub const fn vendor_list_version(&self) -> u16 {
        self.header.vendor_list_version
    }

    /// The version of the framework's policies, 0 to 63.
    #[must_use]
    pub const fn tcf_policy_version(&self) -> u8 {
        self.header.tcf_policy_version
    }

    /// Whether the user was shown other stacks than the standard ones.
    #[must_use]
    pub const fn use_non_standard_stacks(&self) -> bool {
        self.header.use_non_standard_stacks
    }

    /// The special features with the user's express consent.
    #[must_use]
    pub const fn special_feature_opt_ins(&self) -> SmallSet<SpecialFeatureId> {
        self.header.special_feature_opt_ins
    }

    /// The purposes with the user's express consent.
    #[must_use]
    pub const fn purposes_express(&self) -> SmallSet<PurposeId> {
        self.header.purposes_express
    }

    /// The purposes with the user's implied consent.
    #[must_use]
    pub const fn purposes_implied(&self) -> SmallSet<PurposeId> {
        self.header.purposes_implied
    }

    /// The vendors with the user's express consent.
    #[must_use]
    pub fn vendors_express(&self) -> CanadaVendorsRef<'b> {
        self.checked.vendors_express.read(self.reader())
    }

    /// The vendors with the user's implied consent.
    #[must_use]
    pub fn vendors_implied(&self) -> CanadaVendorsRef<'b> {
        self.checked.vendors_implied.read(self.reader())
    }

    /// The publisher restrictions, in the order of the string.
    pub fn publisher_restrictions(&self) -> CanadaRestrictionsRef<'b> {
        self.checked.restrictions.read(self.reader(), self.checked.form)
    }

    /// The vendors that were disclosed to the user; `None` where the string doesn't say,
    /// which is not the same as an empty set.
    #[must_use]
    pub fn disclosed_vendors(&self) -> Option<CanadaVendorsRef<'b>> {
        self.checked.disclosed_vendors.map(|section| section.read(self.reader()))
    }

    /// The choices for the publisher itself; `None` where the string has no such segment.
    #[must_use]
    pub const fn publisher(&self) -> Option<CanadaPublisher> {
        self.checked.publisher
    }

    /// The string's parts, to change some and build it again.
    pub fn to_builder(&self) -> TcfCanadaBuilder {
        TcfCanadaBuilder::of(self)
    }

    pub(super) const fn header(&self) -> Header {
        self.header
    }

    /// Whether both say the same of vendors, of which forms may read different ones out of
    /// the same bits.
    fn says_the_same_as(&self, other: &Self) -> bool {
        let sets = |canada: &Self| {
            let disclosed = canada.disclosed_vendors().map(|vendors| vendors.to_set());
            (canada.vendors_express().to_set(), canada.vendors_implied().to_set(), disclosed)
        };
        let restrictions = |canada: &Self| {
            canada.publisher_restrictions().map(|on| (on.purpose, on.kind, on.vendors.to_set()))
        };
        sets(self) == sets(other) && restrictions(self).eq(restrictions(other))
    }

    /// Whether another form fits, and says something else.
    fn is_ambiguous(&self) -> bool {
        let others = CanadaForm::ALL.iter().filter(|form| **form != self.form());
        others.filter_map(|form| self.in_form(*form)).any(|other| !self.says_the_same_as(&other))
    }

    /// Tells of what is against the specification.
    pub(in crate::gpp) fn check(&self, found: &mut dyn FnMut(FindingKind, Option<&'static str>)) {
        if self.is_ambiguous() {
            found(FindingKind::AmbiguousForm, None);
        }
        if self.checked.lacks_restrictions {
            found(FindingKind::RestrictionsLeftOut, Some("publisher_restrictions"));
        }
        let undefined = |kind| kind == CanadaRestrictionType::Undefined;
        if self.publisher_restrictions().any(|on| undefined(on.restriction_type())) {
            found(FindingKind::UndefinedRestrictionType, Some("publisher_restrictions"));
        }
        if self.purposes_implied().contains(PurposeId::MIN) {
            found(FindingKind::ImpliedPurposeOne, Some("purposes_implied"));
        }
    }
}

/// Form and times, and nothing of the user's choices.
impl fmt::Debug for TcfCanadaRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TcfCanadaRef")
            .field("form", &self.form())
            .field("created", &self.created())
            .field("last_updated", &self.last_updated())
            .finish_non_exhaustive()
    }
}
