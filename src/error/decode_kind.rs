//! Why a string is refused.

/// Why a string was refused.
///
/// The kinds carry facts of the format, never parts of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// No text where the bits should stand: `""`, `"~sig"`, `"..."`.
    #[error("empty, expected web-safe base64")]
    Empty,
    /// The text is longer than the limit of the options.
    #[error("the text is too long, expected at most {maximum} characters")]
    TooLong {
        /// The limit, in bytes of text.
        maximum: u32,
    },
    /// A character that may not stand here: `+` in base64, a space in a token.
    #[error("a character that may not stand here, expected {}", expected_characters(*.base64))]
    InvalidCharacter {
        /// Whether web-safe base64 was expected here, rather than an opaque token.
        base64: bool,
    },
    /// The number of base64 characters does not make whole groups of 24 bits.
    #[error("{characters} characters, expected a multiple of four")]
    InvalidLength {
        /// How many there are.
        characters: u32,
    },
    /// `=` behind the base64 characters.
    #[error("padding, expected web-safe base64 without it")]
    Padding,
    /// More parts than the frame has places for: five between dots, or two behind `~`.
    #[error("too many parts, expected at most {maximum}")]
    TooManySegments {
        /// How many parts the frame can hold.
        maximum: u32,
    },
    /// A signature behind `~` and a fourth part behind a dot: which one is it?
    #[error("a signature both behind a dot and behind a tilde, expected one")]
    TwoSignatures,
    /// A version that this crate does not know.
    #[error("version {version}, expected {}", .expected)]
    UnsupportedVersion {
        /// The version found.
        version: u8,
        /// The versions known, as text.
        expected: &'static str,
    },
    /// The bits end before the field does.
    #[error("the bits end too early, expected the rest of this field")]
    Truncated,
    /// The encoding `11`, which is not defined.
    #[error("encoding 11, expected 00, 01 or 10")]
    UndefinedEncoding,
    /// The status `11` in a bit field, which is not defined.
    #[error("status 11 in a bit field, expected 00, 01 or 10")]
    UndefinedStatus,
    /// A code of `EncodedStatuses` that has no meaning: `0110`, `1001`, `1111`.
    #[error("statuses code {code:04b}, which has no meaning")]
    UndefinedStatuses {
        /// The four bits.
        code: u8,
    },
    /// A code of `EncodedStatuses` whose meaning is inferred only, which the options refuse.
    #[error("statuses code {code:04b}, whose meaning is inferred only; the options refuse it")]
    InferredStatuses {
        /// The four bits.
        code: u8,
    },
    /// A code of `EncodedStatuses` that would enable every ID that is *not* listed. Its
    /// meaning is inferred only, so it is refused unless the options ask for it.
    #[error("statuses code {code:04b}, which leaves enabled IDs unlisted and is inferred only")]
    UnlistedEnabled {
        /// The four bits.
        code: u8,
    },
    /// A code of `EncodedStatuses` that names a group of enabled and one of disabled IDs, one of
    /// which lists none. The code is inferred only, and zeros of the fill could pass for the
    /// missing group.
    #[error("an empty group under statuses code {code:04b}, expected both to list an ID")]
    EmptyGroup {
        /// The four bits.
        code: u8,
    },
    /// The ID 0.
    #[error("ID 0, expected 1 to 65535")]
    ZeroId,
    /// An ID past 65535.
    #[error("an ID past 65535, expected 1 to 65535")]
    IdTooLarge,
    /// A range that ends before it starts.
    #[error("a range that ends before it starts, expected first to last")]
    ReversedRange,
    /// A range that does not start behind the one before it.
    #[error("a range that does not start behind the one before, expected rising order")]
    UnorderedRanges,
    /// An ID that two groups of one section list.
    #[error("an ID that both groups of a section list, expected disjoint groups")]
    OverlappingGroups,
    /// Six bits past 25, where a TC string has a letter.
    #[error("six bits past 25, expected a letter: 0 for A to 25 for Z")]
    UndefinedLetter,
    /// A vendor past the `MaxVendorId` of its section in a TC string, in strict decoding.
    #[error("a vendor past MaxVendorId, expected at most that")]
    PastMaxVendorId,
    /// A publisher restriction of a TC string on a purpose that no string has a place for.
    #[error("a purpose outside the framework, expected 1 to 24")]
    UndefinedPurpose,
    /// The type 3 of a publisher restriction, which is not defined, in strict decoding.
    #[error("restriction type 3, expected 0, 1 or 2")]
    UndefinedRestrictionType,
    /// A segment of a TC string that is of no known type.
    #[error("segment type {segment_type}, expected 1, 2 or 3")]
    UnknownSegmentType {
        /// The type found.
        segment_type: u8,
    },
    /// A segment of a TC string that was there before.
    #[error("a segment of this type was there before, expected each once")]
    DuplicateSegment,
    /// A core behind the first segment of a TC string.
    #[error("a second core, expected one, in front")]
    SecondCore,
    /// A base64 character behind whole groups of four, which completes no byte, in strict
    /// decoding.
    #[error("a last character that completes no byte, expected two, three or none")]
    DanglingCharacter,
    /// A header of another type than that of a GPP string.
    #[error("header type {header_type}, expected 3")]
    UnsupportedHeaderType {
        /// The type found.
        header_type: u8,
    },
    /// More or fewer parts than the header lists: a GPP string whose header has two section
    /// IDs, with one section.
    #[error("parts behind the header: {found}, expected {listed}")]
    PartCount {
        /// How many the header lists.
        listed: u32,
        /// How many there are.
        found: u32,
    },
    /// A subsection of a GPP section of a type that is not defined.
    #[error("subsection type {subsection_type}, expected {expected}")]
    UndefinedSubsectionType {
        /// The type found.
        subsection_type: u8,
        /// The types that the section has.
        expected: &'static str,
    },
    /// A US Privacy string of another length.
    #[error("{characters} characters, expected four")]
    NotFourCharacters {
        /// How many bytes there are.
        characters: u32,
    },
    /// A character other than the few that may stand here: the `A` in `1A--`.
    #[error("a character that may not stand here, expected {expected}")]
    UnexpectedCharacter {
        /// Those that may.
        expected: &'static str,
    },
    /// A one among the bits behind the last field.
    #[error("a one behind the last field, expected zero fill")]
    NonZeroFill,
    /// More zero bits behind the last field than the fill needs.
    #[error("{bits} bits behind the last field, expected fewer than 24")]
    ExcessFill {
        /// How many there are.
        bits: u32,
    },
}

/// The characters that a token of a Didomi Consent String can have, unless an option says more.
pub(super) const TOKEN_CHARACTERS: &str = "visible ASCII without . ~ % \" , ; \\";

const fn expected_characters(base64: bool) -> &'static str {
    if base64 { "A-Z a-z 0-9 - _" } else { TOKEN_CHARACTERS }
}

impl DecodeErrorKind {
    /// The kind's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::InvalidCharacter { .. } => "invalid_character",
            Self::InvalidLength { .. } => "invalid_length",
            Self::Padding => "padding",
            Self::TooManySegments { .. } => "too_many_segments",
            Self::TwoSignatures => "two_signatures",
            Self::UnsupportedVersion { .. } => "unsupported_version",
            Self::Truncated => "truncated",
            Self::UndefinedEncoding => "undefined_encoding",
            Self::UndefinedStatus => "undefined_status",
            Self::UndefinedStatuses { .. } => "undefined_statuses",
            Self::InferredStatuses { .. } => "inferred_statuses",
            Self::UnlistedEnabled { .. } => "unlisted_enabled",
            Self::EmptyGroup { .. } => "empty_group",
            Self::ZeroId => "zero_id",
            Self::IdTooLarge => "id_too_large",
            Self::ReversedRange => "reversed_range",
            Self::UnorderedRanges => "unordered_ranges",
            Self::OverlappingGroups => "overlapping_groups",
            Self::UndefinedLetter => "undefined_letter",
            Self::PastMaxVendorId => "past_max_vendor_id",
            Self::UndefinedPurpose => "undefined_purpose",
            Self::UndefinedRestrictionType => "undefined_restriction_type",
            Self::UnknownSegmentType { .. } => "unknown_segment_type",
            Self::DuplicateSegment => "duplicate_segment",
            Self::SecondCore => "second_core",
            Self::DanglingCharacter => "dangling_character",
            Self::UnsupportedHeaderType { .. } => "unsupported_header_type",
            Self::PartCount { .. } => "part_count",
            Self::UndefinedSubsectionType { .. } => "undefined_subsection_type",
            Self::NotFourCharacters { .. } => "not_four_characters",
            Self::UnexpectedCharacter { .. } => "unexpected_character",
            Self::NonZeroFill => "non_zero_fill",
            Self::ExcessFill { .. } => "excess_fill",
        }
    }
}
