//! The consent of a request, and what follows from it.

use consent_string::Timestamp;
use consent_string::ac::AcString;
use consent_string::cookie;
use consent_string::decision::{DecidedBy, Purpose, Question, Reason, Vendor};
use consent_string::didomi::ConsentString;
use consent_string::gpp::{DataUse, GppSid, GppString, OptOutAnswer};
use consent_string::request::{RequestConsent, Signal, Signals, State};
use consent_string::tcf::{LegalBasis, LegalBasisRules, TcString};
use consent_string::token::DidomiToken;
use consent_string::us_privacy::{Answer, UsPrivacy};
use serde_json::Value;

const NOW: &str = "2026-06-15T12:00:00Z";

/// Lines: a `Cookie` header, the value of `Sec-GPC`, a vendor, a purpose. Each signal is what it
/// is by itself; a yes, and a withdrawal, come from a string that was read; an opt-out is said by
/// somebody.
pub fn laws(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let mut lines = text.lines();
    let mut line = || lines.next().unwrap_or_default();
    let (header, gpc) = (line(), line());
    let now: Timestamp = NOW.parse().expect("a time");
    let consent = RequestConsent::read(&Signals::from_cookies(header).sec_gpc(gpc), now);
    let report = serde_json::to_value(consent.report()).expect("plain JSON");
    for &signal in Signal::ALL {
        check_alone(signal, header, &report, now);
        check_state(signal, &consent, &report[signal.name()]);
    }
    check_opt_outs(&consent, gpc == "1");
    assert!(consent.contradictions().count() <= 3);

    let mut vendors = ["iab:755", "google:89", "didomi:2"].map(named::<Vendor>).to_vec();
    let mut purposes = ["iab:1", "iab:2", "iab:7", "didomi:5", "iab:special_feature:1"]
        .map(named::<Purpose>)
        .to_vec();
    vendors.extend(line().parse::<Vendor>());
    purposes.extend(line().parse::<Purpose>());
    for vendor in vendors {
        assert_eq!(vendor.to_string().parse(), Ok(vendor));
        for &purpose in &purposes {
            assert_eq!(purpose.to_string().parse(), Ok(purpose));
            let question = Question::new(vendor, purpose);
            check_answer(&consent, question);
            for basis in [LegalBasis::Consent, LegalBasis::LegitimateInterest] {
                check_answer(&consent, question.on(basis));
                check_by_hand(&consent, question, basis);
            }
        }
    }
}

fn named<T: core::str::FromStr<Err: core::fmt::Debug>>(name: &str) -> T {
    name.parse().expect("a name")
}

/// A signal is what it is without the others.
fn check_alone(signal: Signal, header: &str, report: &Value, now: Timestamp) {
    let own = cookie::known(header).filter(|(cookie, _)| Signal::from(*cookie) == signal);
    let signals =
        own.fold(Signals::new(), |signals, (cookie, value)| signals.cookie(cookie, value));
    let alone = RequestConsent::read(&signals, now);
    let alone = serde_json::to_value(alone.report()).expect("plain JSON");
    assert_eq!(alone[signal.name()], report[signal.name()], "{signal:?}");
    if signal == Signal::Gpp {
        assert_eq!(alone["gpp_tcf"], report["gpp_tcf"]);
    }
}

/// A signal is read where its format reads it, and its text is kept.
fn check_state(signal: Signal, consent: &RequestConsent, state: &Value) {
    let Some(text) = consent.raw(signal) else { return assert_eq!(state["state"], "absent") };
    assert_eq!(state["text"], text);
    // What a cookie has around a string, and what stands there twice, is no matter of its format.
    let of_cookie = ["named_twice", "invalid_escape", "not_utf8", "open_quote"];
    if state["kind"].as_str().is_some_and(|kind| of_cookie.contains(&kind)) {
        return;
    }
    let is_read = match signal {
        Signal::Didomi => text.parse::<ConsentString>().is_ok(),
        Signal::Token => text.parse::<DidomiToken>().is_ok(),
        Signal::Tcf => text.parse::<TcString>().is_ok(),
        Signal::Ac => text.parse::<AcString>().is_ok(),
        Signal::Gpp => text.parse::<GppString>().is_ok(),
        Signal::GppSid => text.parse::<GppSid>().is_ok(),
        _ => text.parse::<UsPrivacy>().is_ok(),
    };
    let expected = if is_read { &["read", "expired"][..] } else { &["unreadable"] };
    let state = state["state"].as_str().expect("a name");
    assert!(expected.contains(&state), "{signal:?} is {state}, expected one of {expected:?}");
}

/// A yes, and a withdrawal, come from a string that was read.
fn check_answer(consent: &RequestConsent, question: Question) {
    let is_read = |by: DecidedBy| match by {
        DecidedBy::Tcf => consent.tcf().read().or(consent.gpp_tcf().read()).is_some(),
        DecidedBy::Didomi => consent.didomi().read().is_some(),
        // It counts only beside a TC string.
        DecidedBy::Ac => {
            consent.ac().read().is_some()
                && consent.tcf().read().or(consent.gpp_tcf().read()).is_some()
        }
        _ => false,
    };
    match consent.permits(question) {
        Ok(allowed) => assert!(is_read(allowed.decided_by()), "{question:?}"),
        Err(refused) if refused.is_withdrawal() => {
            assert!(is_read(refused.decided_by().expect("a string")), "{question:?}");
        }
        Err(refused) => assert!(!refused.name().is_empty()),
    }
}

/// An IAB vendor may what the TC string that counts permits, unless that is outdated.
fn check_by_hand(consent: &RequestConsent, question: Question, basis: LegalBasis) {
    let (Vendor::Iab(vendor), Purpose::Iab(purpose)) = (question.vendor(), question.purpose())
    else {
        return;
    };
    let by_hand = consent.tc_string([purpose]).and_then(|counting| {
        let permitted = counting.tc_string().permits(vendor, purpose, LegalBasisRules::new(basis));
        permitted.map_err(Reason::Tcf)
    });
    match (consent.permits(question.on(basis)), by_hand) {
        (Ok(allowed), by_hand) => assert_eq!(Ok(allowed.basis()), by_hand.map(Some)),
        (Err(refused), Err(reason)) if reason == refused.reason() => {}
        (Err(refused), _) => assert_eq!(refused.reason(), Reason::Outdated),
    }
}

/// An opt-out is said by somebody, and wins; what can't be read is no permission.
fn check_opt_outs(consent: &RequestConsent, gpc: bool) {
    for &what in DataUse::ALL {
        let of_gpp = consent.gpp().read().map(|gpp| gpp.opted_out(what, None));
        let of_us_privacy = consent.us_privacy().read().map(|privacy| privacy.opt_out_sale());
        let said = gpc
            || of_gpp == Some(OptOutAnswer::OptedOut)
            || (what == DataUse::Sale && of_us_privacy == Some(Answer::Yes));
        let answer = consent.opted_out(what);
        assert_eq!(answer == OptOutAnswer::OptedOut, said, "{what:?}");
        if matches!(consent.gpp(), State::Unreadable(_)) {
            assert_ne!(answer, OptOutAnswer::DidNotOptOut);
        }
    }
}
