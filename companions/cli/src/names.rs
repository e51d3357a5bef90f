//! The names of the numbers in a string, by the lists that were given.

use consent_string::any::AnyString;
use consent_string::didomi::{ConsentString, SectionRef, Status};
use consent_string::gpp::{GppString, SectionId};
use consent_string::gvl::VendorList;
use consent_string::numeric_ids::NumericIds;
use consent_string::tcf::{self, TcStringRef};
use consent_string::{Buffer, Id, IdSet};
use serde_json::{Map, Value};

use crate::args;
use crate::failure::Failure;
use crate::lists::Lists;

/// Names of one kind of number: what they are of, and each number with its name.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) names: Vec<(u16, String)>,
}

/// Reads the lists, where names are asked for.
pub(crate) fn lists(args: &args::Lists) -> Result<Option<Lists>, Failure> {
    let args::Lists { gvl, tables } = args;
    let asked = gvl.is_some() || !tables.partners.is_empty() || !tables.purposes.is_empty();
    asked.then(|| Lists::read(args)).transpose()
}

/// The names of the numbers in a string, as far as a list has them. A string names nobody else
/// than a list does, however many numbers a range of it has.
pub(crate) fn of(string: &AnyString, lists: &Lists) -> Vec<Kind> {
    match string {
        AnyString::Didomi(consent) => of_didomi(consent, lists),
        AnyString::Tcf(consent) => of_tcf(consent.view(), lists.gvl.as_ref()),
        AnyString::Gpp(string) => of_gpp(string, lists.gvl.as_ref()),
        // The others have no numbers that these lists name: those of Canada's section are of a
        // list of its own, those of an AC string Google's, and a token has texts.
        _ => Vec::new(),
    }
}

/// The names as the object behind `"names"`: by kind, then by number.
pub(crate) fn object(kinds: Vec<Kind>) -> Value {
    let of = |names: Vec<(u16, String)>| -> Value {
        let names = names.into_iter().map(|(id, name)| (id.to_string(), Value::String(name)));
        Value::Object(names.collect())
    };
    let kinds: Map<_, _> =
        kinds.into_iter().map(|Kind { name, names }| (name.to_owned(), of(names))).collect();
    Value::Object(kinds)
}

fn kind<'a, I: Id>(name: &'static str, names: impl Iterator<Item = (I, &'a str)>) -> Kind {
    Kind { name, names: names.map(|(id, name)| (id.get(), name.to_owned())).collect() }
}

fn of_didomi(consent: &ConsentString, lists: &Lists) -> Vec<Kind> {
    fn said<'a, I: Id>(
        sections: [SectionRef<'_, I>; 2],
        table: &'a NumericIds<I>,
    ) -> impl Iterator<Item = (I, &'a str)> + use<'a, I> {
        let sections = sections.map(|section| section.to_section());
        let is_said =
            move |id| sections.iter().any(|section| section.status(id) != Status::Undefined);
        table.iter().filter(move |(id, _)| is_said(*id))
    }

    let purposes = [consent.purposes(), consent.purposes_li()];
    let vendors = [consent.vendors(), consent.vendors_li()];
    vec![
        kind("purposes", said(purposes, &lists.tables.purposes)),
        kind("vendors", said(vendors, &lists.tables.partners)),
    ]
}

fn of_gpp(string: &GppString, list: Option<&VendorList>) -> Vec<Kind> {
    let mut buffer = Buffer::new();
    let section = string.section(SectionId::TCFEUV2);
    let consent = section.and_then(|section| section.tc_string(&mut buffer)?.ok());
    consent.map_or_else(Vec::new, |consent| of_tcf(consent, list))
}

fn of_tcf(consent: TcStringRef<'_, '_>, list: Option<&VendorList>) -> Vec<Kind> {
    let Some(list) = list else { return Vec::new() };
    let mut purposes = consent.purposes_consent() | consent.purposes_li();
    if let Some(publisher) = consent.publisher_tc() {
        purposes = purposes | publisher.purposes_consent() | publisher.purposes_li();
    }
    purposes.extend(consent.publisher_restrictions().map(|restriction| restriction.purpose()));
    let sections = [consent.vendors_consent(), consent.vendors_li()].into_iter();
    let segments = [consent.disclosed_vendors(), consent.allowed_vendors()].into_iter().flatten();
    let restricted = consent.publisher_restrictions().map(|restriction| restriction.vendors());
    let named = sections.chain(segments).chain(restricted);
    let vendors: IdSet<tcf::VendorId> = named.flat_map(|vendors| vendors.ranges()).collect();
    let features = consent.special_feature_opt_ins();
    let purposes = list.purposes().filter(|one| purposes.contains(one.id()));
    let features = list.special_features().filter(|one| features.contains(one.id()));
    let vendors = list.vendors().filter(|one| vendors.contains(one.id()));
    vec![
        kind("purposes", purposes.map(|one| (one.id(), one.name()))),
        kind("special_features", features.map(|one| (one.id(), one.name()))),
        kind("vendors", vendors.map(|one| (one.id(), one.name()))),
    ]
}
