//! Consent links and signed user IDs.

use std::borrow::Cow;
use std::collections::BTreeMap;

use consent_string::digest::{
    Algorithm, AlgorithmSet, PreparedSecret, Salts, Secret, SecretStore, SignedUserId, Verifier,
};
use consent_string::link::{Action, ConsentLink};
use pyo3::prelude::*;

use crate::border::without_gil;
use crate::errors::Told;
use crate::text::Text;

/// A genuine link's user, key, action, and event as JSON.
type Genuine = (String, String, String, String);

/// The secrets of a call, under their IDs: of one organization, or of whichever a link names.
struct Store {
    key: Option<String>,
    secrets: BTreeMap<String, Vec<PreparedSecret>>,
}

impl SecretStore for Store {
    fn secrets(&self, key: &str, sid: &str) -> Cow<'_, [PreparedSecret]> {
        let is_theirs = self.key.as_ref().is_none_or(|theirs| theirs == key);
        let secrets = self.secrets.get(sid).filter(|_| is_theirs);
        Cow::Borrowed(secrets.map_or(&[], Vec::as_slice))
    }
}

#[pyfunction]
pub(crate) fn verify_link(
    py: Python<'_>,
    url: Text,
    secrets: BTreeMap<String, Vec<Text>>,
    key: Option<Text>,
    salt_length: Option<usize>,
    refuse_weak: bool,
) -> PyResult<Genuine> {
    let verified = without_gil(py, || {
        let prepared = |(sid, values): (String, Vec<Text>)| {
            let values = values.into_iter().map(secret).collect::<Result<_, Told>>()?;
            Ok((sid, values))
        };
        let secrets = secrets.into_iter().map(prepared).collect::<Result<_, Told>>()?;
        let store = Store { key: key.map(Text::into_string), secrets };
        let salts = match salt_length {
            None => Salts::OfAnyLength,
            Some(0) => Salts::Absent,
            Some(length) => Salts::OfLength(length),
        };
        let algorithms = if refuse_weak { AlgorithmSet::STRONG } else { AlgorithmSet::ALL };
        let verifier = Verifier::new(salts).with_algorithms(algorithms);
        let link = url.parse::<ConsentLink>().map_err(|error| Told::new(&error, error.name()))?;
        let genuine =
            link.verify(&verifier, &store).map_err(|error| Told::new(&error, error.name()))?;
        let event = genuine.event().to_json().map_err(|error| Told::new(&error, error.name()))?;
        Ok((
            genuine.organization_user_id().to_owned(),
            genuine.key().to_owned(),
            genuine.action().name().to_owned(),
            event,
        ))
    })?;
    verified.map_err(|error: Told| error.into_exception(py))
}

#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "keyword arguments in Python")]
pub(crate) fn sign_link(
    py: Python<'_>,
    key: Text,
    algorithm: &str,
    sid: &str,
    secret: Text,
    organization_user_id: Text,
    action: &str,
    event: Text,
    salt: Option<Text>,
    redirect_url: Option<Text>,
) -> PyResult<String> {
    let signed = without_gil(py, || {
        let algorithm = self::algorithm(algorithm)?;
        let action: Action = action.parse().map_err(|error| Told::new(&error, "unknown_action"))?;
        let secret = self::secret(secret)?;
        let mut builder =
            ConsentLink::builder(key.into_string(), organization_user_id.into_string(), action)
                .event_json(event.into_string());
        if let Some(salt) = salt {
            builder = builder.salt(salt.into_string());
        }
        if let Some(url) = redirect_url {
            builder = builder.redirect_url(url.into_string());
        }
        let link = builder
            .sign(algorithm, sid, &secret)
            .map_err(|error| Told::new(&error, error.name()))?;
        Ok(link.to_string())
    })?;
    signed.map_err(|error: Told| error.into_exception(py))
}

/// The object of the Web SDK's configuration, as JSON.
#[pyfunction]
pub(crate) fn sign_user_id(
    py: Python<'_>,
    user_id: Text,
    algorithm: &str,
    sid: &str,
    secret: Text,
    salt: Option<Text>,
    expiration: Option<u64>,
) -> PyResult<String> {
    let signed = without_gil(py, || {
        let algorithm = self::algorithm(algorithm)?;
        let secret = self::secret(secret)?;
        let mut builder = SignedUserId::builder(user_id.into_string());
        if let Some(salt) = salt {
            builder = builder.salt(salt.into_string());
        }
        if let Some(expiration) = expiration {
            builder = builder.expiration(expiration);
        }
        let signed = builder
            .sign(algorithm, sid, &secret)
            .map_err(|error| Told::new(&error, error.name()))?;
        Ok(serde_json::to_string(&signed).expect("a signed user ID is plain JSON"))
    })?;
    signed.map_err(|error: Told| error.into_exception(py))
}

fn algorithm(name: &str) -> Result<Algorithm, Told> {
    name.parse().map_err(|error| Told::new(&error, "unknown_algorithm"))
}

fn secret(value: Text) -> Result<PreparedSecret, Told> {
    Secret::new(value.into_string())
        .map(PreparedSecret::new)
        .map_err(|error| Told::new(&error, "empty_secret"))
}
