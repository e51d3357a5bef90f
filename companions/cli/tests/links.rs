//! `links`: signs, verifies and fills.

#[path = "support/command.rs"]
mod command;

use command::run;
use serde_json::{Value, json};

fn order(changes: &Value) -> Value {
    let mut order = json!({
        "key": "k",
        "algorithm": "hmac-sha256",
        "sid": "sid",
        "secret": "value=with=signs",
        "organization_user_id": "user@domain.com",
        "salt": "a salt",
        "action": "event.create",
        "event": {"consents": {"purposes": [{"id": "p", "enabled": true}]}},
        "redirect_url": "https://website.com/?a=b"
    });
    for (name, value) in changes.as_object().unwrap() {
        order[name] = value.clone();
    }
    order
}

#[test]
fn what_is_signed_verifies() {
    let orders = [
        order(&json!({})),
        order(&json!({"algorithm": "hash-md5", "organization_user_id": "ü \"+%"})),
        order(&json!({"action": "event.update", "event": "{\"id\": \"e\"}", "salt": null})),
        order(&json!({"sid": "rotated", "secret": "new", "redirect_url": null})),
        order(&json!({"sid": "rotated", "secret": "old", "algorithm": "hash-sha1"})),
    ];
    let input = orders.each_ref().map(Value::to_string).join("\n\n");
    let (status, urls, errors) = run(&["links", "sign"], &input);
    assert_eq!((status, &*errors), (0, ""));
    assert_eq!(urls.lines().count(), orders.len());
    assert!(!urls.contains("with%3Dsigns"), "no secret in a link");

    let verify = [
        "links",
        "verify",
        "--secret",
        "sid=value=with=signs",
        "rotated=old",
        "--secret",
        "rotated=new",
    ];
    let (status, answers, errors) = run(&verify, &urls);
    assert_eq!((status, &*errors), (0, ""));
    assert!(answers.starts_with(
        "{\"ok\":true,\"organization_user_id\":\"user@domain.com\",\"action\":\"event.create\"}\n"
    ));
    assert!(answers.lines().all(|answer| answer.contains("\"ok\":true")), "{answers}");

    let (status, answers, _) = run(&["links", "verify", "--secret", "sid=another"], &urls);
    assert_eq!(status, 1);
    assert!(answers.starts_with("{\"ok\":false,\"kind\":\"auth_digest_mismatch\"}\n"), "{answers}");
    let (status, _, errors) = run(&["links", "verify", "--secret", "no-equals-sign"], "");
    assert_eq!(status, 2);
    assert!(!errors.contains("no-equals-sign"), "a secret is not shown: {errors}");
}

#[test]
fn events_are_signed_as_they_are_written() {
    let event = r#"{"z": 12345678901234567890123, "consents": {}, "a": 1.50}"#;
    let line = order(&json!({"event": "EVENT"})).to_string().replace("\"EVENT\"", event);
    let (status, url, _) = run(&["links", "sign"], &line);
    assert_eq!(status, 0);
    assert!(url.contains("12345678901234567890123"), "{url}");
    assert!(url.contains("1.50"), "{url}");
    let (status, _, errors) = run(&["links", "sign"], line.replace("\"a\"", "\"z\""));
    assert_eq!(status, 1);
    assert!(errors.contains("a property is repeated"), "{errors}");
}

#[test]
fn a_template_is_filled_for_each_user() {
    let template = order(&json!({"organization_user_id": "{organization_user_id}"}));
    let (status, _, _) = run(&["links", "sign"], template.to_string());
    assert_eq!(status, 1, "a template is not signed");
    let url = "https://api.privacy-center.org/v1/consents/execute?key=k&auth_algorithm=hmac-sha256&auth_sid=sid&organization_user_id=%7Borganization_user_id%7D&action=event.create&event=%7B%22consents%22%3A%7B%22purposes%22%3A%5B%5D%7D%7D";
    let line = json!({"url": url, "organization_user_id": "ü", "secret": "s", "salt": "0123"});
    let (status, filled, errors) = run(&["links", "fill"], line.to_string());
    assert_eq!((status, &*errors), (0, ""));
    let (status, answer, _) = run(&["links", "verify", "--secret", "sid=s"], &filled);
    assert_eq!(status, 0, "{answer}");
    assert!(answer.contains("\"organization_user_id\":\"ü\""), "{answer}");
}

#[test]
fn no_secret_is_shown() {
    for line in [
        r#"{"secret": "Zq7secret""#.to_owned(),
        order(&json!({"secret": "Zq7secret", "action": "none"})).to_string(),
        order(&json!({"secret": "Zq7secret", "algorithm": "none"})).to_string(),
    ] {
        let (status, output, errors) = run(&["links", "sign", &line], "");
        assert_eq!(status, 1);
        assert!(!output.contains("Zq7secret") && !errors.contains("Zq7secret"), "{errors}");
    }
}
