//! IAB TC strings: reading and building.

use arbitrary::{Arbitrary, Unstructured};
use consent_string::tcf::{
    CustomPurposeId, DecodeOptions, Decoded, Effect, LegalBasis, LegalBasisRules, Letters,
    PublisherTc, PurposeId, Restriction, RestrictionType, SmallId, SmallSet, SpecialFeatureId,
    TcString, TcStringRef, VendorId, VendorsRef,
};
use consent_string::{
    Buffer, DecodeError, DecodeErrorKind, EncodeErrorKind, IdSet, MAX_TEXT_LENGTH, ParseInError,
    Timestamp,
};

/// From the strictest to the most lenient.
const OPTIONS: [DecodeOptions; 3] = [
    DecodeOptions::new().strict(),
    DecodeOptions::new(),
    DecodeOptions::new()
        .allow_padding()
        .allow_ones_behind_core()
        .skip_unknown_segments()
        .skip_empty_segments()
        .allow_undefined_letters(),
];

/// Any text: the borrowed and the owned form agree, print is the identity, and what the
/// canonical form says is the same.
pub fn parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let read = OPTIONS.map(|options| read(text, options));
    // More lenient options accept all that stricter ones do, and read it alike.
    for pair in read.windows(2) {
        if let [Ok(strict), lenient] = pair {
            let lenient = lenient.as_ref().expect("what stricter options accept");
            assert_eq!(lenient.decoded(), strict.decoded());
        }
    }
    let [_, default, lenient] = read;
    if let Ok(consent) = lenient {
        let letters =
            consent.consent_language().is_some() && consent.publisher_country_code().is_some();
        assert!(letters || default.is_err());
        if !letters {
            let error = consent.to_builder().build().expect_err("no letters");
            assert_eq!(error.kind(), EncodeErrorKind::Missing);
            return;
        }
        assert!(consent.skipped_segments() == 0 || default.is_err());
        let canonical = check_canonical(&consent);
        // But for the fill of each segment, nothing that was read is shorter.
        let segments = text.split('.').count();
        assert!(canonical.len() <= text.len() + 3 * segments, "{canonical}");
    }
}

/// Any value: it encodes canonically, in as many characters as are needed, and decodes to itself.
pub fn build(data: &[u8]) {
    let Ok(parts) = Parts::arbitrary(&mut Unstructured::new(data)) else { return };
    let Some(consent) = parts.build() else { return };
    let canonical = check_canonical(&consent);
    assert_eq!(consent.as_str(), canonical);
    let changed = consent.to_builder().cmp_id(4095).build().expect("a CMP's number");
    assert_eq!(changed.cmp_id(), 4095);
    assert_eq!(changed.as_str().len(), canonical.len());
    let again = changed.to_builder().cmp_id(consent.cmp_id()).build().expect("as before");
    assert_eq!(again, consent);
    assert_eq!(changed.says_the_same_as(&consent), consent.cmp_id() == 4095);
}

/// Reads a text in both forms, which must agree.
fn read(text: &str, options: DecodeOptions) -> Result<TcString, DecodeError> {
    let mut buffer = Buffer::new();
    let view = options.decode_ref(text, &mut buffer);
    let required = TcStringRef::buffer_len(text.len());
    let mut bytes = vec![0xAA; required];
    let owned = options.decode(text);
    match (&owned, &view, options.decode_in(text, &mut bytes)) {
        (Ok(owned), Ok(view), Ok(in_bytes)) => {
            assert_eq!(in_bytes.decoded(), view.decoded());
            compare_forms(owned, view, text);
        }
        (Err(owned), Err(view), Err(in_bytes)) => {
            assert_eq!(owned, view);
            assert_eq!(ParseInError::from(*owned), in_bytes);
            assert_eq!(owned.segment().is_some(), owned.bit_offset().is_some());
            assert!(owned.bit_offset().is_none_or(|bit| bit <= 6 * text.len()), "{owned}");
            assert!(owned.char_offset().is_none_or(|at| text.is_char_boundary(at)), "{owned}");
        }
        (_, _, in_bytes) => panic!("one form accepts: {owned:?}, {view:?}, {in_bytes:?}"),
    }
    if owned.is_ok() {
        let error = options.decode_in(text, &mut bytes[1..]).expect_err("a byte too short");
        assert_eq!(error, ParseInError::BufferTooSmall { required });
    }
    owned
}

fn compare_forms(owned: &TcString, view: &TcStringRef<'_, '_>, text: &str) {
    assert_eq!((view.as_str(), owned.as_str()), (text, text));
    assert_eq!((view.to_string().as_str(), owned.to_string().as_str()), (text, text));
    assert_eq!(view.to_tc_string(), *owned);
    let decoded = owned.decoded();
    assert_eq!(view.decoded(), decoded);
    assert!(view.says_the_same_as(owned));
    assert_eq!(view.skipped_segments(), owned.skipped_segments());
    compare_vendors(view.vendors_consent(), &decoded.vendors_consent);
    compare_vendors(view.vendors_li(), &decoded.vendors_li);
    compare_segments(view.disclosed_vendors(), decoded.disclosed_vendors.as_ref());
    compare_segments(view.allowed_vendors(), decoded.allowed_vendors.as_ref());
    assert_eq!(view.publisher_restrictions().len(), decoded.publisher_restrictions.len());
    for (view, owned) in view.publisher_restrictions().zip(&decoded.publisher_restrictions) {
        assert_eq!((view.purpose(), view.restriction_type()), head(owned));
        compare_vendors(view.vendors(), owned.vendors());
    }
    for now in [Timestamp::MIN, owned.created(), Timestamp::MAX] {
        assert!(view.violations(now).eq(owned.violations(now)));
        let first = view.violations(now).find(|rule| rule.effect() == Effect::Invalid);
        assert_eq!(view.valid_at(now).err().map(consent_string::tcf::Invalid::violation), first);
    }
    compare_permits(owned, view, &decoded);
}

fn head(restriction: &Restriction) -> (PurposeId, RestrictionType) {
    (restriction.purpose(), restriction.restriction_type())
}

fn compare_segments(view: Option<VendorsRef<'_>>, owned: Option<&IdSet<VendorId>>) {
    assert_eq!(view.is_some(), owned.is_some());
    if let (Some(view), Some(owned)) = (view, owned) {
        compare_vendors(view, owned);
    }
}

fn compare_vendors(view: VendorsRef<'_>, owned: &IdSet<VendorId>) {
    assert_eq!(view.to_set(), *owned);
    assert!(view.ranges().eq(owned.ranges()));
    assert_eq!(view.ranges().len(), owned.ranges().len());
    assert!(view.iter().eq(owned.iter()));
    assert_eq!((view.iter().len(), view.len()), (owned.len(), owned.len()));
    assert_eq!(view.is_empty(), owned.is_empty());
    for vendor in borders(owned, 16) {
        assert_eq!(view.contains(vendor), owned.contains(vendor), "{vendor}");
    }
}

/// The vendors around the ends of the first ranges, and the first and last of all.
fn borders(vendors: &IdSet<VendorId>, ranges: usize) -> impl Iterator<Item = VendorId> + '_ {
    let ends = vendors.ranges().take(ranges).flat_map(|range| [range.first(), range.last()]);
    ends.chain([VendorId::MIN, VendorId::MAX])
        .flat_map(|id| [id.get().saturating_sub(1), id.get(), id.get().saturating_add(1)])
        .filter_map(VendorId::new)
}

/// Both forms permit the same, and only what the string has the signals for.
fn compare_permits(owned: &TcString, view: &TcStringRef<'_, '_>, decoded: &Decoded) {
    let (owned, view) = (owned.assume_valid(), view.assume_valid());
    let restrictions = &decoded.publisher_restrictions;
    let restricted = restrictions.iter().take(2).flat_map(|on| borders(on.vendors(), 1));
    let vendors = restricted.chain(borders(&decoded.vendors_consent, 1));
    let purposes = restrictions.iter().take(2).map(Restriction::purpose);
    let purposes: Vec<_> =
        purposes.chain([1, 2, 3, 24].into_iter().filter_map(PurposeId::new)).collect();
    for vendor in vendors {
        for &purpose in &purposes {
            for declared in [LegalBasis::Consent, LegalBasis::LegitimateInterest] {
                let rules = LegalBasisRules::new(declared);
                let rigid = owned.permits(vendor, purpose, rules);
                let flexible = owned.permits(vendor, purpose, rules.flexible());
                assert_eq!(view.permits(vendor, purpose, rules), rigid);
                assert_eq!(view.permits(vendor, purpose, rules.flexible()), flexible);
                if let Ok(basis) = rigid {
                    assert_eq!(basis, declared);
                    assert!(flexible == rigid || purpose == PurposeId::MIN);
                    check_signals(decoded, vendor, purpose, basis);
                }
                if let Ok(basis) = flexible {
                    assert_ne!(purpose, PurposeId::MIN);
                    check_signals(decoded, vendor, purpose, basis);
                }
            }
        }
    }
}

fn check_signals(consent: &Decoded, vendor: VendorId, purpose: PurposeId, basis: LegalBasis) {
    assert!(consent.disclosed_vendors.as_ref().is_none_or(|disclosed| disclosed.contains(vendor)));
    let (purposes, vendors) = match basis {
        LegalBasis::Consent => (consent.purposes_consent, &consent.vendors_consent),
        LegalBasis::LegitimateInterest => (consent.purposes_li, &consent.vendors_li),
    };
    assert!(purposes.contains(purpose) && vendors.contains(vendor), "{vendor}, {purpose}");
    for on in &consent.publisher_restrictions {
        assert!(
            on.purpose() != purpose
                || on.restriction_type() != RestrictionType::NotAllowed
                || !on.vendors().contains(vendor)
        );
    }
}

/// The canonical form reads back the same, by the strictest options as well, is its own
/// canonical form, and has the length that a naive count gives it.
fn check_canonical(consent: &TcString) -> String {
    let built = consent.to_builder().build().expect("what was read can be built");
    let text = built.as_str();
    let [strict, default, _] = OPTIONS.map(|options| read(text, options));
    let canonical = default.expect("canonical text is accepted");
    assert_eq!(canonical.decoded(), consent.decoded());
    assert!(canonical.says_the_same_as(consent) && consent.says_the_same_as(&canonical));
    assert_eq!(canonical.to_builder().build(), Ok(canonical));
    let decoded = consent.decoded();
    assert_eq!(decoded.encode().as_ref(), Ok(&built));
    let undefined = |on: &Restriction| on.restriction_type() == RestrictionType::Undefined;
    let undefined = decoded.publisher_restrictions.iter().any(undefined);
    let refusal = strict.err().map(|error| error.kind());
    assert_eq!(refusal, undefined.then_some(DecodeErrorKind::UndefinedRestrictionType));
    assert_eq!(text.len(), naive_length(&decoded));
    text.to_owned()
}

/// How many characters the shortest text has, counted field by field and vendor by vendor.
fn naive_length(consent: &Decoded) -> usize {
    // Version, both times, the CMP's three numbers, language, vendor list, policy, two flags,
    // special features, purposes twice, purpose one treatment, country.
    let header = 6 + 36 + 36 + 12 + 12 + 6 + 12 + 12 + 6 + 1 + 1 + 12 + 24 + 24 + 1 + 12;
    let restrictions = consent.publisher_restrictions.iter();
    let restrictions: usize =
        restrictions.map(|on| 6 + 2 + naive_ranges(&naive_set(on.vendors())).1).sum();
    let core = header
        + naive_section(&consent.vendors_consent)
        + naive_section(&consent.vendors_li)
        + 12
        + restrictions;
    let vendors = [&consent.disclosed_vendors, &consent.allowed_vendors];
    let mut segments = vec![core];
    segments.extend(vendors.into_iter().flatten().map(|vendors| 3 + naive_section(vendors)));
    if let Some(publisher_tc) = consent.publisher_tc {
        let custom = usize::from(publisher_tc.custom_purposes_count());
        segments.push(3 + 24 + 24 + 6 + custom + custom);
    }
    // Four characters are 24 bits; a dot stands between segments.
    segments.iter().map(|bits| bits.div_ceil(24) * 4).sum::<usize>() + segments.len() - 1
}

fn naive_section(vendors: &IdSet<VendorId>) -> usize {
    let set = naive_set(vendors);
    let bit_field = set.iter().rposition(|&there| there).unwrap_or(0);
    let (count, ranges) = naive_ranges(&set);
    let smaller = if count < 1 << 12 { ranges.min(bit_field) } else { bit_field };
    16 + 1 + smaller
}

/// How many ranges there are, and how many bits they take with their number.
fn naive_ranges(set: &[bool]) -> (usize, usize) {
    let (mut count, mut bits, mut run) = (0, 12, 0);
    for &there in set.iter().chain([&false]) {
        if there {
            run += 1;
        } else if run > 0 {
            count += 1;
            bits += if run == 1 { 1 + 16 } else { 1 + 16 + 16 };
            run = 0;
        }
    }
    (count, bits)
}

fn naive_set(vendors: &IdSet<VendorId>) -> Vec<bool> {
    let mut set = vec![false; vendors.last().map_or(0, |last| usize::from(last.get())) + 1];
    for vendor in vendors {
        set[usize::from(vendor.get())] = true;
    }
    set
}

/// What a string is built from.
#[derive(Debug, Arbitrary)]
struct Parts {
    created: u64,
    last_updated: Option<u64>,
    cmp_id: u16,
    cmp_version: u16,
    consent_screen: u8,
    consent_language: [u8; 2],
    vendor_list_version: u16,
    tcf_policy_version: u8,
    is_service_specific: bool,
    use_non_standard_texts: bool,
    special_feature_opt_ins: u64,
    purposes_consent: u64,
    purposes_li: u64,
    purpose_one_treatment: bool,
    publisher_country_code: [u8; 2],
    vendors_consent: Vec<Vendors>,
    vendors_li: Vec<Vendors>,
    restrictions: Vec<(u8, u8, Vec<Vendors>)>,
    disclosed_vendors: Option<Vec<Vendors>>,
    allowed_vendors: Option<Vec<Vendors>>,
    publisher_tc: Option<(u64, u64, u8, u64, u64)>,
    /// Numbers are brought into the range of their fields, but for one in eight strings.
    out_of_range: u8,
}

/// Vendors that are put into a set.
#[derive(Debug, Arbitrary)]
enum Vendors {
    Range {
        first: u16,
        more: u16,
    },
    Low {
        first: u8,
        more: u8,
    },
    /// Some IDs at a distance of each other.
    Every {
        first: u16,
        distance: u8,
        count: u16,
    },
}

impl Vendors {
    fn ranges(&self) -> Vec<(u16, u16)> {
        match *self {
            Self::Range { first, more } => vec![(first, first.saturating_add(more))],
            Self::Low { first, more } => vec![(first.into(), u16::from(first) + u16::from(more))],
            Self::Every { first, distance, count } => (first..=u16::MAX)
                .step_by(usize::from(distance) + 1)
                .take(count.into())
                .map(|id| (id, id))
                .collect(),
        }
    }
}

/// The set of some vendors, which has them and no others.
fn set(vendors: &[Vendors]) -> IdSet<VendorId> {
    let mut set = IdSet::new();
    let mut expected = vec![false];
    for (first, last) in vendors.iter().flat_map(Vendors::ranges) {
        expected.resize(expected.len().max(usize::from(last) + 1), false);
        expected[usize::from(first)..=usize::from(last)].fill(true);
        if let (Some(first), Some(last)) = (VendorId::new(first.max(1)), VendorId::new(last)) {
            set.insert_range(first..=last);
        }
    }
    expected[0] = false;
    assert!(naive_set(&set) == expected, "{set:?} of {vendors:?}");
    set
}

fn small_set<I: SmallId>(bits: u64) -> SmallSet<I> {
    (1..=63).filter(|place| bits >> place & 1 == 1).filter_map(I::new).collect()
}

fn letters([first, second]: [u8; 2]) -> Letters {
    let letter = |byte: u8| char::from(b'A' + byte % 26);
    let text = String::from_iter([letter(first), letter(second)]);
    text.to_lowercase().parse().expect("two letters")
}

impl Parts {
    /// The string of these parts, with each of them in it; `None` where they make none, for
    /// the right reason.
    #[allow(clippy::too_many_lines, reason = "a part after the other")]
    fn build(&self) -> Option<TcString> {
        let time = |bits: u64| Timestamp::from_deciseconds(bits % (1 << 36)).expect("36 bits");
        let in_range = self.out_of_range % 8 != 0;
        let number = |number: u16, bits: u32| {
            if in_range { number & ((1 << bits) - 1) } else { number }
        };
        let byte = |number: u8| if in_range { number & 0x3F } else { number };
        let created = time(self.created);
        let last_updated = self.last_updated.map_or(created, time);
        let numbers = [self.cmp_id, self.cmp_version, self.vendor_list_version];
        let [cmp_id, cmp_version, vendor_list_version] = numbers.map(|field| number(field, 12));
        let consent_screen = byte(self.consent_screen);
        let tcf_policy_version = byte(self.tcf_policy_version);
        let (language, country) =
            (letters(self.consent_language), letters(self.publisher_country_code));
        let (vendors_consent, vendors_li) = (set(&self.vendors_consent), set(&self.vendors_li));
        let disclosed_vendors = self.disclosed_vendors.as_deref().map(set);
        let allowed_vendors = self.allowed_vendors.as_deref().map(set);
        let publisher_tc = self.publisher_tc();

        let mut builder = TcString::builder(created)
            .last_updated(last_updated)
            .cmp_id(cmp_id)
            .cmp_version(cmp_version)
            .consent_screen(consent_screen)
            .consent_language(language)
            .vendor_list_version(vendor_list_version)
            .tcf_policy_version(tcf_policy_version)
            .is_service_specific(self.is_service_specific)
            .use_non_standard_texts(self.use_non_standard_texts)
            .special_feature_opt_ins(small_set(self.special_feature_opt_ins))
            .purposes_consent(small_set(self.purposes_consent))
            .purposes_li(small_set(self.purposes_li))
            .purpose_one_treatment(self.purpose_one_treatment)
            .publisher_country_code(country)
            .vendors_consent(vendors_consent.clone())
            .vendors_li(vendors_li.clone());
        if let Some(vendors) = disclosed_vendors.clone() {
            builder = builder.disclosed_vendors(vendors);
        }
        if let Some(vendors) = allowed_vendors.clone() {
            builder = builder.allowed_vendors(vendors);
        }
        if let Some(publisher_tc) = publisher_tc {
            builder = builder.publisher_tc(publisher_tc);
        }
        let mut restrictions: Vec<(PurposeId, RestrictionType, IdSet<VendorId>)> = Vec::new();
        for (purpose, kind, vendors) in &self.restrictions {
            let purpose = PurposeId::new(u16::from(purpose % 24) + 1).expect("1 to 24");
            let kind = RestrictionType::from_number(kind % 4).expect("0 to 3");
            let vendors = set(vendors);
            builder = builder.restrict(purpose, kind, vendors.clone());
            match restrictions.iter_mut().find(|(p, k, _)| (*p, *k) == (purpose, kind)) {
                Some((_, _, set)) => *set = &*set | &vendors,
                None => restrictions.push((purpose, kind, vendors)),
            }
        }
        let consent = match builder.build() {
            Ok(consent) => consent,
            Err(error) => {
                let past = |number: u16, bits: u32| number >> bits != 0;
                let too_many = restrictions.iter().any(|(_, _, set)| set.ranges().len() > 4095);
                assert!(match error.kind() {
                    EncodeErrorKind::OutOfRange { .. } => match error.field() {
                        "cmp_id" => past(cmp_id, 12),
                        "cmp_version" => past(cmp_version, 12),
                        "consent_screen" => past(consent_screen.into(), 6),
                        "vendor_list_version" => past(vendor_list_version, 12),
                        "tcf_policy_version" => past(tcf_policy_version.into(), 6),
                        _ => false,
                    },
                    EncodeErrorKind::TooMany { maximum } => maximum == 4095 && too_many,
                    EncodeErrorKind::TooLong { maximum } => {
                        maximum == MAX_TEXT_LENGTH && self.most_bits() > 6 * u64::from(maximum)
                    }
                    _ => false,
                });
                return None;
            }
        };
        assert_eq!((consent.created(), consent.last_updated()), (created, last_updated));
        assert_eq!((consent.cmp_id(), consent.cmp_version()), (cmp_id, cmp_version));
        assert_eq!(consent.consent_screen(), consent_screen);
        assert_eq!(consent.consent_language(), Some(language));
        assert_eq!(consent.vendor_list_version(), vendor_list_version);
        assert_eq!(consent.tcf_policy_version(), tcf_policy_version);
        assert_eq!(consent.is_service_specific(), self.is_service_specific);
        assert_eq!(consent.use_non_standard_texts(), self.use_non_standard_texts);
        let special_features: SmallSet<SpecialFeatureId> = small_set(self.special_feature_opt_ins);
        assert_eq!(consent.special_feature_opt_ins(), special_features);
        assert_eq!(consent.purposes_consent(), small_set(self.purposes_consent));
        assert_eq!(consent.purposes_li(), small_set(self.purposes_li));
        assert_eq!(consent.purpose_one_treatment(), self.purpose_one_treatment);
        assert_eq!(consent.publisher_country_code(), Some(country));
        assert_eq!(consent.vendors_consent().to_set(), vendors_consent);
        assert_eq!(consent.vendors_li().to_set(), vendors_li);
        assert_eq!(consent.disclosed_vendors().map(|set| set.to_set()), disclosed_vendors);
        assert_eq!(consent.allowed_vendors().map(|set| set.to_set()), allowed_vendors);
        assert_eq!(consent.publisher_tc(), publisher_tc);
        assert_eq!(consent.publisher_restrictions().len(), restrictions.len());
        for (on, expected) in consent.publisher_restrictions().zip(restrictions) {
            assert_eq!((on.purpose(), on.restriction_type(), on.vendors().to_set()), expected);
        }
        Some(consent)
    }

    /// No fewer bits than the text has, but for those of a core without vendors.
    fn most_bits(&self) -> u64 {
        let sets = [&self.vendors_consent, &self.vendors_li].into_iter();
        let sets = sets.chain(&self.disclosed_vendors).chain(&self.allowed_vendors);
        let restrictions = self.restrictions.iter().map(|(_, _, vendors)| vendors);
        let ranges = restrictions.flatten().map(|vendors| vendors.ranges().len() as u64);
        sets.count() as u64 * 65_600 + ranges.sum::<u64>() * 33 + 1000
    }

    fn publisher_tc(&self) -> Option<PublisherTc> {
        let (consent, li, count, custom_consent, custom_li) = self.publisher_tc?;
        let publisher_tc = PublisherTc::new(small_set(consent), small_set(li));
        let count = count % 70;
        let [consent, li] = [custom_consent, custom_li].map(small_set::<CustomPurposeId>);
        let highest = [consent, li].into_iter().filter_map(SmallSet::last).max();
        let with_custom = publisher_tc.with_custom_purposes(count, consent, li);
        let holds = count <= 63 && highest.is_none_or(|highest| highest.get() <= count.into());
        assert_eq!(with_custom.is_ok(), holds);
        with_custom.ok().or(Some(publisher_tc))
    }
}
