//! JSON, and links that carry it, that make as much of as few characters as can be.

/// A list of `entries` items.
fn repeated(item: &str, entries: usize) -> String {
    format!("[{}]", vec![item; entries].join(","))
}

/// A list of `entries` items, each of which differs from the others.
fn numbered(item: impl Fn(usize) -> String, entries: usize) -> String {
    format!("[{}]", (0..entries).map(item).collect::<Vec<_>>().join(","))
}

/// `depth` times `open`, something, and `depth` times `close`.
fn tower(open: &str, inner: &str, close: &str, depth: usize) -> String {
    [&open.repeat(depth), inner, &close.repeat(depth)].concat()
}

/// Properties with the shortest names that differ.
fn properties(value: &str, entries: usize) -> String {
    let properties = (0..entries).map(|index| format!(r#""{index:x}":{value}"#));
    format!("{{{}}}", properties.collect::<Vec<_>>().join(","))
}

/// Any values, by name, of about `entries` entries.
pub(crate) fn values(entries: usize) -> Vec<(String, String)> {
    let objects = tower(r#"{"":"#, "0", "}", 120);
    let arrays = tower("[", "0", "]", 120);
    let mut values: Vec<(String, String)> = [
        ("numbers", repeated("0", entries)),
        ("fractions", repeated("1e9", entries)),
        ("empty texts", repeated(r#""""#, entries)),
        ("short texts", repeated(r#""a""#, entries)),
        ("empty lists", repeated("[]", entries)),
        ("short lists", repeated("[0]", entries)),
        ("lists of five", repeated("[0,0,0,0,0]", entries)),
        ("empty objects", repeated("{}", entries)),
        ("short objects", repeated(r#"{"":0}"#, entries)),
        ("objects of twelve", repeated(&properties("0", 12), entries / 8 + 1)),
        ("properties", properties("0", entries)),
        ("properties of objects", properties(r#"{"":0}"#, entries)),
        ("towers of lists", repeated(&arrays, entries / 120 + 1)),
        ("towers of objects", repeated(&objects, entries / 120 + 1)),
        ("a long text", format!("\"{}\"", "x".repeat(entries))),
        ("escapes", format!("\"{}\"", r"\u0041".repeat(entries))),
        ("a long name", format!(r#"{{"{}":0}}"#, r"\n".repeat(entries))),
        ("names with a front in common", numbered(|index| format!(r#""{index}""#), entries)),
        ("a property repeated", format!("{{{}\"0\":1}}", r#""0":1,"#.repeat(entries))),
        (
            "a property repeated at last",
            format!(r#"{},"0":0}}"#, properties("[0]", entries).trim_end_matches('}')),
        ),
        ("not closed", format!("{{\"a\":[{}", "[0],".repeat(entries))),
        ("too deep", "[".repeat(entries)),
        ("objects too deep", r#"{"":"#.repeat(entries)),
        ("IDs, rising", numbered(|index| (index % 65535 + 1).to_string(), entries)),
        ("IDs, far apart", numbered(|index| (index * 7919 % 65535 + 1).to_string(), entries)),
        ("IDs, the same", repeated("7", entries)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    values.push(("digits".into(), "1".repeat(entries)));
    values
}

/// Texts that are read as JSON, by name: every value in every place of an event and of the forms
/// of feature `serde` and of answers, and lists of what these places have lists of.
pub(crate) fn texts(entries: usize) -> Vec<(String, String)> {
    const PLACES: [(&str, &str); 15] = [
        ("", ""),
        (r#"{"x":"#, "}"),
        (r#"{"user":{"metadata":"#, "}}"),
        (r#"{"consents":{"purposes":[{"id":"a","x":"#, "}]}}"),
        (r#"{"consents":{"purposes":[{"id":"a","values":"#, "}]}}"),
        (r#"{"consents":{"vendors":{"enabled":"#, "}}}"),
        (r#"{"status_code":"PERMISSIONS_FOUND","x":"#, "}"),
        (r#"{"status_code":"TOKEN_ERROR","x":"#, "}"),
        (r#"{"status_code":"PERMISSIONS_FOUND","subject_identifiers":{"x":"#, "}}"),
        (r#"{"token":"a","resource":"#, "}"),
        (r#"{"token":"a","x":"#, "}"),
        (r#"{"id":"a","secret":"a","version":"#, "}"),
        (r#"{"url":"https://a.example/","x":"#, "}"),
        (
            concat!(
                r#"{"version":1,"user_id":"00000000-0000-0000-0000-000000000000","#,
                r#""created":"2023-04-12T18:10:00Z","updated":"2023-04-12T18:10:00Z","#,
                r#""vendors":{"enabled":"#,
            ),
            "}}",
        ),
        (
            concat!(
                r#"{"version":2,"created":"2026-03-01T00:00:00.000Z","#,
                r#""lastUpdated":"2026-03-01T00:00:00.000Z","vendorConsents":"#,
            ),
            "}",
        ),
    ];
    let mut texts = Vec::new();
    for (name, value) in values(entries) {
        for (before, after) in PLACES {
            texts.push((format!("{name} after {before}"), [before, &value, after].concat()));
        }
    }
    for (name, item, places) in [
        ("purposes", r#"{"id":""}"#, (r#"{"consents":{"purposes":"#, "}}")),
        ("channels", r#"{"id":""}"#, (r#"{"consents":{"channels":"#, "}}")),
    ] {
        texts.push((name.into(), [places.0, &repeated(item, entries), places.1].concat()));
        let differ = numbered(|index| format!(r#"{{"id":"{index:x}"}}"#), entries);
        texts.push((format!("{name} that differ"), [places.0, &differ, places.1].concat()));
    }
    let preferences = properties("{}", entries);
    let text = [r#"{"consents":{"purposes":[{"id":"a","values":"#, &preferences, "}]}}"].concat();
    texts.push(("preferences".into(), text));
    let vendors = numbered(|index| format!(r#""{index:x}""#), entries);
    let text = format!(r#"{{"consents":{{"vendors":{{"enabled":{vendors},"disabled":["x"]}}}}}}"#);
    texts.push(("vendors".into(), text));
    texts
}

/// Links, by name, of about `entries` parameters or characters; without the events.
pub(crate) fn links(entries: usize) -> Vec<(String, String)> {
    const ENDPOINT: &str = "https://api.privacy-center.org/v1/consents/execute";
    let query = |query: String| format!("{ENDPOINT}?{query}");
    let template = "auth_algorithm=hmac-sha256&auth_sid=a&key=a&action=event.create&event={}\
                    &organization_user_id={organization_user_id}";
    let mut links: Vec<(String, String)> = [
        ("parameters", query(vec!["a"; entries].join("&"))),
        ("parameters with names of one letter", query(vec!["a=b"; entries].join("&"))),
        ("separators", query("&".repeat(entries))),
        ("encoded names", query(vec!["%61"; entries].join("&"))),
        ("bad names", query(vec!["%FF"; entries].join("&"))),
        ("a long value", query(format!("key={}", "x".repeat(entries)))),
        ("an encoded value", query(format!("key={}", "%41".repeat(entries)))),
        ("spaces", query(format!("key={}", "+".repeat(entries)))),
        ("spaces, encoded", query(format!("key={}", "+%20".repeat(entries)))),
        ("no UTF-8", query(format!("key={}%FF", "a%20".repeat(entries)))),
        ("letters beyond ASCII", query(format!("key={}", "\u{e9}".repeat(entries)))),
        ("quotes", query(format!("event={}", "\"".repeat(entries)))),
        ("a template", query(format!("{template}{}", "&a".repeat(entries)))),
        ("a redirect", query(format!("redirect_url=https%3A//a/{}", "%22".repeat(entries)))),
        (
            "a redirect with parameters",
            query(format!("redirect_url=https://a/?{}", "%26a".repeat(entries))),
        ),
        ("an error", format!("https://a.example/?error={}", "%20".repeat(entries))),
        ("a path", format!("https://a.example{}", "/a".repeat(entries))),
        ("a path that goes nowhere", format!("https://a.example{}", "/a/..".repeat(entries))),
        ("a path beyond ASCII", format!("https://a.example/{}", "\u{20ac}".repeat(entries))),
        ("a host", format!("https://{}/", "a".repeat(entries))),
        ("labels", format!("https://{}/", "a.".repeat(entries))),
        ("labels beyond ASCII", format!("https://{}a/", "\u{e9}.".repeat(entries))),
        ("a host beyond ASCII", format!("https://{}/", "\u{e9}".repeat(entries))),
        ("an address", format!("https://[{}]/", "0:".repeat(entries))),
        ("a number", format!("https://0x{}/", "0".repeat(entries))),
        ("white space", format!("https://a.example/{}", " ".repeat(entries))),
    ]
    .map(|(name, link)| (name.to_owned(), link))
    .into();
    // As many different letters as there are, which is what Punycode has most to do for.
    let mut letters = ('\u{4e00}'..'\u{9fff}').chain('\u{ac00}'..'\u{d7a3}').cycle();
    let host: String = letters.by_ref().take(entries).collect();
    links.push(("a host of letters that differ".into(), format!("https://{host}/")));
    let mut labels = String::new();
    for (index, letter) in letters.take(entries).enumerate() {
        labels.extend((index % 900 == 899).then_some('.'));
        labels.push(letter);
    }
    links.push(("labels of letters that differ".into(), format!("https://{labels}.a/")));
    links
}
