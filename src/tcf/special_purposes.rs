//! The special purposes by name, as version 3 of the Global Vendor List has them.
//!
//! The user has no choice about them, so a TC string has no place for them: the numbers are
//! those of `specialPurposes` in the list. Documented: the framework's policies, appendix A.

use super::SpecialPurposeId;

/// 1, "Ensure security, prevent and detect fraud, and fix errors".
pub const ENSURE_SECURITY: SpecialPurposeId = SpecialPurposeId::new(1).unwrap();
/// 2, "Deliver and present advertising and content".
pub const DELIVER: SpecialPurposeId = SpecialPurposeId::new(2).unwrap();
/// 3, "Save and communicate privacy choices".
pub const SAVE_CHOICES: SpecialPurposeId = SpecialPurposeId::new(3).unwrap();

/// The three special purposes, rising.
pub const ALL: &[SpecialPurposeId] = &[ENSURE_SECURITY, DELIVER, SAVE_CHOICES];
