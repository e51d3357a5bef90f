//! The special features by name, as version 3 of the Global Vendor List has them.
//!
//! The user opts in to each of them for all vendors at once: see
//! [`special_feature_opt_ins`](super::TcString::special_feature_opt_ins). Documented: the
//! framework's policies, appendix A.

use super::SpecialFeatureId;

/// 1, "Use precise geolocation data".
pub const PRECISE_GEOLOCATION: SpecialFeatureId = SpecialFeatureId::new(1).unwrap();
/// 2, "Actively scan device characteristics for identification".
pub const SCAN_DEVICE: SpecialFeatureId = SpecialFeatureId::new(2).unwrap();

/// The two special features, rising. A string has places for ten more, which stand for
/// nothing yet.
pub const ALL: &[SpecialFeatureId] = &[PRECISE_GEOLOCATION, SCAN_DEVICE];
