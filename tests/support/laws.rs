//! What holds for every text, good or bad.

use std::collections::BTreeSet;

use consent_string::didomi::{
    ConsentString, ConsentStringRef, DecodeOptions, EncodeOptions, IdsRef, Section, SectionForm,
    SectionKind, SectionRef, Status,
};
use consent_string::{Buffer, DecodeError, EncodeErrorKind, Id, IdSet, ParseInError};

/// Checks that all ways to read agree on a text and that what was read is the same text; gives back
/// the owned form.
pub(crate) fn check(text: &str, options: DecodeOptions) -> Result<ConsentString, DecodeError> {
    // Bytes of an earlier use must not matter.
    let mut bytes = vec![0xFF; ConsentStringRef::buffer_len(text)];
    let mut buffer = Buffer::new();
    let _ = options.decode_ref(&"_".repeat(text.len() + 300), &mut buffer);
    let owned = options.decode(text);
    let view = options.decode_ref(text, &mut buffer);
    let narrow = options.decode_in(text, &mut bytes);
    let (owned, view, narrow) = match (owned, view, narrow) {
        (Ok(owned), Ok(view), Ok(narrow)) => (owned, view, narrow),
        (Err(error), view, narrow) => {
            assert_eq!(view.err(), Some(error), "refuse {text:?} alike");
            assert_eq!(narrow.err(), Some(ParseInError::Decode(error)), "refuse {text:?} alike");
            if let Some(place) = error.char_offset() {
                assert!(place <= text.len() && text.is_char_boundary(place), "{text:?} {error}");
            }
            return Err(error);
        }
        (owned, view, narrow) => panic!("{text:?}: {owned:?} {view:?} {narrow:?}"),
    };
    check_view(text, &owned, view);
    check_view(text, &owned, narrow);
    check_section(view.purposes());
    check_section(view.purposes_li());
    check_section(view.vendors());
    check_section(view.vendors_li());
    check_canonical(&owned, options);
    Ok(owned)
}

/// One form of a string that was accepted against the owned one.
fn check_view(text: &str, owned: &ConsentString, view: ConsentStringRef<'_, '_>) {
    assert_eq!((view.as_str(), &*view.to_string(), view.as_ref()), (text, text, text));
    assert_eq!((owned.as_str(), &*owned.to_string(), owned.as_ref()), (text, text, text));
    assert_eq!((view, &view.to_consent_string()), (owned.view(), owned));
    assert!(view.says_the_same_as(owned) && owned.says_the_same_as(view));
    assert_eq!(
        (view.version(), view.user_id(), view.created(), view.updated()),
        (owned.version(), owned.user_id(), owned.created(), owned.updated())
    );
    assert_eq!((view.regulation(), view.sync()), (owned.regulation(), owned.sync()));
    assert_eq!(
        (view.did(), view.ouid(), view.signature()),
        (owned.did(), owned.ouid(), owned.signature())
    );
    assert_eq!(view.signed_part(), owned.signed_part());
    assert!(view.inferred_sections().eq(owned.inferred_sections()));
    for &kind in SectionKind::ALL {
        assert_eq!(view.form(kind), owned.form(kind));
    }
    // That the sections stand where they should: `says_the_same_as` has read all of them.
    assert_eq!(view.vendors().len(), owned.vendors().len());
}

/// The canonical string says the same, and is its own canonical string.
fn check_canonical(owned: &ConsentString, options: DecodeOptions) {
    let Some(canonical) = canonical(owned) else { return };
    // It may be a little longer than the text, by the dots of its own frame.
    let again = options.max_text_length(u32::MAX).decode(canonical.as_str()).unwrap();
    assert_eq!(again, canonical);
    assert!(again.says_the_same_as(owned), "the canonical string says the same");
    assert_eq!(self::canonical(&again).as_ref(), Some(&canonical), "it is its own");
    check_built(&canonical, &again);
    for &kind in SectionKind::ALL {
        if is_candidate(owned, kind) {
            assert!(again.form(kind).bits() <= owned.form(kind).bits(), "{kind} of {owned}");
        }
    }
}

/// The canonical string; `None` where a builder refuses what readers would refuse by default.
pub(crate) fn canonical(consent: &ConsentString) -> Option<ConsentString> {
    match consent.to_builder().build_with(&EncodeOptions::new()) {
        Ok(canonical) => Some(canonical),
        Err(error) => {
            let refused = match error.kind() {
                EncodeErrorKind::TooLong { .. } => consent.as_str().len() > 30_000,
                EncodeErrorKind::InvalidCharacter => {
                    consent.as_str().contains(['%', '"', ',', ';', '\\'])
                }
                _ => false,
            };
            assert!(refused, "{error} for {consent:?}");
            None
        }
    }
}

/// A string that was built is the one that is read from its text: where everything stands, too.
pub(crate) fn check_built(built: &ConsentString, read: &ConsentString) {
    assert_eq!(built, read);
    check_view(built.as_str(), read, built.view());
}

fn check_section<I: Id>(view: SectionRef<'_, I>) {
    let section = view.to_section();
    assert_eq!(view.says_nothing(), section.says_nothing());
    let mut rebuilt = Section::new();
    let mut probes = BTreeSet::from([1, 65535]);
    let mut behind = 0;
    for (range, status) in view.runs() {
        assert!(range.first().get() > behind && status != Status::Undefined);
        behind = range.last().get();
        rebuilt.set_range(range.into(), status);
        probes.extend([range.first().get(), range.last().get()]);
        probes.extend([range.first().get().saturating_sub(1), behind.saturating_add(1)]);
    }
    assert_eq!(rebuilt, section);
    assert!(view.runs().eq(section.runs()), "runs are as long as they can be");
    for id in probes.into_iter().filter_map(I::new) {
        assert_eq!(view.status(id), section.status(id), "{id}");
        assert_eq!(view.contains(id), section.enabled().contains(id), "{id}");
    }
    check_ids(view.enabled(), section.enabled());
    check_ids(view.disabled(), section.disabled());
    // Asked like a set, a section is the set of its enabled IDs.
    assert_eq!(view.to_set(), *section.enabled());
    assert!(view.ranges().eq(section.enabled().ranges()));
    assert_eq!(
        (view.len(), view.is_empty()),
        (section.enabled().len(), section.enabled().is_empty())
    );
    if section.enabled().len() + section.disabled().len() < 500 {
        assert!(view.iter().eq(section.enabled()));
        assert!(view.statuses().eq(section.statuses()));
        for id in section.enabled() | section.disabled() {
            assert_eq!(view.enabled().contains(id), section.enabled().contains(id), "{id}");
            assert_eq!(view.disabled().contains(id), section.disabled().contains(id), "{id}");
        }
    }
}

/// The IDs of one status against the set that is made of them.
fn check_ids<I: Id>(ids: IdsRef<'_, I>, set: &IdSet<I>) {
    assert_eq!(ids.to_set(), *set);
    assert!(ids.ranges().eq(set.ranges()), "ranges are those of the set");
    assert_eq!(ids.ranges().fold(0, |len, range| len + range.len()), set.len());
    assert_eq!((ids.len(), ids.is_empty()), (set.len(), set.is_empty()));
    assert_eq!(ids.iter().count(), set.len());
    let mut numbers = vec![0];
    ids.put_numbers(&mut numbers);
    assert_eq!(numbers[1..], ids.to_numbers(), "behind what was there");
    assert!(numbers[1..].iter().copied().eq(set.iter().map(Id::get)));
    if set.len() < 500 {
        assert!(ids.iter().eq(set));
        let mut half = ids.iter();
        let taken = half.by_ref().take(set.len() / 2).count();
        assert_eq!(half.fold(taken, |count, _| count + 1), set.len());
    }
}

/// Whether a section has one of the forms that a writer chooses from by default.
fn is_candidate(consent: &ConsentString, kind: SectionKind) -> bool {
    fn ends_enabled<I: Id>(section: SectionRef<'_, I>) -> bool {
        section.runs().last().is_some_and(|(_, status)| status.is_enabled())
    }
    let form: SectionForm = consent.form(kind);
    let reaches = match kind {
        SectionKind::Purposes => ends_enabled(consent.purposes()),
        SectionKind::PurposesLi => ends_enabled(consent.purposes_li()),
        SectionKind::Vendors => ends_enabled(consent.vendors()),
        _ => ends_enabled(consent.vendors_li()),
    };
    // Undefined IDs behind the highest disabled one make that one reachable for 1100; a
    // writer doesn't use that. See "Which encoding a writer chooses" in docs/format.md.
    !form.is_inferred() && (reaches || form.statuses().is_none_or(|code| code.bits() == 0))
}
