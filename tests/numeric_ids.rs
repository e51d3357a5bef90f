//! Didomi's numbers: the table, and the calls that fill it.

#![cfg(feature = "numeric-ids")]

#[path = "support/loopback.rs"]
mod loopback;

use consent_string::Secret;
use consent_string::didomi::{PurposeId, VendorId};
use consent_string::numeric_ids::{
    AnswerErrorKind, NumericIds, NumericIdsError, NumericIdsPage, NumericIdsRequest,
};
use http::{Request, Response, StatusCode};
use loopback::{Reply, Server, header, send};
use proptest::prelude::*;
use serde_json::{Value, json};

fn vendor(number: u16) -> VendorId {
    VendorId::new(number).unwrap()
}

fn token() -> Secret {
    Secret::new("bearer-token").unwrap()
}

#[test]
fn a_table_answers_both_ways() {
    let table = NumericIds::from_pairs([(vendor(7), "hotjar"), (vendor(2), "google")]).unwrap();
    assert_eq!(table.text(vendor(2)), Some("google"));
    assert_eq!(table.number("hotjar"), Some(vendor(7)));
    assert_eq!((table.text(vendor(3)), table.number("c:hotjar")), (None, None));
    assert_eq!(table.iter().collect::<Vec<_>>(), [(vendor(2), "google"), (vendor(7), "hotjar")]);
    assert_eq!((table.len(), table.is_empty()), (2, false));
    assert!(NumericIds::<VendorId>::new().is_empty());
    assert_eq!(table.iter().len(), 2);
    assert_eq!(table.iter().size_hint(), (2, Some(2)));
    assert_eq!(format!("{:?}", table.iter()), "Pairs {2 numbers}");
    assert_eq!(table.iter().next_back(), Some((vendor(7), "hotjar")));
}

#[test]
fn a_number_or_a_text_said_twice_is_refused() {
    let mut table = NumericIds::from_pairs([(vendor(2), "google")]).unwrap();
    for (number, text, error) in [
        (2, "hotjar", NumericIdsError::NumberTwice { number: 2 }),
        (2, "google", NumericIdsError::NumberTwice { number: 2 }),
        (7, "google", NumericIdsError::TextTwice { number: 7 }),
        (7, "", NumericIdsError::EmptyText { number: 7 }),
    ] {
        let before = table.clone();
        assert_eq!(table.insert(vendor(number), text), Err(error));
        assert_eq!(table, before);
    }
    assert_eq!(
        NumericIdsError::TextTwice { number: 7 }.to_string(),
        "the text of number 7 is there before, expected each text once",
    );
    // To the letter.
    assert_eq!(table.insert(vendor(7), "Google"), Ok(()));
}

proptest! {
    #[test]
    fn a_table_is_one_to_one(pairs in prop::collection::vec((1..40_u16, "[a-e]{1,2}"), 0..60)) {
        let mut table = NumericIds::new();
        let mut naive: Vec<(VendorId, &str)> = Vec::new();
        for (number, text) in &pairs {
            let number = vendor(*number);
            let there = naive.iter().any(|&(one, other)| one == number || other == text);
            prop_assert_eq!(table.insert(number, text).is_err(), there);
            if !there {
                naive.push((number, text));
            }
        }
        naive.sort();
        prop_assert_eq!(table.iter().collect::<Vec<_>>(), &naive[..]);
        for (number, text) in naive {
            prop_assert_eq!(table.text(number), Some(text));
            prop_assert_eq!(table.number(text), Some(number));
        }
    }
}

/// How many vendors the server knows, and how many it gives at once.
const TOTAL: u64 = 7;
const LIMIT: u64 = 3;

fn answer(request: &Request<String>) -> Reply {
    if header(request, "authorization") != Some("Bearer bearer-token") {
        return (401, json!({"code": 401}).to_string());
    }
    assert_eq!((request.method().as_str(), request.body().as_str()), ("GET", ""));
    let skip = match request.uri().query() {
        None => 0,
        Some(query) => query.strip_prefix("$skip=").unwrap().parse::<u64>().unwrap(),
    };
    let numbers = skip + 1..=TOTAL.min(skip + LIMIT);
    let data: Vec<Value> = match request.uri().path() {
        "/metadata/numeric-partners" => numbers
            .map(|number| {
                json!({
                    "metadata_partner_id": format!("vendor-{number}"), "numeric_id": number,
                    "organization_id": "org", "created_at": "2024-01-31T12:00:00.000Z",
                })
            })
            .collect(),
        "/metadata/numeric-purposes" => numbers
            .map(
                |number| json!({"metadata_purpose_id": format!("p{number}"), "numeric_id": number}),
            )
            .collect(),
        _ => return (404, String::new()),
    };
    (200, json!({"total": TOTAL, "limit": LIMIT, "skip": skip, "data": data}).to_string())
}

#[test]
fn all_pages_are_read_one_after_the_other() {
    let server = Server::start(answer);
    let mut vendors = NumericIds::new();
    let mut next = Some(NumericIdsRequest::<VendorId>::new().base_url(server.url()));
    let mut skipped = Vec::new();
    while let Some(request) = next {
        let response = send(request.to_http(&token()).unwrap());
        let page = request.read(&response).unwrap();
        assert_eq!(page.total(), TOTAL);
        assert_eq!(page.entries()[0].organization_id(), Some("org"));
        assert_eq!(page.entries()[0].extra()["created_at"], "2024-01-31T12:00:00.000Z");
        skipped.push(page.skipped());
        page.add_to(&mut vendors).unwrap();
        next = page.next();
    }
    assert_eq!(skipped, [0, 3, 6]);
    let expected: Vec<_> = (1..=7).map(|number| format!("vendor-{number}")).collect();
    assert!(vendors.iter().map(|(_, text)| text).eq(expected.iter().map(String::as_str)));

    let request = NumericIdsRequest::<PurposeId>::new().base_url(server.url()).skip(6);
    let page = request.read(&send(request.to_http(&token()).unwrap())).unwrap();
    assert_eq!((page.entries()[0].text(), page.entries()[0].number().get()), ("p7", 7));
    assert!(page.next().is_none());

    let wrong = Secret::new("another").unwrap();
    let error = request.read(&send(request.to_http(&wrong).unwrap())).unwrap_err();
    assert_eq!((error.kind(), error.status()), (AnswerErrorKind::Status, StatusCode::UNAUTHORIZED));
}

#[test]
fn requests_go_to_the_documented_places() {
    let uri = |request: http::Request<Vec<u8>>| request.uri().to_string();
    let vendors = NumericIdsRequest::<VendorId>::new();
    let request = vendors.to_http(&token()).unwrap();
    assert!(request.headers()["authorization"].is_sensitive());
    assert_eq!(uri(request), "https://api.didomi.io/metadata/numeric-partners");
    let purposes = NumericIdsRequest::<PurposeId>::new().skip(100).to_http(&token()).unwrap();
    assert_eq!(uri(purposes), "https://api.didomi.io/metadata/numeric-purposes?$skip=100");
    assert!(vendors.to_http(&Secret::new("a b\n").unwrap()).is_err());
    assert!(vendors.base_url("ftp://a.example".parse().unwrap()).to_http(&token()).is_err());
}

#[test]
fn an_answer_that_is_no_page_is_refused() {
    let page = |data: Value| json!({"total": 9, "limit": 3, "skip": 0, "data": data});
    for (body, field) in [
        (json!({}), "total"),
        (json!({"total": 1, "data": []}), "skip"),
        (json!({"total": 1, "skip": 0}), "data"),
        (json!({"total": "1", "skip": 0, "data": []}), "total"),
        (page(json!({})), "data"),
        (page(json!([5])), "data"),
        // Eight entries would be lost.
        (page(json!([])), "data"),
        // Another page than the one asked for: a server that doesn't know how to skip.
        (
            json!({"total": 9, "skip": 3, "data": [{"metadata_partner_id": "a", "numeric_id": 1}]}),
            "skip",
        ),
        (page(json!([{"numeric_id": 1}])), "data.metadata_partner_id"),
        (page(json!([{"numeric_id": 1, "metadata_partner_id": ""}])), "data.metadata_partner_id"),
        (page(json!([{"numeric_id": 1, "metadata_purpose_id": "a"}])), "data.metadata_partner_id"),
        (page(json!([{"metadata_partner_id": "a"}])), "data.numeric_id"),
        (page(json!([{"metadata_partner_id": "a", "numeric_id": 0}])), "data.numeric_id"),
        (page(json!([{"metadata_partner_id": "a", "numeric_id": 65536}])), "data.numeric_id"),
        (page(json!([{"metadata_partner_id": "a", "numeric_id": "1"}])), "data.numeric_id"),
    ] {
        let response = Response::new(body.to_string());
        let error = NumericIdsRequest::<VendorId>::new().read(&response).unwrap_err();
        assert_eq!(error.kind(), AnswerErrorKind::Field { field }, "{body}");
    }
}

#[test]
fn answers_that_were_kept_are_read_in_any_order() {
    let body = |skip: u64, text: &str, number: u16| {
        let data = json!([{"metadata_purpose_id": text, "numeric_id": number}]);
        json!({"total": 2, "limit": 1, "skip": skip, "data": data}).to_string()
    };
    let mut purposes = NumericIds::<PurposeId>::new();
    for body in [body(1, "ads", 5), body(0, "cookies", 1)] {
        NumericIdsPage::parse(body).unwrap().add_to(&mut purposes).unwrap();
    }
    assert_eq!(purposes.number("cookies").map(PurposeId::get), Some(1));
    // The same page again.
    let again = NumericIdsPage::parse(body(1, "ads", 5)).unwrap();
    assert_eq!(again.add_to(&mut purposes), Err(NumericIdsError::NumberTwice { number: 5 }));
}
