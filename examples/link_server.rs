//! A server that executes consent links, as Didomi's does, on a store in memory.
//!
//! ```text
//! link_server [ADDRESS] [--key KEY] --secret SID=VALUE... --host HOST...
//! ```
//!
//! `ADDRESS` must be loopback; `127.0.0.1:0` if left out, a free port. The bound address is
//! printed. `--key` is the API key of the one organization that the server is for; without it, every
//! key is taken for that. `--host` names a host to which users may be redirected.
//! `GET /v1/consents/execute` executes a link; `GET /events` shows the store.
//!
//! A failure redirects with the error's name as `error`, as the spellings of Didomi's own codes
//! aren't documented. A link without a redirect URL, or with one that isn't allowed, is answered
//! with the same in JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use consent_string::digest::{AlgorithmSet, PreparedSecret, Salts, Secret, SecretStore, Verifier};
use consent_string::link::{
    Action, AllowedHosts, ConsentEvent, ConsentLink, LinkVerifyError, RedirectUrl, VerifiedLink,
};
use serde_json::json;

/// The secrets of one organization, by their ID.
#[derive(Default)]
struct Secrets {
    key: Option<String>,
    live: BTreeMap<String, Vec<PreparedSecret>>,
}

impl SecretStore for Secrets {
    fn secrets(&self, key: &str, sid: &str) -> Cow<'_, [PreparedSecret]> {
        let is_ours = self.key.as_deref().is_none_or(|ours| ours == key);
        let live = self.live.get(sid).filter(|_| is_ours);
        Cow::Borrowed(live.map_or(&[], Vec::as_slice))
    }
}

struct Server {
    verifier: Verifier,
    secrets: Secrets,
    hosts: AllowedHosts,
    events: Mutex<BTreeMap<String, ConsentEvent>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (address, server) = parse_args(std::env::args().skip(1))?;
    let app = Router::new()
        .route("/v1/consents/execute", get(execute))
        .route("/events", get(events))
        .with_state(Arc::new(server));
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

fn parse_args(
    args: impl Iterator<Item = String>,
) -> Result<(SocketAddr, Server), Box<dyn std::error::Error>> {
    let mut address = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut secrets = Secrets::default();
    let mut hosts = Vec::new();
    let mut option = String::new();
    for arg in args {
        match option.as_str() {
            _ if arg.starts_with("--") => option = arg,
            "" => address = arg.parse()?,
            "--secret" => {
                let (sid, value) = arg.split_once('=').ok_or("expected SID=VALUE")?;
                let secret = PreparedSecret::new(Secret::new(value)?);
                secrets.live.entry(sid.to_owned()).or_default().push(secret);
            }
            "--key" => secrets.key = Some(arg),
            "--host" => hosts.push(arg),
            _ => return Err("expected --key, --secret or --host".into()),
        }
    }
    if !address.ip().is_loopback() {
        return Err("expected a loopback address: this is an example".into());
    }
    // The published examples use a weak algorithm and salts of any length. A real server accepts
    // strong algorithms and salts of its own length.
    let verifier = Verifier::new(Salts::OfAnyLength).with_algorithms(AlgorithmSet::ALL);
    let hosts = AllowedHosts::new(hosts)?;
    Ok((address, Server { verifier, secrets, hosts, events: Mutex::default() }))
}

async fn execute(State(server): State<Arc<Server>>, RawQuery(query): RawQuery) -> Response {
    let link = match ConsentLink::from_query(&query.unwrap_or_default()) {
        Ok(link) => link,
        // Which redirect URL it has, if any, can't be told.
        Err(error) => return answer(None, Err(error.name())),
    };
    let redirect = link.redirect(&server.hosts).ok().flatten();
    let result = match link.verify(&server.verifier, &server.secrets) {
        Ok(verified) => server.apply(verified),
        Err(error) => Err(error.name()),
    };
    answer(redirect.as_ref(), result)
}

fn answer(redirect: Option<&RedirectUrl>, result: Result<(), &'static str>) -> Response {
    match (redirect, result) {
        (Some(redirect), Ok(())) => see_other(redirect),
        (Some(redirect), Err(code)) => see_other(&redirect.with_error(code)),
        (None, Ok(())) => Json(json!({ "ok": true })).into_response(),
        (None, Err(code)) => {
            (StatusCode::BAD_REQUEST, Json(json!({ "ok": false, "error": code }))).into_response()
        }
    }
}

fn see_other(redirect: &RedirectUrl) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, redirect.as_str())]).into_response()
}

async fn events(State(server): State<Arc<Server>>) -> Response {
    Json(&*server.events.lock().unwrap_or_else(PoisonError::into_inner)).into_response()
}

impl Server {
    /// Executes a link that is genuine.
    fn apply(&self, link: VerifiedLink<'_>) -> Result<(), &'static str> {
        // Executed all the same if it is invalid.
        let user_id_check =
            link.check_user_id(|id| id.len() <= 256 && !id.contains(char::is_control));
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        match link.action() {
            Action::EventUpdate => {
                let id = link.event().id.as_ref();
                let stored = id.and_then(|id| events.get_mut(id)).ok_or("event_unknown")?;
                // Of an event of another user, not even that it is there is said.
                link.merge_into(stored).map_err(|_| "event_unknown")?;
            }
            Action::EventCreate => {
                let mut event = link.into_event();
                let id = format!("event-{}", events.len() + 1);
                event.id = Some(id.clone());
                events.insert(id, event);
            }
        }
        user_id_check.map_err(LinkVerifyError::name)
    }
}
