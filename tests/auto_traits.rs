//! Which auto traits the public types have: a change to one of them breaks callers.
//!
//! That the list is complete is checked against the snapshot of the public API.

use std::collections::BTreeSet;
use std::panic::{RefUnwindSafe, UnwindSafe};

use consent_string::tcf::SpecialFeatureId;
use consent_string::{
    DecodeError, DecodeErrorKind, EmptySecret, EncodeError, EncodeErrorKind, IdRange, IdSet,
    InvalidId, PurposeId, Secret, Segment, Timestamp, TimestampError, VendorId, algonomy, didomi,
    digest, id_set, link, netid, tcf,
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

// One line for each type.
#[allow(clippy::too_many_lines)]
#[test]
fn every_public_type_has_every_auto_trait() {
    let checked = with_every_auto_trait![
        DecodeError,
        DecodeErrorKind,
        EmptySecret,
        EncodeError,
        EncodeErrorKind,
        IdRange<VendorId>,
        IdSet<VendorId>,
        InvalidId,
        PurposeId,
        Secret,
        Segment,
        Timestamp,
        TimestampError,
        VendorId,
        didomi::Builder,
        didomi::ConsentString,
        didomi::ConsentStringRef<'static>,
        didomi::DecodeOptions,
        didomi::EncodeOptions,
        didomi::Encoding,
        didomi::InferredCodes,
        didomi::Regulation,
        didomi::Section<VendorId>,
        didomi::SectionForm,
        didomi::SectionKind,
        didomi::SectionRef<'static, VendorId>,
        didomi::Status,
        didomi::StatusesCode,
        didomi::Version,
        digest::Algorithm,
        digest::AlgorithmSet,
        digest::Digest,
        digest::DigestParts<'static>,
        digest::EmptySecret,
        digest::ParseDigestError,
        digest::ParseDigestErrorKind,
        digest::PreparedSecret,
        digest::Secret,
        digest::SignUserIdError,
        digest::SignUserIdErrorKind,
        digest::SignedUserId,
        digest::SignedUserIdBuilder,
        digest::UnknownAlgorithm,
        digest::UserAuthWithHashParams,
        digest::Verifier,
        digest::VerifyError,
        digest::VerifyErrorKind,
        id_set::IdRange<VendorId>,
        id_set::IdSet<VendorId>,
        id_set::Ids<VendorId>,
        id_set::Iter<'static, VendorId>,
        id_set::Ranges<'static, VendorId>,
        link::Action,
        link::AllowedHosts,
        link::ChannelConsent,
        link::ConsentEvent,
        link::ConsentLink,
        link::ConsentLinkBuilder,
        link::Consents,
        link::Delegate,
        link::EventError,
        link::EventErrorKind,
        link::EventStatus,
        link::EventUser,
        link::LinkError,
        link::LinkErrorKind,
        link::LinkVerifyError,
        link::LinkVerifyErrorKind,
        link::Parameter,
        link::Preference,
        link::PurposeConsent,
        link::RedirectError,
        link::RedirectErrorKind,
        link::RedirectUrl,
        link::UnknownAction,
        link::VendorConsents,
        link::VerifiedLink<'static>,
        tcf::Builder,
        tcf::CustomPurposeId,
        tcf::DecodeOptions,
        tcf::InvalidLetters,
        tcf::LegalBasis,
        tcf::LegalBasisRules,
        tcf::Letters,
        tcf::PublisherTc,
        tcf::PurposeId,
        tcf::Refusal,
        tcf::Restriction,
        tcf::RestrictionType,
        tcf::RestrictionsRef<'static>,
        tcf::SmallIds<SpecialFeatureId>,
        tcf::SmallSet<SpecialFeatureId>,
        tcf::SpecialFeatureId,
        tcf::TcString,
        tcf::TcStringRef<'static>,
        tcf::VendorId,
        tcf::VendorRanges<'static>,
        tcf::VendorsRef<'static>,
        tcf::Violation,
        tcf::Violations,
        algonomy::AnswerError,
        algonomy::AnswerErrorKind,
        algonomy::Api,
        algonomy::RequestError,
        algonomy::RequestErrorKind,
        algonomy::Tenant,
        algonomy::TokenAnswer,
        algonomy::TokenRequest,
        link::AnswerError,
        link::AnswerErrorKind,
        link::CreateSecret,
        link::CreatedLink,
        link::CreatedSecret,
        link::PreAuthorizedLink,
        link::RequestError,
        link::RequestErrorKind,
        netid::Answer<VendorId>,
        netid::AnswerError,
        netid::AnswerErrorKind,
        netid::BrokenRule,
        netid::IdConsent,
        netid::IdConsentSetting,
        netid::Identifier,
        netid::PrivacySettings,
        netid::PrivacyStatus,
        netid::ReadPrivacyStatus,
        netid::Refusal,
        netid::RequestError,
        netid::RequestErrorKind,
        netid::StatusCode,
        netid::SubjectIdentifiers,
        netid::SubjectStatus,
        netid::TcStringSetting,
        netid::WritePrivacyStatus,
    ];
    let public = include_str!("../docs/public-api.txt").lines().filter_map(type_name).collect();
    assert_eq!(BTreeSet::from(checked), public);
}

/// The path of the type that a line of the snapshot declares, without crate and parameters.
fn type_name(line: &str) -> Option<String> {
    let declaration = ["pub struct ", "pub enum ", "pub union "]
        .into_iter()
        .find_map(|keyword| line.split_once(keyword))?;
    let path = declaration.1.strip_prefix("consent_string::")?;
    path.split(['<', '(', ' ', '{']).next().map(str::to_owned)
}
