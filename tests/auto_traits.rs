//! Which auto traits the public types have: a change to one of them breaks callers.
//!
//! That the list is complete is checked against the snapshot of the public API.

#![cfg(all(
    feature = "ac",
    feature = "algonomy",
    feature = "didomi-api",
    feature = "gpp",
    feature = "explain",
    feature = "gvl",
    feature = "json",
    feature = "netid",
    feature = "numeric-ids",
    feature = "request",
    feature = "token"
))]

#[path = "support/public_types.rs"]
mod public_types;

use std::collections::BTreeSet;
use std::panic::{RefUnwindSafe, UnwindSafe};

use consent_string::didomi::VendorId;
use consent_string::gpp::Consent;
use consent_string::gvl::StackId;
use consent_string::tcf::SpecialFeatureId;
use consent_string::{
    Buffer, Format, Hint, ParseInError, ac, any, conversion, cookie, decision, diff, explain, gpp,
    gvl, numeric_ids, request, token, us_privacy,
};
use consent_string::{
    DecodeError, DecodeErrorKind, EmptySecret, EncodeError, EncodeErrorKind, IdRange, IdSet,
    InvalidId, Secret, Segment, Timestamp, TimestampError, algonomy, didomi, digest, ids, link,
    netid, tcf,
};

/// All of the standard library's auto traits.
trait EveryAutoTrait: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe {}
impl<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe> EveryAutoTrait for T {}

/// Compiles only for types with all of the auto traits; their names without parameters.
macro_rules! with_every_auto_trait {
    ($($($name:ident)::+ $(<$($parameter:tt),+>)?,)+) => {{
        const fn has_every<T: EveryAutoTrait>() {}
        $(has_every::<$($name)::+ $(<$($parameter),+>)?>();)+
        [$([$(stringify!($name)),+].join("::")),+]
    }};
}

#[test]
fn every_public_type_has_every_auto_trait() {
    let checked = public_types::with_every_public_type!(with_every_auto_trait);
    assert_eq!(BTreeSet::from(checked), public_types::in_snapshot());
}
