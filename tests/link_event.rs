//! Consent events: read, printed, checked and merged.

#![cfg(feature = "link")]

use consent_string::link::{
    Action, ChannelConsent, ConsentEvent, Consents, Delegate, EventError, EventStatus, EventUser,
    Preference, PurposeConsent, VendorConsents,
};
use serde_json::{Value, json};

fn parse(json: &Value) -> ConsentEvent {
    json.to_string().parse().unwrap()
}

fn error(json: &str) -> EventError {
    json.parse::<ConsentEvent>().expect_err(json)
}

/// Every known property, each with an unknown one beside it.
fn full() -> Value {
    json!({
        "id": "event",
        "organization_id": "organization",
        "organization_user_id": "user@domain.com",
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
    assert_eq!(serde_json::from_str::<Value>(&event.to_json().unwrap()).unwrap(), full());
    assert_eq!(event.to_json().unwrap().parse::<ConsentEvent>().unwrap(), event);
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
        assert_eq!(event.to_json(), Ok(json!({ "status": text }).to_string()));
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
    assert_eq!(parse(&nulls).to_json().unwrap(), bare);
    assert_eq!(parse(&json!({"later": null})).to_json().unwrap(), r#"{"later":null}"#);
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
    assert_eq!(serde_json::from_str::<Value>(&parse(&empty).to_json().unwrap()).unwrap(), empty);
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
        assert_eq!(error(json), EventError::NotJson, "{json}");
    }
    for json in ["null", "1", "\"{}\"", "[]", "[{}]", "true"] {
        assert_eq!(error(json), EventError::NotObject, "{json}");
    }
    for json in [
        r#"{"id":"a","id":"a"}"#,
        r#"{"id":"a","\u0069d":"b"}"#,
        r#"{"later":{"a":[{"b":1,"b":2}]}}"#,
        r#"{"consents":{"purposes":[{"id":"a","enabled":true,"enabled":false}]}}"#,
        r#"[{"a":1,"a":1}]"#,
    ] {
        assert_eq!(error(json), EventError::RepeatedProperty, "{json}");
    }
    for (json, place) in [
        (r#"{"id":1}"#, "id"),
        (r#"{"organization_user_id":1}"#, "organization_user_id"),
        (r#"{"user":"a"}"#, "user"),
        (r#"{"user":{"organization_user_id":1}}"#, "user.organization_user_id"),
        (r#"{"status":true}"#, "status"),
        (r#"{"consents":[]}"#, "consents"),
        (r#"{"consents":{"tcfcs":[]}}"#, "consents.tcfcs"),
        (r#"{"consents":{"purposes":{}}}"#, "consents.purposes"),
        (r#"{"consents":{"purposes":[{"enabled":true}]}}"#, "consents.purposes.id"),
        (r#"{"consents":{"purposes":[{"id":"a","enabled":"yes"}]}}"#, "consents.purposes.enabled"),
        (r#"{"consents":{"purposes":["a"]}}"#, "consents.purposes"),
        (r#"{"consents":{"purposes":[{"id":"a","values":[]}]}}"#, "consents.purposes.values"),
        (r#"{"consents":{"purposes":[{"id":"a","values":{"b":1}}]}}"#, "consents.purposes.values"),
        (r#"{"consents":{"channels":[{}]}}"#, "consents.channels.id"),
        (r#"{"consents":{"vendors":{"enabled":[1]}}}"#, "consents.vendors.enabled"),
        (r#"{"proofs":[1]}"#, "proofs"),
        (r#"{"delegate":{}}"#, "delegate.id"),
    ] {
        assert_eq!(error(json), EventError::WrongType { place }, "{json}");
        assert_eq!(error(json).to_string(), format!("{place} is not of its type"));
    }
}

/// Names go into logs and metrics: a change breaks who counts them.
#[test]
fn kinds_have_names() {
    use EventError as Kind;
    let kinds = [
        (Kind::NotJson, "not_json"),
        (Kind::RepeatedProperty, "repeated_property"),
        (Kind::NotObject, "not_object"),
        (Kind::WrongType { place: "id" }, "wrong_type"),
        (Kind::IdMissing, "id_missing"),
        (Kind::Ambiguous { place: "consents.purposes" }, "ambiguous"),
        (Kind::OtherUser, "other_user"),
        (Kind::UserMissing, "user_missing"),
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
    assert_eq!(error(&nested(128)), EventError::NotJson);
    assert_eq!(error(&nested(50_000)), EventError::NotJson);
    assert_eq!(error(&"{\"a\":".repeat(50_000)), EventError::NotJson);
}

#[test]
fn checks() {
    let update = |json: Value| parse(&json).check(Action::EventUpdate);
    for json in [json!({}), json!({"id": ""}), json!({"id": null}), json!({"status": "confirmed"})]
    {
        assert_eq!(update(json.clone()), Err(EventError::IdMissing), "{json}");
        assert_eq!(parse(&json).check(Action::EventCreate), Ok(()), "{json}");
    }
    let ambiguous = |place| Err(EventError::Ambiguous { place });
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
    assert_eq!(event.check_user("User@domain.com"), Err(EventError::OtherUser));
    for other in [
        json!({"organization_user_id": "a"}),
        json!({"user": {"organization_user_id": "a"}}),
        json!({"organization_user_id": "b", "user": {"organization_user_id": "a"}}),
        json!({"organization_user_id": "a", "user": {"organization_user_id": "b"}}),
        json!({"organization_user_id": ""}),
    ] {
        assert_eq!(parse(&other).check_user("b"), Err(EventError::OtherUser), "{other}");
    }
    assert_eq!(ConsentEvent::default().check_user("anyone"), Ok(()));
}

/// Each property of the event in turn: the update replaces it, and leaves all others alone.
#[test]
fn an_update_replaces_whole_properties() {
    let changes = json!({
        "status": "confirmed",
        "regulation": "cpra",
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
        (json!({"status": "confirmed"}), EventError::IdMissing),
        (json!({"id": "", "status": "confirmed"}), EventError::IdMissing),
        (json!({"id": "EVENT", "status": "confirmed"}), EventError::OtherEvent),
    ] {
        let mut event = parse(&full());
        assert_eq!(event.merge(parse(&update)), Err(kind));
        assert_eq!(event, parse(&full()));
    }
    let mut nameless = ConsentEvent::default();
    let error = nameless.merge(parse(&json!({"id": "a"}))).unwrap_err();
    assert_eq!(error, EventError::OtherEvent);
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
        let again: ConsentEvent = event.to_json().unwrap().parse().unwrap();
        assert_eq!(again, event, "{text}");
    }
}

/// What an update says of whose the event is, of which organization and since when, counts for
/// nothing.
#[test]
fn an_update_leaves_alone_whose_the_event_is() {
    for (update, user) in [
        (json!({"organization_id": "o2", "created_at": "2025-01-01T00:00:00Z"}), None),
        (json!({"user": {"id": "another"}}), None),
        (json!({"user": {}}), None),
        (json!({"user": {"organization_user_id": "user@domain.com"}}), None),
        (json!({"organization_user_id": "user@domain.com"}), None),
        (json!({"user": {"id": "another", "country": "DE"}}), Some(json!({"country": "DE"}))),
        (json!({"user": {"id": "another", "x": 1}}), Some(json!({"x": 1}))),
    ] {
        let mut event = parse(&full());
        let mut named = update.clone();
        named["id"] = "event".into();
        event.merge(parse(&named)).unwrap();
        let mut expected = full();
        if let Some(mut user) = user {
            user["id"] = "didomi-user".into();
            user["organization_user_id"] = "user@domain.com".into();
            expected["user"] = user;
        }
        assert_eq!(serde_json::to_value(&event).unwrap(), expected, "{update}");
    }
    for (user, stored, error) in [
        ("other", full(), EventError::OtherUser),
        ("other", json!({"id": "event", "user": {"id": "x"}}), EventError::UserMissing),
        ("other", json!({"id": "event", "organization_user_id": "a"}), EventError::OtherUser),
        (
            "a",
            json!({
                "id": "event", "organization_user_id": "a", "user": {"organization_user_id": "b"}
            }),
            EventError::OtherUser,
        ),
    ] {
        for update in [
            json!({"id": "event", "status": "x", "user": {"organization_user_id": user}}),
            json!({"id": "event", "status": "x", "organization_user_id": user}),
        ] {
            let mut event = parse(&stored);
            assert_eq!(event.merge(parse(&update)), Err(error), "{update} into {stored}");
            assert_eq!(event, parse(&stored), "unchanged");
        }
    }
}

/// Each part in turn gets a known property among the others, and an unknown one.
#[test]
fn nothing_is_printed_that_the_reader_refuses() {
    type Other = for<'a> fn(&'a mut ConsentEvent) -> &'a mut serde_json::Map<String, Value>;
    let cases: [(&[&str], Other); 8] = [
        (
            &[
                "id",
                "organization_id",
                "organization_user_id",
                "created_at",
                "status",
                "regulation",
                "user",
                "consents",
                "proofs_id",
                "proofs",
                "delegate",
            ],
            |event| &mut event.other,
        ),
        (&["id", "organization_user_id", "country", "metadata"], |event| {
            &mut event.user.as_mut().unwrap().other
        }),
        (&["purposes", "vendors", "channels", "tcfcs"], |event| {
            &mut event.consents.as_mut().unwrap().other
        }),
        (&["id", "enabled", "enabled_li", "metadata", "values"], |event| {
            &mut event.consents.as_mut().unwrap().purposes.as_mut().unwrap()[0].other
        }),
        (&["value"], |event| {
            let purposes = event.consents.as_mut().unwrap().purposes.as_mut().unwrap();
            &mut purposes[0].values.as_mut().unwrap().get_mut("frequency").unwrap().other
        }),
        (&["enabled", "enabled_li", "disabled", "disabled_li"], |event| {
            &mut event.consents.as_mut().unwrap().vendors.as_mut().unwrap().other
        }),
        (&["id", "enabled", "metadata"], |event| {
            &mut event.consents.as_mut().unwrap().channels.as_mut().unwrap()[0].other
        }),
        (&["id", "name", "metadata"], |event| &mut event.delegate.as_mut().unwrap().other),
    ];
    for (names, other) in cases {
        for name in names {
            let mut event = parse(&full());
            other(&mut event).insert((*name).into(), Value::Null);
            assert_eq!(event.to_json(), Err(EventError::RepeatedProperty), "{name}");
            assert!(serde_json::to_string(&event).is_err(), "{name}");
            assert!(!format!("{event:?}").is_empty(), "shown all the same");
        }
        let mut event = parse(&full());
        other(&mut event).insert("unknown".into(), json!([{"id": 1}]));
        assert_eq!(event.to_json().unwrap().parse(), Ok(event));
    }
    // A known property that the event hasn't is read as that property: it can't be smuggled in.
    let mut event = ConsentEvent::new();
    event.other.insert("organization_user_id".into(), "mallory".into());
    assert_eq!(event.to_json(), Err(EventError::RepeatedProperty));
}

#[test]
fn nothing_is_printed_that_is_nested_too_deep() {
    let nested = |depth| (0..depth).fold(json!(0), |inner, _| json!([inner]));
    // The event is the first level, and the user the second.
    for (depth, good) in [(125, true), (126, false), (1000, false)] {
        let mut event = ConsentEvent::new();
        let mut user = EventUser::new("a");
        user.metadata = Some(nested(depth));
        event.user = Some(user);
        let printed = event.to_json();
        assert_eq!(printed.is_ok(), good, "{depth}");
        assert_eq!(serde_json::to_string(&event).is_ok(), good, "{depth}");
        match printed {
            Ok(json) => assert_eq!(json.parse(), Ok(event)),
            Err(error) => assert_eq!(error, EventError::NotJson),
        }
    }
}

#[test]
fn parts_can_be_made() {
    let mut purpose = PurposeConsent::new("cookies", true);
    purpose.values = Some([("frequency".to_owned(), Preference::new("weekly"))].into());
    let mut event = ConsentEvent::of_purposes([purpose, PurposeConsent::new("ads", None)]);
    event.user = Some(EventUser::new("user"));
    event.delegate = Some(Delegate::new("agent"));
    let consents = event.consents.as_mut().unwrap();
    consents.channels = Some(vec![ChannelConsent::new("email", false)]);
    let mut vendors = VendorConsents::new();
    vendors.enabled = Some(vec!["a".into()]);
    consents.vendors = Some(vendors);
    let expected = json!({
        "user": {"organization_user_id": "user"},
        "consents": {
            "purposes": [
                {"id": "cookies", "enabled": true, "values": {"frequency": {"value": "weekly"}}},
                {"id": "ads"}
            ],
            "vendors": {"enabled": ["a"]},
            "channels": [{"id": "email", "enabled": false}]
        },
        "delegate": {"id": "agent"}
    });
    assert_eq!(serde_json::to_value(&event).unwrap(), expected);
    assert_eq!(event.to_json().unwrap().parse(), Ok(event));
    let mut empty = ConsentEvent::new();
    empty.consents = Some(Consents::new());
    assert_eq!(empty.to_json().as_deref(), Ok(r#"{"consents":{}}"#));
}
