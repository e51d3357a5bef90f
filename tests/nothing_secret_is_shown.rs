//! No secret, token, digest or person's identifier in any text that ends up in a log: `Debug` of
//! every public type, and every error.

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
#[path = "support/shown.rs"]
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::{Debug, Display};

use consent_string::didomi::{PurposeId, VendorId};
use consent_string::digest::{
    Algorithm, DigestParts, ParseDigestError, Secret, SignUserIdError, SignedUserId,
    UserAuthWithHashParams, VerifyError,
};
use consent_string::gpp::Consent;
use consent_string::gvl::StackId;
use consent_string::link::{
    Action, EventError, LinkError, LinkVerifyError, Parameter, RedirectError,
};
use consent_string::netid::{IdConsent, Identifier};
use consent_string::tcf::SpecialFeatureId;
use consent_string::{
    Buffer, Format, Hint, ParseInError, ac, any, cookie, decision, explain, gpp, gvl, numeric_ids,
    request, token, us_privacy,
};
use consent_string::{
    DecodeError, DecodeErrorKind, EmptySecret, EncodeError, EncodeErrorKind, IdRange, IdSet,
    InvalidId, Segment, Timestamp, TimestampError, algonomy, didomi, digest, ids, link, netid, tcf,
};
use shown::{MARK, MARK_BYTES, SALT, SECRET, TC_STRING, USER, USER_ID, builder, name_of, prepared};

#[test]
fn nothing_secret_is_shown() {
    let parts = DigestParts::new(USER).with_salt(SALT);
    let digest = prepared(SECRET).digest(Algorithm::HmacSha256, &parts);
    let [decimal, hexadecimal] =
        [format!("{:?}", digest.as_bytes()), format!("{:02x?}", digest.as_bytes())];
    let digest = &digest.to_string()[..8];
    let mut hidden = vec![MARK, &decimal[1..20], &hexadecimal[1..15], digest];
    hidden.extend(MARK_BYTES);
    hidden.push(shown::AC_IDS);
    hidden.extend([&USER_ID[..8], &TC_STRING[..8]]);
    let shown = shown::all();
    for (name, text) in &shown.0 {
        for hidden in &hidden {
            let found = text.to_lowercase().contains(&hidden.to_lowercase());
            assert!(!found, "{name} shows {hidden}: {text}");
        }
    }
    // What is meant to be seen is: the marks above would be, too.
    for seen in [
        "Secret(..)",
        "TOKEN_ERROR",
        "PERMISSIONS_FOUND",
        r#"ConsentEvent {"id", "organization_id""#,
    ] {
        assert!(shown.0.iter().any(|(_, text)| text.contains(seen)), "{seen} is not shown");
    }
}

/// The names of some types, which have no place for input: they own nothing behind a pointer, borrow
/// nothing, and are smaller than a UUID or any digest.
macro_rules! facts {
    ($($fact:ty),+ $(,)?) => {{
        const fn is_fact<T: Copy + 'static>() {
            assert!(size_of::<T>() < size_of::<uuid::Uuid>());
        }
        $(const { is_fact::<$fact>() };)+
        [$(name_of::<$fact>()),+]
    }};
}

/// The names of some types that are made of the above: kinds, places, times, and names that stand in
/// this crate.
macro_rules! composed {
    ($($composed:ty),+ $(,)?) => {{
        const fn is_composed<T: Copy + 'static>() {}
        $(is_composed::<$composed>();)+
        [$(name_of::<$composed>()),+]
    }};
}

/// The names of some types that hold IDs, choices and times, and show them: nothing in them says
/// who the user is.
macro_rules! choices {
    ($($choice:ty),+ $(,)?) => { [$(name_of::<$choice>()),+] };
}

/// By the path of each public type, the one where it is defined.
macro_rules! defined {
    ($($($name:ident)::+ $(<$($parameter:tt),+>)?,)+) => {
        BTreeMap::from([
            $(([$(stringify!($name)),+].join("::"), name_of::<$($name)::+ $(<$($parameter),+>)?>())),+
        ])
    };
}

/// A public type is shown above with what it mustn't show, or it is in one of these lists.
#[test]
#[allow(clippy::too_many_lines, reason = "lists")]
fn no_public_type_is_left_out() {
    let facts = facts![
        EmptySecret,
        EncodeErrorKind,
        IdRange<VendorId>,
        InvalidId,
        PurposeId,
        Format,
        Hint,
        any::JsonErrorKind,
        cookie::Cookie,
        cookie::CookieError,
        Segment,
        Timestamp,
        TimestampError,
        VendorId,
        ac::InvalidProviderId,
        ac::ParseErrorKind,
        ac::ParseOptions,
        ac::ProviderId,
        ac::Version,
        gpp::CanadaForm,
        gpp::CanadaRestrictionType,
        Consent,
        gpp::DataUse,
        gpp::Entries<Consent>,
        gpp::FindingKind,
        gpp::InvalidGppSid,
        gpp::MspaAnswer,
        gpp::MspaMode,
        gpp::Notice,
        gpp::OptOut,
        gpp::OptOutAnswer,
        gpp::OptOuts,
        gpp::Padding,
        gpp::SectionId,
        gpp::SensitiveData,
        gpp::UsField,
        gpp::UsValue,
        us_privacy::Answer,
        us_privacy::DecodeOptions,
        us_privacy::Decoded,
        us_privacy::UsPrivacy,
        explain::Mark,
        decision::Allowed,
        decision::DecidedBy,
        decision::InvalidName,
        decision::Purpose,
        decision::Vendor,
        request::InvalidUsState,
        request::Signal,
        request::TcChoice,
        request::TcSource,
        request::UsState,
        gvl::VendorSection,
        gvl::DataCategoryId,
        gvl::DeclaredBases,
        gvl::FeatureId,
        gvl::ListErrorKind,
        gvl::SpecificationVersion,
        gvl::StackId,
        numeric_ids::NumericIdsError,
        token::ProviderId,
        token::Version,
        algonomy::Api,
        didomi::DecodeOptions,
        didomi::EncodeOptions,
        didomi::Encoding,
        didomi::InferredCodes,
        didomi::LegalBasis,
        didomi::Refusal,
        didomi::Regulation,
        didomi::SectionForm,
        didomi::SectionKind,
        didomi::Status,
        didomi::StatusesCode,
        didomi::TokenCharacters,
        didomi::Version,
        Algorithm,
        digest::AlgorithmSet,
        digest::Expirations,
        SignUserIdError,
        Action,
        Parameter,
        RedirectError,
        netid::BrokenRule,
        IdConsent,
        Identifier,
        tcf::CustomPurposeId,
        tcf::DecodeOptions,
        tcf::Effect,
        tcf::InvalidLetters,
        tcf::LegalBasis,
        tcf::LegalBasisRules,
        tcf::Letters,
        tcf::PurposeId,
        tcf::Refusal,
        tcf::RestrictionType,
        tcf::SmallSet<SpecialFeatureId>,
        SpecialFeatureId,
        tcf::SpecialPurposeId,
        tcf::VendorId,
    ];
    let composed = composed![
        DecodeError,
        DecodeErrorKind,
        EncodeError,
        ParseInError,
        any::DecodeOptions,
        any::FormatError,
        gpp::CanadaPublisher,
        gpp::DecodeOptions,
        gpp::Finding,
        gpp::UsSection,
        explain::Options,
        decision::Question,
        decision::Reason,
        decision::Refused,
        request::Options,
        request::SignalError,
        request::State<VendorId>,
        request::WhenTcStringsDiffer,
        gvl::ListError,
        token::TokenErrorKind,
        token::TokenTime,
        algonomy::AnswerErrorKind,
        algonomy::RequestError,
        digest::Salts,
        ParseDigestError,
        VerifyError,
        EventError,
        LinkError,
        LinkVerifyError,
        tcf::Invalid,
        tcf::PublisherTc,
        tcf::ValidityRules,
        tcf::Violation,
    ];
    let choices = choices![
        IdSet<VendorId>,
        ids::Ids<VendorId>,
        ids::IntoIter<VendorId>,
        ids::Iter<'_, VendorId>,
        ac::Decoded,
        any::Decoded,
        ids::Ranges<'_, VendorId>,
        didomi::IdsRef<'_, VendorId>,
        didomi::InferredSections,
        didomi::Iter<'_, VendorId>,
        didomi::Ranges<'_, VendorId>,
        didomi::Runs<'_, VendorId>,
        didomi::Section<VendorId>,
        didomi::SectionRef<'_, VendorId>,
        gpp::CanadaRestriction,
        gpp::EntriesIter<Consent>,
        gpp::GppSid,
        gpp::UsBuilder,
        gpp::UsFields<'_>,
        gvl::ListViolation,
        request::Contradictions,
        request::CountingTcString<'_>,
        // Lists are public, and say nothing of a user.
        gvl::Cmp,
        gvl::CmpList,
        gvl::DataRetention,
        gvl::Definition<StackId>,
        gvl::Entries<'_, StackId>,
        gvl::Stack,
        gvl::Urls,
        gvl::Vendor,
        gvl::VendorList,
        numeric_ids::NumericIds<VendorId>,
        numeric_ids::Pairs<'_, VendorId>,
        didomi::SectionRuns<'_, VendorId>,
        didomi::SectionStatuses<'_, VendorId>,
        didomi::Statuses<'_, VendorId>,
        tcf::Builder,
        tcf::Decoded,
        tcf::Restriction,
        tcf::RestrictionRef<'_>,
        tcf::Restrictions<'_>,
        tcf::SmallIds<SpecialFeatureId>,
        tcf::TcString,
        tcf::TcStringRef<'_, '_>,
        tcf::Valid<'_, '_>,
        tcf::VendorRanges<'_>,
        tcf::Vendors<'_>,
        tcf::VendorsRef<'_>,
        tcf::Violations,
    ];
    let shown: BTreeSet<_> = shown::all().0.into_iter().map(|(name, _)| name).collect();
    for choice in choices {
        assert!(!shown.contains(choice), "{choice} is shown, and need not be listed");
    }
    let defined = public_types::with_every_public_type!(defined);
    assert_eq!(defined.keys().cloned().collect::<BTreeSet<_>>(), public_types::in_snapshot());
    for (path, name) in defined {
        let known = facts.contains(&name)
            || composed.contains(&name)
            || choices.contains(&name)
            || shown.contains(name);
        assert!(known, "{path} is not shown: can it hold a secret, or say who a user is?");
    }
}

/// What prints, compares or lends out the types that hold a secret, a digest or a token: only what
/// is listed here.
#[test]
fn what_guards_a_secret_is_neither_printed_nor_compared() {
    let traits = [
        "core::fmt::Display",
        "core::fmt::LowerHex",
        "core::cmp::PartialEq",
        "core::cmp::PartialOrd",
        "core::hash::Hash",
        "core::convert::AsRef",
        "core::borrow::Borrow",
        "core::ops::Deref",
        "serde_core::ser::Serialize",
    ];
    let guarded: [(&str, &[&str]); 20] = [
        ("Secret", &[]),
        ("digest::PreparedSecret", &[]),
        ("digest::SecretMap", &[]),
        // The hexadecimal text that a link carries.
        ("digest::Digest", &["core::fmt::Display"]),
        ("digest::DigestParts", &[]),
        // The user objects of the SDKs, for which they are made.
        ("digest::SignedUserId", &["serde_core::ser::Serialize"]),
        ("digest::UserAuthWithHashParams", &["serde_core::ser::Serialize"]),
        ("digest::SignedUserIdBuilder", &[]),
        // The link itself.
        ("link::ConsentLink", &["core::fmt::Display"]),
        ("link::ConsentLinkBuilder", &[]),
        ("link::VerifiedLink", &[]),
        ("link::PreAuthorizedLink", &[]),
        ("link::CreatedLink", &[]),
        ("link::CreateSecret", &[]),
        ("link::CreatedSecret", &[]),
        ("algonomy::Tenant", &[]),
        ("algonomy::TokenRequest", &[]),
        ("algonomy::TokenAnswer", &[]),
        ("netid::ReadPrivacyStatus", &[]),
        ("netid::WritePrivacyStatus", &[]),
    ];
    let public = public_types::in_snapshot();
    let snapshot = include_str!("../docs/public-api.txt");
    for (name, allowed) in guarded {
        assert!(public.contains(name), "{name} is no public type");
        let path = format!("consent_string::{name}");
        let found: BTreeSet<&str> = snapshot
            .lines()
            .filter(|line| line.starts_with("impl"))
            .filter_map(|line| line.split_once(" for "))
            .filter(|(_, of)| of.split('<').next() == Some(&path))
            .flat_map(|(implemented, _)| traits.iter().filter(|&&one| implemented.contains(one)))
            .copied()
            .collect();
        assert_eq!(found, allowed.iter().copied().collect(), "{name}");
    }
    // The filter finds what there is.
    assert!(snapshot.contains("impl core::cmp::PartialEq for consent_string::didomi::VendorId"));
}

/// What is printed on purpose has the digest, and not the secret.
#[test]
fn what_is_signed_does_not_carry_the_secret() {
    let prepared = prepared(SECRET);
    let link = builder().sign(Algorithm::HmacSha256, "sid", &prepared).unwrap().to_string();
    let signed = SignedUserId::builder(USER).sign(Algorithm::HmacSha256, "sid", &prepared).unwrap();
    let web = serde_json::to_string(&signed).unwrap();
    let mobile = serde_json::to_string(&UserAuthWithHashParams::from(signed)).unwrap();
    for text in [link, web, mobile] {
        assert!(text.contains(MARK) && !text.contains(SECRET), "{text}");
    }
}

/// The kinds have no place for input: they are `Copy`, and what they hold is ours.
#[test]
fn kinds_are_facts() {
    fn is_fact<T: Copy + Debug + Display + Send + Sync + 'static>() {}
    is_fact::<ParseDigestError>();
    is_fact::<SignUserIdError>();
    is_fact::<VerifyError>();
    is_fact::<LinkError>();
    is_fact::<LinkVerifyError>();
    is_fact::<EventError>();
    is_fact::<RedirectError>();
    is_fact::<link::AnswerErrorKind>();
    is_fact::<link::RequestError>();
    is_fact::<DecodeErrorKind>();
    is_fact::<EncodeErrorKind>();
}

#[test]
fn errors_are_errors() {
    fn is_error<T: Error + Clone + Send + Sync + 'static>() {}
    is_error::<DecodeError>();
    is_error::<EncodeError>();
    is_error::<EmptySecret>();
    is_error::<InvalidId>();
    is_error::<TimestampError>();
    is_error::<tcf::InvalidLetters>();
    is_error::<tcf::Refusal>();
    is_error::<tcf::Invalid>();
    is_error::<tcf::Violation>();
    is_error::<digest::UnknownAlgorithm>();
    is_error::<digest::ParseDigestError>();
    is_error::<digest::VerifyError>();
    is_error::<digest::SignUserIdError>();
    is_error::<link::UnknownAction>();
    is_error::<link::LinkError>();
    is_error::<link::LinkVerifyError>();
    is_error::<link::EventError>();
    is_error::<link::RedirectError>();
    is_error::<link::AnswerError>();
    is_error::<link::RequestError>();
}
