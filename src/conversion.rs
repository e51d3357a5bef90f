//! A `didomi_token` as a Didomi Consent String, and the way back (feature `token`).
//!
//! A token names purposes and vendors by text, a Didomi Consent String by number.
//! [`NumericIds`] says which number stands for which text; Didomi's API has both tables.
//!
//! ```
//! use consent_string::conversion::{Conversion, Loss};
//! use consent_string::didomi::{PurposeId, VendorId};
//! use consent_string::numeric_ids::NumericIds;
//! use consent_string::token::{Choices, DidomiToken};
//!
//! let vendors = NumericIds::from_pairs([(VendorId::new(2).unwrap(), "google")])?;
//! let purposes = NumericIds::from_pairs([(PurposeId::new(5).unwrap(), "cookies")])?;
//! let conversion = Conversion::new(&vendors, &purposes);
//!
//! let user = "7faf675d-99c0-4ad2-bbbf-f0fa962587b0".parse()?;
//! let token = DidomiToken::new(user, "2024-08-27T07:15:05.610Z".parse()?)
//!     .with_vendors(Choices::new(["google"], ["c:hotjar"])?);
//! let converted = conversion.to_didomi(&token)?;
//! assert_eq!(converted.losses()[0].to_string(), "vendors, disabled: 1 ID without a number");
//! assert_eq!(converted.losses()[1].to_string(), "created: 10 milliseconds");
//! // Who takes the string without a choice of the person's says so by name.
//! assert!(converted.clone().with_every_choice().is_err());
//! let (string, losses) = converted.into_parts();
//! assert_eq!(string.vendors().to_set().to_string(), "2");
//! assert_eq!(losses.iter().filter(|loss| loss.is_choice()).count(), 1);
//!
//! let (token, _) = conversion.to_token(&string).into_parts();
//! assert_eq!(token.vendors().unwrap().enabled(), ["google"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing is dropped in silence: what the other format has no place for, or no ID, is a
//! [`Loss`].
//!
//! | of | becomes | source |
//! | --- | --- | --- |
//! | a token | a string of version 1, or of version 2 under the [regulation](Conversion::regulation) that the caller names: a token names none | ours |
//! | a text ID | the number of the text as it stands, else of the text without the prefix `c:`, `didomi:` or `iab:` | that the prefixes are deprecated is documented; that both stand for one ID is ours |
//! | two texts of one number, one enabled and one disabled | an error | ours |
//! | milliseconds | the tenth of a second before them | ours: a string has room for no more |
//! | a string | a token of version 2 with all four properties and both lists in each | ours: a reader need not fill in what is absent |
//! | a number | its text; of a vendor with `c:` in front where [asked for](Conversion::custom_prefix) | that tokens have such a prefix is seen |

mod converted;
mod loss;
mod to_didomi;
mod to_token;

pub use converted::{ChoicesLost, Converted};
pub use loss::Loss;

use crate::didomi::{PurposeId, Regulation, VendorId};
use crate::ids::IdSet;
use crate::numeric_ids::NumericIds;

/// Converts tokens and Didomi Consent Strings into each other, by tables of numbers and texts.
///
/// See the [module](self) for an example.
#[derive(Debug, Clone)]
#[must_use]
pub struct Conversion<'a> {
    vendors: &'a NumericIds<VendorId>,
    purposes: &'a NumericIds<PurposeId>,
    regulation: Option<Regulation>,
    /// The vendors that are Didomi's own, where all others are written with a prefix.
    unprefixed: Option<IdSet<VendorId>>,
}

impl<'a> Conversion<'a> {
    /// A conversion by these tables: tokens become strings of version 1, vendors are written
    /// without a prefix.
    pub const fn new(
        vendors: &'a NumericIds<VendorId>,
        purposes: &'a NumericIds<PurposeId>,
    ) -> Self {
        Self { vendors, purposes, regulation: None, unprefixed: None }
    }

    /// Makes strings of version 2, under a regulation that the caller knows.
    pub fn regulation(self, regulation: Regulation) -> Self {
        Self { regulation: Some(regulation), ..self }
    }

    /// Writes the IDs of vendors in tokens with `c:` in front, as older tokens have those of
    /// custom vendors (seen), but for those that are Didomi's own: the tables don't tell which.
    pub fn custom_prefix(self, didomis_own: IdSet<VendorId>) -> Self {
        Self { unprefixed: Some(didomis_own), ..self }
    }
}
