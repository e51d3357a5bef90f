//! The purposes by name, as version 3 of the Global Vendor List has them.
//!
//! The names are short forms of the list's own, which each constant has in full.
//! Documented: the framework's policies, appendix A.
//!
//! ```
//! use consent_string::tcf::{SmallSet, purposes};
//!
//! assert_eq!(purposes::SELECT_PERSONALISED_ADS.get(), 4);
//! let all: SmallSet<_> = purposes::ALL.iter().copied().collect();
//! assert_eq!(all.len(), 11);
//! ```

use super::PurposeId;

/// 1, "Store and/or access information on a device". Never on legitimate interest.
pub const STORE: PurposeId = PurposeId::new(1).unwrap();
/// 2, "Use limited data to select advertising".
pub const SELECT_BASIC_ADS: PurposeId = PurposeId::new(2).unwrap();
/// 3, "Create profiles for personalised advertising".
pub const CREATE_ADS_PROFILE: PurposeId = PurposeId::new(3).unwrap();
/// 4, "Use profiles to select personalised advertising".
pub const SELECT_PERSONALISED_ADS: PurposeId = PurposeId::new(4).unwrap();
/// 5, "Create profiles to personalise content".
pub const CREATE_CONTENT_PROFILE: PurposeId = PurposeId::new(5).unwrap();
/// 6, "Use profiles to select personalised content".
pub const SELECT_PERSONALISED_CONTENT: PurposeId = PurposeId::new(6).unwrap();
/// 7, "Measure advertising performance".
pub const MEASURE_ADS: PurposeId = PurposeId::new(7).unwrap();
/// 8, "Measure content performance".
pub const MEASURE_CONTENT: PurposeId = PurposeId::new(8).unwrap();
/// 9, "Understand audiences through statistics or combinations of data from different sources".
pub const UNDERSTAND_AUDIENCES: PurposeId = PurposeId::new(9).unwrap();
/// 10, "Develop and improve services".
pub const DEVELOP_SERVICES: PurposeId = PurposeId::new(10).unwrap();
/// 11, "Use limited data to select content".
pub const SELECT_BASIC_CONTENT: PurposeId = PurposeId::new(11).unwrap();

/// The eleven purposes, rising. A string has places for 13 more, which stand for nothing yet.
pub const ALL: &[PurposeId] = &[
    STORE,
    SELECT_BASIC_ADS,
    CREATE_ADS_PROFILE,
    SELECT_PERSONALISED_ADS,
    CREATE_CONTENT_PROFILE,
    SELECT_PERSONALISED_CONTENT,
    MEASURE_ADS,
    MEASURE_CONTENT,
    UNDERSTAND_AUDIENCES,
    DEVELOP_SERVICES,
    SELECT_BASIC_CONTENT,
];
