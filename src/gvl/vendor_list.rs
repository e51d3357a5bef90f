//! The list of vendors.

use core::str::FromStr;

use serde::Deserializer;

use super::error::ListErrorKind;
use super::read::{self, Read, properties};
use super::table::{Entries, Table};
use super::track::{Depth, Track};
use super::{
    DataCategoryId, DeclaredBases, Definition, FeatureId, ListError, Stack, StackId, Vendor,
};
use crate::tcf::{PurposeId, SpecialFeatureId, SpecialPurposeId, VendorId};
use crate::time::Timestamp;

/// The version of the specification that a list follows, `gvlSpecificationVersion`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SpecificationVersion {
    /// Version 2, from before TCF 2.2.
    V2,
    /// Version 3.
    V3,
}

impl SpecificationVersion {
    /// The number in the list.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::V2 => 2,
            Self::V3 => 3,
        }
    }
}

/// The Global Vendor List. See the [module](super) for an example.
#[derive(Debug, Clone)]
pub struct VendorList {
    specification: SpecificationVersion,
    version: u16,
    policy_version: u8,
    last_updated: Timestamp,
    purposes: Table<PurposeId, Definition<PurposeId>>,
    special_purposes: Table<SpecialPurposeId, Definition<SpecialPurposeId>>,
    features: Table<FeatureId, Definition<FeatureId>>,
    special_features: Table<SpecialFeatureId, Definition<SpecialFeatureId>>,
    data_categories: Table<DataCategoryId, Definition<DataCategoryId>>,
    stacks: Table<StackId, Stack>,
    vendors: Table<VendorId, Vendor>,
}

impl VendorList {
    /// Reads a list, in time and memory that grow with its length.
    ///
    /// # Errors
    ///
    /// See [`ListErrorKind`], which has an example of each.
    pub fn parse(json: impl AsRef<[u8]>) -> Result<Self, ListError> {
        read::file(json.as_ref())
    }

    /// The version of the specification that the list follows.
    #[must_use]
    pub const fn specification(&self) -> SpecificationVersion {
        self.specification
    }

    /// The version of the list, which a TC string names as its `VendorListVersion`.
    #[must_use]
    pub const fn version(&self) -> u16 {
        self.version
    }

    /// The version of the policies that the list goes with, which a TC string names as its
    /// `TcfPolicyVersion`.
    #[must_use]
    pub const fn policy_version(&self) -> u8 {
        self.policy_version
    }

    /// When the list was published.
    #[must_use]
    pub const fn last_updated(&self) -> Timestamp {
        self.last_updated
    }

    /// A vendor, deleted ones among them: see [`Vendor::is_deleted_at`]. Logarithmic in the
    /// number of vendors.
    #[must_use]
    pub fn vendor(&self, id: VendorId) -> Option<&Vendor> {
        self.vendors.get(id)
    }

    /// All vendors, deleted ones among them.
    pub fn vendors(&self) -> Entries<'_, Vendor> {
        self.vendors.iter()
    }

    /// The legal bases that a vendor declares for a purpose; `None` for a vendor that isn't in
    /// the list. A deleted vendor still has what it declared.
    #[must_use]
    pub fn bases(&self, vendor: VendorId, purpose: PurposeId) -> Option<DeclaredBases> {
        Some(self.vendor(vendor)?.bases(purpose))
    }
}

/// A getter of one definition, and one of all, for each kind.
macro_rules! definitions {
    ($($one:ident, $all:ident: $id:ty => $entry:ty, $what:literal;)+) => {
        impl VendorList {$(
            #[doc = concat!("What ", $what, " is.")]
            #[must_use]
            pub fn $one(&self, id: $id) -> Option<&$entry> {
                self.$all.get(id)
            }

            #[doc = concat!("All that [`", stringify!($one), "`](Self::", stringify!($one), ") knows.")]
            pub fn $all(&self) -> Entries<'_, $entry> {
                self.$all.iter()
            }
        )+}
    };
}

definitions! {
    purpose, purposes: PurposeId => Definition<PurposeId>, "a purpose";
    special_purpose, special_purposes: SpecialPurposeId => Definition<SpecialPurposeId>, "a special purpose";
    feature, features: FeatureId => Definition<FeatureId>, "a feature";
    special_feature, special_features: SpecialFeatureId => Definition<SpecialFeatureId>, "a special feature";
    data_category, data_categories: DataCategoryId => Definition<DataCategoryId>, "a category of data";
    stack, stacks: StackId => Stack, "a stack";
}

impl FromStr for VendorList {
    type Err = ListError;

    /// Does what [`parse`](Self::parse) does.
    fn from_str(json: &str) -> Result<Self, ListError> {
        Self::parse(json)
    }
}

properties! { ListProperties, List:
    specification: u16 = "gvlSpecificationVersion",
    version: u16 = "vendorListVersion",
    policy_version: u8 = "tcfPolicyVersion",
    last_updated: Timestamp = "lastUpdated",
    purposes: Table<PurposeId, Definition<PurposeId>> = "purposes",
    special_purposes: Table<SpecialPurposeId, Definition<SpecialPurposeId>> = "specialPurposes",
    features: Table<FeatureId, Definition<FeatureId>> = "features",
    special_features: Table<SpecialFeatureId, Definition<SpecialFeatureId>> = "specialFeatures",
    data_categories: Table<DataCategoryId, Definition<DataCategoryId>> = "dataCategories",
    stacks: Table<StackId, Stack> = "stacks",
    vendors: Table<VendorId, Vendor> = "vendors",
}

impl Read for VendorList {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        const SPECIFICATION: &str = "gvlSpecificationVersion";
        let list: ListProperties = read::object(deserializer, track)?;
        let specification = match track.required(list.specification, SPECIFICATION, Depth::List)? {
            2 => SpecificationVersion::V2,
            3 => SpecificationVersion::V3,
            _ => {
                track.at_field(SPECIFICATION, Depth::List);
                return Err(track.error(ListErrorKind::UnsupportedVersion));
            }
        };
        Ok(Self {
            specification,
            version: track.required(list.version, "vendorListVersion", Depth::List)?,
            policy_version: track.required(list.policy_version, "tcfPolicyVersion", Depth::List)?,
            last_updated: track.required(list.last_updated, "lastUpdated", Depth::List)?,
            purposes: list.purposes.unwrap_or_default(),
            special_purposes: list.special_purposes.unwrap_or_default(),
            features: list.features.unwrap_or_default(),
            special_features: list.special_features.unwrap_or_default(),
            data_categories: list.data_categories.unwrap_or_default(),
            stacks: list.stacks.unwrap_or_default(),
            vendors: track.required(list.vendors, "vendors", Depth::List)?,
        })
    }
}
