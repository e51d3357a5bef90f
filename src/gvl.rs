//! IAB Europe's Global Vendor List, versions 3 and 2, and its list of platforms: who the numbers
//! of a TC string are, and what each vendor declares.
//!
//! Both are JSON files that IAB Europe publishes (documented); getting them, and a new one each
//! week, is the caller's. A list is read once, and asked as often as needed:
//!
//! ```
//! use consent_string::gvl::VendorList;
//! use consent_string::tcf::{LegalBasis, LegalBasisRules, PurposeId, VendorId};
//!
//! let list = VendorList::parse(br#"{
//!     "gvlSpecificationVersion": 3, "vendorListVersion": 81, "tcfPolicyVersion": 5,
//!     "lastUpdated": "2025-01-02T16:00:27Z",
//!     "purposes": {"2": {"id": 2, "name": "Use limited data to select advertising"}},
//!     "vendors": {"755": {
//!         "id": 755, "name": "A vendor", "purposes": [1], "legIntPurposes": [2, 7],
//!         "flexiblePurposes": [2], "specialPurposes": [1], "features": [], "specialFeatures": []
//!     }}
//! }"#)?;
//! let (vendor, purpose) = (VendorId::new(755).unwrap(), PurposeId::new(2).unwrap());
//! assert_eq!(list.vendor(vendor).unwrap().name(), "A vendor");
//!
//! // What `permits` of a TC string wants to know.
//! let bases = list.bases(vendor, purpose).unwrap();
//! assert!(bases.legitimate_interest() && bases.is_flexible());
//! assert_eq!(bases.rules(), Some(LegalBasisRules::new(LegalBasis::LegitimateInterest).flexible()));
//! # Ok::<(), consent_string::gvl::ListError>(())
//! ```
//!
//! Properties that aren't known are passed over. What is known and isn't as documented is an
//! error that names the place, as `vendors 755, legIntPurposes`: a list that is misread would
//! answer for each user. Ours: the lists of numbers of a vendor may be missing, and are then
//! empty, as nothing was declared; a map without entries may be `[]`; a time may be a date
//! alone, which is its first moment, and is rounded down to the tenth of a second.

mod bases;
mod check;
mod cmp_list;
mod definition;
mod deletion;
mod error;
mod ids;
mod read;
mod table;
mod track;
mod vendor;
mod vendor_list;

pub use crate::tcf::FeatureId;
pub use bases::DeclaredBases;
pub use check::{ListViolation, VendorSection, violations};
pub use cmp_list::{Cmp, CmpList};
pub use definition::{Definition, Stack};
pub use error::{ListError, ListErrorKind};
pub use ids::{DataCategoryId, StackId};
pub use table::Entries;
pub use vendor::{DataRetention, Urls, Vendor};
pub use vendor_list::{SpecificationVersion, VendorList};
