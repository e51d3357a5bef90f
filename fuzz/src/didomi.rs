//! Didomi Consent Strings: reading, building, and reading as the naive reader does.

use arbitrary::{Arbitrary, Unstructured};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use consent_string::didomi::{
    ConsentString, DecodeOptions, EncodeOptions, Encoding, InferredCodes, Regulation, Section,
    SectionKind, SectionRef, Status, TokenCharacters, Version,
};
use consent_string::{EncodeErrorKind, Id, Timestamp};
use uuid::Uuid;

use super::{canonical, laws, naive};

/// Any text: the laws of every text hold, and those of policies and canonical forms.
pub fn parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let read: Vec<_> =
        InferredCodes::ALL.iter().map(|&policy| laws::check(text, options(policy))).collect();
    // A more lenient policy accepts all that a stricter one does, and reads it alike.
    for pair in read.windows(2) {
        if let [Ok(strict), lenient] = pair {
            assert_eq!(lenient.as_ref(), Ok(strict));
        }
    }
    if let Some(Ok(consent)) = read.last() {
        check_canonical(consent);
    }
    let visible = options(InferredCodes::Accept).token_characters(TokenCharacters::Visible);
    match (laws::check(text, visible), read.last()) {
        (lenient, Some(Ok(strict))) => assert_eq!(lenient.as_ref(), Ok(strict)),
        (Ok(_), _) => assert!(text.contains(['%', '"', ',', ';', '\\'])),
        (Err(_), _) => {}
    }
}

/// Any bits: read as the naive reader reads them. The first byte chooses the policy and the
/// parts behind the sections.
pub fn naive(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let frames =
        ["", "...", ".did.ouid~sig", "~", ".did", "..ouid.sig", "..~", "....", ".~.", "~~"];
    let mut bytes = bytes.to_vec();
    bytes.resize(bytes.len().next_multiple_of(3), 0);
    let text = URL_SAFE_NO_PAD.encode(bytes) + frames[usize::from(choice / 3) % frames.len()];
    let policy = InferredCodes::ALL[usize::from(choice % 3)];
    let expected = naive::read(&text, policy);
    let consent = match (laws::check(&text, options(policy)), expected) {
        (Ok(consent), Some(expected)) => {
            naive::compare(&consent, &expected);
            consent
        }
        (Err(_), None) => return,
        (read, expected) => panic!("{text}: {read:?}, naively {expected:?}"),
    };
    check_canonical(&consent);
}

/// Any value: it encodes canonically, in the smallest form allowed, and decodes to itself.
pub fn build(data: &[u8]) {
    let Ok(parts) = Parts::arbitrary(&mut Unstructured::new(data)) else { return };
    let Some(consent) = parts.build() else { return };
    let canonical = check_canonical(&consent).expect("what was built can be built");
    assert_eq!(canonical, consent.without_signature());
    assert_eq!(consent.decoded().encode().as_ref(), Ok(&consent));

    let Forced { policy, kind, encoding } = parts.forced;
    let policy = InferredCodes::ALL[usize::from(policy % 3)];
    let kind = SectionKind::ALL[usize::from(kind % 4)];
    let encoding = Encoding::ALL[usize::from(encoding % 4)];
    let options = EncodeOptions::new().inferred_codes(policy);
    let Built::Yes(smallest) = build_with(&consent, options, policy) else {
        panic!("nothing is forced");
    };
    let bits = smallest.form(kind).bits();
    assert!(bits <= canonical.form(kind).bits());
    let forced = build_with(&consent, options.force(kind, encoding), policy);
    // Bit fields hold every section, ranges under known codes none whose highest ID is disabled.
    let statuses = &naive::statuses_of(&consent)[kind as usize];
    let holds = match encoding {
        Encoding::BitFieldFromOne | Encoding::BitField => true,
        _ => policy != InferredCodes::Refuse || statuses.last() != Some(&Status::Disabled),
    };
    match forced {
        Built::Yes(forced) => {
            assert!(holds, "{kind} in {encoding}");
            assert_eq!(forced.form(kind).encoding(), encoding);
            assert!(forced.form(kind).bits() >= bits);
        }
        Built::NotEncodable => assert!(!holds, "{kind} in {encoding}"),
        Built::TooLong => assert!(holds, "{kind} in {encoding}"),
    }
    check_signing(&consent);
}

fn options(policy: InferredCodes) -> DecodeOptions {
    DecodeOptions::new().inferred_codes(policy)
}

/// The canonical form reads back under the strictest policy and says the same, is its own
/// canonical form, and each of its sections is what the naive search finds.
fn check_canonical(consent: &ConsentString) -> Option<ConsentString> {
    let canonical = laws::canonical(consent)?;
    let options = options(InferredCodes::Refuse);
    let read = laws::check(canonical.as_str(), options).expect("canonical text is accepted");
    laws::check_built(&canonical, &read);
    assert!(canonical.says_the_same_as(consent));
    for (&kind, statuses) in SectionKind::ALL.iter().zip(naive::statuses_of(consent)) {
        let form = canonical.form(kind);
        let code = form.statuses().map(|code| u64::from(code.bits()));
        assert_eq!((form.encoding(), code, form.bits()), canonical::form(&statuses), "{kind}");
    }
    Some(canonical)
}

#[allow(clippy::large_enum_variant, reason = "one at a time")]
enum Built {
    Yes(ConsentString),
    NotEncodable,
    TooLong,
}

/// Builds under some options, and reads back.
fn build_with(consent: &ConsentString, to_write: EncodeOptions, policy: InferredCodes) -> Built {
    match consent.to_builder().build_with(&to_write) {
        Ok(built) => {
            let read = options(policy).decode(built.as_str()).expect("what was built is accepted");
            laws::check_built(&built, &read);
            assert!(built.says_the_same_as(consent));
            Built::Yes(built)
        }
        Err(error) => match error.kind() {
            EncodeErrorKind::NotEncodable => Built::NotEncodable,
            EncodeErrorKind::TooLong { .. } => Built::TooLong,
            other => panic!("{other}"),
        },
    }
}

/// A signature leaves the part it covers as it is.
fn check_signing(consent: &ConsentString) {
    let signed = consent.signed_part();
    let with = consent.with_signature("signature").expect("visible characters");
    assert_eq!(with.signed_part(), signed);
    let text = with.as_str();
    let separator = text.strip_prefix(signed).and_then(|rest| rest.strip_suffix("signature"));
    assert!(matches!(separator, Some("." | "~")), "{text}");
    laws::check_built(&with, &text.parse().expect("a signed string is accepted"));
    assert_eq!(with.without_signature(), consent.without_signature());
    assert_eq!(with.to_builder().build().expect("a string").signature(), None);
}

/// What a string is built from.
#[derive(Debug, Arbitrary)]
struct Parts {
    forced: Forced,
    version_2: bool,
    user_id: u128,
    created: u64,
    updated: Option<u64>,
    regulation: Option<u16>,
    sync: Option<u64>,
    purposes: Vec<Change>,
    purposes_li: Vec<Change>,
    vendors: Vec<Change>,
    vendors_li: Vec<Change>,
    did: Vec<u8>,
    ouid: Vec<u8>,
    signature: Vec<u8>,
}

/// How it is written once more, each by its number in the order of strictness or of the bits.
#[derive(Debug, Arbitrary)]
struct Forced {
    policy: u8,
    kind: u8,
    encoding: u8,
}

/// What is done to a section.
#[derive(Debug, Arbitrary)]
enum Change {
    /// The IDs of a range get a status.
    Range { first: u16, more: u16, status: AnyStatus },
    /// The IDs of a low range get a status: the naive reader takes its time over high ones.
    Low { first: u8, more: u8, status: AnyStatus },
    /// IDs get a status each, one behind the other.
    Each { first: u16, statuses: Vec<AnyStatus> },
}

#[derive(Debug, Clone, Copy, Arbitrary)]
enum AnyStatus {
    Enabled,
    Disabled,
    Undefined,
}

impl From<AnyStatus> for Status {
    fn from(any: AnyStatus) -> Self {
        match any {
            AnyStatus::Enabled => Self::Enabled,
            AnyStatus::Disabled => Self::Disabled,
            AnyStatus::Undefined => Self::Undefined,
        }
    }
}

impl Parts {
    /// The string of these parts, with each of them in it; `None` where they make none, for
    /// the right reason.
    fn build(&self) -> Option<ConsentString> {
        let time = |bits: u64| Timestamp::from_deciseconds(bits % (1 << 36)).expect("36 bits");
        let (user_id, created) = (Uuid::from_u128(self.user_id), time(self.created));
        let (updated, sync) = (self.updated.map(time), self.sync.map(time));
        let regulation = self.regulation.map(Regulation);
        let [did, ouid, signature] = [&self.did, &self.ouid, &self.signature].map(|t| token(t));
        let version = if self.version_2 { Version::V2 } else { Version::V1 };

        let mut builder = ConsentString::builder(version)
            .user_id(user_id)
            .created(created)
            .purposes(section(&self.purposes))
            .purposes_li(section(&self.purposes_li))
            .vendors(section(&self.vendors))
            .vendors_li(section(&self.vendors_li))
            .did(did.as_str())
            .ouid(ouid.as_str());
        if let Some(updated) = updated {
            builder = builder.updated(updated);
        }
        if let Some(regulation) = regulation {
            builder = builder.regulation(regulation);
        }
        if let Some(sync) = sync {
            builder = builder.sync(sync);
        }
        let signed = builder.build().and_then(|consent| consent.with_signature(&signature));
        let consent = match signed {
            Ok(consent) => consent,
            Err(error) => {
                let unfit = |token: &str| token.contains(['.', '~', '%', '"', ',', ';', '\\']);
                let reason = match version {
                    Version::V1 if regulation.is_some() => {
                        (EncodeErrorKind::NotInVersion, "regulation")
                    }
                    Version::V1 if sync.is_some() => (EncodeErrorKind::NotInVersion, "sync"),
                    Version::V2 if regulation.is_none() => (EncodeErrorKind::Missing, "regulation"),
                    _ if unfit(&did) => (EncodeErrorKind::InvalidCharacter, "did"),
                    _ if unfit(&ouid) => (EncodeErrorKind::InvalidCharacter, "ouid"),
                    _ => (EncodeErrorKind::InvalidCharacter, "signature"),
                };
                assert_eq!((error.kind(), error.field()), reason);
                return None;
            }
        };
        assert_eq!(consent.version(), version);
        assert_eq!(consent.user_id(), user_id);
        assert_eq!(consent.created(), created);
        assert_eq!(consent.updated(), updated.unwrap_or(created));
        assert_eq!((consent.regulation(), consent.sync()), (regulation, sync));
        assert_eq!(consent.did().unwrap_or_default(), did);
        assert_eq!(consent.ouid().unwrap_or_default(), ouid);
        assert_eq!(consent.signature().unwrap_or_default(), signature);
        compare_changes(consent.purposes(), &self.purposes);
        compare_changes(consent.vendors_li(), &self.vendors_li);
        Some(consent)
    }
}

/// Visible ASCII, the characters that would break the frame among it.
fn token(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(b'!' + byte % 94)).collect()
}

fn section<I: Id>(changes: &[Change]) -> Section<I> {
    let mut section = Section::new();
    for (first, last, status) in steps(changes) {
        if let (Some(first), Some(last)) = (I::new(first), I::new(last)) {
            section.set_range(first..=last, status);
        }
    }
    section
}

/// The section has what the changes leave when they are made one ID at a time.
fn compare_changes<I: Id>(section: SectionRef<'_, I>, changes: &[Change]) {
    let highest = steps(changes).map(|(_, last, _)| last).max().unwrap_or_default();
    let mut expected = vec![Status::Undefined; usize::from(highest) + 1];
    for (first, last, status) in steps(changes) {
        if first > 0 {
            expected[usize::from(first)..=usize::from(last)].fill(status);
        }
    }
    let mut found = naive::statuses(section.statuses());
    found.resize(expected.len().max(found.len()), Status::Undefined);
    assert!(found == expected, "{section:?} after {changes:?}");
}

/// The ranges that changes give a status, one after the other.
fn steps(changes: &[Change]) -> impl Iterator<Item = (u16, u16, Status)> + '_ {
    changes.iter().flat_map(|change| -> Vec<(u16, u16, Status)> {
        match change {
            Change::Range { first, more, status } => {
                vec![(*first, first.saturating_add(*more), (*status).into())]
            }
            Change::Low { first, more, status } => {
                vec![((*first).into(), u16::from(*first) + u16::from(*more), (*status).into())]
            }
            Change::Each { first, statuses } => (*first..=u16::MAX)
                .zip(statuses)
                .map(|(id, &status)| (id, id, status.into()))
                .collect(),
        }
    })
}
