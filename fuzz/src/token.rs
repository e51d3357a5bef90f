//! The `didomi_token`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use consent_string::token::{AdTechProviders, DidomiToken, TokenError};
use serde_json::Value;

/// What stands for the marker in an input.
const MARK: &str = "MARK";
/// A text that is too long to be in a message by chance.
const MARKER: &str = "a-marker-that-no-message-may-ever-contain";

/// Any text, as a token, as the JSON in one, and as its ad tech providers: what is accepted reads
/// back as it was, nothing of it is lost, and no error shows a part of the input.
pub fn parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let json = text.replace(MARK, MARKER);
    check(&text.parse(), None);
    check(&DidomiToken::from_json(json.as_bytes()), Some(&json));
    check(&STANDARD.encode(&json).parse(), Some(&json));
    match text.parse::<AdTechProviders>() {
        Ok(providers) => assert_eq!(providers.to_string().parse().as_ref(), Ok(&providers)),
        Err(error) => assert!(error.field().is_some()),
    }
}

fn check(token: &Result<DidomiToken, TokenError>, json: Option<&str>) {
    let token = match token {
        Ok(token) => token,
        Err(error) => {
            assert!(!error.to_string().contains(MARKER), "{error}");
            assert!(!format!("{error:?}").contains(MARKER));
            return;
        }
    };
    assert!(!format!("{token:?}").contains(MARKER));
    let written = token.to_json();
    assert_eq!(DidomiToken::from_json(written.as_bytes()).as_ref(), Ok(token));
    assert_eq!(token.encode().expect("short").parse().as_ref(), Ok(token));
    let Some(json) = json else { return };
    let value = |json: &str| serde_json::from_str::<Value>(json).expect("it was read");
    let (read, written) = (value(json), value(&written));
    for (name, value) in read.as_object().expect("it was read") {
        match &**name {
            // These have more than one text.
            "user_id" | "created" | "updated" | "ac" => {}
            "purposes" | "purposes_li" | "vendors" | "vendors_li" => {
                let Some(lists) = value.as_object() else { continue };
                for (list, value) in lists {
                    let absent = matches!(&**list, "enabled" | "disabled") && value.is_null();
                    assert!(absent || written[name][list] == *value, "{name}.{list}");
                }
            }
            _ => assert_eq!(&written[name], value, "{name}"),
        }
    }
}
