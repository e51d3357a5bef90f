//! Has the person opted out? Each rule by itself.

#![cfg(feature = "gpp")]

use consent_string::Buffer;
use consent_string::gpp::{
    DataUse, GppSid, GppString, GppStringRef, OptOut, OptOutAnswer, SectionId, UsBuilder, UsSection,
};

/// What a section says of the sale; the other uses are left "not applicable".
fn of_sale(id: SectionId, sale: OptOut) -> UsBuilder {
    UsSection::builder(id).sale_opt_out(sale)
}

fn string(sections: &[UsBuilder], us_privacy: Option<&str>) -> GppString {
    let builder = sections.iter().fold(GppString::builder(), |builder, section| {
        builder.us_section(section.clone().build().unwrap())
    });
    let builder = us_privacy
        .into_iter()
        .fold(builder, |builder, text| builder.section(SectionId::USPV1, text));
    builder.build().unwrap()
}

fn sale(gpp: &GppString, sid: Option<&str>) -> OptOutAnswer {
    let sid: Option<GppSid> = sid.map(|sid| sid.parse().unwrap());
    let mut buffer = Buffer::new();
    let view = GppStringRef::parse(gpp.as_str(), &mut buffer).unwrap();
    let answer = view.opted_out(DataUse::Sale, sid.as_ref());
    assert_eq!(gpp.opted_out(DataUse::Sale, sid.as_ref()), answer);
    let all = view.opt_outs(sid.as_ref());
    assert_eq!(gpp.opt_outs(sid.as_ref()), all);
    assert_eq!(all.sale(), answer);
    assert_eq!(all.sharing(), view.opted_out(DataUse::Sharing, sid.as_ref()));
    let targeted = view.opted_out(DataUse::TargetedAdvertising, sid.as_ref());
    assert_eq!(all.targeted_advertising(), targeted);
    answer
}

#[test]
fn who_says_what_of_the_sale() {
    use OptOut::{DidNotOptOut as No, NotApplicable as Na, OptedOut as Yes, Undefined};
    const NAT: SectionId = SectionId::USNAT;
    const CA: SectionId = SectionId::USCA;
    const VA: SectionId = SectionId::USVA;
    /// Sections, the US Privacy string, `gpp_sid`, and the answer.
    type Row =
        (&'static [(SectionId, OptOut)], Option<&'static str>, Option<&'static str>, OptOutAnswer);
    let rows: &[Row] = &[
        // One section.
        (&[(NAT, Yes)], None, None, OptOutAnswer::OptedOut),
        (&[(NAT, No)], None, None, OptOutAnswer::DidNotOptOut),
        (&[(NAT, Na)], None, None, OptOutAnswer::NotSaid),
        (&[(NAT, Undefined)], None, None, OptOutAnswer::Unreadable),
        // An opt-out wins, wherever it is.
        (&[(NAT, Yes), (CA, No)], None, None, OptOutAnswer::OptedOut),
        (&[(NAT, No), (CA, Yes)], None, None, OptOutAnswer::OptedOut),
        (&[(NAT, No), (CA, Yes)], None, Some("7"), OptOutAnswer::OptedOut),
        (&[(NAT, Undefined), (CA, Yes)], None, None, OptOutAnswer::OptedOut),
        // A state goes before the national section, and another state beside it.
        (&[(NAT, Na), (CA, No)], None, None, OptOutAnswer::DidNotOptOut),
        (&[(NAT, No), (CA, Na)], None, None, OptOutAnswer::NotSaid),
        (&[(NAT, No), (CA, Na), (VA, No)], None, None, OptOutAnswer::DidNotOptOut),
        (&[(NAT, No), (CA, Undefined)], None, None, OptOutAnswer::Unreadable),
        // Only what applies permits.
        (&[(NAT, No), (CA, Na)], None, Some("7"), OptOutAnswer::DidNotOptOut),
        (&[(NAT, Na), (CA, No)], None, Some("7"), OptOutAnswer::NotSaid),
        (&[(NAT, No)], None, Some("8"), OptOutAnswer::NotSaid),
        (&[(NAT, No)], None, Some("2,7"), OptOutAnswer::DidNotOptOut),
        (&[(NAT, No)], None, Some(""), OptOutAnswer::DidNotOptOut),
        // The US Privacy string comes last.
        (&[], Some("1YNN"), None, OptOutAnswer::DidNotOptOut),
        (&[], Some("1YYN"), None, OptOutAnswer::OptedOut),
        (&[], Some("1---"), None, OptOutAnswer::NotSaid),
        (&[], Some("1Y-N"), None, OptOutAnswer::NotSaid),
        (&[], Some("2YNN"), None, OptOutAnswer::Unreadable),
        (&[], Some("1YNN"), Some("7"), OptOutAnswer::NotSaid),
        (&[(NAT, Na)], Some("1YNN"), None, OptOutAnswer::NotSaid),
        (&[(NAT, No)], Some("1YYN"), None, OptOutAnswer::OptedOut),
        (&[(NAT, No)], Some("1YYN"), Some("7"), OptOutAnswer::OptedOut),
        (&[(NAT, No)], Some("nope"), None, OptOutAnswer::Unreadable),
        (&[], None, None, OptOutAnswer::NotSaid),
    ];
    for (sections, us_privacy, sid, expected) in rows {
        let sections: Vec<_> = sections.iter().map(|&(id, choice)| of_sale(id, choice)).collect();
        let gpp = string(&sections, *us_privacy);
        assert_eq!(sale(&gpp, *sid), *expected, "{gpp} {sid:?}");
    }
}

#[test]
fn global_privacy_control_is_an_opt_out_of_everything() {
    let with = |gpc| string(&[of_sale(SectionId::USCO, OptOut::DidNotOptOut).gpc(gpc)], None);
    for &what in DataUse::ALL {
        assert_eq!(with(true).opted_out(what, None), OptOutAnswer::OptedOut);
    }
    for gpc in [Some(false), None] {
        let gpp = string(&[of_sale(SectionId::USCO, OptOut::DidNotOptOut).gpc(gpc)], None);
        assert_eq!(gpp.opted_out(DataUse::Sale, None), OptOutAnswer::DidNotOptOut);
        assert_eq!(gpp.gpc(), gpc);
    }
    assert_eq!(with(true).gpc(), Some(true));
    let maryland = UsSection::builder(SectionId::USMD).gpc(true);
    let both =
        string(&[of_sale(SectionId::USNAT, OptOut::DidNotOptOut).gpc(false), maryland], None);
    assert_eq!(both.gpc(), Some(true));
    assert_eq!(sale(&both, Some("7")), OptOutAnswer::OptedOut);
}

#[test]
fn each_use_has_its_own_field() {
    let section = UsSection::builder(SectionId::USNAT)
        .sale_opt_out(OptOut::OptedOut)
        .sharing_opt_out(OptOut::DidNotOptOut);
    let gpp = string(&[section], Some("1-N-"));
    let answers = DataUse::ALL.iter().map(|&what| gpp.opted_out(what, None));
    assert!(answers.eq([
        OptOutAnswer::OptedOut,
        OptOutAnswer::DidNotOptOut,
        OptOutAnswer::NotSaid
    ]));
    // Virginia has no field for sharing: the national section speaks.
    let virginia = of_sale(SectionId::USVA, OptOut::NotApplicable);
    let national = UsSection::builder(SectionId::USNAT).sharing_opt_out(OptOut::DidNotOptOut);
    let gpp = string(&[virginia, national], None);
    assert_eq!(gpp.opted_out(DataUse::Sharing, None), OptOutAnswer::DidNotOptOut);
    // A US Privacy string that can't be read hides no more than a sale.
    let gpp = GppString::builder().section(SectionId::USPV1, "x").build().unwrap();
    let answers = DataUse::ALL.iter().map(|&what| gpp.opted_out(what, None));
    assert!(answers.eq([OptOutAnswer::Unreadable, OptOutAnswer::NotSaid, OptOutAnswer::NotSaid]));
}

#[test]
fn sections_of_other_kinds_block_only_where_they_apply() {
    let national = of_sale(SectionId::USNAT, OptOut::DidNotOptOut).build().unwrap();
    let unknown = SectionId::new(40).unwrap();
    let gpp = GppString::builder().us_section(national).section(unknown, "BAAA");
    let gpp = gpp.section(SectionId::TCFEUV2, "not a string".replace(' ', "-")).build().unwrap();
    for (sid, expected) in [
        (None, OptOutAnswer::DidNotOptOut),
        (Some("7"), OptOutAnswer::DidNotOptOut),
        (Some("2,7"), OptOutAnswer::DidNotOptOut),
        (Some("7,40"), OptOutAnswer::Unreadable),
    ] {
        assert_eq!(sale(&gpp, sid), expected, "{sid:?}");
    }
}

#[test]
fn lists_of_sections_are_strict() {
    for text in ["0", "-1", "+7", " 7", "7 ", "7,", ",7", "7,,8", "7;8", "65536", "7,7", "a"] {
        assert!(text.parse::<GppSid>().is_err(), "{text:?}");
    }
    let sid: GppSid = "8,2,7".parse().unwrap();
    assert_eq!(sid.to_string(), "2,7,8");
    assert!(sid.iter().map(u16::from).eq([2, 7, 8]));
    assert_eq!(GppSid::parse_app("2_7_8"), Ok(sid));
    assert!(GppSid::parse_app("2,7").is_err());
    assert!("".parse::<GppSid>().unwrap().is_empty());
}

#[test]
fn each_use_is_answered_for_itself() {
    let section = UsSection::builder(SectionId::USNAT)
        .sale_opt_out(OptOut::DidNotOptOut)
        .sharing_opt_out(OptOut::OptedOut);
    let all = string(&[section], None).opt_outs(None);
    assert_eq!(all.sale(), OptOutAnswer::DidNotOptOut);
    assert_eq!(all.sharing(), OptOutAnswer::OptedOut);
    assert_eq!(all.targeted_advertising(), OptOutAnswer::NotSaid);
}
