//! What holds for every GPP string, checked on random ones.

#![cfg(all(feature = "gpp", feature = "serde"))]

#[path = "support/gpp_naive.rs"]
mod naive;
#[path = "support/gpp_values.rs"]
mod values;

use consent_string::gpp::{CanadaForm, DataUse, GppString, OptOutAnswer, Padding, SectionId};
use consent_string::{Buffer, EncodeErrorKind};
use proptest::prelude::*;

use naive::{layouts, us};
use values::{built, canadas, us_sections};

const PADDINGS: [Padding; 2] = [Padding::Characters, Padding::Bytes];

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
