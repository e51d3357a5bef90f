//! Reading the signals of a request, each alone.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use uuid::Uuid;

use super::consent::{Place, Placed, RequestConsent};
use super::options::Options;
use super::signals::{Raw, Signal, Signals};
use super::state::{SignalError, State};
use crate::ac::AcStringRef;
use crate::cookie::{self, CookieError};
use crate::didomi::ConsentStringRef;
use crate::error::{DecodeError, ParseInError};
use crate::gpp::{GppStringRef, Header, SectionId};
use crate::tcf::{self, TcStringRef};
use crate::time::Timestamp;
#[cfg(feature = "token")]
use crate::token::DidomiToken;
use crate::us_privacy::UsPrivacy;

/// The texts of all signals, one behind the other.
struct Texts {
    all: String,
    places: [Option<Place>; Signal::COUNT],
    errors: [Option<TextError>; Signal::COUNT],
}

/// Why there is no text to read.
#[derive(Clone, Copy)]
enum TextError {
    NamedTwice,
    Cookie(CookieError),
}

impl Texts {
    /// Decodes all cookies but that of the TC string, which comes last, and of which only the
    /// quotes are dropped: see [`decode_tcf`](Self::decode_tcf).
    fn of(signals: &Signals<'_>) -> Self {
        let mut texts = Self {
            all: String::with_capacity(signals.raw.iter().map(|raw| raw.text().len()).sum()),
            places: [None; Signal::COUNT],
            errors: [None; Signal::COUNT],
        };
        for &signal in Signal::ALL {
            let raw = &signals.raw[signal as usize];
            if !matches!((signal, raw), (Signal::Tcf, _) | (_, Raw::Absent)) {
                texts.add(signal, raw, cookie::decode);
            }
        }
        let unquoted = |value| cookie::unquoted(value).map(Cow::Borrowed);
        texts.add(Signal::Tcf, &signals.raw[Signal::Tcf as usize], unquoted);
        texts
    }

    /// Adds the text of a signal, in which there may be something to decode.
    #[inline]
    fn add<'t>(
        &mut self,
        signal: Signal,
        raw: &Raw<'t>,
        decode: impl FnOnce(&'t str) -> Result<Cow<'t, str>, CookieError>,
    ) {
        let (text, error) = match *raw {
            Raw::Absent => return,
            Raw::Plain(text) => (Cow::Borrowed(text), None),
            Raw::Twice(text) => (Cow::Borrowed(text), Some(TextError::NamedTwice)),
            Raw::Cookie(value) => match decode(value) {
                Ok(text) => (text, None),
                Err(error) => (Cow::Borrowed(value), Some(TextError::Cookie(error))),
            },
        };
        let start = self.all.len();
        self.all.push_str(&text);
        self.places[signal as usize] = Some(Place::new(start..self.all.len()));
        self.errors[signal as usize] = error;
    }

    /// Decodes the cookie of the TC string, if there is something to decode; whether there is.
    ///
    /// No TC string has a percent sign, so that one that can be read is never looked through for
    /// them.
    #[cold]
    fn decode_tcf(&mut self, signals: &Signals<'_>) -> bool {
        let Ok((text, place)) = self.get::<()>(Signal::Tcf) else { return false };
        let raw = &signals.raw[Signal::Tcf as usize];
        let is_encoded = matches!(raw, Raw::Cookie(_)) && text.contains('%');
        if is_encoded {
            self.all.truncate(place.start());
            self.add(Signal::Tcf, raw, cookie::decode);
        }
        is_encoded
    }

    /// The text of a signal; its state where it is absent or its cookie can't be decoded.
    #[inline]
    fn get<T>(&self, signal: Signal) -> Result<(&str, Place), State<T>> {
        match (self.places[signal as usize], self.errors[signal as usize]) {
            (None, _) => Err(State::Absent),
            (_, Some(TextError::NamedTwice)) => Err(State::Unreadable(SignalError::NamedTwice)),
            (_, Some(TextError::Cookie(error))) => {
                Err(State::Unreadable(SignalError::Cookie(error)))
            }
            (Some(place), None) => Ok((place.of(&self.all), place)),
        }
    }

    /// Reads a signal.
    #[inline]
    fn state<T>(&self, signal: Signal, read: impl FnOnce(&str, Place) -> State<T>) -> State<T> {
        match self.get(signal) {
            Err(state) => state,
            Ok((text, place)) => read(text, place),
        }
    }

    /// How many bytes of bits a signal's text needs.
    fn room(&self, signal: Signal, needs: impl FnOnce(&str) -> usize) -> usize {
        self.get::<()>(signal).map_or(0, |(text, _)| needs(text))
    }

    /// How many bytes the bits of all strings need.
    fn room_for_bits(&self) -> usize {
        self.room(Signal::Didomi, ConsentStringRef::buffer_len)
            + self.room(Signal::Tcf, |text| TcStringRef::buffer_len(text.len()))
            + self.room(Signal::Gpp, |text| room_for_gpp(text.len()))
    }
}

/// How many bytes the header of a GPP string and the TC string behind it need at the most: as
/// if all were a TC string, and what a header takes that is rounded up.
const fn room_for_gpp(text_len: usize) -> usize {
    TcStringRef::buffer_len(text_len) + GppStringRef::buffer_len(0)
}

/// So many zeros.
#[allow(clippy::slow_vector_initialization, reason = "glibc's calloc takes no cached memory")]
fn zeros(count: usize) -> Box<[u8]> {
    let mut zeros = Vec::with_capacity(count);
    zeros.resize(count, 0);
    zeros.into_boxed_slice()
}

/// Room for the bits of all strings, taken from the front.
struct Bits<'b> {
    free: &'b mut [u8],
    taken: usize,
}

impl Bits<'_> {
    /// Reads a string with the free bytes, and keeps as many as it says. `read` also says whether
    /// the string is too old.
    #[inline]
    fn read<C>(
        &mut self,
        text: Place,
        read: impl FnOnce(&mut [u8]) -> Result<((usize, C), bool), DecodeError>,
    ) -> State<Placed<C>> {
        match read(self.free) {
            Ok(((used, checked), is_old)) => {
                State::of(Placed { text, bits: self.take(used), checked }, is_old)
            }
            Err(error) => State::Unreadable(SignalError::Decode(error)),
        }
    }

    /// Takes the first free bytes.
    #[inline]
    fn take(&mut self, used: usize) -> Place {
        let free = core::mem::take(&mut self.free);
        self.free = &mut free[used..];
        let start = self.taken;
        self.taken += used;
        Place::new(start..self.taken)
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
        let mut texts = Texts::of(signals);
        let mut memory = zeros(texts.room_for_bits());
        let mut bits = Bits { free: &mut memory, taken: 0 };
        let is_old = |updated: Timestamp, max_age: Duration| updated.age_at(now) > max_age;

        let mut tcf = self.read_tcf(&texts, &mut bits, now);
        if matches!(tcf, State::Unreadable(_)) && texts.decode_tcf(signals) {
            tcf = self.read_tcf(&texts, &mut bits, now);
        }
        let didomi = texts.state(Signal::Didomi, |text, place| {
            bits.read(place, |room| {
                let string = self.didomi.decode_in(text, room);
                let string = string.map_err(ParseInError::expect_decode)?;
                Ok((string.parts(), is_old(string.updated(), self.max_age_didomi)))
            })
        });
        let (gpp, gpp_tcf) = match texts.get(Signal::Gpp) {
            Err(state) => (state, State::Absent),
            Ok((text, place)) => self.read_gpp(text, place, &mut bits, now),
        };
        let ac = texts.state(Signal::Ac, |text, _| match AcStringRef::parse(text) {
            Ok(string) => State::Read(string.checked()),
            Err(error) => State::Unreadable(SignalError::Ac(error)),
        });
        let gpp_sid = texts.state(Signal::GppSid, |text, _| match text.parse() {
            Ok(listed) => State::Read(listed),
            Err(error) => State::Unreadable(SignalError::GppSid(error)),
        });
        let us_privacy = texts.state(Signal::UsPrivacy, |text, _| match UsPrivacy::parse(text) {
            Ok(privacy) => State::Read(privacy),
            Err(error) => State::Unreadable(SignalError::Decode(error)),
        });
        let token = texts.state(Signal::Token, |text, _| match read_token(text) {
            Ok((user_id, updated)) => State::of(user_id, is_old(updated, self.max_age_didomi)),
            Err(error) => State::Unreadable(error),
        });
        RequestConsent {
            texts: texts.all,
            bits: memory,
            raw: texts.places,
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

    /// Reads the TC string that came by itself.
    #[inline]
    fn read_tcf(
        &self,
        texts: &Texts,
        bits: &mut Bits<'_>,
        now: Timestamp,
    ) -> State<Placed<tcf::Checked>> {
        texts.state(Signal::Tcf, |text, place| {
            bits.read(place, |room| {
                let string = self.tcf.decode_in(text, room);
                Ok(self.tcf_parts(string.map_err(ParseInError::expect_decode)?, now))
            })
        })
    }

    /// The parts of a TC string, wherever it came from, and whether it is too old.
    #[inline]
    fn tcf_parts(
        &self,
        string: TcStringRef<'_, '_>,
        now: Timestamp,
    ) -> ((usize, tcf::Checked), bool) {
        (string.parts(), string.last_updated().age_at(now) > self.max_age)
    }

    /// Reads a GPP string, and the TC string of its section 2.
    #[inline]
    fn read_gpp(
        &self,
        text: &str,
        place: Place,
        bits: &mut Bits<'_>,
        now: Timestamp,
    ) -> (State<Placed<Header>>, State<Placed<tcf::Checked>>) {
        let mut section = None;
        let gpp = bits.read(place, |room| {
            let string = self.gpp.decode_in(text, room).map_err(ParseInError::expect_decode)?;
            section = string.section(SectionId::TCFEUV2);
            Ok((string.parts(), false))
        });
        let Some(section) = section else { return (gpp, State::Absent) };
        let start = place.start() + section.start();
        let place = Place::new(start..start + section.as_str().len());
        let tcf = bits.read(place, |room| {
            Ok(self.tcf_parts(section.tc_string_in(room).expect("it is section 2")?, now))
        });
        (gpp, tcf)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bits::SLACK;

    #[test]
    fn there_is_room_for_every_gpp_string() {
        for header in 0..40_usize {
            assert!(GppStringRef::buffer_len(header) <= room_for_gpp(header));
            let used = (6 * header).div_ceil(8) + SLACK;
            for section in 0..40 {
                let needed = used + TcStringRef::buffer_len(section);
                assert!(needed <= room_for_gpp(header + 1 + section), "{header}~{section}");
            }
        }
    }
}
