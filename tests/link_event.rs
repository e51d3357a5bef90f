//! Consent events: read, printed, checked and merged.

#![cfg(feature = "link")]

use consent_string::link::{Action, ConsentEvent, EventErrorKind, EventStatus};
use serde_json::{Value, json};

fn parse(json: &Value) -> ConsentEvent {
    json.to_string().parse().unwrap()
}

fn error(json: &str) -> EventErrorKind {
    json.parse::<ConsentEvent>().expect_err(json).kind()
}

/// Every known property, each with an unknown one beside it.
fn full() -> Value {
    json!({
        "id": "event",
        "organization_id": "organization",
        "created_at": "2024-02-29T12:00:00.000Z",
        "status": "pending_approval",
        "regulation": "gdpr",
        "user": {
            "id": "didomi-user",
            "organization_user_id": "user@domain.com",
            "country": "FR",
            "metadata": {"tier": [1, null, 2.5]},
            "later": 1
        },
        "consents": {
            "purposes": [
                {
                    "id": "cookies", "enabled": true, "enabled_li": false, "metadata": "m",
                    "values": {"frequency": {"value": "weekly", "later": []}}, "later": null
                },
                {"id": "bare"}
            ],
            "vendors": {
                "enabled": ["a"], "enabled_li": ["b"], "disabled": ["c"], "disabled_li": ["d"],
                "later": {}
            },
            "channels": [{"id": "email", "enabled": false, "metadata": 1, "later": "x"}],
            "tcfcs": "CPc",
            "later": {"a": {"b": 18_446_744_073_709_551_615_u64}}
        },
        "proofs_id": "proofs",
        "proofs": ["data:text/plain,a"],
        "delegate": {"id": "agent", "name": "Agent", "metadata": false, "later": -1},
        "later": [{"z": 1, "a": 2}]
    })
}

#[test]
fn everything_survives_a_round_trip() {
    let event = parse(&full());
    assert_eq!(serde_json::from_str::<Value>(&event.to_json()).unwrap(), full());
    assert_eq!(event.to_json().parse::<ConsentEvent>().unwrap(), event);
    assert_eq!(event.status, Some(EventStatus::PendingApproval));
    let consents = event.consents.as_ref().unwrap();
    let purposes = consents.purposes.as_ref().unwrap();
    let frequency = &purposes[0].values.as_ref().unwrap()["frequency"];
    assert_eq!(frequency.value, Some(json!("weekly")));
    assert_eq!(consents.vendors.as_ref().unwrap().disabled_li, Some(vec!["d".into()]));
    assert_eq!(consents.channels.as_ref().unwrap()[0].enabled, Some(false));
    assert_eq!(event.delegate.as_ref().unwrap().name.as_deref(), Some("Agent"));
    assert_eq!(event.check(Action::EventUpdate), Ok(()));
    assert_eq!(event.check(Action::EventCreate), Ok(()));

    for (text, status) in [
        ("confirmed", EventStatus::Confirmed),
        ("Confirmed", EventStatus::Other("Confirmed".into())),
        ("", EventStatus::Other(String::new())),
    ] {
        let event = parse(&json!({ "status": text }));
        assert_eq!(event.status, Some(status));
        assert_eq!(event.to_json(), json!({ "status": text }).to_string());
    }
}

#[test]
fn null_is_absent() {
    let nulls = json!({
        "id": null, "status": null, "user": null, "proofs": null, "delegate": null,
        "consents": {
            "purposes": [{"id": "a", "enabled": null, "values": null}],
            "vendors": {"enabled": null}, "channels": null, "tcfcs": null
        }
    });
    let bare = r#"{"consents":{"purposes":[{"id":"a"}],"vendors":{}}}"#;
    assert_eq!(parse(&nulls).to_json(), bare);
    assert_eq!(parse(&json!({"later": null})).to_json(), r#"{"later":null}"#);
    assert_eq!(parse(&json!({})), ConsentEvent::default());
}

/// An update may be there to empty a list.
#[test]
fn empty_lists_are_not_absent() {
    let empty = json!({
        "id": "event",
        "consents": {
            "purposes": [],
            "vendors": {"enabled": [], "enabled_li": [], "disabled": [], "disabled_li": []},
            "channels": []
        },
        "proofs": []
    });
    assert_eq!(serde_json::from_str::<Value>(&parse(&empty).to_json()).unwrap(), empty);
    let mut event = parse(&full());
    event.merge(parse(&json!({"id": "event", "proofs": []}))).unwrap();
    assert_eq!(event.proofs, Some(vec![]));
}

#[test]
fn refused() {
    for json in [
        "",
        " ",
        "{",
        "{}}",
        "{'id':1}",
        "{\"id\":\"\u{1}\"}",
        "{\"a\":1e999}",
        "{\"a\":01}",
        "NaN",
        "{},",
    ] {
        assert_eq!(error(json), EventErrorKind::NotJson, "{json}");
    }
    for json in ["null", "1", "\"{}\"", "[]", "[{}]", "true"] {
        assert_eq!(error(json), EventErrorKind::NotObject, "{json}");
    }
    for json in [
        r#"{"id":"a","id":"a"}"#,
        r#"{"id":"a","\u0069d":"b"}"#,
        r#"{"later":{"a":[{"b":1,"b":2}]}}"#,
        r#"{"consents":{"purposes":[{"id":"a","enabled":true,"enabled":false}]}}"#,
        r#"[{"a":1,"a":1}]"#,
    ] {
        assert_eq!(error(json), EventErrorKind::RepeatedProperty, "{json}");
    }
    for json in [
        r#"{"id":1}"#,
        r#"{"user":"a"}"#,
        r#"{"status":true}"#,
        r#"{"consents":[]}"#,
        r#"{"consents":{"purposes":{}}}"#,
        r#"{"consents":{"purposes":[{"enabled":true}]}}"#,
        r#"{"consents":{"purposes":[{"id":"a","enabled":"yes"}]}}"#,
        r#"{"consents":{"purposes":["a"]}}"#,
        r#"{"consents":{"vendors":{"enabled":[1]}}}"#,
        r#"{"proofs":[1]}"#,
        r#"{"delegate":{}}"#,
    ] {
        assert_eq!(error(json), EventErrorKind::WrongType, "{json}");
    }
}

/// Names go into logs and metrics: a change breaks who counts them.
#[test]
fn kinds_have_names() {
    use EventErrorKind as Kind;
    let kinds = [
        (Kind::NotJson, "not_json"),
        (Kind::RepeatedProperty, "repeated_property"),
        (Kind::NotObject, "not_object"),
        (Kind::WrongType, "wrong_type"),
        (Kind::IdMissing, "id_missing"),
        (Kind::Ambiguous { place: "consents.purposes" }, "ambiguous"),
        (Kind::OtherUser, "other_user"),
        (Kind::OtherEvent, "other_event"),
        (Kind::NotUpdate, "not_update"),
    ];
    for (kind, name) in kinds {
        assert_eq!(kind.name(), name);
    }
}

/// Deep nesting ends in an error, not in a full stack.
#[test]
fn nesting_is_limited() {
    let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert!(nested(100).parse::<ConsentEvent>().is_ok());
    assert_eq!(error(&nested(128)), EventErrorKind::NotJson);
    assert_eq!(error(&nested(50_000)), EventErrorKind::NotJson);
    assert_eq!(error(&"{\"a\":".repeat(50_000)), EventErrorKind::NotJson);
}

#[test]
fn checks() {
    let update = |json: Value| parse(&json).check(Action::EventUpdate).map_err(|e| e.kind());
    for json in [json!({}), json!({"id": ""}), json!({"id": null}), json!({"status": "confirmed"})]
    {
        assert_eq!(update(json.clone()), Err(EventErrorKind::IdMissing), "{json}");
        assert_eq!(parse(&json).check(Action::EventCreate), Ok(()), "{json}");
    }
    let ambiguous = |place| Err(EventErrorKind::Ambiguous { place });
    for (consents, place) in [
        (json!({"purposes": [{"id": "a", "enabled": true}, {"id": "a"}]}), "consents.purposes"),
        (json!({"channels": [{"id": "a"}, {"id": "b"}, {"id": "a"}]}), "consents.channels"),
        (json!({"vendors": {"enabled": ["a", "b"], "disabled": ["b"]}}), "consents.vendors"),
        (json!({"vendors": {"enabled_li": ["a"], "disabled_li": ["a"]}}), "consents.vendors"),
    ] {
        assert_eq!(update(json!({"id": "e", "consents": consents})), ambiguous(place));
    }
    let apart =
        json!({"vendors": {"enabled": ["a", "a"], "disabled_li": ["a"], "disabled": ["b"]}});
    assert_eq!(update(json!({"id": "e", "consents": apart})), Ok(()));

    let event = parse(&full());
    assert_eq!(event.check_user("user@domain.com"), Ok(()));
    let other = event.check_user("User@domain.com").unwrap_err();
    assert_eq!(other.kind(), EventErrorKind::OtherUser);
    assert_eq!(ConsentEvent::default().check_user("anyone"), Ok(()));
}

/// Each property of the event in turn: the update replaces it, and leaves all others alone.
#[test]
fn an_update_replaces_whole_properties() {
    let changes = json!({
        "organization_id": "o2",
        "created_at": "2025-01-01T00:00:00Z",
        "status": "confirmed",
        "regulation": "cpra",
        "user": {"country": "DE"},
        "consents": {"purposes": [{"id": "bare", "enabled": true}]},
        "proofs_id": "p2",
        "proofs": ["data:,b"],
        "delegate": {"id": "other"},
        "later": {"a": 1},
        "new": null
    });
    for (name, value) in changes.as_object().unwrap() {
        let mut event = parse(&full());
        event.merge(parse(&json!({"id": "event", name: value}))).unwrap();
        let mut expected = full();
        expected[name] = value.clone();
        assert_eq!(serde_json::to_value(&event).unwrap(), expected, "{name}");
    }
    let mut event = parse(&full());
    event.merge(parse(&json!({"id": "event"}))).unwrap();
    assert_eq!(event, parse(&full()));
}

#[test]
fn an_update_names_its_event() {
    for (update, kind) in [
        (json!({"status": "confirmed"}), EventErrorKind::IdMissing),
        (json!({"id": "", "status": "confirmed"}), EventErrorKind::IdMissing),
        (json!({"id": "EVENT", "status": "confirmed"}), EventErrorKind::OtherEvent),
    ] {
        let mut event = parse(&full());
        assert_eq!(event.merge(parse(&update)).unwrap_err().kind(), kind);
        assert_eq!(event, parse(&full()));
    }
    let mut nameless = ConsentEvent::default();
    let error = nameless.merge(parse(&json!({"id": "a"}))).unwrap_err();
    assert_eq!(error.kind(), EventErrorKind::OtherEvent);
}

/// Found by the fuzz target `json_in`: `1.79769313486231572308` was read as a neighbour of
/// the double that is nearest, and each time it was printed and read it was another one.
#[test]
fn numbers_of_events_are_read_as_the_nearest_double() {
    for (text, number) in [
        ("1.79769313486231572308", 1.797_693_134_862_315_7_f64),
        ("1.7976931348623155", 1.797_693_134_862_315_5),
        ("0.1", 0.1),
        ("5e-324", f64::from_bits(1)),
        ("1.7976931348623157e308", f64::MAX),
    ] {
        let event: ConsentEvent = format!(r#"{{"number":{text}}}"#).parse().unwrap();
        let read = event.other["number"].as_f64().unwrap();
        assert_eq!(read.to_bits(), number.to_bits(), "{text}");
        let again: ConsentEvent = event.to_json().parse().unwrap();
        assert_eq!(again, event, "{text}");
    }
}
