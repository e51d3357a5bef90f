//! What holds for every GPP string, checked on random ones.

#![cfg(all(feature = "gpp", feature = "serde"))]

#[path = "support/gpp_naive.rs"]
mod naive;

use consent_string::gpp::{
    CanadaForm, CanadaPublisher, CanadaRestrictionType, Consent, DataUse, Entries, GppString,
    MspaAnswer, MspaMode, Notice, OptOut, OptOutAnswer, Padding, SectionId, TcfCanadaBuilder,
    UsBuilder, UsField, UsSection, UsValue,
};
use consent_string::tcf::{
    CustomPurposeId, PurposeId, SmallId, SmallSet, SpecialFeatureId, VendorId,
};
use consent_string::{Buffer, EncodeErrorKind, IdSet, Timestamp};
use proptest::prelude::*;

use naive::{layouts, us};

const PADDINGS: [Padding; 2] = [Padding::Characters, Padding::Bytes];

/// A section built from numbers: one for each field and entry, as far as they last.
fn built(
    id: SectionId,
    layout: u8,
    gpc: Option<bool>,
    header: bool,
    numbers: &[usize],
) -> UsBuilder {
    let mut numbers = numbers.iter().copied().cycle();
    let mut next = move || numbers.next().unwrap() % 4;
    let table = layouts();
    let row = table
        .iter()
        .find(|row| Some(row.name.as_str()) == id.name() && row.version == layout)
        .unwrap();
    let mut builder = UsSection::builder(id).section_header(header).layout_version(layout);
    let is_opt_out = [8, 11, 18].contains(&id.get());
    for (name, _, count) in &row.fields {
        let name = naive::snake_case(name);
        let field = UsField::from_name(&name).unwrap();
        let value = match (name.as_str(), count) {
            ("version" | "mspa_version", _) => continue,
            ("sensitive_data_processing", Some(count)) if is_opt_out => {
                let entries: Vec<_> = (0..*count).map(|_| OptOut::ALL[next()]).collect();
                UsValue::OptOuts(Entries::new(&entries).unwrap())
            }
            (_, Some(count)) => {
                let entries: Vec<_> = (0..*count).map(|_| Consent::ALL[next()]).collect();
                UsValue::Consents(Entries::new(&entries).unwrap())
            }
            ("mspa_mode", None) => UsValue::Mode(MspaMode::ALL[next()]),
            (name, None) if name.ends_with("_notice") => UsValue::Notice(Notice::ALL[next()]),
            (name, None) if name.ends_with("_opt_out") => UsValue::OptOut(OptOut::ALL[next()]),
            (name, None) if name.starts_with("mspa_") => UsValue::Answer(MspaAnswer::ALL[next()]),
            (_, None) => UsValue::Consent(Consent::ALL[next()]),
        };
        builder = builder.set(field, value);
    }
    match row.behind.as_deref() {
        Some("gpc") => builder.gpc(gpc),
        Some(_) if gpc.is_some() => {
            let entries: Vec<_> = (0..8).map(|_| Consent::ALL[next()]).collect();
            let entries = UsValue::Consents(Entries::new(&entries).unwrap());
            builder.set(UsField::SensitiveDataProcessing, entries)
        }
        _ => builder,
    }
}

/// The sections of the table, each with its layouts.
fn us_sections() -> impl Strategy<Value = (SectionId, u8)> {
    let rows: Vec<_> =
        layouts().iter().map(|row| (SectionId::new(row.id).unwrap(), row.version)).collect();
    prop::sample::select(rows)
}

fn vendors() -> impl Strategy<Value = IdSet<VendorId>> {
    let range = (prop_oneof![1..200_u16, 1..=u16::MAX], 0..40_u16);
    let set = |ranges: Vec<(u16, u16)>| {
        let mut set = IdSet::new();
        for (first, more) in ranges {
            let (first, last) = (VendorId::new(first), VendorId::new(first.saturating_add(more)));
            set.insert_range(first.unwrap()..=last.unwrap());
        }
        set
    };
    prop_oneof![
        8 => prop::collection::vec(range, 0..12).prop_map(set),
        1 => (1..2000_u16).prop_map(|count| {
            (1..=u16::MAX).step_by(2).take(count.into()).filter_map(VendorId::new).collect()
        }),
    ]
}

fn small<I: SmallId>(bits: u64) -> SmallSet<I> {
    (1..=63).filter(|place| bits >> place & 1 == 1).filter_map(I::new).collect()
}

prop_compose! {
    fn canadas()(
        form in prop::sample::select(CanadaForm::ALL),
        times in (0..1_u64 << 36, 0..1_u64 << 36),
        numbers in (0..1_u16 << 12, 0..1_u16 << 12, 0..64_u8, 0..1_u16 << 12, 0..64_u8),
        stacks in any::<bool>(),
        small_sets in any::<[u64; 7]>(),
        express in vendors(),
        implied in vendors(),
        restrictions in prop::collection::vec((1..25_u16, 0..4_u8, vendors()), 0..4),
        disclosed in prop::option::of(vendors()),
        custom in prop::option::of(0..64_u8),
    ) -> TcfCanadaBuilder {
        let time = |tenths| Timestamp::from_deciseconds(tenths).unwrap();
        let mut builder = TcfCanadaBuilder::new(time(times.0))
            .form(form)
            .last_updated(time(times.1))
            .cmp_id(numbers.0)
            .cmp_version(numbers.1)
            .consent_screen(numbers.2)
            .vendor_list_version(numbers.3)
            .tcf_policy_version(numbers.4)
            .consent_language("FR".parse().unwrap())
            .use_non_standard_stacks(stacks)
            .special_feature_opt_ins(small::<SpecialFeatureId>(small_sets[0]))
            .purposes_express(small(small_sets[1]))
            .purposes_implied(small(small_sets[2]))
            .vendors_express(express)
            .vendors_implied(implied)
            .disclosed_vendors(disclosed);
        for (purpose, kind, vendors) in restrictions {
            let kind = CanadaRestrictionType::from_number(kind).unwrap();
            builder = builder.restrict(PurposeId::new(purpose).unwrap(), kind, vendors);
        }
        let publisher = custom.map(|count| {
            let below = |bits: u64| small::<CustomPurposeId>(bits & (u64::MAX >> (63 - count)));
            CanadaPublisher::new(small(small_sets[3]), small(small_sets[4]))
                .with_custom_purposes(count, below(small_sets[5] >> 1 << 1), below(small_sets[6] >> 1 << 1))
                .unwrap()
        });
        builder.publisher(publisher)
    }
}

proptest! {
    #[test]
    fn sections_of_the_united_states_are_read_as_built(
        (id, layout) in us_sections(),
        gpc in any::<Option<bool>>(),
        header in any::<bool>(),
        numbers in prop::collection::vec(0..4_usize, 1..40),
    ) {
        let built = built(id, layout, gpc, header, &numbers).build().unwrap();
        let table = layouts();
        for padding in PADDINGS {
            let gpp = GppString::builder().us_section(built).padding(padding).build().unwrap();
            let read = gpp.us_section(id).unwrap().unwrap();
            prop_assert_eq!(read, built);
            prop_assert_eq!(read.to_builder().build(), Ok(built));
            let text = gpp.section(id).unwrap().as_str();
            prop_assert_eq!(Some(us(&read)), naive::us_section(&table, id.get(), text));
            let again: GppString = gpp.as_str().parse().unwrap();
            prop_assert_eq!(&again, &gpp);
            #[cfg(feature = "serde")]
            prop_assert_eq!(again.decoded().encode().unwrap().us_section(id), Some(Ok(built)));
        }
    }

    /// The second layout under the first version, as some libraries wrote it.
    #[test]
    fn the_second_layout_in_version_one_is_read_or_refused(
        numbers in prop::collection::vec(0..4_usize, 1..40),
        zeros in 0..8_usize,
    ) {
        let mut numbers = numbers;
        numbers.extend([0; 35]);
        let numbers: Vec<_> = numbers.into_iter().take(32 - zeros).chain(vec![0; zeros]).collect();
        let builder = built(SectionId::USNAT, 2, None, true, &numbers).version(1);
        match builder.build() {
            Ok(section) => {
                let gpp = GppString::builder().us_section(section).build().unwrap();
                prop_assert_eq!(gpp.us_section(SectionId::USNAT), Some(Ok(section)));
            }
            Err(error) => prop_assert_eq!(error.kind(), EncodeErrorKind::ReadsOtherwise),
        }
    }

    #[test]
    fn strings_of_canada_are_read_as_built(canada in canadas(), padding in prop::sample::select(&PADDINGS[..])) {
        let gpp = match GppString::builder().tcf_canada(canada.clone()).padding(padding).build() {
            Ok(gpp) => gpp,
            Err(error) => {
                // Only what another form takes for its own is refused.
                prop_assert_eq!(error.kind(), EncodeErrorKind::ReadsOtherwise);
                return Ok(());
            }
        };
        let mut buffer = Buffer::new();
        let read = gpp.tcf_canada(&mut buffer).unwrap().unwrap();
        // Forms that say the same differ in no set.
        prop_assert!(read.to_builder().form(CanadaForm::IntegerRanges) == canada.form(CanadaForm::IntegerRanges));
        #[cfg(feature = "serde")]
        {
            let object = serde_json::to_string(&gpp.decoded()).unwrap();
            let decoded: consent_string::gpp::Decoded = serde_json::from_str(&object).unwrap();
            let again = decoded.encode().unwrap();
            let mut other = Buffer::new();
            let again = again.tcf_canada(&mut other).unwrap().unwrap();
            prop_assert!(again.to_builder() == read.to_builder());
        }
    }

    #[test]
    fn headers_are_read_as_written_and_as_the_second_reader_reads_them(
        numbers in prop::collection::btree_set(prop_oneof![1..40_u16, 1..=u16::MAX], 0..40),
        padding in prop::sample::select(&PADDINGS[..]),
    ) {
        let ids = numbers.iter().copied().filter_map(SectionId::new);
        let builder = ids.clone().fold(GppString::builder(), |builder, id| {
            builder.section(id, format!("text-of-{id}"))
        });
        let gpp = builder.padding(padding).build().unwrap();
        prop_assert!(gpp.section_ids().eq(ids.clone()));
        prop_assert_eq!(gpp.section_ids().len(), numbers.len());
        let naive = naive::sections(gpp.as_str()).unwrap();
        prop_assert!(naive.iter().map(|(id, _)| *id).eq(numbers.iter().copied()));
        for (section, (_, text)) in gpp.sections().zip(naive) {
            prop_assert_eq!(section.as_str(), text);
            prop_assert_eq!(gpp.section(section.id()).unwrap().as_str(), text);
        }
        prop_assert_eq!(gpp.to_builder().padding(padding).build().unwrap(), gpp);
    }

    #[test]
    fn any_text_is_read_alike_by_both_readers(
        header in "DB[A-Za-z0-9_-]{0,8}",
        sections in prop::collection::vec("[BCYZab][A-Za-z0-9_-]{0,14}(\\.[A-Za-z0-9_-]{0,4}){0,2}", 0..5),
    ) {
        let text = [header].into_iter().chain(sections).collect::<Vec<_>>().join("~");
        let gpp = text.parse::<GppString>();
        let naive = naive::sections(&text);
        prop_assert_eq!(gpp.is_ok(), naive.is_some(), "{}", text);
        let (Ok(gpp), Some(naive)) = (gpp, naive) else { return Ok(()) };
        prop_assert_eq!(gpp.as_str(), &text);
        let table = layouts();
        for (section, (id, text)) in gpp.sections().zip(naive) {
            prop_assert_eq!((section.id().get(), section.as_str()), (id, text));
            if let Some(read) = section.us() {
                let naive = naive::us_section(&table, id, text);
                prop_assert_eq!(read.ok().map(|read| us(&read)), naive, "{} {}", id, text);
            }
        }
    }

    #[test]
    fn a_section_that_cannot_be_read_hides_no_other_and_permits_nothing(
        (id, layout) in us_sections(),
        numbers in prop::collection::vec(0..4_usize, 1..40),
    ) {
        let good = built(id, layout, None, true, &numbers).build().unwrap();
        let bad = if id == SectionId::USFL { SectionId::USTX } else { SectionId::USFL };
        let alone = GppString::builder().us_section(good);
        let both = alone.clone().section(bad, "z").build().unwrap();
        let alone = alone.build().unwrap();
        prop_assert!(both.us_section(bad).unwrap().is_err());
        prop_assert_eq!(both.us_section(id), Some(Ok(good)));
        for &what in DataUse::ALL {
            let expected = match alone.opted_out(what, None) {
                OptOutAnswer::OptedOut => OptOutAnswer::OptedOut,
                _ => OptOutAnswer::Unreadable,
            };
            prop_assert_eq!(both.opted_out(what, None), expected);
        }
    }
}
