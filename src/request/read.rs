//! Reading the signals of a request, each alone.

use alloc::string::String;
use core::ops::Range;
use core::time::Duration;

use uuid::Uuid;

use super::consent::{Place, Placed, RequestConsent};
use super::options::Options;
use super::signals::{Raw, Signal, Signals};
use super::state::{SignalError, State};
use crate::ac::AcStringRef;
use crate::didomi::ConsentStringRef;
use crate::error::{DecodeError, ParseInError};
use crate::gpp::{GppSid, GppStringRef, Header, SectionId};
use crate::tcf::{self, TcStringRef};
use crate::time::Timestamp;
#[cfg(feature = "token")]
use crate::token::DidomiToken;
use crate::us_privacy::UsPrivacy;

/// The texts of all signals, one behind the other.
struct Texts {
    all: String,
    /// Of each signal its text, or the error of its cookie; `None` for one that is absent.
    places: [Option<(Place, Option<SignalError>)>; Signal::COUNT],
}

impl Texts {
    fn of(signals: &Signals<'_>) -> Self {
        let length = |raw: &Raw<'_>| match raw {
            Raw::Absent => 0,
            Raw::Cookie(text) | Raw::Plain(text) | Raw::Twice(text) => text.len(),
        };
        let mut all = String::with_capacity(signals.raw.iter().map(length).sum());
        let mut places = [None; Signal::COUNT];
        for (place, &raw) in places.iter_mut().zip(&signals.raw) {
            let start = all.len();
            let error = match raw {
                Raw::Absent => continue,
                Raw::Twice(text) => {
                    all.push_str(text);
                    Some(SignalError::NamedTwice)
                }
                Raw::Plain(text) => {
                    all.push_str(text);
                    None
                }
                Raw::Cookie(value) => match crate::cookie::decode(value) {
                    Ok(text) => {
                        all.push_str(&text);
                        None
                    }
                    Err(error) => {
                        all.push_str(value);
                        Some(SignalError::Cookie(error))
                    }
                },
            };
            *place = Some((Place::new(start..all.len()), error));
        }
        Self { all, places }
    }

    /// The text of a signal; an error where it is absent or its cookie can't be decoded.
    fn get<T>(&self, signal: Signal) -> Result<(&str, Place), State<T>> {
        match self.places[signal as usize] {
            None => Err(State::Absent),
            Some((_, Some(error))) => Err(State::Unreadable(error)),
            Some((place, None)) => Ok((place.of(&self.all), place)),
        }
    }

    /// How many bytes of bits a signal's text needs, by its length.
    fn room(&self, signal: Signal, needs: impl FnOnce(&str) -> usize) -> usize {
        self.get::<()>(signal).map_or(0, |(text, _)| needs(text))
    }
}

/// Room for the bits of all strings, taken from the front.
struct Bits<'b> {
    free: &'b mut [u8],
    taken: usize,
}

impl Bits<'_> {
    /// Reads a string with the free bytes, and keeps as many as it says.
    fn read<C>(
        &mut self,
        text: Place,
        read: impl FnOnce(&mut [u8]) -> Result<((usize, C), bool), DecodeError>,
    ) -> Result<(Placed<C>, bool), SignalError> {
        let ((used, checked), is_old) = read(self.free).map_err(SignalError::Decode)?;
        let bits = self.take(self.taken..self.taken + used);
        Ok((Placed { text, bits, checked }, is_old))
    }

    fn take(&mut self, range: Range<usize>) -> Place {
        let free = core::mem::take(&mut self.free);
        self.free = &mut free[range.len()..];
        self.taken = range.end;
        Place::new(range)
    }
}

impl Texts {
    /// How many bytes the bits of all strings need.
    fn room_for_bits(&self) -> usize {
        self.room(Signal::Didomi, ConsentStringRef::buffer_len)
            + self.room(Signal::Tcf, |text| TcStringRef::buffer_len(text.len()))
            // The header, and what may be a TC string behind it.
            + self.room(Signal::Gpp, |text| {
                let header = header_len(text);
                GppStringRef::buffer_len(header) + TcStringRef::buffer_len(text.len() - header)
            })
    }

    /// Reads a signal; `read` also says whether it is too old.
    fn state<T>(
        &self,
        signal: Signal,
        read: impl FnOnce(&str, Place) -> Result<(T, bool), SignalError>,
    ) -> State<T> {
        match self.get(signal) {
            Err(state) => state,
            Ok((text, place)) => State::of(read(text, place)),
        }
    }
}

impl Options {
    /// Reads the signals of a request. It doesn't fail: each signal has its own state.
    ///
    /// Two pieces of memory are allocated, one where there is nothing to decode, and none for a
    /// request without signals. A cookie that is percent-encoded, and a `didomi_token`, take
    /// some more for a moment.
    #[must_use]
    pub fn read(self, signals: &Signals<'_>, now: Timestamp) -> RequestConsent {
        let texts = Texts::of(signals);
        let mut memory = alloc::vec![0; texts.room_for_bits()].into_boxed_slice();
        let mut bits = Bits { free: &mut memory, taken: 0 };
        let is_old = |updated: Timestamp, max_age: Duration| updated.age_at(now) > max_age;

        let didomi = texts.state(Signal::Didomi, |text, place| {
            bits.read(place, |room| {
                let string = self.didomi.decode_in(text, room);
                let string = string.map_err(ParseInError::expect_decode)?;
                Ok((string.parts(), is_old(string.updated(), self.max_age_didomi)))
            })
        });
        let tcf = texts.state(Signal::Tcf, |text, place| {
            bits.read(place, |room| {
                let string = self.tcf.decode_in(text, room);
                let string = string.map_err(ParseInError::expect_decode)?;
                Ok((string.parts(), is_old(string.last_updated(), self.max_age)))
            })
        });
        let (gpp, gpp_tcf) = match texts.get(Signal::Gpp) {
            Err(state) => (state, State::Absent),
            Ok((text, place)) => match self.read_gpp(text, place, bits, now) {
                Ok((gpp, tcf)) => (State::Read(gpp), tcf),
                Err(error) => (State::Unreadable(SignalError::Decode(error)), State::Absent),
            },
        };
        let ac = texts.state(Signal::Ac, |text, _| {
            let string = AcStringRef::parse(text).map_err(SignalError::Ac)?;
            Ok((string.checked(), false))
        });
        let gpp_sid = texts.state(Signal::GppSid, |text, _| {
            Ok((text.parse::<GppSid>().map_err(SignalError::GppSid)?, false))
        });
        let us_privacy = texts.state(Signal::UsPrivacy, |text, _| {
            Ok((UsPrivacy::parse(text).map_err(SignalError::Decode)?, false))
        });
        let token = texts.state(Signal::Token, |text, _| {
            let (user_id, updated) = read_token(text)?;
            Ok((user_id, is_old(updated, self.max_age_didomi)))
        });
        let raw = texts.places.map(|place| place.map(|(place, _)| place));
        RequestConsent {
            texts: texts.all,
            bits: memory,
            raw,
            didomi,
            token,
            tcf,
            ac,
            gpp,
            gpp_tcf,
            gpp_sid,
            us_privacy,
            gpc: signals.gpc,
            gdpr: signals.gdpr,
            now,
            options: self,
        }
    }

    /// Reads a GPP string, and the TC string of its section 2.
    #[allow(clippy::type_complexity, reason = "two states")]
    fn read_gpp(
        &self,
        text: &str,
        place: Place,
        bits: Bits<'_>,
        now: Timestamp,
    ) -> Result<(Placed<Header>, State<Placed<tcf::Checked>>), DecodeError> {
        let Bits { free, taken } = bits;
        let (room, rest) = free.split_at_mut(GppStringRef::buffer_len(header_len(text)));
        let behind = taken + room.len();
        let string = self.gpp.decode_in(text, room).map_err(ParseInError::expect_decode)?;
        let (used, checked) = string.parts();
        let gpp = Placed { text: place, bits: Place::new(taken..taken + used), checked };
        let section = string.section(SectionId::TCFEUV2);
        let tcf = section.and_then(|section| {
            let read = section.tc_string_in(rest)?.map_err(SignalError::Decode);
            Some(State::of(read.map(|string| {
                let (used, checked) = string.parts();
                let start = place.start() + section.start();
                let text = Place::new(start..start + section.as_str().len());
                let bits = Place::new(behind..behind + used);
                let is_old = string.last_updated().age_at(now) > self.max_age;
                (Placed { text, bits, checked }, is_old)
            })))
        });
        Ok((gpp, tcf.unwrap_or(State::Absent)))
    }
}

/// How many characters the header of a GPP string has.
fn header_len(text: &str) -> usize {
    text.find('~').unwrap_or(text.len())
}

/// Whose token it is, and when it was last changed.
#[cfg(feature = "token")]
fn read_token(text: &str) -> Result<(Uuid, Timestamp), SignalError> {
    let token: DidomiToken = text.parse().map_err(SignalError::Token)?;
    Ok((token.user_id(), token.updated().to_timestamp()))
}

#[cfg(not(feature = "token"))]
fn read_token(_: &str) -> Result<(Uuid, Timestamp), SignalError> {
    Err(SignalError::NotBuiltIn)
}
