//! GPP strings: reading and building.

use arbitrary::{Arbitrary, Unstructured};
use consent_string::gpp::{
    CanadaForm, CanadaRestrictionType, Consent, DataUse, DecodeOptions, Decoded, Entries,
    GppString, GppStringRef, OptOut, OptOutAnswer, Padding, SectionId, SectionRef, SensitiveData,
    TcfCanadaBuilder, UsField, UsSection, UsValue,
};
use consent_string::tcf::{PurposeId, VendorId};
use consent_string::us_privacy::UsPrivacy;
use consent_string::{Buffer, DecodeError, EncodeErrorKind, IdSet, Timestamp};

const OPTIONS: [DecodeOptions; 2] = [
    DecodeOptions::new(),
    DecodeOptions::new().allow_any_version().allow_first_layout_in_version_two(),
];

/// Any text: both forms agree, print is the identity, each section is read by itself, and what
/// can be built again says the same.
pub fn parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let _ = text.parse::<UsPrivacy>().map(|privacy| assert_eq!(privacy.to_string(), text));
    for options in OPTIONS {
        let mut buffer = Buffer::new();
        let view = options.decode_ref(text, &mut buffer);
        let owned = options.decode(text);
        match (&owned, &view) {
            (Ok(owned), Ok(view)) => {
                assert_eq!(owned.as_str(), text);
                assert_eq!(view.as_str(), text);
                assert_eq!(view.to_gpp_string(), *owned);
                check(owned, view);
            }
            (Err(owned), Err(view)) => {
                assert_eq!(owned, view);
                check_place(text, owned);
            }
            _ => panic!("one form accepts what the other refuses: {text:?}"),
        }
    }
}

fn check_place(text: &str, error: &DecodeError) {
    assert!(error.char_offset().is_none_or(|place| place <= text.len()), "{error}");
    assert_eq!(error.segment().is_some(), error.bit_offset().is_some());
}

fn check(owned: &GppString, view: &GppStringRef<'_, '_>) {
    assert!(owned.section_ids().eq(view.section_ids()));
    assert_eq!(owned.section_ids().len(), owned.sections().count());
    let mut texts = owned.as_str().split('~').skip(1);
    for section in owned.sections() {
        assert_eq!(Some(section.as_str()), texts.next());
        check_section(owned, &section);
    }
    assert_eq!(texts.next(), None);
    let all = owned.opt_outs(None);
    assert_eq!(all, view.opt_outs(None));
    let answers = [all.sale(), all.sharing(), all.targeted_advertising()];
    for (&what, answer) in DataUse::ALL.iter().zip(answers) {
        assert_eq!(answer, owned.opted_out(what, None));
        assert_eq!(answer, view.opted_out(what, None));
        check_answer(owned, what, answer);
    }
    assert_eq!(owned.findings(), view.findings());
    let decoded = owned.decoded();
    let json = serde_json::to_string(&decoded).expect("an object");
    let read = serde_json::from_str::<Decoded>(&json);
    match (read, decoded.encode()) {
        (Ok(read), encoded) => assert_eq!(read.encode(), encoded, "{json}"),
        // Only what can't be built can't be read.
        (Err(_), Err(_)) => {}
        (Err(error), Ok(_)) => panic!("{error}: {json}"),
    }
    if let Ok(again) = owned.to_builder().build() {
        assert!(
            again
                .sections()
                .map(|one| one.as_str().to_owned())
                .eq(owned.sections().map(|one| one.as_str().to_owned()))
        );
    }
}

/// An answer is what the sections say, found one by one.
fn check_answer(gpp: &GppString, what: DataUse, answer: OptOutAnswer) {
    let choice = |section: &UsSection| match what {
        DataUse::Sale => section.sale_opt_out(),
        DataUse::Sharing => section.sharing_opt_out(),
        _ => section.targeted_advertising_opt_out(),
    };
    let us: Vec<_> = gpp.sections().filter_map(|section| section.us()).collect();
    let says = |wanted: OptOut| us.iter().flatten().any(|one| choice(one) == Some(wanted));
    let opted_out =
        says(OptOut::OptedOut) || us.iter().flatten().any(|one| one.gpc() == Some(true));
    let bad = us.iter().any(Result::is_err);
    match answer {
        OptOutAnswer::OptedOut => assert!(opted_out || what == DataUse::Sale),
        OptOutAnswer::Unreadable => assert!(!opted_out),
        OptOutAnswer::NotSaid => assert!(!opted_out && !bad),
        OptOutAnswer::DidNotOptOut => {
            assert!(!opted_out && !bad);
            assert!(says(OptOut::DidNotOptOut) || what == DataUse::Sale);
        }
    }
}

fn check_section(gpp: &GppString, section: &SectionRef<'_>) {
    let text = gpp.as_str();
    let mut buffer = Buffer::new();
    if let Some(us) = section.us() {
        match us {
            Ok(us) => check_us(&us),
            Err(error) => check_place(text, &error),
        }
    }
    if let Some(Err(error)) = section.us_privacy() {
        check_place(text, &error);
    }
    if let Some(Err(error)) = section.tc_string(&mut buffer) {
        check_place(text, &error);
    }
    match section.tcf_canada(&mut buffer) {
        None => {}
        Some(Err(error)) => check_place(text, &error),
        Some(Ok(canada)) => {
            assert!(canada.fits(canada.form()));
            let before = CanadaForm::ALL.iter().take_while(|form| **form != canada.form());
            assert!(before.copied().all(|form| !canada.fits(form)));
            let builder = canada.to_builder();
            if let Ok(again) = GppString::builder().tcf_canada(builder.clone()).build() {
                let mut other = Buffer::new();
                let again = again.tcf_canada(&mut other).expect("it is there").expect("as built");
                let form = CanadaForm::IntegerRanges;
                assert!(again.to_builder().form(form) == builder.form(form));
            }
        }
    }
}

/// A section that was read is written, and read again as the same.
fn check_us(us: &UsSection) {
    for &field in UsField::ALL {
        assert_eq!(us.get(field).is_some(), us.fields().any(|(_, other, _)| other == field));
    }
    let Ok(built) = us.to_builder().build() else { return };
    assert_eq!(built, *us);
    for padding in [Padding::Characters, Padding::Bytes] {
        let gpp = GppString::builder().us_section(built).padding(padding).build();
        let read = gpp.expect("a section that was read").us_section(us.id());
        assert_eq!(read, Some(Ok(built)));
    }
}

/// Any sections: what can be built is read as it was built.
pub fn build(data: &[u8]) {
    let Ok(parts) = Parts::arbitrary(&mut Unstructured::new(data)) else { return };
    let padding = if parts.in_bytes { Padding::Bytes } else { Padding::Characters };
    let mut builder = GppString::builder().padding(padding);
    let mut built = Vec::new();
    for us in &parts.us {
        let Some(section) = us.build() else { continue };
        builder = builder.us_section(section);
        built.retain(|other: &UsSection| other.id() != section.id());
        built.push(section);
    }
    let canada = parts.canada.as_ref().map(Canada::builder);
    if let Some(canada) = &canada {
        builder = builder.tcf_canada(canada.clone());
    }
    for &id in &parts.unknown {
        if let Some(id) = SectionId::new(id).filter(|id| id.name().is_none()) {
            builder = builder.section(id, "text");
        }
    }
    let gpp = match builder.build() {
        Ok(gpp) => gpp,
        Err(error) => {
            assert_eq!(error.kind(), EncodeErrorKind::ReadsOtherwise, "{error}");
            assert!(canada.is_some());
            return;
        }
    };
    for section in &built {
        assert_eq!(gpp.us_section(section.id()), Some(Ok(*section)));
    }
    let mut buffer = Buffer::new();
    let read = gpp.tcf_canada(&mut buffer);
    assert_eq!(read.is_some(), canada.is_some());
    if let (Some(read), Some(canada)) = (read, canada) {
        let form = CanadaForm::IntegerRanges;
        assert!(read.expect("as built").to_builder().form(form) == canada.form(form));
    }
    let again: GppString = gpp.as_str().parse().expect("what was built is read");
    assert_eq!(again, gpp);
    check(&gpp, &gpp.view());
}

#[derive(Debug, Arbitrary)]
struct Parts {
    in_bytes: bool,
    us: Vec<Us>,
    canada: Option<Canada>,
    unknown: Vec<u16>,
}

/// A section of the United States: two bits for each entry of a field.
#[derive(Debug, Arbitrary)]
struct Us {
    id: u8,
    version: u8,
    has_header: bool,
    gpc: Option<bool>,
    fields: Vec<(u8, u64)>,
}

impl Us {
    /// The section, of what of this it has a place for.
    fn build(&self) -> Option<UsSection> {
        let id = SectionId::new(7 + u16::from(self.id % 21))?;
        let mut builder = UsSection::builder(id).section_header(self.has_header);
        if id == SectionId::USNAT {
            builder = builder.version(1 + self.version % 2);
        }
        let mut built = builder.clone().build().ok()?;
        if let Ok(section) = builder.clone().gpc(self.gpc).build() {
            (builder, built) = (builder.gpc(self.gpc), section);
            assert_eq!(built.gpc(), self.gpc);
        }
        for &(field, bits) in &self.fields {
            let field = UsField::ALL[usize::from(field) % UsField::ALL.len()];
            let Some(value) = value(&built, field, bits) else { continue };
            builder = builder.set(field, value);
            built = builder.clone().build().ok()?;
            assert_eq!(built.get(field), Some(value));
        }
        Some(built)
    }
}

/// A value of a field that a section has, of as many entries as it has.
fn value(section: &UsSection, field: UsField, bits: u64) -> Option<UsValue> {
    let two = |index: usize| (bits >> (2 * index) & 3) as usize;
    let consents = |len: usize| {
        let entries: Vec<_> = (0..len).map(|index| Consent::ALL[two(index)]).collect();
        Entries::new(&entries).map(UsValue::Consents)
    };
    match section.get(field)? {
        UsValue::Number(_) => None,
        UsValue::OptOut(_) => Some(UsValue::OptOut(OptOut::ALL[two(0)])),
        UsValue::Consent(_) => Some(UsValue::Consent(Consent::ALL[two(0)])),
        UsValue::Consents(entries) => consents(entries.len()),
        UsValue::OptOuts(entries) => {
            let entries: Vec<_> = (0..entries.len()).map(|index| OptOut::ALL[two(index)]).collect();
            let data = SensitiveData::OptOuts(Entries::new(&entries)?);
            assert_eq!(data.len(), entries.len());
            Entries::new(&entries).map(UsValue::OptOuts)
        }
        other => Some(other),
    }
}

#[derive(Debug, Arbitrary)]
struct Canada {
    form: u8,
    created: u64,
    express: Vec<(u16, u8)>,
    implied: Vec<(u16, u8)>,
    disclosed: Option<Vec<(u16, u8)>>,
    restrictions: Vec<Restriction>,
}

/// Purpose, type and ranges of vendors.
type Restriction = (u8, u8, Vec<(u16, u8)>);

impl Canada {
    fn builder(&self) -> TcfCanadaBuilder {
        let created = Timestamp::from_deciseconds(self.created % (1 << 36)).expect("36 bits");
        let mut builder = TcfCanadaBuilder::new(created)
            .form(CanadaForm::ALL[usize::from(self.form) % CanadaForm::ALL.len()])
            .vendors_express(vendors(&self.express))
            .vendors_implied(vendors(&self.implied))
            .disclosed_vendors(self.disclosed.as_deref().map(vendors));
        for (purpose, kind, ranges) in &self.restrictions {
            let purpose = PurposeId::new(u16::from(purpose % 24) + 1).expect("1 to 24");
            let kind = CanadaRestrictionType::from_number(kind % 4).expect("0 to 3");
            builder = builder.restrict(purpose, kind, vendors(ranges));
        }
        builder
    }
}

fn vendors(ranges: &[(u16, u8)]) -> IdSet<VendorId> {
    let mut set = IdSet::new();
    for &(first, more) in ranges {
        let last = VendorId::new(first.saturating_add(more.into()));
        if let (Some(first), Some(last)) = (VendorId::new(first), last) {
            set.insert_range(first..=last);
        }
    }
    set
}
