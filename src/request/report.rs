//! The consent of a request as JSON (feature `serde`).

use core::fmt;

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::{RequestConsent, Signal, SignalError, State};
use crate::decision::{Allowed, Refused};
use crate::gpp::DataUse;
use crate::tcf::PurposeId;

/// What a request brings and what follows from it, to be serialized: the object that the command
/// `request` prints. It shows the texts, which are personal data.
///
/// `{"didomi": {"state": "read", "text": "..."}, "tcf": {"state": "unreadable", "text": "...",
/// "error": "...", "kind": "...", "segment": "...", "bit": 0}, ...}`: the signals by
/// [name](Signal::name), that of section 2 as `"gpp_tcf"`, then `"gpc"`, `"gdpr_applies"`, the
/// TC string that counts for all purposes (`"tc_string"`, or null), `"opted_out"` by use,
/// `"contradictions"`, and `"permits"` where an answer was put in.
#[must_use]
pub struct Report<'a> {
    consent: &'a RequestConsent,
    permits: Option<Result<Allowed, Refused>>,
}

impl RequestConsent {
    /// The request as an object for JSON.
    pub const fn report(&self) -> Report<'_> {
        Report { consent: self, permits: None }
    }
}

impl Report<'_> {
    /// With the answer to a question, as `"permits"`.
    pub const fn permits(self, answer: Result<Allowed, Refused>) -> Self {
        Self { permits: Some(answer), ..self }
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report")
            .field("consent", self.consent)
            .field("permits", &self.permits)
            .finish()
    }
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let consent = self.consent;
        let mut object = serializer.serialize_map(None)?;
        for &signal in Signal::ALL {
            let (state, error) = consent.state(signal);
            let text = consent.raw(signal);
            object.serialize_entry(signal.name(), &OneSignal { state, text, error })?;
            if signal == Signal::Gpp {
                object.serialize_entry("gpp_tcf", &OneSignal::of_section_two(consent))?;
            }
        }
        object.serialize_entry("gpc", &consent.gpc())?;
        object.serialize_entry("gdpr_applies", &consent.gdpr_applies())?;
        object.serialize_entry("tc_string", &TcString(consent))?;
        object.serialize_entry("opted_out", &OptedOut(consent))?;
        object.serialize_entry("contradictions", &Contradictions(consent))?;
        match &self.permits {
            Some(Ok(allowed)) => object.serialize_entry("permits", allowed)?,
            Some(Err(refused)) => object.serialize_entry("permits", refused)?,
            None => {}
        }
        object.end()
    }
}

impl RequestConsent {
    fn state(&self, signal: Signal) -> (&'static str, Option<SignalError>) {
        fn of<T>(state: &State<T>) -> (&'static str, Option<SignalError>) {
            (state.name(), state.error().copied())
        }
        match signal {
            Signal::Didomi => of(&self.didomi),
            Signal::Token => of(&self.token),
            Signal::Tcf => of(&self.tcf),
            Signal::Ac => of(&self.ac),
            Signal::Gpp => of(&self.gpp),
            Signal::GppSid => of(&self.gpp_sid),
            Signal::UsPrivacy => of(&self.us_privacy),
        }
    }
}

struct OneSignal<'a> {
    state: &'static str,
    text: Option<&'a str>,
    error: Option<SignalError>,
}

impl<'a> OneSignal<'a> {
    fn of_section_two(consent: &'a RequestConsent) -> Self {
        let state = consent.gpp_tcf();
        let text = match &state {
            State::Read(string) | State::Expired(string) => Some(string.as_str()),
            _ => None,
        };
        Self { state: state.name(), text, error: state.error().copied() }
    }
}

impl Serialize for OneSignal<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("state", self.state)?;
        if let Some(text) = self.text {
            object.serialize_entry("text", text)?;
        }
        if let Some(error) = &self.error {
            object.serialize_entry("error", &format_args!("{error}"))?;
            object.serialize_entry("kind", error.name())?;
            object.serialize_entry("segment", &error.segment_name())?;
            object.serialize_entry("bit", &error.bit_offset())?;
        }
        object.end()
    }
}

struct TcString<'a>(&'a RequestConsent);

impl Serialize for TcString<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let purposes = (1..=PurposeId::MAX.get()).filter_map(PurposeId::new);
        let Ok(counting) = self.0.tc_string(purposes) else { return serializer.serialize_none() };
        let mut object = serializer.serialize_map(Some(2))?;
        object.serialize_entry("source", counting.source().name())?;
        object.serialize_entry("why", counting.choice().name())?;
        object.end()
    }
}

struct OptedOut<'a>(&'a RequestConsent);

impl Serialize for OptedOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(DataUse::ALL.len()))?;
        for &what in DataUse::ALL {
            object.serialize_entry(what.name(), self.0.opted_out(what).name())?;
        }
        object.end()
    }
}

struct Contradictions<'a>(&'a RequestConsent);

impl Serialize for Contradictions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for contradiction in self.0.contradictions() {
            list.serialize_element(contradiction.name())?;
        }
        list.end()
    }
}
