//! What `Debug` shows of an event: which of the known properties are there, and how many others.
//! Logs are no place for values, nor for names that a sender made up.

use alloc::string::String;
use core::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    ChannelConsent, ConsentEvent, Consents, Delegate, EventUser, Preference, PurposeConsent,
    VendorConsents,
};

macro_rules! names_only {
    ($($part:ident),+) => {$(
        impl fmt::Debug for $part {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($part), " "))?;
                names(self, &self.other, f)
            }
        }
    )+};
}

names_only!(
    ChannelConsent,
    ConsentEvent,
    Consents,
    Delegate,
    EventUser,
    Preference,
    PurposeConsent,
    VendorConsents
);

fn names(
    part: &impl Serialize,
    other: &Map<String, Value>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let json = serde_json::to_value(part).map_err(|_| fmt::Error)?;
    let mut set = f.debug_set();
    set.entries(
        json.as_object().into_iter().flat_map(Map::keys).filter(|&name| !other.contains_key(name)),
    );
    if !other.is_empty() {
        set.entry(&format_args!("{} more", other.len()));
    }
    set.finish()
}
