//! AC strings, tokens and vendor lists that make as much of as few characters as can be.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Numbers with dots between.
fn list(numbers: impl Iterator<Item = usize>) -> String {
    numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(".")
}

/// AC strings, by name, of about `entries` IDs.
pub(crate) fn ac(entries: usize) -> Vec<(String, String)> {
    let rising = list(1..=entries);
    let falling = list((1..=entries).rev());
    // A prime, so that no number comes again before all have.
    let mixed = list((1..=entries).map(|index| index * 7919 % 1_000_003 + 1));
    [
        ("rising", format!("1~{rising}")),
        ("falling", format!("1~{falling}")),
        ("mixed", format!("2~{mixed}~dv.")),
        ("disclosed, rising", format!("2~~dv.{rising}")),
        ("disclosed, falling", format!("2~~dv.{falling}")),
        ("in both lists", format!("2~{rising}~dv.{falling}")),
        ("the same ID", format!("1~{}", list((0..entries).map(|_| 1)))),
        ("one ID twice, at last", format!("1~{falling}.{entries}")),
        ("dots", format!("1~{}", ".".repeat(entries))),
        ("tildes", format!("1~{}", "~".repeat(entries))),
        ("digits", format!("1~{}", "1".repeat(entries))),
        ("zeros", format!("1~{}", "0".repeat(entries))),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into()
}

/// The JSON of a token with more properties.
fn token_json(more: &str) -> String {
    let head = r#"{"user_id":"7faf675d-99c0-4ad2-bbbf-f0fa962587b0","created":"2024-08-27T07:15:05.610Z","updated":"2024-08-27T07:15:05.610Z""#;
    format!("{head}{more}}}")
}

/// Tokens, by name, of about `entries` entries, with any of these values in some places.
pub(crate) fn tokens(entries: usize, values: &[(String, String)]) -> Vec<(String, String)> {
    const PLACES: [(&str, &str); 4] = [
        (r#","x":"#, ""),
        (r#","vendors":"#, ""),
        (r#","vendors":{"enabled":"#, "}"),
        (r#","vendors":{"x":"#, "}"),
    ];
    let mut tokens = Vec::new();
    for (name, value) in values {
        for (before, after) in PLACES {
            let json = token_json(&[before, value, after].concat());
            tokens.push((format!("{name} after {before}"), STANDARD.encode(json)));
        }
    }
    let ids: Vec<_> = (0..entries).map(|index| format!(r#""{index:x}""#)).collect();
    let ids = ids.join(",");
    let both = token_json(&format!(r#","vendors":{{"enabled":[{ids}],"disabled":["-"]}}"#));
    tokens.push(("vendors".into(), STANDARD.encode(both)));
    tokens.push(("letters".into(), "e".repeat(entries)));
    tokens.push(("padding".into(), "=".repeat(entries)));
    for (name, bits) in sections(entries) {
        let ac = format!(r#","ac":"{}.AAAA""#, URL_SAFE_NO_PAD.encode(bits));
        tokens.push((name, STANDARD.encode(token_json(&ac))));
    }
    tokens
}

/// Vendor sections of about `entries` entries, as bytes.
fn sections(entries: usize) -> Vec<(String, Vec<u8>)> {
    let count = entries.min(65_535);
    let field = |byte: u8| {
        let mut bytes = u16::try_from(count).unwrap().to_be_bytes().to_vec();
        bytes.push(byte >> 1);
        bytes.resize(3 + count / 8, byte);
        // No bit behind the last entry.
        let used = (17 + count) % 8;
        let last = bytes.last_mut().unwrap();
        *last &= if used == 0 { 0xFF } else { !(0xFF >> used) };
        bytes
    };
    let mut bits: Vec<bool> = Vec::new();
    let mut put = |value: usize, width: usize| {
        bits.extend((0..width).rev().map(|bit| value >> bit & 1 == 1));
    };
    let ranges = entries.min(4095);
    put(65_535, 16);
    put(1, 1);
    put(ranges, 12);
    for index in 0..ranges {
        put(0, 1);
        put(index * 2 + 1, 16);
    }
    let ranges = bits.chunks(8).map(|chunk| {
        (0..8).fold(0, |byte, bit| byte << 1 | u8::from(chunk.get(bit) == Some(&true)))
    });
    vec![
        ("a bit field of every second provider".into(), field(0xAA)),
        ("a bit field of all providers".into(), field(0xFF)),
        ("single providers".into(), ranges.collect()),
    ]
}

/// `Cookie` headers, by name, of about `entries` entries, with any of these values under each name
/// that strings have in cookies.
pub(crate) fn requests(entries: usize, values: &[(String, String)]) -> Vec<(String, String)> {
    const NAMES: [&str; 5] =
        ["euconsent-v2", "didomi_dcs", "addtl_consent", "__gpp", "didomi_token"];
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, value) in values {
        headers.extend(
            NAMES.map(|cookie| (format!("{name} as {cookie}"), format!("{cookie}={value}"))),
        );
        let all = NAMES.map(|cookie| format!("{cookie}={value}")).join("; ");
        headers.push((format!("{name} as all"), all));
    }
    let numbered = |name: &str| {
        (0..entries).map(|index| format!("{name}={index:x}")).collect::<Vec<_>>().join("; ")
    };
    headers.extend(
        [
            ("pairs", "a=b; ".repeat(entries)),
            ("semicolons", ";".repeat(entries)),
            ("one cookie again and again", "usprivacy=1YNN; ".repeat(entries)),
            ("one cookie with many values", numbered("euconsent-v2")),
            ("escapes", format!("didomi_dcs={}", "%7E".repeat(entries))),
            ("broken escapes", format!("didomi_dcs={}", "%7".repeat(entries))),
            ("quotes", format!("didomi_dcs={}", "\"".repeat(entries))),
            ("sections", format!("__gpp_sid={}", list(1..=entries).replace('.', ","))),
            ("one section", format!("__gpp_sid={}", "7,".repeat(entries))),
        ]
        .map(|(name, header)| (name.to_owned(), header)),
    );
    headers
}

/// Vendor lists and lists of platforms, by name, of about `entries` entries, with any of these
/// values in some places.
pub(crate) fn lists(entries: usize, values: &[(String, String)]) -> Vec<(String, String)> {
    const HEAD: &str = r#"{"gvlSpecificationVersion":3,"vendorListVersion":1,"tcfPolicyVersion":4,"lastUpdated":"2025-01-02T16:00:27Z""#;
    const PLACES: [(&str, &str); 6] = [
        (r#","vendors":"#, "}"),
        (r#","vendors":{},"x":"#, "}"),
        (r#","vendors":{},"purposes":"#, "}"),
        (r#","vendors":{"1":{"id":1,"name":"","purposes":"#, "}}}"),
        (r#","vendors":{"1":{"id":1,"name":"","features":"#, "}}}"),
        (r#","vendors":{"1":{"id":1,"name":"","urls":"#, "}}}"),
    ];
    let mut lists = Vec::new();
    for (name, value) in values {
        for (before, after) in PLACES {
            lists.push((format!("{name} after {before}"), [HEAD, before, value, after].concat()));
        }
    }
    // As many entries as there are numbers for, the shortest that there are.
    let map = |entries: usize, step: usize, maximum: usize| {
        let numbers = (0..entries.min(maximum)).map(|index| index * step % maximum + 1);
        let entry = |number| format!(r#""{number}":{{"id":{number},"name":""}}"#);
        numbers.map(entry).collect::<Vec<_>>().join(",")
    };
    for (name, vendors) in [
        ("vendors, rising", map(entries, 1, 65_535)),
        ("vendors, in any order", map(entries, 7919, 65_535)),
        ("a vendor twice, at last", map(entries, 1, 65_535) + r#","1":{"id":1,"name":""}"#),
    ] {
        lists.push((name.into(), format!(r#"{HEAD},"vendors":{{{vendors}}}}}"#)));
    }
    let stacks = map(entries, 1, 65_535);
    lists.push(("stacks".into(), format!(r#"{HEAD},"vendors":{{}},"stacks":{{{stacks}}}}}"#)));
    lists.push(("platforms".into(), format!(r#"{{"cmps":{{{}}}}}"#, map(entries, 1, 4095))));
    lists
}
