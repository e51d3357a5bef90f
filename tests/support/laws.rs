//! What holds for every text, good or bad.

use std::collections::BTreeSet;

use consent_string::didomi::{
    ConsentString, ConsentStringRef, DecodeOptions, Section, SectionForm, SectionKind, SectionRef,
    Status,
};
use consent_string::{DecodeError, Id};

/// Checks that both ways to read agree on a text and that what was read prints as the same
/// text; gives back what the owned one says.
pub(crate) fn check(text: &str, options: DecodeOptions) -> Result<ConsentString, DecodeError> {
    // Bytes of an earlier use must not matter.
    let mut buffer = vec![0xFF; ConsentStringRef::buffer_len(text.len())];
    let (owned, view) = match (options.decode(text), options.decode_ref(text, &mut buffer)) {
        (Ok(owned), Ok(view)) => (owned, view),
        (owned, view) => {
            assert_eq!(owned.as_ref().err(), view.as_ref().err(), "both refuse {text:?} alike");
            return owned;
        }
    };
    assert_eq!(owned.to_string(), text);
    assert_eq!((owned.source(), view.as_str(), &*view.to_string()), (Some(text), text, text));
    assert_eq!(view.to_owned(), owned);
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
    check_section(view.purposes(), owned.purposes());
    check_section(view.purposes_li(), owned.purposes_li());
    check_section(view.vendors(), owned.vendors());
    check_section(view.vendors_li(), owned.vendors_li());

    let canonical = owned.encode();
    // It may be a little longer than the text, by the dots of its own frame.
    let again = options.max_text_length(u32::MAX).decode(&canonical).unwrap();
    assert_eq!(again, owned, "the canonical string says the same");
    assert_eq!(again.encode(), canonical, "the canonical string is its own");
    for kind in SectionKind::ALL {
        assert_eq!(view.form(kind), owned.form(kind));
        if is_candidate(&owned, kind) {
            assert!(again.form(kind).bits() <= owned.form(kind).bits(), "{kind} of {text}");
        }
    }
    Ok(owned)
}

fn check_section<I: Id>(view: SectionRef<'_, I>, owned: &Section<I>) {
    assert_eq!(view.to_owned(), *owned);
    assert_eq!(view.is_empty(), owned.is_empty());
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
    assert_eq!(rebuilt, *owned);
    for id in probes.into_iter().filter_map(I::new) {
        assert_eq!(view.status(id), owned.status(id), "{id}");
    }
    if owned.enabled().len() + owned.disabled().len() < 500 {
        assert!(view.iter().eq(owned.iter()));
    }
}

/// Whether a section has one of the forms that a writer chooses from by default.
fn is_candidate(consent: &ConsentString, kind: SectionKind) -> bool {
    fn ends_enabled<I: Id>(section: &Section<I>) -> bool {
        section.enabled().last() > section.disabled().last()
    }
    let form: SectionForm = consent.form(kind);
    let reaches = match kind {
        SectionKind::Purposes => ends_enabled(consent.purposes()),
        SectionKind::PurposesLi => ends_enabled(consent.purposes_li()),
        SectionKind::Vendors => ends_enabled(consent.vendors()),
        SectionKind::VendorsLi => ends_enabled(consent.vendors_li()),
    };
    // Undefined IDs behind the highest disabled one make that one reachable for 1100; a
    // writer doesn't use that. See "Which encoding a writer chooses" in docs/format.md.
    !form.is_inferred() && (reaches || form.statuses().is_none_or(|code| code.bits() == 0))
}
