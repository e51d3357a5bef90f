//! Tokens made by hand.

/// An ID that no user has.
pub(crate) const USER_ID: &str = "7faf675d-99c0-4ad2-bbbf-f0fa962587b0";
pub(crate) const CREATED: &str = "2024-08-27T07:15:05.610Z";

/// The JSON of a token without choices, with more properties behind the others.
pub(crate) fn token_json(more: &str) -> String {
    format!(
        r#"{{"user_id":"{USER_ID}","created":"{CREATED}","updated":"{CREATED}","version":2{more}}}"#
    )
}
