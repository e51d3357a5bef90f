//! What `Debug` shows of an event: the names of what is there, as logs are no place for the rest.

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
                names(self, f)
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

fn names(part: &impl Serialize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let json = serde_json::to_value(part).map_err(|_| fmt::Error)?;
    f.debug_set()
        .entries(json.as_object().into_iter().flat_map(Map::<String, Value>::keys))
        .finish()
}
