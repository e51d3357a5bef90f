//! A vendor, and all that it declares.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Deserializer;

use super::deletion::Deletion;
use super::read::{self, Read, properties};
use super::table::Table;
use super::track::{Depth, Track};
use super::{DataCategoryId, DeclaredBases, FeatureId};
use crate::ids::IdSet;
use crate::tcf::{PurposeId, SmallSet, SpecialFeatureId, SpecialPurposeId, VendorId};
use crate::time::Timestamp;

/// A vendor of the Global Vendor List.
#[derive(Debug, Clone)]
pub struct Vendor {
    id: VendorId,
    name: String,
    purposes: SmallSet<PurposeId>,
    legitimate_interest_purposes: SmallSet<PurposeId>,
    flexible_purposes: SmallSet<PurposeId>,
    special_purposes: IdSet<SpecialPurposeId>,
    features: IdSet<FeatureId>,
    special_features: SmallSet<SpecialFeatureId>,
    data_declaration: IdSet<DataCategoryId>,
    data_retention: Option<DataRetention>,
    uses_cookies: Option<bool>,
    cookie_max_age_seconds: Option<i64>,
    cookie_refresh: Option<bool>,
    uses_non_cookie_access: Option<bool>,
    urls: Vec<Urls>,
    policy_url: Option<String>,
    device_storage_disclosure_url: Option<String>,
    deletion: Deletion,
}

impl Vendor {
    /// The vendor's number.
    #[must_use]
    pub const fn id(&self) -> VendorId {
        self.id
    }

    /// The vendor's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The legal bases that the vendor declares for a purpose.
    pub fn bases(&self, purpose: PurposeId) -> DeclaredBases {
        DeclaredBases {
            consent: self.purposes.contains(purpose),
            legitimate_interest: self.legitimate_interest_purposes.contains(purpose),
            flexible: self.flexible_purposes.contains(purpose),
        }
    }

    /// The purposes that the vendor declares, on whichever basis.
    #[must_use]
    pub fn declared_purposes(&self) -> SmallSet<PurposeId> {
        self.purposes | self.legitimate_interest_purposes
    }

    /// The purposes on consent.
    #[must_use]
    pub const fn purposes(&self) -> SmallSet<PurposeId> {
        self.purposes
    }

    /// The purposes on legitimate interest.
    #[must_use]
    pub const fn legitimate_interest_purposes(&self) -> SmallSet<PurposeId> {
        self.legitimate_interest_purposes
    }

    /// The purposes whose basis the publisher may change.
    #[must_use]
    pub const fn flexible_purposes(&self) -> SmallSet<PurposeId> {
        self.flexible_purposes
    }

    /// The special purposes, to which users can't object.
    #[must_use]
    pub const fn special_purposes(&self) -> &IdSet<SpecialPurposeId> {
        &self.special_purposes
    }

    /// The features: means that the vendor uses for its purposes.
    #[must_use]
    pub const fn features(&self) -> &IdSet<FeatureId> {
        &self.features
    }

    /// The special features, each of which needs the user's opt-in.
    #[must_use]
    pub const fn special_features(&self) -> SmallSet<SpecialFeatureId> {
        self.special_features
    }

    /// The categories of data that the vendor collects. Version 2 of the list has none.
    #[must_use]
    pub const fn data_declaration(&self) -> &IdSet<DataCategoryId> {
        &self.data_declaration
    }

    /// How long the vendor keeps data. Version 2 of the list doesn't say.
    #[must_use]
    pub const fn data_retention(&self) -> Option<&DataRetention> {
        self.data_retention.as_ref()
    }

    /// Whether the vendor uses cookies.
    #[must_use]
    pub const fn uses_cookies(&self) -> Option<bool> {
        self.uses_cookies
    }

    /// The longest life of the vendor's cookies, in seconds, as it declares it.
    #[must_use]
    pub const fn cookie_max_age_seconds(&self) -> Option<i64> {
        self.cookie_max_age_seconds
    }

    /// Whether the vendor's cookies are renewed.
    #[must_use]
    pub const fn cookie_refresh(&self) -> Option<bool> {
        self.cookie_refresh
    }

    /// Whether the vendor accesses devices otherwise than by cookies.
    #[must_use]
    pub const fn uses_non_cookie_access(&self) -> Option<bool> {
        self.uses_non_cookie_access
    }

    /// Where the vendor informs users, by language. Version 2 of the list has
    /// [`policy_url`](Self::policy_url) instead.
    #[must_use]
    pub fn urls(&self) -> &[Urls] {
        &self.urls
    }

    /// Where the vendor's privacy policy is, in version 2 of the list.
    #[must_use]
    pub fn policy_url(&self) -> Option<&str> {
        self.policy_url.as_deref()
    }

    /// Where the vendor says what it stores on devices.
    #[must_use]
    pub fn device_storage_disclosure_url(&self) -> Option<&str> {
        self.device_storage_disclosure_url.as_deref()
    }

    /// From when on the vendor is deleted, if it is.
    #[must_use]
    pub const fn deleted_date(&self) -> Option<Timestamp> {
        self.deletion.date()
    }

    /// Whether the vendor is deleted at a time: from its `deletedDate` on.
    #[must_use]
    pub fn is_deleted_at(&self, now: Timestamp) -> bool {
        self.deletion.has_happened_at(now)
    }
}

properties! { VendorProperties, Entry:
    id: u16 = "id",
    name: String = "name",
    purposes: SmallSet<PurposeId> = "purposes",
    legitimate_interest_purposes: SmallSet<PurposeId> = "legIntPurposes",
    flexible_purposes: SmallSet<PurposeId> = "flexiblePurposes",
    special_purposes: IdSet<SpecialPurposeId> = "specialPurposes",
    features: IdSet<FeatureId> = "features",
    special_features: SmallSet<SpecialFeatureId> = "specialFeatures",
    data_declaration: IdSet<DataCategoryId> = "dataDeclaration",
    data_retention: Option<DataRetention> = "dataRetention",
    uses_cookies: Option<bool> = "usesCookies",
    cookie_max_age_seconds: Option<i64> = "cookieMaxAgeSeconds",
    cookie_refresh: Option<bool> = "cookieRefresh",
    uses_non_cookie_access: Option<bool> = "usesNonCookieAccess",
    urls: Vec<Urls> = "urls",
    policy_url: Option<String> = "policyUrl",
    device_storage_disclosure_url: Option<String> = "deviceStorageDisclosureUrl",
    deleted: Option<Timestamp> = "deletedDate",
}

impl Read for Vendor {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        let properties: VendorProperties = read::object(deserializer, track)?;
        Ok(Self {
            id: track.entry_id(properties.id)?,
            name: track.required(properties.name, "name", Depth::Entry)?,
            purposes: properties.purposes.unwrap_or_default(),
            legitimate_interest_purposes: properties
                .legitimate_interest_purposes
                .unwrap_or_default(),
            flexible_purposes: properties.flexible_purposes.unwrap_or_default(),
            special_purposes: properties.special_purposes.unwrap_or_default(),
            features: properties.features.unwrap_or_default(),
            special_features: properties.special_features.unwrap_or_default(),
            data_declaration: properties.data_declaration.unwrap_or_default(),
            data_retention: properties.data_retention.flatten(),
            uses_cookies: properties.uses_cookies.flatten(),
            cookie_max_age_seconds: properties.cookie_max_age_seconds.flatten(),
            cookie_refresh: properties.cookie_refresh.flatten(),
            uses_non_cookie_access: properties.uses_non_cookie_access.flatten(),
            urls: properties.urls.unwrap_or_default(),
            policy_url: properties.policy_url.flatten(),
            device_storage_disclosure_url: properties.device_storage_disclosure_url.flatten(),
            deletion: Deletion::new(properties.deleted.flatten()),
        })
    }
}

/// How long a vendor keeps data, in days.
#[derive(Debug, Clone)]
pub struct DataRetention {
    standard: Option<u32>,
    purposes: Table<PurposeId, u32>,
    special_purposes: Table<SpecialPurposeId, u32>,
}

impl DataRetention {
    /// For which it says nothing else, in days.
    #[must_use]
    pub const fn standard(&self) -> Option<u32> {
        self.standard
    }

    /// For a purpose, in days, [the standard](Self::standard) where there is no number for it.
    #[must_use]
    pub fn of_purpose(&self, purpose: PurposeId) -> Option<u32> {
        self.purposes.get(purpose).copied().or(self.standard)
    }

    /// For a special purpose, in days, [the standard](Self::standard) where there is no number
    /// for it.
    #[must_use]
    pub fn of_special_purpose(&self, purpose: SpecialPurposeId) -> Option<u32> {
        self.special_purposes.get(purpose).copied().or(self.standard)
    }
}

properties! { RetentionProperties, Nested:
    standard: Option<u32> = "stdRetention",
    purposes: Table<PurposeId, u32> = "purposes",
    special_purposes: Table<SpecialPurposeId, u32> = "specialPurposes",
}

impl Read for DataRetention {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        let properties: RetentionProperties = read::object(deserializer, track)?;
        Ok(Self {
            standard: properties.standard.flatten(),
            purposes: properties.purposes.unwrap_or_default(),
            special_purposes: properties.special_purposes.unwrap_or_default(),
        })
    }
}

/// Where a vendor informs users in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urls {
    language: Option<String>,
    privacy: Option<String>,
    legitimate_interest_claim: Option<String>,
}

impl Urls {
    /// The language, in lower case as the list has it: `en`.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Where the privacy policy is.
    #[must_use]
    pub fn privacy(&self) -> Option<&str> {
        self.privacy.as_deref()
    }

    /// Where the vendor explains its legitimate interests.
    #[must_use]
    pub fn legitimate_interest_claim(&self) -> Option<&str> {
        self.legitimate_interest_claim.as_deref()
    }
}

properties! { UrlProperties, Nested:
    language: Option<String> = "langId",
    privacy: Option<String> = "privacy",
    legitimate_interest_claim: Option<String> = "legIntClaim",
}

impl Read for Urls {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        let properties: UrlProperties = read::object(deserializer, track)?;
        Ok(Self {
            language: properties.language.flatten(),
            privacy: properties.privacy.flatten(),
            legitimate_interest_claim: properties.legitimate_interest_claim.flatten(),
        })
    }
}
