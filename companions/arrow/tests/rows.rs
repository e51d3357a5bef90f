//! Each kernel against the library, row by row, over columns of every layout.

mod support;

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int8Type, TimestampMillisecondType, UInt16Type};
use arrow_array::{Array, ArrayRef, Int64Array, StringArray};
use consent_string::Timestamp;
use consent_string::any::DecodeOptions;
use consent_string::didomi::ConsentString;
use consent_string::gpp::{DataUse, GppSid, GppString, OptOutAnswer, SectionId};
use consent_string::tcf::{
    LegalBasis, LegalBasisRules, PurposeId, Refusal, SpecialFeatureId, TcString, VendorId,
};
use consent_string::us_privacy::{Answer, UsPrivacy};
use consent_string_arrow::{
    Argument, DidomiId, Flexible, check, decode_json, didomi, gpp, legal_basis, section, tcf,
};
use proptest::prelude::*;
use support::{Column, columns, flags, names};

/// The string of a row, by the library alone.
fn read<T>(cell: Option<&Vec<u8>>, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    parse(std::str::from_utf8(cell?).ok()?)
}

fn tc(cell: Option<&Vec<u8>>) -> Option<TcString> {
    read(cell, |text| text.parse().ok())
}

fn dcs(cell: Option<&Vec<u8>>) -> Option<ConsentString> {
    read(cell, |text| text.parse().ok())
}

fn vendors() -> impl Strategy<Value = u16> {
    prop_oneof![1..20_u16, 700..800_u16, Just(65535)]
}

fn lists(array: &ArrayRef) -> Vec<Option<Vec<u16>>> {
    let ids = |list: ArrayRef| list.as_primitive::<UInt16Type>().values().to_vec();
    array.as_list::<i32>().iter().map(|list| list.map(ids)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn vendors_are_those_of_the_library(column in columns(), vendor in vendors()) {
        let vendor = VendorId::new(vendor).unwrap();
        let one = Argument::One(vendor);
        let expected: Vec<_> =
            column.rows().map(|cell| tc(cell).map(|tc| tc.vendor_consent(vendor))).collect();
        prop_assert_eq!(flags(&tcf::has_vendor_consent(&column.array, &one).unwrap()), expected);
        let expected: Vec<_> = column
            .rows()
            .map(|cell| tc(cell).map(|tc| tc.vendor_legitimate_interest(vendor)))
            .collect();
        prop_assert_eq!(flags(&tcf::has_vendor_li(&column.array, &one).unwrap()), expected);
    }

    #[test]
    fn an_argument_of_each_row_counts(
        column in columns(),
        vendors in prop::collection::vec(prop::option::weighted(0.9, vendors()), 40),
    ) {
        let vendors: Vec<_> = vendors.into_iter().cycle().take(column.array.len()).collect();
        let each: Int64Array = vendors.iter().map(|vendor| vendor.map(i64::from)).collect();
        let each: ArrayRef = Arc::new(each);
        let answers = tcf::has_vendor_consent(&column.array, &Argument::each(&each).unwrap());
        let expected: Vec<_> = column.rows().zip(vendors).map(|(cell, vendor)| {
            Some(tc(cell)?.vendor_consent(VendorId::new(vendor?).unwrap()))
        }).collect();
        prop_assert_eq!(flags(&answers.unwrap()), expected);
    }

    #[test]
    fn lists_are_those_of_the_library(column in columns()) {
        let expected = |ids: fn(&TcString) -> Option<Vec<u16>>| -> Vec<_> {
            column.rows().map(|cell| ids(&tc(cell)?)).collect()
        };
        let answers = |kernel: fn(&ArrayRef) -> Result<ArrayRef, _>| lists(&kernel(&column.array).unwrap());
        prop_assert_eq!(answers(tcf::vendors_consent), expected(|tc| {
            Some(tc.vendors_consent().to_set().iter().map(VendorId::get).collect())
        }));
        prop_assert_eq!(answers(tcf::vendors_li), expected(|tc| {
            Some(tc.vendors_li().to_set().iter().map(VendorId::get).collect())
        }));
        prop_assert_eq!(answers(tcf::purposes_consent), expected(|tc| {
            Some(tc.purposes_consent().into_iter().map(PurposeId::get).collect())
        }));
        prop_assert_eq!(answers(tcf::purposes_li), expected(|tc| {
            Some(tc.purposes_li().into_iter().map(PurposeId::get).collect())
        }));
        prop_assert_eq!(answers(tcf::special_feature_opt_ins), expected(|tc| {
            Some(tc.special_feature_opt_ins().into_iter().map(SpecialFeatureId::get).collect())
        }));
        prop_assert_eq!(answers(tcf::disclosed_vendors), expected(|tc| {
            Some(tc.disclosed_vendors()?.to_set().iter().map(VendorId::get).collect())
        }));
        prop_assert_eq!(answers(tcf::allowed_vendors), expected(|tc| {
            Some(tc.allowed_vendors()?.to_set().iter().map(VendorId::get).collect())
        }));
    }

    #[test]
    fn permits_as_the_library_does(
        column in columns(),
        vendor in vendors(),
        purpose in 1..=24_u16,
        li in any::<bool>(),
        flexible in any::<bool>(),
        at in prop::option::of(1_577_836_800_000..1_900_000_000_000_i64),
    ) {
        let vendor = VendorId::new(vendor).unwrap();
        let purpose = PurposeId::try_from(purpose).unwrap();
        let basis = legal_basis(if li { "li" } else { "consent" }).unwrap();
        prop_assert_eq!(li, basis == LegalBasis::LegitimateInterest);
        let at = at.map(|at| Timestamp::from_unix_millis(at).unwrap());
        let question = tcf::Question {
            vendor: Argument::One(vendor),
            purpose: Argument::One(purpose),
            basis: Argument::One(basis),
            flexible: Argument::One(Flexible(flexible)),
            at: at.map(Argument::One),
        };
        let answers = tcf::permits(&column.array, &question).unwrap();
        let rules = LegalBasisRules::new(basis);
        let rules = if flexible { rules.flexible() } else { rules };
        let refusal = |tc: TcString| {
            let valid = match at.map(|at| tc.valid_at(at)) {
                None => tc.assume_valid(),
                Some(Ok(valid)) => valid,
                Some(Err(invalid)) => return Some(invalid.name()),
            };
            valid.permits(vendor, purpose, rules).err().map(Refusal::name)
        };
        let expected: Vec<_> = column.rows().map(|cell| tc(cell).map(refusal)).collect();
        let structs = answers.as_struct();
        let allowed = flags(structs.column(0));
        let reasons = names(structs.column(1).as_dictionary::<Int8Type>());
        for (row, expected) in expected.into_iter().enumerate() {
            prop_assert_eq!(structs.is_null(row), expected.is_none());
            prop_assert_eq!(allowed[row], expected.map(|reason| reason.is_none()));
            prop_assert_eq!(reasons[row].as_deref(), expected.flatten());
        }
    }

    #[test]
    fn statuses_are_those_of_the_library(column in columns(), id in 1..40_i64) {
        let id_argument = Argument::One(DidomiId::try_from(id).unwrap());
        let id = consent_string::didomi::VendorId::try_from(id).unwrap();
        let purpose = consent_string::didomi::PurposeId::new(id.get()).unwrap();
        for name in ["purposes", "purposes_li", "vendors", "vendors_li"] {
            let section = Argument::One(section(name).unwrap());
            let answers = didomi::status(&column.array, &section, &id_argument).unwrap();
            let expected: Vec<_> = column.rows().map(|cell| {
                let dcs = dcs(cell)?;
                let status = match name {
                    "purposes" => dcs.purposes().status(purpose),
                    "purposes_li" => dcs.purposes_li().status(purpose),
                    "vendors" => dcs.vendors().status(id),
                    _ => dcs.vendors_li().status(id),
                };
                Some(status.name().to_owned())
            }).collect();
            prop_assert_eq!(names(answers.as_dictionary::<Int8Type>()), expected);
        }
    }

    #[test]
    fn opt_outs_are_those_of_the_library(
        column in columns(),
        sids in prop::collection::vec(prop::option::of("[0-9],?[0-9]?"), 40),
    ) {
        let gpp = |cell| read(cell, |text| text.parse::<GppString>().ok());
        let expected: Vec<_> = column
            .rows()
            .map(|cell| Some(gpp(cell)?.section_ids().map(SectionId::get).collect()))
            .collect();
        prop_assert_eq!(lists(&gpp::sections(&column.array).unwrap()), expected);

        let yes_or_no = |answer| match answer {
            OptOutAnswer::OptedOut => Some(true),
            OptOutAnswer::DidNotOptOut => Some(false),
            OptOutAnswer::NotSaid | OptOutAnswer::Unreadable => None,
        };
        let sids: Vec<_> = sids.into_iter().cycle().take(column.array.len()).collect();
        let array: ArrayRef = Arc::new(StringArray::from(sids.clone()));
        let each = Argument::each(&array).unwrap();
        for what in DataUse::ALL {
            let one = Argument::One(*what);
            let answers = gpp::opted_out(&column.array, &one, None).unwrap();
            let expected: Vec<_> = column
                .rows()
                .map(|cell| yes_or_no(gpp(cell)?.opted_out(*what, None)))
                .collect();
            prop_assert_eq!(flags(&answers), expected);

            let answers = gpp::opted_out(&column.array, &one, Some(&each)).unwrap();
            let expected: Vec<_> = column
                .rows()
                .zip(&sids)
                .map(|(cell, sid)| {
                    let sid = match sid {
                        Some(text) => Some(text.parse::<GppSid>().ok()?),
                        None => None,
                    };
                    yes_or_no(gpp(cell)?.opted_out(*what, sid.as_ref()))
                })
                .collect();
            prop_assert_eq!(flags(&answers), expected);
        }

        let expected: Vec<_> = column
            .rows()
            .map(|cell| {
                let privacy = read(cell, |text| text.parse::<UsPrivacy>().ok())?;
                match privacy.opt_out_sale() {
                    Answer::Yes => Some(true),
                    Answer::No => Some(false),
                    Answer::NotApplicable => None,
                }
            })
            .collect();
        prop_assert_eq!(flags(&gpp::us_privacy_opt_out(&column.array).unwrap()), expected);
    }

    #[test]
    fn kinds_and_json_are_those_of_the_library(column in columns()) {
        let options = DecodeOptions::new();
        for format in [None, Some(consent_string::Format::Tcf), Some(consent_string::Format::Didomi)] {
            let kinds = check(&column.array, format).unwrap();
            let json = decode_json(&column.array, format).unwrap();
            for (row, cell) in column.rows().enumerate() {
                let kind = kinds.is_valid(row).then(|| kinds.as_string::<i32>().value(row));
                let json = json.is_valid(row).then(|| json.as_string::<i64>().value(row));
                let text = cell.map(|bytes| std::str::from_utf8(bytes));
                let (expected_kind, expected_json) = match text {
                    None => (None, None),
                    Some(Err(_)) => (Some("not_utf8"), None),
                    Some(Ok(text)) => match options.decode(text, format) {
                        Ok(string) => (None, Some(serde_json::to_string(&string.decoded()).unwrap())),
                        Err(error) => (Some(error.kind_name()), None),
                    },
                };
                prop_assert_eq!(kind, expected_kind);
                prop_assert_eq!(json, expected_json.as_deref());
            }
        }
    }

    #[test]
    fn headers_are_those_of_the_library(column in columns()) {
        let headers = tcf::header(&column.array).unwrap();
        let headers = headers.as_struct();
        let column_of = |name: &str| headers.column_by_name(name).unwrap();
        let created = column_of("created").as_primitive::<TimestampMillisecondType>();
        let cmp_ids = column_of("cmp_id").as_primitive::<UInt16Type>();
        let languages = column_of("consent_language").as_string::<i32>();
        let specific = column_of("is_service_specific").as_boolean();
        for (row, cell) in column.rows().enumerate() {
            let tc = tc(cell);
            prop_assert_eq!(headers.is_null(row), tc.is_none());
            let Some(tc) = tc else { continue };
            prop_assert_eq!(created.value(row), tc.created().unix_millis());
            prop_assert_eq!(cmp_ids.value(row), tc.cmp_id());
            let language = tc.consent_language();
            prop_assert_eq!(languages.value(row), language.as_ref().map_or("", |letters| letters.as_str()));
            prop_assert_eq!(specific.value(row), tc.is_service_specific());
        }
        let headers = didomi::header(&column.array).unwrap();
        let headers = headers.as_struct();
        let users: &StringArray = headers.column_by_name("user_id").unwrap().as_string();
        let updated = headers.column_by_name("updated").unwrap();
        for (row, cell) in column.rows().enumerate() {
            let dcs = dcs(cell);
            prop_assert_eq!(headers.is_null(row), dcs.is_none());
            let Some(dcs) = dcs else { continue };
            prop_assert_eq!(users.value(row), dcs.user_id().to_string());
            let updated = updated.as_primitive::<TimestampMillisecondType>().value(row);
            prop_assert_eq!(updated, dcs.updated().unix_millis());
        }
    }
}

#[test]
fn columns_of_every_layout_can_be_empty_or_all_null() {
    for cells in [vec![], vec![None; 3]] {
        for column in Column::of_every_layout(&cells) {
            let rows = column.array.len();
            let consent = tcf::vendors_consent(&column.array).unwrap();
            assert_eq!((consent.len(), consent.null_count()), (rows, rows));
            let kinds = check(&column.array, None).unwrap();
            assert_eq!((kinds.len(), kinds.null_count()), (rows, rows));
            assert_eq!(tcf::header(&column.array).unwrap().null_count(), rows);
            assert_eq!(decode_json(&column.array, None).unwrap().null_count(), rows);
        }
    }
}
