//! Reading a token.

use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    AdTechProviders, Choices, DidomiToken, TokenError, TokenErrorKind, TokenTime, Version, base64,
};
use crate::json::Object;
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
    pub(crate) fn from_object(object: Map<String, Value>) -> Result<Self, TokenError> {
        read_object(object)
    }
}

fn read(json: &[u8]) -> Result<DidomiToken, TokenError> {
    read_object(Object::parse(json)?.rest())
}

fn read_object(object: Map<String, Value>) -> Result<DidomiToken, TokenError> {
    let mut properties = Properties(object);
    let user_id = properties.required_text("user_id")?;
    Ok(DidomiToken {
        user_id: Some(&*user_id)
            .filter(|text| text.len() == uuid::fmt::Hyphenated::LENGTH)
            .and_then(|text| Uuid::try_parse(text).ok())
            .ok_or(TokenError::of(TokenErrorKind::UserId, "user_id"))?,
        created: properties.time("created")?,
        updated: properties.time("updated")?,
        version: properties.version()?,
        purposes: properties.choices(["purposes", "purposes.enabled", "purposes.disabled"])?,
        vendors: properties.choices(["vendors", "vendors.enabled", "vendors.disabled"])?,
        purposes_li: properties.choices([
            "purposes_li",
            "purposes_li.enabled",
            "purposes_li.disabled",
        ])?,
        vendors_li: properties.choices([
            "vendors_li",
            "vendors_li.enabled",
            "vendors_li.disabled",
        ])?,
        ad_tech_providers: properties
            .text("ac")?
            .map(|text| text.parse::<AdTechProviders>())
            .transpose()?,
        other: properties.0,
    })
}

/// The properties of an object that were not taken yet. One that is `null` is taken as absent.
struct Properties(Map<String, Value>);

impl Properties {
    fn take(&mut self, field: &'static str) -> Option<Value> {
        let name = field.rsplit('.').next().unwrap_or(field);
        self.0.remove(name).filter(|value| !value.is_null())
    }

    fn text(&mut self, field: &'static str) -> Result<Option<String>, TokenError> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(TokenError::of(TokenErrorKind::WrongType, field)),
        }
    }

    fn required_text(&mut self, field: &'static str) -> Result<String, TokenError> {
        self.text(field)?.ok_or(TokenError::of(TokenErrorKind::Missing, field))
    }

    fn time(&mut self, field: &'static str) -> Result<TokenTime, TokenError> {
        let time = self.required_text(field)?.parse();
        time.map_err(|error| TokenError::of(TokenErrorKind::Time(error), field))
    }

    fn version(&mut self) -> Result<Option<Version>, TokenError> {
        match self.take("version") {
            None => Ok(None),
            Some(Value::Number(number)) if number.as_u64() == Some(2) => Ok(Some(Version::V2)),
            Some(Value::Number(_)) => {
                Err(TokenError::of(TokenErrorKind::UnsupportedVersion, "version"))
            }
            Some(_) => Err(TokenError::of(TokenErrorKind::WrongType, "version")),
        }
    }

    /// Choices, by the names of the object and of its lists.
    fn choices(&mut self, fields: [&'static str; 3]) -> Result<Option<Choices>, TokenError> {
        let [field, enabled, disabled] = fields;
        let mut properties = match self.take(field) {
            None => return Ok(None),
            Some(Value::Object(object)) => Self(object),
            Some(_) => return Err(TokenError::of(TokenErrorKind::WrongType, field)),
        };
        let choices = Choices {
            enabled: properties.texts(enabled)?,
            disabled: properties.texts(disabled)?,
            other: properties.0,
        };
        if !choices.are_disjoint() {
            return Err(TokenError::of(TokenErrorKind::EnabledAndDisabled, field));
        }
        Ok(Some(choices))
    }

    fn texts(&mut self, field: &'static str) -> Result<Option<Vec<String>>, TokenError> {
        let wrong = TokenError::of(TokenErrorKind::WrongType, field);
        let text = |value| match value {
            Value::String(text) => Ok(text),
            _ => Err(wrong),
        };
        match self.take(field) {
            None => Ok(None),
            Some(Value::Array(values)) => {
                values.into_iter().map(text).collect::<Result<_, _>>().map(Some)
            }
            Some(_) => Err(wrong),
        }
    }
}
