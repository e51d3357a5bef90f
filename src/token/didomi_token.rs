//! The token as a value.

use alloc::string::String;
use core::fmt;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::{AdTechProviders, Choices, TokenTime};

/// The version of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Version {
    /// Version 2.
    V2,
}

impl Version {
    /// The number that a token has.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::V2 => 2,
        }
    }
}

/// A `didomi_token`, read in full.
///
/// It is changed by making another one: `with_vendors` and its like take a token and give it
/// back with that part.
///
/// ```
/// use consent_string::token::{Choices, DidomiToken};
///
/// let user = "7faf675d-99c0-4ad2-bbbf-f0fa962587b0".parse()?;
/// let token = DidomiToken::new(user, "2024-08-27T07:15:05.610Z".parse()?)
///     .with_vendors(Choices::new(["google"], ["c:hotjar"])?);
/// assert_eq!(token.encode()?.parse(), Ok(token));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
#[must_use]
pub struct DidomiToken {
    pub(super) user_id: Uuid,
    pub(super) created: TokenTime,
    pub(super) updated: TokenTime,
    pub(super) version: Option<Version>,
    pub(super) purposes: Option<Choices>,
    pub(super) vendors: Option<Choices>,
    pub(super) purposes_li: Option<Choices>,
    pub(super) vendors_li: Option<Choices>,
    pub(super) ad_tech_providers: Option<AdTechProviders>,
    pub(super) other: Map<String, Value>,
}

/// A getter of each choice, and what puts it into a token.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident, $with:ident;)+) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(&self) -> Option<&Choices> {
            self.$name.as_ref()
        }

        #[doc = concat!("The token with other [`", stringify!($name), "`](Self::", stringify!($name), ").")]
        pub fn $with(self, choices: Choices) -> Self {
            Self { $name: Some(choices), ..self }
        }
    )+};
}

impl DidomiToken {
    /// A token of version 2 without a choice, updated when it was created.
    pub fn new(user_id: Uuid, created: TokenTime) -> Self {
        Self {
            user_id,
            created,
            updated: created,
            version: Some(Version::V2),
            purposes: None,
            vendors: None,
            purposes_li: None,
            vendors_li: None,
            ad_tech_providers: None,
            other: Map::new(),
        }
    }

    /// Whose choices these are.
    #[must_use]
    pub const fn user_id(&self) -> Uuid {
        self.user_id
    }

    /// When the user was first seen.
    #[must_use]
    pub const fn created(&self) -> TokenTime {
        self.created
    }

    /// When the choices were last changed.
    #[must_use]
    pub const fn updated(&self) -> TokenTime {
        self.updated
    }

    /// The token with another time of its last change.
    pub fn with_updated(self, updated: TokenTime) -> Self {
        Self { updated, ..self }
    }

    /// The version; `None` where the user has chosen nothing yet.
    #[must_use]
    pub const fn version(&self) -> Option<Version> {
        self.version
    }

    /// The token with another version.
    pub fn with_version(self, version: Option<Version>) -> Self {
        Self { version, ..self }
    }

    choices! {
        /// Purposes, consent.
        purposes, with_purposes;
        /// Vendors, consent.
        vendors, with_vendors;
        /// Purposes, legitimate interest (inferred).
        purposes_li, with_purposes_li;
        /// Vendors, legitimate interest.
        vendors_li, with_vendors_li;
    }

    /// Google's ad tech providers.
    #[must_use]
    pub const fn ad_tech_providers(&self) -> Option<&AdTechProviders> {
        self.ad_tech_providers.as_ref()
    }

    /// The token with other ad tech providers.
    pub fn with_ad_tech_providers(self, providers: AdTechProviders) -> Self {
        Self { ad_tech_providers: Some(providers), ..self }
    }

    /// The properties that aren't known, as they came.
    #[must_use]
    pub const fn other(&self) -> &Map<String, Value> {
        &self.other
    }
}

/// Shows what the token has, and neither whose it is nor what was chosen.
impl fmt::Debug for DidomiToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DidomiToken")
            .field("created", &self.created)
            .field("updated", &self.updated)
            .field("version", &self.version)
            .field("purposes", &self.purposes)
            .field("vendors", &self.vendors)
            .field("purposes_li", &self.purposes_li)
            .field("vendors_li", &self.vendors_li)
            .field("ad_tech_providers", &self.ad_tech_providers)
            .field("other", &self.other.len())
            .finish_non_exhaustive()
    }
}
