//! The example `links`, run as a program.

#![cfg(feature = "link")]

use consent_string::link::{ConsentLink, Parameter};
use serde_json::{Value, json};

#[path = "support/example.rs"]
mod example;

/// Exit status, lines of standard output, and standard error.
fn links(args: &[&str], input: impl AsRef<[u8]>) -> (i32, Vec<String>, String) {
    let (status, out, errors) = example::run("links", args, input.as_ref());
    (status, out.lines().map(str::to_owned).collect(), errors)
}

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
fn signs_and_verifies() {
    let orders = [
        order(&json!({})),
        order(&json!({"algorithm": "hash-md5", "organization_user_id": "ü \"+%"})),
        order(&json!({"action": "event.update", "event": "{\"id\": \"e\"}", "salt": null})),
        order(&json!({"sid": "rotated", "secret": "new", "redirect_url": null})),
        order(&json!({"sid": "rotated", "secret": "old", "algorithm": "hash-sha1"})),
    ];
    let input = orders.each_ref().map(Value::to_string).join("\n\n");
    let (status, urls, errors) = links(&["sign"], &input);
    assert_eq!((status, &*errors), (0, ""));
    assert_eq!(urls.len(), orders.len());
    assert!(urls[0].starts_with("https://api.privacy-center.org/v1/consents/execute?key=k&"));
    assert!(urls.iter().all(|url| !url.contains("with%3Dsigns")));

    let secrets =
        ["verify", "--secret", "sid=value=with=signs", "rotated=old", "--secret", "rotated=new"];
    let (status, answers, errors) = links(&secrets, urls.join("\n"));
    assert_eq!((status, &*errors), (0, ""));
    assert_eq!(
        answers[0],
        r#"{"ok":true,"organization_user_id":"user@domain.com","action":"event.create"}"#
    );
    for (order, answer) in orders.iter().zip(answers) {
        let expected = json!({
            "ok": true,
            "organization_user_id": order["organization_user_id"],
            "action": order["action"],
        });
        assert_eq!(serde_json::from_str::<Value>(&answer).unwrap(), expected);
    }
}

/// Read and printed again, the event was sorted, and what it repeats was lost.
#[test]
fn events_are_signed_as_they_are_written() {
    let event = r#"{"z": 12345678901234567890123, "consents": {}, "a": 1.50}"#;
    let line = order(&json!({"event": "EVENT"})).to_string().replace("\"EVENT\"", event);
    let (status, urls, errors) = links(&["sign"], line.clone());
    assert_eq!((status, &*errors), (0, ""));
    let link: ConsentLink = urls[0].parse().unwrap();
    assert_eq!(link.unverified(Parameter::Event), Some(event));
    let (status, urls, errors) = links(&["sign"], line.replace("\"a\"", "\"z\""));
    assert_eq!((status, urls.len()), (1, 0));
    assert_eq!(errors, "line 1: event: a property is repeated in its object\n");
}

#[test]
fn says_what_is_wrong() {
    let (_, urls, _) = links(&["sign"], order(&json!({"algorithm": "hash-md5"})).to_string());
    let good = urls[0].clone();
    let urls = [
        good.clone(),
        good.replace("user%40", "User%40"),
        good.replace("auth_sid=sid", "auth_sid=other"),
        good.clone() + "&key=k",
        "not a link".into(),
        good.replace("event.create", "event.update"),
    ];
    let mut input = urls.join("\r\n").into_bytes();
    input.extend(b"\r\n\r\nhttps://\xFF\n");
    let (status, answers, errors) = links(&["verify", "--secret", "sid=value=with=signs"], input);
    assert_eq!((status, &*errors), (1, ""));
    let kinds: Vec<_> = answers[1..]
        .iter()
        .map(|line| {
            let answer: Value = serde_json::from_str(line).unwrap();
            assert_eq!(answer["ok"], false);
            answer["kind"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "auth_digest_mismatch",
            "auth_sid_unknown",
            "repeated",
            "not_http_url",
            "event_id_missing",
            "not_utf8"
        ]
    );
    let strict = ["verify", "--refuse-weak", "--secret", "sid=value=with=signs"];
    let (status, answers, _) = links(&strict, good);
    assert_eq!(answers, [r#"{"ok":false,"kind":"auth_algorithm_refused"}"#]);
    assert_eq!(status, 1);
    for (key, good) in [("k", true), ("another", false)] {
        let keyed = ["verify", "--key", key, "--secret", "sid=value=with=signs"];
        assert_eq!(links(&keyed, &urls[0]).0, i32::from(!good), "{key}");
    }
}

#[test]
fn a_bad_order_is_told_by_its_line_and_not_shown() {
    let bad = [
        "{".to_owned(),
        r#"{"secret": "value=with=signs""#.to_owned(),
        order(&json!({"secret": ["value=with=signs"]})).to_string(),
        order(&json!({"algorithm": "md5"})).to_string(),
        order(&json!({"action": "event.delete"})).to_string(),
        order(&json!({"organization_user_id": ""})).to_string(),
        order(&json!({"event": []})).to_string(),
        order(&json!({"redirect_url": "/done"})).to_string(),
        order(&json!({"secret": ""})).to_string(),
        order(&json!({})).to_string(),
    ];
    let (status, urls, errors) = links(&["sign"], bad.join("\n"));
    assert_eq!(status, 1);
    assert_eq!(urls.len(), 1, "the last one is good");
    assert_eq!(errors.lines().count(), bad.len() - 1);
    for (number, line) in (1..).zip(errors.lines()) {
        assert!(line.starts_with(&format!("line {number}: ")), "{line}");
    }
    assert!(!errors.contains("with=signs"), "{errors}");
}

#[test]
fn arguments_that_make_no_sense() {
    for args in [
        &[][..],
        &["verify"],
        &["verify", "--secret", "sid"],
        &["verify", "--secret", "sid="],
        &["sign", "x"],
        &["verify", "sid=x"],
        &["verify", "--secret", "sid=x", "--key"],
    ] {
        let (status, answers, errors) = links(args, "");
        assert_eq!((status, answers.len()), (2, 0), "{args:?}");
        assert!(errors.starts_with("usage: "), "{errors}");
    }
}
