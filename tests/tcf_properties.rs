//! What holds for every TC string, against a reader and a writer that know nothing of the
//! crate.

#![cfg(feature = "tcf")]

#[path = "support/tcf.rs"]
mod support;

use consent_string::Buffer;
use consent_string::tcf::{DecodeOptions, TcString, TcStringRef};
use proptest::prelude::*;

use support::{Model, models, small_models, styles, to_bits, to_text};

/// Options with each leniency that there is.
fn lenient() -> DecodeOptions {
    DecodeOptions::new()
        .allow_padding()
        .allow_ones_behind_core()
        .skip_unknown_segments()
        .skip_empty_segments()
        .allow_undefined_letters()
}

/// Reads a text in both forms, which must agree, and as the naive reader does.
fn read(text: &str) -> Result<Option<TcString>, TestCaseError> {
    let owned = text.parse::<TcString>();
    let mut buffer = Buffer::new();
    match (&owned, TcStringRef::parse(text, &mut buffer)) {
        (Ok(owned), Ok(view)) => {
            let mut room = vec![0xAA; TcStringRef::buffer_len(text.len())];
            let in_room = TcStringRef::parse_in(text, &mut room).expect("as in a buffer");
            prop_assert_eq!(Model::of_ref(&in_room), Model::of_ref(&view));
            prop_assert_eq!(Model::of(owned), Model::of_ref(&view));
            prop_assert_eq!(&view.to_tc_string(), owned);
            prop_assert_eq!(Model::of(&view.to_tc_string()), Model::of(owned));
            prop_assert!(view.says_the_same_as(owned) && owned.says_the_same_as(view));
            prop_assert_eq!(view.to_string(), text);
            prop_assert_eq!(owned.to_string(), text);
        }
        (Err(owned), Err(view)) => prop_assert_eq!(*owned, view),
        (owned, view) => prop_assert!(false, "{:?} but {:?}", owned, view),
    }
    prop_assert_eq!(owned.as_ref().ok().map(Model::of), Model::read(text));
    Ok(owned.ok())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_allowed_text_reads_and_prints(
        model in models(),
        styles in styles(),
        fill in prop::sample::select(vec![1_usize, 6, 8, 24, 96]),
        turn in 0..3_usize,
    ) {
        let text = model.text(&styles, fill, turn);
        let consent = read(&text)?.expect("an allowed text");
        prop_assert_eq!(Model::of(&consent), model);
    }

    #[test]
    fn the_canonical_text_is_the_shortest(model in models(), styles in styles()) {
        let text = model.text(&styles, 24, 0);
        let consent: TcString = text.parse().unwrap();
        let built = consent.to_builder().build().unwrap();
        let canonical = built.as_str();
        prop_assert_eq!(canonical, model.shortest_text());
        prop_assert!(canonical.len() <= text.len());
        let undefined = model.restrictions.iter().any(|&(_, kind, _)| kind == 3);
        let strict = DecodeOptions::new().strict().decode(canonical);
        prop_assert_eq!(strict.is_err(), undefined, "strict refuses restriction type 3 only");
        prop_assert!(built.says_the_same_as(&consent));
        prop_assert_eq!(Model::of(&built), model);
        prop_assert_eq!(canonical.parse(), Ok(built.clone()));
        prop_assert_eq!(built.to_builder().build(), Ok(built), "canonical once and for all");
    }

    #[test]
    fn strict_accepts_less_and_lenient_more(model in models(), styles in styles(), flip: prop::sample::Index) {
        let mut bits = to_bits(&model.text(&styles, 24, 0).replace('.', "")).unwrap();
        let flip = flip.index(bits.len());
        let bit = bits[flip];
        bits[flip] = !bit;
        let text = to_text(bits, 6);
        let [strict, default, lenient] =
            [DecodeOptions::new().strict(), DecodeOptions::new(), lenient()]
                .map(|options| options.decode(&text));
        // Alike by what they say, not only by the text.
        if let Ok(strict) = strict {
            prop_assert!(strict.says_the_same_as(default.as_ref().unwrap()));
        }
        if let Ok(default) = default {
            prop_assert!(default.says_the_same_as(&lenient.unwrap()));
        }
    }

    #[test]
    fn damaged_texts_are_refused_or_read_as_what_they_say(
        model in models(),
        styles in styles(),
        damages in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, "[A-Za-z0-9_.=+ -]"), 1..4),
    ) {
        let mut text = model.text(&styles, 6, 0);
        for (place, damage, other) in damages {
            let place = place.index(text.len());
            let end = if damage == 0 { place } else { place + 1 };
            text.replace_range(place..end, if damage == 2 { "" } else { &other });
        }
        read(&text)?;
    }

    #[test]
    fn garbage_behind_a_header_is_refused_or_read_as_what_it_says(
        model in models(),
        garbage in prop_oneof!["[A-Za-z0-9_-]{0,90}", "[A-H.]{0,60}", "\\PC{0,20}"],
    ) {
        let mut header = support::Bits::new();
        model.put_header(&mut header);
        read(&(to_text(header, 6) + &garbage))?;
    }

    #[test]
    fn any_text_is_no_panic(text in "\\PC{0,60}") {
        read(&text)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn cut_at_every_bit(model in small_models(), styles in styles()) {
        let text = model.text(&styles, 6, 0);
        for cut in 0..text.len() {
            read(&text[..cut])?;
        }
        let (core, rest) = text.split_once('.').map_or((&*text, ""), |(core, rest)| (core, rest));
        let bits = to_bits(core).unwrap();
        for cut in 0..bits.len() {
            let cut_core = to_text(bits[..cut].to_vec(), 6);
            let consent = read(&cut_core)?;
            if !rest.is_empty() {
                let whole = read(&format!("{cut_core}.{rest}"))?;
                prop_assert_eq!(whole.is_some(), consent.is_some(), "what follows changes nothing");
            }
        }
    }
}
