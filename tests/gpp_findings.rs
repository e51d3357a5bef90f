//! What the specification objects to in strings that can be read: findings, never errors.

#![cfg(feature = "gpp")]

use consent_string::gpp::{
    CanadaRestrictionType, DecodeOptions, Entries, FindingKind, GppString, MspaAnswer, MspaMode,
    Notice, OptOut, SectionId, SensitiveData, TcfCanadaBuilder, UsBuilder, UsSection,
};
use consent_string::tcf::{PurposeId, SmallSet};
use consent_string::{IdSet, Timestamp};

type Found = (Option<&'static str>, FindingKind, Option<&'static str>);

fn findings(gpp: &GppString) -> Vec<Found> {
    let found = gpp.findings().into_iter();
    found.map(|one| (one.section().and_then(SectionId::name), one.kind(), one.field())).collect()
}

#[test]
fn texts_against_the_specification_are_told() {
    use FindingKind::{
        AmbiguousForm, ExcessFill, NoSectionHeader, NonZeroFill, RestrictionsLeftOut, SaleNotSaid,
        SecondLayoutInVersionOne, SurplusSubsection, UnknownSection,
    };
    let rows: &[(&str, &[Found])] = &[
        ("DBAA", &[]),
        ("DBABL~BVQqAAAAAg", &[]),
        ("DBABLA~BVQqAAAAAgA.QA", &[]),
        ("DBABT~1YNN", &[]),
        ("DBABM~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA", &[]),
        ("DBAAAAAAA", &[(None, ExcessFill, None)]),
        ("DBABTB~1YNN", &[(None, NonZeroFill, None)]),
        ("DBABL~BVQqAAAAAgAAAAA", &[(Some("usnat"), ExcessFill, None)]),
        ("DBABL~BVQVAAAAAAGA.YA", &[(Some("usnat"), SecondLayoutInVersionOne, None)]),
        ("DBABL~BVQqAAAAAg.QB", &[(Some("usnat"), NonZeroFill, None)]),
        ("DBABRg~BEQAACA.YA", &[(Some("usva"), SurplusSubsection, None)]),
        ("DBABEY~YBAA.BgAA", &[]),
        ("DBABEY~BgAA", &[(Some("usmd"), NoSectionHeader, None)]),
        ("DBABT~1Y-N", &[(Some("uspv1"), SaleNotSaid, Some("opt_out_sale"))]),
        (
            "DBABDA~BPXuQIAPXuQIAAfKABENB-CgAAAAAAAAAAAAAAAA",
            &[(Some("tcfcav1"), RestrictionsLeftOut, Some("publisher_restrictions"))],
        ),
        (
            "DBABD~BPSG_8APSG_8AAyACAENGdCgf_gfgAfgfgBgABABAAABAB4AACACAAA.fHHHA4444ao",
            &[(Some("tcfcav1"), AmbiguousForm, None)],
        ),
    ];
    for (text, expected) in rows {
        let gpp: GppString = text.parse().unwrap();
        assert_eq!(findings(&gpp), *expected, "{text}");
    }
    let unknown = GppString::builder().section(SectionId::new(900).unwrap(), "x").build().unwrap();
    assert_eq!(findings(&unknown), [(None, UnknownSection, None)]);
    assert_eq!(unknown.findings()[0].section(), SectionId::new(900));
    // A section that can't be read has an error instead.
    assert_eq!(findings(&"DBABL~z".parse().unwrap()), []);
}

#[test]
fn what_options_let_pass_is_told() {
    let options = DecodeOptions::new().allow_any_version().allow_first_layout_in_version_two();
    let gpp = options.decode("DBABL~CVQqAAAACg").unwrap();
    assert_eq!(findings(&gpp), [(Some("usnat"), FindingKind::FirstLayoutInVersionTwo, None)]);
    let gpp = options.decode("DBABRgA~bSFgmiU").unwrap();
    assert!(findings(&gpp).contains(&(Some("usva"), FindingKind::UnknownVersion, None)));
    let virginia = gpp.us_section(SectionId::USVA).unwrap().unwrap();
    assert_eq!(virginia.version(), Some(27));
    // What is read as another version is not written as one that is known.
    let gpp = options.decode("DBABUY~ZJAA.BVVV").unwrap();
    let indiana = gpp.us_section(SectionId::USIN).unwrap().unwrap();
    assert_eq!(indiana.version(), Some(9));
    for section in [virginia, indiana] {
        assert_eq!(section.to_builder().build().unwrap_err().field(), "version");
    }
}

#[test]
fn values_against_the_specification_are_told() {
    use FindingKind::{
        CoveredTransactionNotSaid, ModeAgainstCoverage, OptOutWithoutNotice,
        SensitiveDataWithoutNotice, UndefinedValue,
    };
    let section = |id| UsSection::builder(id).mspa_covered_transaction(MspaAnswer::No);
    let virginia = || section(SectionId::USVA);
    let covered = |option, provider| {
        virginia()
            .mspa_covered_transaction(MspaAnswer::Yes)
            .mspa_opt_out_option_mode(option)
            .mspa_service_provider_mode(provider)
    };
    let data = SensitiveData::OptOuts(Entries::new(&[OptOut::OptedOut; 9]).unwrap());
    let notice = |notice| {
        section(SectionId::USCA)
            .sensitive_data_limit_use_notice(notice)
            .sensitive_data_processing(data)
    };
    let rows: Vec<(UsBuilder, Option<(FindingKind, &str)>)> = vec![
        (virginia(), None),
        (
            UsSection::builder(SectionId::USVA),
            Some((CoveredTransactionNotSaid, "mspa_covered_transaction")),
        ),
        (virginia().sale_opt_out(OptOut::OptedOut), Some((OptOutWithoutNotice, "sale_opt_out"))),
        (
            virginia().sale_opt_out(OptOut::DidNotOptOut).sale_opt_out_notice(Notice::NotGiven),
            Some((OptOutWithoutNotice, "sale_opt_out")),
        ),
        (virginia().sale_opt_out(OptOut::OptedOut).sale_opt_out_notice(Notice::Given), None),
        (
            virginia().targeted_advertising_opt_out(OptOut::OptedOut),
            Some((OptOutWithoutNotice, "targeted_advertising_opt_out")),
        ),
        (
            section(SectionId::USNAT).sharing_opt_out(OptOut::OptedOut),
            Some((OptOutWithoutNotice, "sharing_opt_out")),
        ),
        (virginia().sale_opt_out(OptOut::Undefined), Some((UndefinedValue, "sale_opt_out"))),
        (virginia().sharing_notice(Notice::Undefined), Some((UndefinedValue, "sharing_notice"))),
        (covered(MspaAnswer::Yes, MspaAnswer::No), None),
        (covered(MspaAnswer::No, MspaAnswer::Yes), None),
        (
            covered(MspaAnswer::Yes, MspaAnswer::Yes),
            Some((ModeAgainstCoverage, "mspa_opt_out_option_mode")),
        ),
        (
            covered(MspaAnswer::NotApplicable, MspaAnswer::Yes),
            Some((ModeAgainstCoverage, "mspa_opt_out_option_mode")),
        ),
        (
            virginia().mspa_service_provider_mode(MspaAnswer::No),
            Some((ModeAgainstCoverage, "mspa_opt_out_option_mode")),
        ),
        (section(SectionId::USMD), None),
        (
            section(SectionId::USMD).mspa_mode(MspaMode::OptOutOption),
            Some((ModeAgainstCoverage, "mspa_mode")),
        ),
        (
            notice(Notice::NotApplicable),
            Some((SensitiveDataWithoutNotice, "sensitive_data_processing")),
        ),
        (notice(Notice::Given), None),
    ];
    for (builder, expected) in rows {
        let gpp = GppString::builder().us_section(builder.build().unwrap()).build().unwrap();
        let found = findings(&gpp).into_iter().map(|(_, kind, field)| (kind, field.unwrap()));
        assert_eq!(found.collect::<Vec<_>>(), Vec::from_iter(expected), "{gpp}");
    }
}

#[test]
fn canada_has_rules_of_its_own() {
    let first = PurposeId::MIN;
    let canada = TcfCanadaBuilder::new(Timestamp::MIN)
        .purposes_implied(SmallSet::from_iter([first]))
        .restrict(first, CanadaRestrictionType::Undefined, IdSet::new());
    let gpp = GppString::builder().tcf_canada(canada).build().unwrap();
    let kinds = findings(&gpp).into_iter().map(|(_, kind, _)| kind);
    assert!(kinds.eq([FindingKind::UndefinedRestrictionType, FindingKind::ImpliedPurposeOne]));
    assert_eq!(
        gpp.findings()[1].to_string(),
        "tcfcav1, purposes_implied: implied consent to purpose 1"
    );
}

#[test]
fn strings_that_say_the_same_are_the_same_in_any_encoding() {
    for (one, other, same) in [
        ("DBABL~BVQVAAAAAg", "DBABLA~BVQVAAAAAgA", true),
        ("DBABL~BVQVAAAAAg", "DBABL~BVQqAAAAAg", false),
        ("DBABL~BVQVAAAAAg", "DBABL~BVQVAAAAAg.Q", false),
        ("DBABL~BVQVAAAAAg", "DBABBg~BVQVAAAAAg", false),
        ("DBABEY~YBAA.BgAA", "DBABEY~BgAA", true),
        ("DBABL~z", "DBABL~z", true),
        ("DBABL~z", "DBABL~y", false),
        ("DBABT~1YNN", "DBABTA~1YNN", true),
        ("DBABT~1YNN", "DBABT~1YYN", false),
        (
            "DBABM~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA",
            "DBABM~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAAAA",
            true,
        ),
        // The same data in two of Canada's forms.
        (
            "DBABD~BPSG_8APSG_8AAAAAAENAACAAAAAAAAAAAAAAAAACCgBwABAAOAAoADgAJA",
            "DBABD~BPSG_8APSG_8AAAAAAENAACAAAAAAAAAAAAAAAAACCgAS7o",
            true,
        ),
    ] {
        let read = |text: &str| text.parse::<GppString>().unwrap();
        assert_eq!(read(one).says_the_same_as(&read(other)), same, "{one} {other}");
        assert_eq!(read(other).view().says_the_same_as(read(one).view()), same);
    }
}
