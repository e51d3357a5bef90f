//! Reading a token.

use alloc::string::String;
use core::str::FromStr;

use serde_json::Value;
use uuid::Uuid;

use super::{
    AdTechProviders, Choices, DidomiToken, TokenError, TokenErrorKind, TokenTime, Version, base64,
};
use crate::json::{Object, Typed};
use crate::text::MAX_TEXT_LENGTH;

impl FromStr for DidomiToken {
    type Err = TokenError;

    /// Reads a token as it stands in a cookie, whose quotes and percent-encoding are the
    /// caller's to take away.
    ///
    /// # Errors
    ///
    /// See [`TokenErrorKind`], which has an example of each.
    fn from_str(text: &str) -> Result<Self, TokenError> {
        let maximum = MAX_TEXT_LENGTH;
        if text.len() > maximum as usize {
            return Err(TokenError::whole(TokenErrorKind::TooLong { maximum }));
        }
        if text.is_empty() {
            return Err(TokenError::whole(TokenErrorKind::Empty));
        }
        read(&base64::decode(text)?)
    }
}

impl DidomiToken {
    /// Reads the JSON object of a token, without its base64.
    ///
    /// # Errors
    ///
    /// See [`TokenErrorKind`], which has an example of each.
    pub fn from_json(json: &[u8]) -> Result<Self, TokenError> {
        let maximum = MAX_TEXT_LENGTH;
        if json.len() > maximum as usize {
            return Err(TokenError::whole(TokenErrorKind::TooLong { maximum }));
        }
        read(json)
    }

    /// Reads the object of a token.
    #[cfg(feature = "json")]
    pub(crate) fn from_object(object: Object) -> Result<Self, TokenError> {
        read_object(object)
    }
}

fn read(json: &[u8]) -> Result<DidomiToken, TokenError> {
    read_object(Object::parse(json)?)
}

fn read_object(mut token: Object) -> Result<DidomiToken, TokenError> {
    let user_id: String = required(&mut token, "user_id")?;
    let purposes_li = ["purposes_li", "purposes_li.enabled", "purposes_li.disabled"];
    let vendors_li = ["vendors_li", "vendors_li.enabled", "vendors_li.disabled"];
    Ok(DidomiToken {
        user_id: Some(&*user_id)
            .filter(|text| text.len() == uuid::fmt::Hyphenated::LENGTH)
            .and_then(|text| Uuid::try_parse(text).ok())
            .ok_or(TokenError::of(TokenErrorKind::UserId, "user_id"))?,
        created: time(&mut token, "created")?,
        updated: time(&mut token, "updated")?,
        version: version(&mut token, "version")?,
        purposes: choices(&mut token, ["purposes", "purposes.enabled", "purposes.disabled"])?,
        vendors: choices(&mut token, ["vendors", "vendors.enabled", "vendors.disabled"])?,
        purposes_li: choices(&mut token, purposes_li)?,
        vendors_li: choices(&mut token, vendors_li)?,
        ad_tech_providers: token
            .take::<String>("ac")?
            .map(|text| text.parse::<AdTechProviders>())
            .transpose()?,
        other: token.rest(),
    })
}

fn required<T: Typed>(token: &mut Object, field: &'static str) -> Result<T, TokenError> {
    token.take(field)?.ok_or(TokenError::of(TokenErrorKind::Missing, field))
}

fn time(token: &mut Object, field: &'static str) -> Result<TokenTime, TokenError> {
    let time = required::<String>(token, field)?.parse();
    time.map_err(|error| TokenError::of(TokenErrorKind::Time(error), field))
}

fn version(token: &mut Object, field: &'static str) -> Result<Option<Version>, TokenError> {
    match token.take(field)? {
        None => Ok(None),
        Some(Value::Number(number)) if number.as_u64() == Some(2) => Ok(Some(Version::V2)),
        Some(Value::Number(_)) => Err(TokenError::of(TokenErrorKind::UnsupportedVersion, field)),
        Some(_) => Err(TokenError::of(TokenErrorKind::WrongType, field)),
    }
}

/// Choices, by the places of the object and of its lists.
fn choices(
    token: &mut Object,
    [field, enabled, disabled]: [&'static str; 3],
) -> Result<Option<Choices>, TokenError> {
    let Some(mut lists) = token.take::<Object>(field)? else { return Ok(None) };
    let choices = Choices {
        enabled: lists.take(enabled)?,
        disabled: lists.take(disabled)?,
        other: lists.rest(),
    };
    if !choices.are_disjoint() {
        return Err(TokenError::of(TokenErrorKind::EnabledAndDisabled, field));
    }
    Ok(Some(choices))
}
