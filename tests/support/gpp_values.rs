//! Strategies for the sections of GPP strings.

use consent_string::gpp::{
    CanadaForm, CanadaPublisher, CanadaRestrictionType, Consent, Entries, MspaAnswer, MspaMode,
    Notice, OptOut, SectionId, TcfCanadaBuilder, UsBuilder, UsField, UsSection, UsValue,
};
use consent_string::tcf::{
    CustomPurposeId, PurposeId, SmallId, SmallSet, SpecialFeatureId, VendorId,
};
use consent_string::{IdSet, Timestamp};
use proptest::prelude::*;

use crate::naive::{self, layouts};

/// A section built from numbers: one for each field and entry, as far as they last.
pub(crate) fn built(
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
pub(crate) fn us_sections() -> impl Strategy<Value = (SectionId, u8)> {
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
    pub(crate) fn canadas()(
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
