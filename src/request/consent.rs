//! The consent of one request, as one small value.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
use core::ops::Range;

use uuid::Uuid;

use super::options::Options;
use super::signals::{Signal, Signals};
use super::state::State;
use super::tc_choice::CountingTcString;
use crate::ac::{self, AcStringRef};
use crate::decision::{Allowed, Purpose, Question, Reason, Refused, Strings};
use crate::didomi::{self, ConsentStringRef};
use crate::gpp::{self, DataUse, GppSid, GppStringRef, OptOutAnswer, SectionId};
use crate::tcf::{self, TcStringRef};
use crate::time::Timestamp;
use crate::us_privacy::UsPrivacy;

/// From one byte to another, of the texts or of the bits.
#[derive(Clone, Copy)]
pub(super) struct Place {
    start: usize,
    end: usize,
}

impl Place {
    pub(super) const fn new(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }

    pub(super) const fn start(self) -> usize {
        self.start
    }

    pub(super) fn of(self, texts: &str) -> &str {
        &texts[self.start..self.end]
    }

    fn of_bits(self, bits: &[u8]) -> &[u8] {
        &bits[self.start..self.end]
    }
}

/// A string that was checked, by the places of its text and its bits.
#[derive(Clone, Copy)]
pub(super) struct Placed<C> {
    pub(super) text: Place,
    pub(super) bits: Place,
    pub(super) checked: C,
}

/// The consent of one request: what its signals were, and what follows from them.
///
/// See the [module](super) for an example and the rules.
#[derive(Clone)]
pub struct RequestConsent {
    pub(super) texts: String,
    pub(super) bits: Box<[u8]>,
    pub(super) raw: [Option<Place>; Signal::COUNT],
    pub(super) didomi: State<Placed<didomi::Checked>>,
    /// Of a token only the user's ID is kept.
    pub(super) token: State<Uuid>,
    pub(super) tcf: State<Placed<tcf::Checked>>,
    pub(super) ac: State<ac::Checked>,
    pub(super) gpp: State<Placed<gpp::Header>>,
    pub(super) gpp_tcf: State<Placed<tcf::Checked>>,
    pub(super) gpp_sid: State<GppSid>,
    pub(super) us_privacy: State<UsPrivacy>,
    pub(super) gpc: bool,
    pub(super) gdpr: bool,
    pub(super) now: Timestamp,
    pub(super) options: Options,
}

impl RequestConsent {
    /// Reads the signals of a request by the default [`Options`]: [`Options::read`].
    #[must_use]
    pub fn read(signals: &Signals<'_>, now: Timestamp) -> Self {
        Options::new().read(signals, now)
    }

    /// The text of a signal, without what a cookie has around it, readable or not: to be passed
    /// on. `None` where the request doesn't bring it; of a cookie that can't be decoded it is the
    /// value as it stands, and of one that is there twice the first.
    #[must_use]
    pub fn raw(&self, signal: Signal) -> Option<&str> {
        self.raw[signal as usize].map(|place| place.of(&self.texts))
    }

    /// The Didomi Consent String.
    #[must_use]
    pub fn didomi(&self) -> State<ConsentStringRef<'_, '_>> {
        self.didomi.as_ref().map(|&Placed { text, bits, checked }| {
            ConsentStringRef::of_checked(text.of(&self.texts), bits.of_bits(&self.bits), checked)
        })
    }

    /// The `didomi_token`, by the ID of its user; [`raw`](Self::raw) has its text. Without feature
    /// `token` it is unreadable.
    #[must_use]
    pub fn token(&self) -> State<Uuid> {
        self.token
    }

    /// The TC string that came by itself, in a cookie or a bid request.
    #[must_use]
    pub fn tcf(&self) -> State<TcStringRef<'_, '_>> {
        self.view_tcf(&self.tcf)
    }

    /// The TC string of section 2 of the GPP string; absent where the GPP string is, or can't be
    /// read, or has no such section.
    #[must_use]
    pub fn gpp_tcf(&self) -> State<TcStringRef<'_, '_>> {
        self.view_tcf(&self.gpp_tcf)
    }

    fn view_tcf(&self, state: &State<Placed<tcf::Checked>>) -> State<TcStringRef<'_, '_>> {
        state.as_ref().map(|&Placed { text, bits, checked }| {
            TcStringRef::of_checked(text.of(&self.texts), bits.of_bits(&self.bits), checked)
        })
    }

    /// Google's Additional Consent string, which counts only beside a TC string.
    #[must_use]
    pub fn ac(&self) -> State<AcStringRef<'_>> {
        let text = self.raw(Signal::Ac).unwrap_or_default();
        self.ac.as_ref().map(|&checked| AcStringRef::of_checked(text, checked))
    }

    /// The GPP string; its sections are read when asked for.
    #[must_use]
    pub fn gpp(&self) -> State<GppStringRef<'_, '_>> {
        self.gpp.as_ref().map(|&Placed { text, bits, checked }| {
            let bits = bits.of_bits(&self.bits);
            GppStringRef::of_checked(text.of(&self.texts), bits, checked, self.options.gpp)
        })
    }

    /// The list of sections that apply.
    #[must_use]
    pub const fn gpp_sid(&self) -> State<&GppSid> {
        self.gpp_sid.as_ref()
    }

    /// The US Privacy string that came by itself.
    #[must_use]
    pub const fn us_privacy(&self) -> State<UsPrivacy> {
        self.us_privacy
    }

    /// Whether the request has Global Privacy Control, apart from what a GPP string says of it.
    #[must_use]
    pub const fn gpc(&self) -> bool {
        self.gpc
    }

    /// When the request was read.
    #[must_use]
    pub const fn read_at(&self) -> Timestamp {
        self.now
    }

    /// Whether the GDPR applies: what the [caller](Options::gdpr) knows; else if the bid request
    /// says so, or a TC string is there, readable or not, or section 2 is among the sections of
    /// the GPP string. Those are what its header lists, or `gpp_sid` where there is no GPP string
    /// that can be read.
    #[must_use]
    pub fn gdpr_applies(&self) -> bool {
        let section = SectionId::TCFEUV2;
        let listed = || match (self.gpp().read(), &self.gpp_sid) {
            (Some(gpp), _) => gpp.section_ids().any(|id| id == section),
            (None, State::Read(listed)) => listed.contains(section),
            (None, _) => false,
        };
        self.options.gdpr.unwrap_or_else(|| self.gdpr || self.tcf.is_there() || listed())
    }

    /// Whether the person has opted out of a use of personal data, by the law of the United
    /// States.
    ///
    /// - Global Privacy Control is an opt-out by itself.
    /// - Any opt-out that can be read wins over any "did not opt out".
    /// - A section, a GPP string or a US Privacy string that can't be read blocks a permission and
    ///   is no opt-out.
    /// - "Not applicable" is no permission. A state's section goes before the national one for a
    ///   permission, and both before a US Privacy string, which speaks of sales only.
    /// - With [`Options::us_state`] only that state's section and the national one permit.
    ///
    /// Nothing is allocated.
    #[must_use]
    pub fn opted_out(&self, what: DataUse) -> OptOutAnswer {
        if self.gpc {
            return OptOutAnswer::OptedOut;
        }
        let sections = self.gpp().read().into_iter().flat_map(|gpp| gpp.sections());
        let us_privacy = match self.us_privacy {
            State::Absent => None,
            State::Read(privacy) | State::Expired(privacy) => Some(Ok(privacy)),
            State::Unreadable(_) => Some(Err(())),
        };
        let listed = match &self.gpp_sid {
            State::Read(listed) if self.options.only_listed_sections => {
                Some(listed).filter(|listed| !listed.is_empty())
            }
            _ => None,
        };
        let is_of_state = |id: SectionId| {
            self.options.us_state.is_none_or(|state| {
                state.section() == Some(id) || [SectionId::USNAT, SectionId::USPV1].contains(&id)
            })
        };
        let is_listed = |id| listed.is_none_or(|listed| listed.contains(id));
        let applies = |id| is_of_state(id) && is_listed(id);
        let answer = OptOutAnswer::beside(sections, us_privacy, what, applies, listed.is_some());
        match answer {
            OptOutAnswer::DidNotOptOut | OptOutAnswer::NotSaid
                if matches!(self.gpp, State::Unreadable(_)) =>
            {
                OptOutAnswer::Unreadable
            }
            answer => answer,
        }
    }

    /// The strings of the request, to be asked together about some purposes: which TC string
    /// counts may depend on them. Lists are put beside them by the caller.
    ///
    /// ```
    /// # use consent_string::{Timestamp, decision::{Purpose, Question}, request::{Options, Signals}};
    /// # let now: Timestamp = "2023-05-01T00:00:00Z".parse()?;
    /// # let consent = Options::new().read(&Signals::new(), now);
    /// let purpose: Purpose = "iab:1".parse()?;
    /// let strings = consent.strings([purpose]);
    /// // With feature "gvl": strings.vendor_list(&list)
    /// assert!(strings.permits(Question::new("iab:755".parse()?, purpose)).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn strings(&self, asked: impl IntoIterator<Item = Purpose>) -> Strings<'_> {
        let didomi = self.usable(self.didomi(), ConsentStringRef::updated);
        let ac = self.usable(self.ac(), |_| Timestamp::MIN);
        let counting = self.counting(asked).map(CountingTcString::tc_string);
        let strings = Strings::new(self.now)
            .max_lag(self.options.max_lag)
            .tcf_or(counting)
            .didomi_or(didomi)
            .ac_or(ac);
        match self.token {
            State::Read(user_id) => strings.user_id(user_id),
            _ => strings,
        }
    }

    /// Whether a vendor may act for a purpose, by the strings of the request alone:
    /// [`Strings::permits`].
    ///
    /// # Errors
    ///
    /// [`Refused`]: the first reason against.
    pub fn permits(&self, question: Question) -> Result<Allowed, Refused> {
        self.strings([question.purpose()]).permits(question)
    }

    /// A string that can be relied on.
    pub(super) fn usable<T>(
        &self,
        state: State<T>,
        updated: impl FnOnce(&T) -> Timestamp,
    ) -> Result<T, Reason> {
        match state {
            State::Absent => Err(Reason::Absent),
            State::Unreadable(_) => Err(Reason::Unreadable),
            State::Expired(_) => Err(Reason::Expired),
            // How far ahead it is.
            State::Read(string) => {
                if self.now.age_at(updated(&string)) > self.options.clock_tolerance {
                    return Err(Reason::InFuture);
                }
                Ok(string)
            }
        }
    }

    /// What in the request contradicts something else in it, whether or not a question needs it:
    /// a Didomi Consent String and a token of two users; a TC string that is much older than the
    /// Didomi Consent String; two TC strings of which neither allows less than the other.
    pub fn contradictions(&self) -> Contradictions {
        let didomi = self.didomi().read();
        let users_differ = matches!(
            (didomi, self.token),
            (Some(didomi), State::Read(user_id)) if didomi.user_id() != user_id
        );
        let purposes = (1..=tcf::PurposeId::MAX.get()).filter_map(tcf::PurposeId::new);
        let counting = self.counting(purposes.map(Purpose::Iab));
        let is_outdated = matches!((didomi, counting), (Some(didomi), Ok(counting))
            if counting.tc_string().view().last_updated().age_at(didomi.updated())
                > self.options.max_lag);
        let found = [
            users_differ.then_some(Reason::UsersDiffer),
            is_outdated.then_some(Reason::Outdated),
            counting.err().filter(|reason| *reason == Reason::TcStringsDiffer),
        ];
        Contradictions(found.into_iter().flatten())
    }
}

/// What contradicts something else in a request; see [`RequestConsent::contradictions`].
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Contradictions(core::iter::Flatten<core::array::IntoIter<Option<Reason>, 3>>);

impl Iterator for Contradictions {
    type Item = Reason;

    fn next(&mut self) -> Option<Reason> {
        self.0.next()
    }
}

impl core::iter::FusedIterator for Contradictions {}

/// The states of the signals: never a text.
impl fmt::Debug for RequestConsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestConsent")
            .field("didomi", &self.didomi.name())
            .field("token", &self.token.name())
            .field("tcf", &self.tcf.name())
            .field("ac", &self.ac.name())
            .field("gpp", &self.gpp.name())
            .field("gpp_tcf", &self.gpp_tcf.name())
            .field("gpp_sid", &self.gpp_sid.name())
            .field("us_privacy", &self.us_privacy.name())
            .field("gpc", &self.gpc)
            .finish_non_exhaustive()
    }
}
