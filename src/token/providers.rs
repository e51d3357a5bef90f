//! Google's ad tech providers in a token.

use core::fmt;
use core::str::FromStr;

use super::{TokenError, TokenErrorKind};
use crate::bits::{BitReader, BitWriter};
use crate::buffer::Buffer;
use crate::error::{DecodeErrorKind, Fault};
use crate::ids::{IdSet, id_type};
use crate::text;
use crate::vendor_section::{self, Section};

id_type! {
    /// Google's number for an ad tech provider, as far as a token has room for it: 1 to 65535.
    ///
    /// It has nothing to do with the numbers of IAB Europe's Global Vendor List nor with
    /// Didomi's: they are other types.
    #[cfg_attr(feature = "ac", doc = "The numbers of an AC string are the same, and have more room: [`ac::ProviderId`](crate::ac::ProviderId).")]
    ProviderId, 65535
}

#[cfg(feature = "ac")]
impl From<ProviderId> for crate::ac::ProviderId {
    fn from(id: ProviderId) -> Self {
        Self::new(id.get().into()).expect("no ID is 0")
    }
}

#[cfg(feature = "ac")]
impl TryFrom<crate::ac::ProviderId> for ProviderId {
    type Error = crate::InvalidId;

    fn try_from(id: crate::ac::ProviderId) -> Result<Self, crate::InvalidId> {
        Self::try_from(id.get())
    }
}

/// The ad tech providers of a token, from its property `ac`: two sets around a dot.
///
/// Each set is a vendor section as a TC string has it, over the numbers of Google's providers,
/// filled with zeros to whole bytes, in web-safe base64 without padding (seen).
///
/// That the first set is consent and the second legitimate interest is inferred: the second is
/// far more often `AAAA`, which is the empty set.
///
/// ```
/// # use consent_string::token::AdTechProviders;
/// let providers: AdTechProviders = "AGWAGACMAFIAZQ.AAAA".parse()?;
/// assert_eq!(providers.consent().to_string(), "35, 41, 101");
/// assert!(providers.legitimate_interest().is_empty());
/// assert_eq!(providers.to_string(), "AGWAGACMAFIAZQ.AAAA");
/// # Ok::<(), consent_string::token::TokenError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct AdTechProviders {
    consent: IdSet<ProviderId>,
    legitimate_interest: IdSet<ProviderId>,
}

/// The field that errors of the whole property name.
const AC: &str = "ac";

impl AdTechProviders {
    /// The providers that have the user's consent, and those with a legitimate interest.
    #[must_use]
    pub const fn new(consent: IdSet<ProviderId>, legitimate_interest: IdSet<ProviderId>) -> Self {
        Self { consent, legitimate_interest }
    }

    /// The providers of the first set: consent (inferred).
    #[must_use]
    pub const fn consent(&self) -> &IdSet<ProviderId> {
        &self.consent
    }

    /// The providers of the second set: legitimate interest (inferred).
    #[must_use]
    pub const fn legitimate_interest(&self) -> &IdSet<ProviderId> {
        &self.legitimate_interest
    }
}

impl FromStr for AdTechProviders {
    type Err = TokenError;

    /// Reads the value of the property.
    ///
    /// # Errors
    ///
    /// [`TooLong`](TokenErrorKind::TooLong) for a text past
    /// [`MAX_TEXT_LENGTH`](crate::MAX_TEXT_LENGTH),
    /// [`ProviderParts`](TokenErrorKind::ProviderParts) for `AAAA`,
    /// [`Providers`](TokenErrorKind::Providers) for `AAAA.AAA+`.
    fn from_str(text: &str) -> Result<Self, TokenError> {
        let maximum = text::MAX_TEXT_LENGTH;
        if text.len() > maximum as usize {
            return Err(TokenError::of(TokenErrorKind::TooLong { maximum }, AC));
        }
        let (consent, legitimate_interest) = text
            .split_once('.')
            .filter(|(_, second)| !second.contains('.'))
            .ok_or(TokenError::of(TokenErrorKind::ProviderParts, AC))?;
        Ok(Self {
            consent: read(consent, "ac.consent")?,
            legitimate_interest: read(legitimate_interest, "ac.legitimate_interest")?,
        })
    }
}

/// Reads one of the sets.
fn read(text: &str, field: &'static str) -> Result<IdSet<ProviderId>, TokenError> {
    let mut buffer = Buffer::new();
    let buffer = buffer.room(text::buffer_len(text.len()));
    let error =
        |fault: Fault| TokenError::at_bit(TokenErrorKind::Providers(fault.kind), field, fault.bit);
    let characters = text::decode_prefix(text.as_bytes(), buffer);
    let bits = 6 * characters;
    if characters < text.len() {
        let kind = DecodeErrorKind::InvalidCharacter { base64: true };
        return Err(error(Fault::new(kind, bits)));
    }
    if characters % 4 == 1 {
        return Err(error(Fault::new(DecodeErrorKind::DanglingCharacter, bits - 6)));
    }
    let start = BitReader::new(buffer, bits / 8 * 8);
    let mut reader = start;
    let section = Section::take(&mut reader, false, &mut ()).map_err(error)?;
    // With the bits that complete no byte.
    if !BitReader::new(buffer, bits).at(reader.position()).is_zero_to_end() {
        let fault = Fault::new(DecodeErrorKind::NonZeroFill, reader.position());
        return Err(error(fault));
    }
    let fill = u32::try_from(reader.left()).expect("a text has fewer than 2³² bits");
    if fill >= 24 {
        let kind = DecodeErrorKind::ExcessFill { bits: fill };
        return Err(error(Fault::new(kind, reader.position())));
    }
    Ok(section.read(start).to_set())
}

impl fmt::Display for AdTechProviders {
    /// The value of the property, each set in the shorter of its two encodings.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let write = |set: &IdSet<ProviderId>| {
            let mut writer = BitWriter::with_capacity(0);
            vendor_section::put(set, &mut writer);
            text::encode(&writer.into_filled(1), 0)
        };
        write!(f, "{}.{}", write(&self.consent), write(&self.legitimate_interest))
    }
}

/// Shows how many there are: what somebody consented to is personal data.
impl fmt::Debug for AdTechProviders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdTechProviders")
            .field("consent", &self.consent.len())
            .field("legitimate_interest", &self.legitimate_interest.len())
            .finish()
    }
}
