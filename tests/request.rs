//! The consent of requests: the state of each signal, and what follows.

#![cfg(feature = "request")]
#![allow(clippy::format_push_string, reason = "a line of a test")]
#![allow(clippy::redundant_closure_for_method_calls, reason = "shorter than the paths")]

#[path = "support/consent.rs"]
mod consent;

use std::time::Duration;

use allocation_counter::measure;
use consent::{AC, NOW, dcs, purposes, tc, tc_builder, time};
use consent_string::cookie::{Cookie, CookieError};
use consent_string::decision::Question;
use consent_string::gpp::{DataUse, GppString, OptOut, SectionId, UsSection};
use consent_string::request::{
    InvalidUsState, Options, RequestConsent, Signal, SignalError, Signals, State, UsState,
    WhenTcStringsDiffer,
};
use consent_string::{Timestamp, didomi, gpp, tcf};

const DAY: &str = "2026-06-15";

fn sale(id: SectionId, choice: OptOut) -> (SectionId, String) {
    let section = UsSection::builder(id).sale_opt_out(choice).build().unwrap();
    let mut gpp = GppString::builder();
    gpp = gpp.us_section(section);
    let text = gpp.build().unwrap();
    (id, text.section(id).unwrap().as_str().to_owned())
}

fn gpp(sections: &[(SectionId, String)]) -> String {
    let builder = sections
        .iter()
        .fold(GppString::builder(), |gpp, (id, text)| gpp.section(*id, text.as_str()));
    builder.build().unwrap().as_str().to_owned()
}

/// What is there and what follows, in one line.
fn summary(consent: &RequestConsent) -> String {
    let mut line = String::new();
    let mut state = |name: &str, state: &str| {
        if state != "absent" {
            line += &format!("{name}={state} ");
        }
    };
    state("didomi", consent.didomi().name());
    state("tcf", consent.tcf().name());
    state("ac", consent.ac().name());
    state("gpp", consent.gpp().name());
    state("gpp_tcf", consent.gpp_tcf().name());
    state("gpp_sid", consent.gpp_sid().name());
    state("us_privacy", consent.us_privacy().name());
    if consent.gdpr_applies() {
        line += "gdpr ";
    }
    match consent.tc_string(purposes(&[1, 2, 3, 4])) {
        Ok(counting) => {
            line += &format!("{}:{} ", counting.source().name(), counting.choice().name());
        }
        Err(reason) => line += &format!("none:{} ", reason.name()),
    }
    line + consent.opted_out(DataUse::Sale).name()
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn sixty_requests() {
    use OptOut::{DidNotOptOut as No, NotApplicable as Na, OptedOut as Yes};
    use SectionId as Id;
    let (young, limit, old) = (tc(DAY), tc("2025-05-17"), tc("2025-05-16"));
    let ahead = tc("2026-06-16");
    let global = tc_builder(DAY).is_service_specific(false).build().unwrap().into_string();
    let (didomi, old_didomi) = (dcs(NOW, 1), dcs("2025-05-16T11:59:59.900Z", 1));
    let fewer = tc_builder("2026-06-10").purposes_consent(purposes(&[1])).build().unwrap();
    let fewer = fewer.into_string();
    let other = tc_builder(DAY).purposes_consent(purposes(&[3])).build().unwrap().into_string();
    let two = |text: &str| gpp(&[(Id::TCFEUV2, text.to_owned())]);
    let (gpp_young, gpp_old, gpp_fewer) = (two(&young), two(&old), two(&fewer));
    let gpp_other = two(&other);
    let gpp_broken = two("CPXx");
    let us = |sections: &[(Id, OptOut)]| {
        gpp(&sections.iter().map(|&(id, choice)| sale(id, choice)).collect::<Vec<_>>())
    };
    let (nat_no, nat_yes, nat_na) =
        (us(&[(Id::USNAT, No)]), us(&[(Id::USNAT, Yes)]), us(&[(Id::USNAT, Na)]));
    let ca_no_nat_yes = us(&[(Id::USNAT, Yes), (Id::USCA, No)]);
    let ca_na_nat_no = us(&[(Id::USNAT, No), (Id::USCA, Na)]);
    let va_no_nat_na = us(&[(Id::USNAT, Na), (Id::USVA, No)]);
    let va_yes = us(&[(Id::USVA, Yes), (Id::USNAT, No)]);
    let broken_section = gpp(&[(Id::USNAT, "z".to_owned()), sale(Id::USCA, No)]);
    let broken_and_out = gpp(&[(Id::USNAT, "z".to_owned()), sale(Id::USCA, Yes)]);
    let usp = gpp(&[(Id::USPV1, "1YNN".to_owned())]);

    let encoded = didomi.replace('.', "%2E").replace('_', "%5F").replace('-', "%2D");
    let is = |name: &str, value: &str| format!("{name}={value}");
    let tcf = |value: &str| is("euconsent-v2", value);
    let dcs_is = |value: &str| is("didomi_dcs", value);
    let gpp_is = |value: &str| is("__gpp", value);
    let with = |pairs: &[String]| pairs.join("; ");
    let ca = || Options::new().us_state("CA".parse().unwrap());
    let va = || Options::new().us_state("va".parse().unwrap());
    let ny = || Options::new().us_state("NY".parse().unwrap());
    let more = Options::new().when_tc_strings_differ(WhenTcStringsDiffer::MorePermissive);
    let days = |days: u64| Duration::from_secs(days * 24 * 60 * 60);
    let newer = |by| Options::new().when_tc_strings_differ(WhenTcStringsDiffer::NewerBy(days(by)));
    let plain = Options::new;

    let rows: Vec<(String, &str, Options, &str)> = vec![
        // Nothing, or nothing of ours.
        (String::new(), "", plain(), "none:absent not_said"),
        ("theme=dark".into(), "", plain(), "none:absent not_said"),
        ("euconsent-v2=".into(), "", plain(), "none:absent not_said"),
        ("euconsent-v2=\"\"; usprivacy=".into(), "", plain(), "none:absent not_said"),
        ("EUCONSENT-V2=x".into(), "", plain(), "none:absent not_said"),
        // The TC string.
        (tcf(&young), "", plain(), "tcf=read gdpr alone:only not_said"),
        (tcf(&format!("\"{young}\"")), "", plain(), "tcf=read gdpr alone:only not_said"),
        (tcf("CPXx"), "", plain(), "tcf=unreadable gdpr none:unreadable not_said"),
        (tcf("%"), "", plain(), "tcf=unreadable gdpr none:unreadable not_said"),
        (tcf(&limit), "", plain(), "tcf=read gdpr alone:only not_said"),
        (tcf(&old), "", plain(), "tcf=expired gdpr none:expired not_said"),
        (tcf(&old), "", plain().max_age(days(400)), "tcf=read gdpr alone:only not_said"),
        (tcf(&limit), "", plain().max_age(days(30)), "tcf=expired gdpr none:expired not_said"),
        (tcf(&ahead), "", plain(), "tcf=read gdpr none:in_future not_said"),
        (tcf(&ahead), "", plain().clock_tolerance(days(1)), "tcf=read gdpr alone:only not_said"),
        (tcf(&global), "", plain(), "tcf=read gdpr none:not_service_specific not_said"),
        // Twice.
        (with(&[tcf(&young), tcf(&young)]), "", plain(), "tcf=read gdpr alone:only not_said"),
        (
            with(&[tcf(&young), tcf(&fewer)]),
            "",
            plain(),
            "tcf=unreadable gdpr none:unreadable not_said",
        ),
        (
            with(&[tcf(&young), tcf("broken")]),
            "",
            plain(),
            "tcf=unreadable gdpr none:unreadable not_said",
        ),
        // Whether the GDPR applies.
        (tcf(&young), "", plain().gdpr(false), "tcf=read alone:only not_said"),
        (String::new(), "", plain().gdpr(true), "gdpr none:absent not_said"),
        (is("__gpp_sid", "2,6"), "", plain(), "gpp_sid=read gdpr none:absent not_said"),
        (is("__gpp_sid", "6"), "", plain(), "gpp_sid=read none:absent not_said"),
        (is("__gpp_sid", "2,2"), "", plain(), "gpp_sid=unreadable none:absent not_said"),
        (is("__gpp_sid", "0"), "", plain(), "gpp_sid=unreadable none:absent not_said"),
        (is("__gpp_sid", "2,"), "", plain(), "gpp_sid=unreadable none:absent not_said"),
        (
            with(&[gpp_is(&nat_no), is("__gpp_sid", "2")]),
            "",
            plain(),
            "gpp=read gpp_sid=read none:absent did_not_opt_out",
        ),
        (
            with(&[gpp_is("DB"), is("__gpp_sid", "2")]),
            "",
            plain(),
            "gpp=unreadable gpp_sid=read gdpr none:absent unreadable",
        ),
        // Two TC strings.
        (gpp_is(&gpp_young), "", plain(), "gpp=read gpp_tcf=read gdpr gpp:only not_said"),
        (
            gpp_is(&gpp_broken),
            "",
            plain(),
            "gpp=read gpp_tcf=unreadable gdpr none:unreadable not_said",
        ),
        (
            with(&[tcf(&young), gpp_is(&gpp_young)]),
            "",
            plain(),
            "tcf=read gpp=read gpp_tcf=read gdpr alone:same not_said",
        ),
        (
            with(&[tcf(&young), gpp_is(&gpp_fewer)]),
            "",
            plain(),
            "tcf=read gpp=read gpp_tcf=read gdpr gpp:stricter not_said",
        ),
        (
            with(&[tcf(&fewer), gpp_is(&gpp_young)]),
            "",
            plain(),
            "tcf=read gpp=read gpp_tcf=read gdpr alone:stricter not_said",
        ),
        (
            with(&[tcf(&young), gpp_is(&gpp_fewer)]),
            "",
            more,
            "tcf=read gpp=read gpp_tcf=read gdpr alone:more_permissive not_said",
        ),
        (
            with(&[tcf(&fewer), gpp_is(&gpp_young)]),
            "",
            more,
            "tcf=read gpp=read gpp_tcf=read gdpr gpp:more_permissive not_said",
        ),
        (
            with(&[tcf(&young), gpp_is(&gpp_fewer)]),
            "",
            newer(4),
            "tcf=read gpp=read gpp_tcf=read gdpr alone:newer not_said",
        ),
        (
            with(&[tcf(&young), gpp_is(&gpp_fewer)]),
            "",
            newer(5),
            "tcf=read gpp=read gpp_tcf=read gdpr gpp:stricter not_said",
        ),
        (
            with(&[tcf(&fewer), gpp_is(&gpp_young)]),
            "",
            newer(4),
            "tcf=read gpp=read gpp_tcf=read gdpr gpp:newer not_said",
        ),
        (
            with(&[tcf(&young), gpp_is(&gpp_other)]),
            "",
            plain(),
            "tcf=read gpp=read gpp_tcf=read gdpr none:tc_strings_differ not_said",
        ),
        (
            with(&[tcf(&old), gpp_is(&gpp_young)]),
            "",
            plain(),
            "tcf=expired gpp=read gpp_tcf=read gdpr gpp:only not_said",
        ),
        (
            with(&[tcf(&young), gpp_is(&gpp_old)]),
            "",
            plain(),
            "tcf=read gpp=read gpp_tcf=expired gdpr alone:only not_said",
        ),
        (
            with(&[tcf("CPXx"), gpp_is(&gpp_young)]),
            "",
            plain(),
            "tcf=unreadable gpp=read gpp_tcf=read gdpr gpp:only not_said",
        ),
        (
            with(&[tcf(&global), gpp_is(&gpp_young)]),
            "",
            plain(),
            "tcf=read gpp=read gpp_tcf=read gdpr gpp:only not_said",
        ),
        (
            with(&[tcf(&young), gpp_is("DBAA~x")]),
            "",
            plain(),
            "tcf=read gpp=unreadable gdpr alone:only unreadable",
        ),
        // Didomi's and Google's.
        (dcs_is(&didomi), "", plain(), "didomi=read none:absent not_said"),
        (dcs_is(&encoded), "", plain(), "didomi=read none:absent not_said"),
        (dcs_is(&old_didomi), "", plain(), "didomi=expired none:absent not_said"),
        (dcs_is(&old_didomi), "", plain().didomi_of_any_age(), "didomi=read none:absent not_said"),
        (dcs_is(&young), "", plain(), "didomi=unreadable none:absent not_said"),
        (
            with(&[tcf(&young), is("addtl_consent", AC), dcs_is("B")]),
            "",
            plain(),
            "didomi=unreadable tcf=read ac=read gdpr alone:only not_said",
        ),
        (is("addtl_consent", "3~1"), "", plain(), "ac=unreadable none:absent not_said"),
        // The United States.
        (gpp_is(&nat_no), "", plain(), "gpp=read none:absent did_not_opt_out"),
        (gpp_is(&nat_no), "1", plain(), "gpp=read none:absent opted_out"),
        (gpp_is(&nat_no), "0", plain(), "gpp=read none:absent did_not_opt_out"),
        (gpp_is(&nat_no), "true", plain(), "gpp=read none:absent did_not_opt_out"),
        (String::new(), "1", plain(), "none:absent opted_out"),
        (gpp_is(&nat_yes), "", plain(), "gpp=read none:absent opted_out"),
        (gpp_is(&nat_na), "", plain(), "gpp=read none:absent not_said"),
        (gpp_is(&ca_no_nat_yes), "", plain(), "gpp=read none:absent opted_out"),
        (gpp_is(&ca_no_nat_yes), "", ca(), "gpp=read none:absent opted_out"),
        (gpp_is(&ca_na_nat_no), "", ca(), "gpp=read none:absent not_said"),
        (gpp_is(&ca_na_nat_no), "", va(), "gpp=read none:absent did_not_opt_out"),
        (gpp_is(&va_no_nat_na), "", va(), "gpp=read none:absent did_not_opt_out"),
        (gpp_is(&va_no_nat_na), "", ca(), "gpp=read none:absent not_said"),
        (gpp_is(&nat_no), "", ny(), "gpp=read none:absent did_not_opt_out"),
        (gpp_is(&va_yes), "", ca(), "gpp=read none:absent opted_out"),
        (gpp_is(&broken_section), "", plain(), "gpp=read none:absent unreadable"),
        (gpp_is(&broken_and_out), "", plain(), "gpp=read none:absent opted_out"),
        (gpp_is(&usp), "", plain(), "gpp=read none:absent did_not_opt_out"),
        (is("usprivacy", "1YNN"), "", plain(), "us_privacy=read none:absent did_not_opt_out"),
        (is("us_privacy", "1YYN"), "", plain(), "us_privacy=read none:absent opted_out"),
        (is("usprivacy", "1---"), "", plain(), "us_privacy=read none:absent not_said"),
        (is("usprivacy", "2YNN"), "", plain(), "us_privacy=unreadable none:absent unreadable"),
        (
            "usprivacy=1YNN; us_privacy=1YYN".into(),
            "",
            plain(),
            "us_privacy=unreadable none:absent unreadable",
        ),
        (
            with(&[gpp_is(&nat_no), is("usprivacy", "1YYN")]),
            "",
            plain(),
            "gpp=read us_privacy=read none:absent opted_out",
        ),
        (
            with(&[gpp_is(&nat_na), is("usprivacy", "1YNN")]),
            "",
            plain(),
            "gpp=read us_privacy=read none:absent not_said",
        ),
        (
            with(&[gpp_is(&nat_no), is("usprivacy", "bad!")]),
            "",
            plain(),
            "gpp=read us_privacy=unreadable none:absent unreadable",
        ),
        (
            with(&[gpp_is("broken"), is("usprivacy", "1YNN")]),
            "",
            plain(),
            "gpp=unreadable us_privacy=read none:absent unreadable",
        ),
        (
            with(&[gpp_is("broken"), is("usprivacy", "1YYN")]),
            "",
            plain(),
            "gpp=unreadable us_privacy=read none:absent opted_out",
        ),
        (
            with(&[gpp_is(&nat_no), is("__gpp_sid", "8")]),
            "",
            plain(),
            "gpp=read gpp_sid=read none:absent did_not_opt_out",
        ),
        (
            with(&[gpp_is(&nat_no), is("__gpp_sid", "8")]),
            "",
            plain().only_listed_sections(),
            "gpp=read gpp_sid=read none:absent not_said",
        ),
    ];
    assert!(rows.len() >= 60);
    for (number, (cookies, gpc, options, expected)) in rows.iter().enumerate() {
        for header in [cookies.clone(), format!("Cookie: {cookies}")] {
            let signals = Signals::from_cookies(&header).sec_gpc(gpc);
            let consent = options.read(&signals, time(NOW));
            assert_eq!(summary(&consent), *expected, "request {number}");
            // It answers alike when it was moved and copied.
            assert_eq!(summary(&Box::new(consent.clone())), *expected);
        }
    }
}

#[test]
fn raw_texts_and_errors_are_at_hand() {
    let young = tc(DAY);
    let header =
        format!("euconsent-v2=%22{young}%22; didomi_dcs=B%7Ec2ln; usprivacy=%; __gpp=a; __gpp=b");
    let consent = RequestConsent::read(&Signals::from_cookies(&header), time(NOW));
    assert_eq!(consent.raw(Signal::Tcf), Some(young.as_str()));
    assert_eq!(consent.tcf().read().unwrap().as_str(), young);
    assert_eq!(consent.raw(Signal::Didomi), Some("B~c2ln"), "fit to be passed on");
    assert_eq!(consent.raw(Signal::UsPrivacy), Some("%"));
    assert_eq!(consent.raw(Signal::Gpp), Some("a"));
    assert_eq!(consent.raw(Signal::Ac), None);
    let name = |error: Option<&str>| error.map(str::to_owned);
    assert_eq!(
        name(consent.didomi().error().map(|error| error.name())),
        Some("invalid_length".into())
    );
    assert_eq!(
        name(consent.us_privacy().error().map(|error| error.name())),
        Some("invalid_escape".into())
    );
    assert_eq!(name(consent.gpp().error().map(|error| error.name())), Some("named_twice".into()));
}

/// A TC string is read before anything is decoded, and once more where something is.
#[test]
fn a_tc_string_is_read_however_its_cookie_is_encoded() {
    let young = tc(DAY);
    let gpp = gpp(&[(SectionId::TCFEUV2, young.clone()), sale(SectionId::USNAT, OptOut::OptedOut)]);
    let read = |value: &str| {
        let signals = Signals::from_cookies("didomi_dcs=B%7Ec2ln; usprivacy=1YNN")
            .cookie(Cookie::EuconsentV2, value)
            .text(Signal::Gpp, &gpp);
        let consent =
            Options::new().tcf(tcf::DecodeOptions::new().allow_padding()).read(&signals, time(NOW));
        // Whatever became of it, the others are what they are.
        assert_eq!(consent.raw(Signal::Didomi), Some("B~c2ln"));
        assert!(consent.us_privacy().read().is_some());
        assert_eq!(consent.gpp_tcf().read().unwrap().as_str(), young);
        consent
    };
    let every: Vec<_> = young.bytes().map(|byte| format!("%{byte:02X}")).collect();
    for (value, text) in [
        (young.clone(), young.clone()),
        (format!(" \"{young}\"\t"), young.clone()),
        (young.replace('.', "%2e"), young.clone()),
        (format!("\"{young}%3D\""), format!("{young}=")),
        (format!("%22{young}%22"), young.clone()),
        (every.concat(), young.clone()),
    ] {
        let consent = read(&value);
        assert_eq!(consent.tcf().read().expect(&value).as_str(), text);
        assert_eq!(consent.raw(Signal::Tcf), Some(text.as_str()));
    }
    // An error is that of the decoded text.
    for text in [format!("{young}%5F"), format!("{young}%25"), young.replace('.', "%2E%2E")] {
        let consent = read(&text);
        let decoded = text.replace("%5F", "_").replace("%25", "%").replace("%2E", ".");
        let error = match consent.tcf() {
            State::Unreadable(error) => error,
            state => panic!("{text}: {}", state.name()),
        };
        let expected = decoded.parse::<tcf::TcString>().unwrap_err();
        assert_eq!(error, SignalError::Decode(expected), "{text}");
        assert_eq!(consent.raw(Signal::Tcf), Some(decoded.as_str()));
    }
    // What can't be decoded is kept as it stands.
    for (value, error) in [
        (format!(" {young}%4"), CookieError::InvalidEscape),
        (format!("\"{young}%FF\""), CookieError::NotUtf8),
        (format!("{young}\""), CookieError::OpenQuote),
        (format!("{young}%22"), CookieError::OpenQuote),
    ] {
        let consent = read(&value);
        assert_eq!(consent.tcf().error(), Some(&SignalError::Cookie(error)), "{value}");
        assert_eq!(consent.raw(Signal::Tcf), Some(value.as_str()));
    }
    // Nothing is decoded twice, and a text that is no cookie not once.
    assert!(read(&young.replace('.', "%252E")).tcf().error().is_some());
    let encoded = young.replace('.', "%2E");
    let plain = RequestConsent::read(&Signals::new().text(Signal::Tcf, &encoded), time(NOW));
    assert!(plain.tcf().error().is_some());
    assert_eq!(plain.raw(Signal::Tcf), Some(encoded.as_str()));
}

#[test]
fn a_bid_request_is_read_alike() {
    let young = tc(DAY);
    let signals = Signals::new()
        .text(Signal::Tcf, &young)
        .text(Signal::GppSid, "7")
        .text(Signal::UsPrivacy, "1YNN")
        .gdpr(true);
    let consent = RequestConsent::read(&signals, time(NOW));
    assert!(consent.gdpr_applies());
    assert!(consent.tcf().read().is_some());
    // What is no cookie is not decoded.
    let signals = Signals::new().text(Signal::UsPrivacy, "%31YNN");
    assert!(RequestConsent::read(&signals, time(NOW)).us_privacy().error().is_some());
    assert!(!RequestConsent::read(&Signals::new().gdpr(false), time(NOW)).gdpr_applies());
    assert!(RequestConsent::read(&Signals::new().gdpr(true), time(NOW)).gdpr_applies());
}

#[test]
fn a_text_that_is_too_long_is_refused_and_kept() {
    let long = "C".repeat(200_000);
    let signals =
        Signal::ALL.iter().fold(Signals::new(), |signals, &signal| signals.text(signal, &long));
    let consent = RequestConsent::read(&signals, time(NOW));
    for &signal in Signal::ALL {
        assert_eq!(consent.raw(signal).map(str::len), Some(long.len()));
    }
    assert_eq!(consent.tcf().error().unwrap().name(), "too_long");
    assert_eq!(consent.gpp().error().unwrap().name(), "too_long");
    assert!(matches!(consent.didomi(), State::Unreadable(_)));
}

#[test]
fn the_typical_request_allocates_twice() {
    // As long as those of live sites are on average.
    let vendors = |step| (1..1080).step_by(step).filter_map(consent_string::tcf::VendorId::new);
    let young = tc_builder(DAY)
        .vendors_consent(vendors(2).collect())
        .vendors_li(vendors(3).collect())
        .disclosed_vendors(vendors(2).collect());
    let young = young.build().unwrap().into_string();
    assert!((580..600).contains(&young.len()), "{}", young.len());
    let gpp = gpp(&[sale(SectionId::USNAT, OptOut::DidNotOptOut)]);
    let header = format!("a=b; euconsent-v2={young}; __gpp={gpp}; __gpp_sid=7");
    let mut read = None;
    let allocations = measure(|| {
        let signals = Signals::from_cookies(&header).sec_gpc("1");
        read = Some(RequestConsent::read(&signals, time(NOW)));
    });
    assert!(allocations.count_total <= 2, "{allocations:?}");
    assert!(read.unwrap().tcf().read().is_some());
    let signals = Signals::from_cookies("a=b").sec_gpc("1");
    let allocations = measure(|| {
        assert!(RequestConsent::read(&signals, time(NOW)).gpc());
    });
    assert_eq!(allocations.count_total, 0);
}

#[cfg(feature = "token")]
#[test]
fn a_token_names_its_user() {
    use base64::Engine;

    let token = |user: &str, updated: &str| {
        let json = format!(
            r#"{{"user_id":"{user}","created":"{updated}","updated":"{updated}","version":2}}"#
        );
        base64::engine::general_purpose::STANDARD.encode(json)
    };
    let didomi = dcs(NOW, 1);
    let found = |token: &str| {
        let signals = Signals::new().text(Signal::Token, token).text(Signal::Didomi, &didomi);
        let consent = RequestConsent::read(&signals, time(NOW));
        let contradictions: Vec<_> = consent.contradictions().map(|found| found.name()).collect();
        (consent.token().name(), contradictions)
    };
    let same = "00000000-0000-0000-0000-000000000001";
    let other = "00000000-0000-0000-0000-000000000002";
    assert_eq!(found(&token(same, NOW)), ("read", vec![]));
    assert_eq!(found(&token(other, NOW)), ("read", vec!["users_differ"]));
    assert_eq!(found(&token(other, "2025-01-01T00:00:00Z")), ("expired", vec![]));
    assert_eq!(found("eyJ"), ("unreadable", vec![]));

    // A decision that takes the Didomi string takes the user's as well.
    let question = Question::new("didomi:2".parse().unwrap(), "didomi:5".parse().unwrap());
    let refused = |user: &str| {
        let token = token(user, NOW);
        let signals = Signals::new().text(Signal::Token, &token).text(Signal::Didomi, &didomi);
        let answer = RequestConsent::read(&signals, time(NOW)).permits(question);
        answer.err().map(|refused| refused.name())
    };
    assert_eq!((refused(same), refused(other)), (None, Some("users_differ")));

    // Its age is that of its last change, and the last moment counts.
    let last = time(NOW).checked_sub(tcf::ValidityRules::MAX_AGE).unwrap();
    let before = last.checked_sub(Duration::from_millis(100)).unwrap();
    let state = |updated: Timestamp| found(&token(other, &updated.to_string())).0;
    assert_eq!((state(last), state(before)), ("read", "expired"));
}

/// To the tenth of a second.
#[test]
fn a_string_is_too_old_once_the_last_moment_is_over() {
    let last = time(NOW).checked_sub(tcf::ValidityRules::MAX_AGE).unwrap();
    let before = last.checked_sub(Duration::from_millis(100)).unwrap();
    for (updated, expected) in [(last, "read"), (before, "expired")] {
        let young = tc_builder(DAY).last_updated(updated).build().unwrap();
        let gpp = gpp(&[(SectionId::TCFEUV2, young.as_str().to_owned())]);
        let didomi = dcs(&updated.to_string(), 1);
        let signals = Signals::new()
            .text(Signal::Tcf, young.as_str())
            .text(Signal::Gpp, &gpp)
            .text(Signal::Didomi, &didomi);
        let consent = RequestConsent::read(&signals, time(NOW));
        assert_eq!(consent.tcf().name(), expected);
        assert_eq!(consent.gpp_tcf().name(), expected);
        assert_eq!(consent.didomi().name(), expected);
    }
}

#[test]
fn the_stricter_of_two_strings_allows_less_on_each_basis() {
    let string = |li: &[u16]| tc_builder(DAY).purposes_li(purposes(li)).build().unwrap();
    for (alone, other, expected) in [
        (&[7][..], &[7, 8][..], "alone:stricter"),
        (&[7, 8], &[7], "gpp:stricter"),
        (&[7, 8], &[7, 8], "alone:same"),
        (&[7], &[8], "tc_strings_differ"),
        // What is not asked about is no difference.
        (&[7, 10], &[7], "alone:same"),
    ] {
        let alone = string(alone);
        let gpp = gpp(&[(SectionId::TCFEUV2, string(other).as_str().to_owned())]);
        let signals = Signals::new().text(Signal::Tcf, alone.as_str()).text(Signal::Gpp, &gpp);
        let consent = RequestConsent::read(&signals, time(NOW));
        let counting = match consent.tc_string(purposes(&[1, 7, 8])) {
            Ok(counting) => format!("{}:{}", counting.source().name(), counting.choice().name()),
            Err(reason) => reason.name().to_owned(),
        };
        assert_eq!(counting, expected);
    }
}

/// Each format by its own options.
#[test]
fn strings_are_read_by_the_options_of_their_formats() {
    let (young, didomi) = (tc(DAY), dcs(NOW, 1));
    let gpp = gpp(&[sale(SectionId::USNAT, OptOut::OptedOut)]);
    let signals = Signals::new()
        .text(Signal::Tcf, &young)
        .text(Signal::Didomi, &didomi)
        .text(Signal::Gpp, &gpp);
    let states = |options: Options| {
        let consent = options.read(&signals, time(NOW));
        [consent.tcf().name(), consent.didomi().name(), consent.gpp().name()]
    };
    let (tc, dcs, gpp) = (
        tcf::DecodeOptions::new().max_text_length(5),
        didomi::DecodeOptions::new().max_text_length(5),
        gpp::DecodeOptions::new().max_text_length(5),
    );
    assert_eq!(states(Options::new()), ["read"; 3]);
    assert_eq!(states(Options::new().tcf(tc)), ["unreadable", "read", "read"]);
    assert_eq!(states(Options::new().didomi(dcs)), ["read", "unreadable", "read"]);
    assert_eq!(states(Options::new().gpp(gpp)), ["read", "read", "unreadable"]);

    // And valid by the rules that were asked for.
    let nobody = tc_builder(DAY).cmp_id(0).build().unwrap();
    let signals = Signals::new().text(Signal::Tcf, nobody.as_str());
    let counts = |options: Options| {
        let consent = options.read(&signals, time(NOW));
        consent.tc_string(purposes(&[1])).map(|_| ()).map_err(|reason| reason.name())
    };
    let strict = tcf::ValidityRules::new().refuse(tcf::Effect::Suspect);
    assert_eq!(counts(Options::new()), Ok(()));
    assert_eq!(counts(Options::new().validity(strict)), Err("no_platform"));
}

/// As the error of the string by itself does.
#[test]
fn an_error_names_its_place() {
    let cut = &tc(DAY)[..30];
    let signals = Signals::from_cookies("addtl_consent=2~35.x~dv.")
        .text(Signal::Tcf, cut)
        .text(Signal::UsPrivacy, "1YxN")
        .text(Signal::GppSid, "0");
    let consent = RequestConsent::read(&signals, time(NOW));
    let place = |error: Option<&SignalError>| {
        error.map(|error| (error.segment_name(), error.bit_offset())).expect("it is wrong")
    };
    let of_cut = cut.parse::<tcf::TcString>().unwrap_err();
    assert!(of_cut.bit_offset() > Some(0), "{of_cut}");
    assert_eq!(place(consent.tcf().error()), (Some("core"), of_cut.bit_offset()));
    assert_eq!(consent.tcf().error().unwrap().to_string(), of_cut.to_string());
    assert_eq!(place(consent.us_privacy().error()), (Some("us_privacy"), Some(16)));
    assert_eq!(place(consent.ac().error()), (Some("consented"), Some(40)));
    assert_eq!(place(consent.gpp_sid().error()), (None, None));
}

#[test]
fn signals_show_which_there_are() {
    let signals = Signals::from_cookies("euconsent-v2=secret; usprivacy=secret");
    assert_eq!(format!("{signals:?}"), "[Tcf, UsPrivacy]");
}

#[test]
fn a_state_has_two_letters() {
    assert_eq!("ca".parse::<UsState>().map(|state| state.to_string()), Ok("CA".into()));
    for text in ["", "C", "C4", "4C", "44", "CAL", "\u{e9}"] {
        assert_eq!(text.parse::<UsState>(), Err(InvalidUsState), "{text}");
    }
}

#[cfg(feature = "json")]
#[test]
fn the_report_is_an_object_for_json() {
    let signals = Signals::from_cookies("usprivacy=1YNN; euconsent-v2=CPXx").sec_gpc("1");
    let consent = RequestConsent::read(&signals, time(NOW));
    assert!(consent.gpc());
    assert!(!RequestConsent::read(&Signals::new().sec_gpc("0"), time(NOW)).gpc());
    let question = consent_string::decision::Question::new(
        "iab:755".parse().unwrap(),
        "iab:1".parse().unwrap(),
    );
    let report = serde_json::to_value(consent.report().permits(consent.permits(question))).unwrap();
    assert_eq!(report["us_privacy"], serde_json::json!({"state": "read", "text": "1YNN"}));
    assert_eq!(report["gpp"], serde_json::json!({"state": "absent"}));
    let young = tc(DAY);
    let gpp = gpp(&[(SectionId::TCFEUV2, young.clone())]);
    let consent = RequestConsent::read(&Signals::new().text(Signal::Gpp, &gpp), time(NOW));
    let of_gpp = serde_json::to_value(consent.report()).unwrap();
    assert_eq!(of_gpp["gpp"], serde_json::json!({"state": "read", "text": gpp}));
    assert_eq!(of_gpp["gpp_tcf"], serde_json::json!({"state": "read", "text": young}));
    assert_eq!(report["tcf"]["state"], "unreadable");
    assert_eq!(report["tcf"]["kind"], "truncated");
    assert_eq!(report["gdpr_applies"], true);
    assert_eq!(report["opted_out"]["sale"], "opted_out");
    assert_eq!(report["tc_string"], serde_json::Value::Null);
    let no = serde_json::json!({"allowed": false, "reason": "unreadable", "decided_by": "tcf"});
    assert_eq!(report["permits"], no);
}
