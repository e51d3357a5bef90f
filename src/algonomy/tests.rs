use alloc::vec;

use super::*;

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn tenant(api: Api) -> Tenant {
    let base_url = Url::parse("https://cdp.example/gateway").unwrap();
    Tenant::new(api, base_url, secret("abcd1234"))
}

#[test]
fn each_call_has_its_path_headers_and_body() {
    let validity = NonZeroU32::new(300).unwrap();
    let create = TokenRequest::create(["basic"]);
    let update = TokenRequest::update(secret("t0ken"), ["basic", "segments"]);
    for (api, call, path, body) in [
        (Api::Profile, &create, "profile/create", r#"{"resource":["basic"]}"#),
        (
            Api::Gdpr,
            &create.clone().validity(validity),
            "gdpr/create",
            r#"{"resource":["basic"],"validity":300}"#,
        ),
        (
            Api::Profile,
            &update,
            "profile/update",
            r#"{"resource":["basic","segments"],"token":"t0ken"}"#,
        ),
        (
            Api::Gdpr,
            &update.clone().validity(validity),
            "gdpr/update",
            r#"{"resource":["basic","segments"],"validity":300,"token":"t0ken"}"#,
        ),
    ] {
        for oauth in [None, Some("4faeaf75")] {
            let tenant = match oauth {
                None => tenant(api),
                Some(value) => tenant(api).oauth_key_secret(secret(value)),
            };
            let request = call.to_http(&tenant).unwrap();
            let uri = alloc::format!("https://cdp.example/gateway/secureApi/token/{path}");
            assert_eq!(request.method(), "POST");
            assert_eq!(*request.uri(), *uri);
            assert_eq!(request.headers()["content-type"], "application/json");
            assert_eq!(request.headers()["tenant_hash"], "abcd1234");
            let sent = request.headers().get("oauth_key_secret");
            assert_eq!(sent.map(|value| value.to_str().unwrap()), oauth);
            assert_eq!(core::str::from_utf8(request.body()), Ok(body));
        }
    }
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let good = tenant(Api::Gdpr);
    let missing = RequestError::Missing { field: "resource" };
    let header = |name| RequestError::Header { name };
    let ftp = Url::parse("ftp://cdp.example").unwrap();
    for (call, tenant, kind) in [
        (TokenRequest::create::<&str>([]), good.clone(), missing),
        (TokenRequest::create(["basic", ""]), good.clone(), missing),
        (
            TokenRequest::update(Secret::new(vec![0xff]).unwrap(), ["basic"]),
            good.clone(),
            RequestError::NotText { field: "token" },
        ),
        (
            TokenRequest::create(["basic"]),
            Tenant::new(Api::Gdpr, ftp, secret("abcd1234")),
            RequestError::BaseUrl,
        ),
        (
            TokenRequest::create(["basic"]),
            Tenant { hash: secret("abcd\n"), ..good.clone() },
            header("tenant_hash"),
        ),
        (
            TokenRequest::create(["basic"]),
            good.oauth_key_secret(secret("a b")),
            header("oauth_key_secret"),
        ),
    ] {
        assert_eq!(call.to_http(&tenant).unwrap_err(), kind);
    }
}

#[test]
fn both_answers_of_an_update_are_read_and_the_rest_is_kept() {
    let update = TokenRequest::update(secret("old"), ["basic"]);
    let read = |body: &str| update.read(&Response::new(body));

    let answer = read(r#"{"resource": ["basic", "segments"], "token": "new", "n": 1}"#).unwrap();
    assert_eq!(answer.token().expose(), b"new");
    assert_eq!(answer.resource().unwrap(), ["basic", "segments"]);
    assert_eq!(answer.message(), None);
    assert_eq!(answer.extra()["n"], 1);
    assert_eq!(answer.extra().len(), 1);

    let answer = read(r#"{"message": "Token updated", "token": "new"}"#).unwrap();
    assert_eq!(answer.message(), Some("Token updated"));
    assert_eq!(answer.resource(), None);
    assert!(answer.extra().is_empty());
}

#[test]
fn an_answer_without_a_proper_token_is_refused() {
    let create = TokenRequest::create(["basic"]);
    for (body, field) in [
        ("{}", "token"),
        (r#"{"token": null}"#, "token"),
        (r#"{"token": ""}"#, "token"),
        (r#"{"token": 5}"#, "token"),
        (r#"{"token": "a", "message": 5}"#, "message"),
        (r#"{"token": "a", "resource": "basic"}"#, "resource"),
        (r#"{"token": "a", "resource": [5]}"#, "resource"),
    ] {
        let error = create.read(&Response::new(body)).unwrap_err();
        assert_eq!(error.kind(), AnswerErrorKind::Field { field }, "{body}");
    }
    let error = create
        .read(&Response::builder().status(401).body(r#"{"token": "a"}"#).unwrap())
        .unwrap_err();
    assert_eq!(error.kind(), AnswerErrorKind::Status);
}

#[test]
fn the_expiry_counts_whole_minutes_from_the_sending() {
    let sent = Timestamp::from_deciseconds(17_000_000_000).unwrap();
    let create = TokenRequest::create(["basic"]);
    let after = |deciseconds: u64| Timestamp::from_deciseconds(17_000_000_000 + deciseconds);
    assert_eq!(create.expires_at(sent), after(9_000));
    assert_eq!(create.expires_at(Timestamp::MAX), Err(TimestampError::OutOfRange));
    let create = create.validity(NonZeroU32::new(300).unwrap());
    assert_eq!(create.expires_at(sent), after(180_000));
    let longest = create.validity(NonZeroU32::MAX);
    assert_eq!(longest.expires_at(Timestamp::MIN), Err(TimestampError::OutOfRange));
}
