//! Algonomy's token calls, end to end against a server that answers as documented.

#![cfg(feature = "algonomy")]

#[path = "support/loopback.rs"]
mod loopback;

use std::num::NonZeroU32;

use consent_string::algonomy::{AnswerErrorKind, Api, Tenant, TokenAnswer, TokenRequest};
use consent_string::{Secret, Timestamp};
use http::Request;
use loopback::{Reply, Server, header, send};
use serde_json::{Value, json};

/// A tenant that uses OAuth for its profiles and not for GDPR.
fn answer(request: &Request<String>) -> Reply {
    let path = request.uri().path();
    let oauth = header(request, "oauth_key_secret") == Some("4faeaf752ee40a0f");
    let authorized = header(request, "tenant_hash") == Some("abcd1234efgh5678")
        && (oauth || path.contains("/gdpr/"));
    if !authorized {
        return (401, json!({"message": "unauthorized"}).to_string());
    }
    let body: Value = serde_json::from_str(request.body()).unwrap();
    let token = body["token"].as_str();
    let reply = match (path, token) {
        ("/secureApi/token/profile/create" | "/secureApi/token/gdpr/create", None) => {
            json!({"token": format!("new-{}", body["validity"])})
        }
        ("/secureApi/token/profile/update", Some(token)) => {
            json!({"resource": body["resource"], "token": token})
        }
        ("/secureApi/token/gdpr/update", Some(token)) => {
            json!({"message": "Token updated successfully", "token": token})
        }
        _ => return (404, String::new()),
    };
    let json_body = request.method() == "POST"
        && header(request, "content-type") == Some("application/json")
        && body["resource"].is_array();
    if json_body { (200, reply.to_string()) } else { (400, String::new()) }
}

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn call(request: &TokenRequest, tenant: &Tenant) -> TokenAnswer {
    request.read(&send(request.to_http(tenant).unwrap())).unwrap()
}

#[test]
fn a_token_is_created_and_updated_for_both_apis() {
    let server = Server::start(answer);
    let gdpr = Tenant::new(Api::Gdpr, server.url(), secret("abcd1234efgh5678"));
    let profile = Tenant::new(Api::Profile, server.url(), secret("abcd1234efgh5678"))
        .oauth_key_secret(secret("4faeaf752ee40a0f"));

    let create = TokenRequest::create(["basic"]);
    let token = call(&create, &profile).into_token();
    assert_eq!(token.expose(), b"new-null");
    let sent: Timestamp = "2024-02-29T23:50:00.000Z".parse().unwrap();
    assert_eq!(create.expires_at(sent).unwrap().to_string(), "2024-03-01T00:05:00.000Z");
    let update = TokenRequest::update(token, ["basic", "segments"]);
    let updated = call(&update, &profile);
    assert_eq!(updated.token().expose(), b"new-null");
    assert_eq!(updated.resource().unwrap(), ["basic", "segments"]);

    let create = create.validity(NonZeroU32::new(300).unwrap());
    let token = call(&create, &gdpr).into_token();
    assert_eq!(token.expose(), b"new-300");
    let updated = call(&TokenRequest::update(token, ["basic"]), &gdpr);
    assert_eq!(updated.token().expose(), b"new-300");
    assert_eq!(updated.message(), Some("Token updated successfully"));
}

#[test]
fn a_refusal_is_an_error_with_its_status() {
    let server = Server::start(answer);
    let without_oauth = Tenant::new(Api::Profile, server.url(), secret("abcd1234efgh5678"));
    let create = TokenRequest::create(["basic"]);
    let response = send(create.to_http(&without_oauth).unwrap());
    let error = create.read(&response).unwrap_err();
    assert_eq!(error.kind(), AnswerErrorKind::Status);
    assert_eq!(error.status(), 401);
}
