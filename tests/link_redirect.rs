//! Redirect URLs: which are read, where they may go, and the error code in them.

#![cfg(feature = "link")]

use consent_string::link::{AllowedHosts, ConsentLink, LinkError, RedirectError, RedirectUrl};

fn check(hosts: &AllowedHosts, url: &str) -> Result<(), &'static str> {
    let redirect = url.parse::<RedirectUrl>().map_err(RedirectError::name)?;
    hosts.check(&redirect).map_err(RedirectError::name)
}

#[test]
fn only_the_callers_own_hosts() {
    let hosts = ["example.com", "www.example.com:8443", "bücher.example", "[::1]", "192.0.2.1"];
    let hosts = AllowedHosts::new(hosts).unwrap();
    for url in [
        "https://example.com",
        "https://example.com/",
        "HTTPS://EXAMPLE.com:443/path?query#fragment",
        "https://www.example.com:8443/",
        "https://bücher.example/",
        "https://xn--bcher-kva.example/",
        "https://[0:0::1]/",
        "https://192.0.2.1/",
        "https://example.com/@evil.example",
        "https://example.com?@evil.example",
        "https://example.com/?url=\\\\evil.example",
    ] {
        assert_eq!(check(&hosts, url), Ok(()), "{url}");
    }
    for url in [
        "https://evil.example/",
        "https://evil.example/example.com",
        "https://evil.example/?example.com",
        "https://evil.example/#example.com",
        "https://www.example.com/",
        "https://sub.example.com/",
        "https://example.com.evil.example/",
        "https://evilexample.com/",
        "https://example.co/",
        "https://example.com./",
        "https://example.com:8443/",
        "https://www.example.com:443/",
        "https://example.com:80/",
        "https://bucher.example/",
        "https://exаmple.com/", // a Cyrillic а
        "https://[::2]/",
        "https://0xc0.0x00.0x02.0x02/",
    ] {
        assert_eq!(check(&hosts, url), Err("host_not_allowed"), "{url}");
    }
    assert_eq!(check(&hosts, "http://example.com/"), Err("plain_http"));
    for url in [
        "",
        "/",
        "//example.com",
        "example.com",
        "https:example.com",
        "https:/example.com",
        "https:///example.com",
        "https://",
        "https:\\\\example.com",
        "https://example.com\\@evil.example",
        "https://evil.example\\.example.com/",
        "https://example.com@evil.example",
        "https://evil.example@example.com",
        "https://@example.com",
        "https://:@example.com",
        "https://exam\tple.com",
        "https://example.com/\r\nSet-Cookie: a=b",
        " https://example.com",
        "https://example.com ",
        "https://example.com/\u{2028}",
        "javascript://example.com/%0aalert(1)",
        "data://example.com/",
        "ftp://example.com/",
        "https://example%2ecom%2f.evil.example",
        "https://%65xample.com",
        "https://b%C3%BCcher.example/",
        "https://exam ple.com/",
    ] {
        assert_eq!(check(&hosts, url), Err("not_http_url"), "{url:?}");
    }
    let with_http = hosts.with_http();
    assert_eq!(check(&with_http, "http://example.com/"), Ok(()));
    assert_eq!(check(&with_http, "http://example.com:443/"), Err("host_not_allowed"));
    assert_eq!(check(&with_http, "http://evil.example/"), Err("host_not_allowed"));
}

/// `example.com:443` with http allowed let in `http://example.com`, which is port 80;
/// `example.com:80` let in nothing at all.
#[test]
fn a_port_means_what_it_says() {
    let schemes = ["https", "http"];
    let ports = ["", ":80", ":443", ":8080"];
    for allowed in ports {
        let host = format!("example.com{allowed}");
        let hosts = AllowedHosts::new([&host]).unwrap();
        for (scheme, own) in schemes.into_iter().zip([":443", ":80"]) {
            for port in ports {
                let url = format!("{scheme}://example.com{port}/");
                let goes_to = if port.is_empty() { own } else { port };
                let expected = if allowed.is_empty() { own } else { allowed };
                let outcome = if goes_to == expected { Ok(()) } else { Err("host_not_allowed") };
                assert_eq!(check(&hosts.clone().with_http(), &url), outcome, "{host}, {url}");
                let outcome = if scheme == "http" { Err("plain_http") } else { outcome };
                assert_eq!(check(&hosts, &url), outcome, "{host}, {url}");
            }
        }
    }
    let padded = AllowedHosts::new(["example.com:0443", "[::1]:80"]).unwrap().with_http();
    assert_eq!(check(&padded, "https://example.com/"), Ok(()));
    assert_eq!(check(&padded, "http://example.com/"), Err("host_not_allowed"));
    assert_eq!(check(&padded, "http://[::1]/"), Ok(()));
    assert_eq!(check(&padded, "https://[::1]/"), Err("host_not_allowed"));
}

#[test]
fn hosts_are_hosts() {
    for host in [
        "",
        "*",
        "*.example.com",
        "https://example.com",
        "example.com/",
        "example.com/path",
        "example.com?a",
        "example.com#a",
        "user@example.com",
        "@example.com",
        "example.com\\",
        "example com",
        " example.com",
        "example.com:port",
        "example.com:99999",
        "example.com:",
        "example.com:80:80",
        ":443",
    ] {
        let error = AllowedHosts::new([host]).expect_err(host);
        assert_eq!(error, RedirectError::NotAHost, "{host:?}");
    }
    let none = AllowedHosts::new::<&str>([]).unwrap();
    assert_eq!(check(&none, "https://example.com"), Err("host_not_allowed"));
}

#[test]
fn printed_as_written_and_fit_for_a_header() {
    for (url, printed) in [
        ("https://website.com", "https://website.com"),
        ("https://Website.com:443/a/../b?x=%7e#f", "https://Website.com:443/a/../b?x=%7e#f"),
        ("https://bücher.example/ü?ü", "https://xn--bcher-kva.example/%C3%BC?%C3%BC"),
    ] {
        let redirect: RedirectUrl = url.parse().unwrap();
        assert_eq!(redirect.as_str(), printed);
        assert_eq!(redirect.to_string(), printed);
        assert!(http::HeaderValue::from_str(redirect.as_str()).is_ok());
    }
}

#[test]
fn error_codes() {
    for (url, code, expected) in [
        ("https://a.example", "c", "https://a.example?error=c"),
        ("https://a.example/", "c", "https://a.example/?error=c"),
        ("https://a.example/?", "c", "https://a.example/?error=c"),
        ("https://a.example/?x=%7e&y", "c", "https://a.example/?x=%7e&y&error=c"),
        ("https://a.example/?x=a+b#top", "c", "https://a.example/?x=a+b&error=c#top"),
        ("https://a.example/#?x", "c", "https://a.example/?error=c#?x"),
        ("https://a.example/?error=old&x=1&%65rror=old", "c", "https://a.example/?x=1&error=c"),
        ("https://a.example/?errors=1&x=error", "c", "https://a.example/?errors=1&x=error&error=c"),
        ("https://a.example/", "a b&é\r\n", "https://a.example/?error=a%20b%26%C3%A9%0D%0A"),
    ] {
        let redirect: RedirectUrl = url.parse().unwrap();
        let failed = redirect.with_error(code);
        assert_eq!(failed.as_str(), expected);
        assert_eq!(failed.as_url(), &url::Url::parse(expected).unwrap());
        assert_eq!(failed.error_code().unwrap().as_deref(), Some(code));
        assert_eq!(failed.with_error("d").error_code().unwrap().as_deref(), Some("d"));
    }
    let read = |url: &str| url.parse::<RedirectUrl>().unwrap().error_code();
    assert_eq!(read("https://a.example/?x=1#error=a").unwrap(), None);
    assert_eq!(read("https://a.example/?error").unwrap().as_deref(), Some(""));
    assert_eq!(
        read("https://a.example/?error=Some-CODE%21").unwrap().as_deref(),
        Some("Some-CODE!")
    );
    let kind = |url| read(url).unwrap_err();
    assert_eq!(kind("https://a.example/?error=a&error=a"), RedirectError::RepeatedError);
    assert_eq!(kind("https://a.example/?error=%FF"), RedirectError::Encoding);
}

#[test]
fn redirects_of_links() {
    let hosts = AllowedHosts::new(["website.com"]).unwrap();
    let redirect = |query: &str| ConsentLink::from_query(query).unwrap().redirect(&hosts);
    let good = redirect("redirect_url=https%3A%2F%2Fwebsite.com").unwrap().unwrap();
    assert_eq!(good.as_str(), "https://website.com");
    assert!(redirect("key=a").unwrap().is_none());
    assert!(redirect("redirect_url=").unwrap().is_none());
    let kind = |query| redirect(query).unwrap_err();
    assert_eq!(kind("redirect_url=https://evil.example"), RedirectError::HostNotAllowed);
    assert_eq!(kind("redirect_url=/done"), RedirectError::NotHttpUrl);
}

/// Found by fuzzing: what was sent was a redirect that nobody would read.
#[test]
fn a_host_that_is_too_long_when_encoded_is_refused() {
    // Three bytes become eight: "xn--4ca.".
    let url = |labels: usize| format!("https://{}example/", "\u{e4}.".repeat(labels));
    let sent = url(127).parse::<RedirectUrl>().unwrap();
    assert_eq!(sent.as_str().len(), "https://".len() + 8 * 127 + "example/".len());
    assert_eq!(sent.as_str().parse::<RedirectUrl>().as_ref(), Ok(&sent));
    assert_eq!(url(128).parse::<RedirectUrl>(), Err(RedirectError::NotHttpUrl));
}

/// Found by hostile links: a host of thousands of different letters took fifty times as long as
/// any other text of its length, to become Punycode that no name server would take.
#[test]
fn hosts_that_are_too_long_for_any_name_server_are_refused() {
    let parse = |host: &str| format!("https://{host}/").parse::<RedirectUrl>();
    // As long as a host can be: 253 letters of ASCII, each label of them the most of UTF-8.
    let label = "\u{20ac}".repeat(55);
    let longest = format!("{label}.{label}.{label}.{label}:65535");
    assert!(longest.len() < 1024 && parse(&longest).is_ok());
    assert!(parse(&"a.".repeat(512)).is_ok());
    for host in ["a".repeat(1025), "\u{4e00}.".repeat(257), ('\u{4e00}'..'\u{5000}').collect()] {
        assert_eq!(parse(&host).unwrap_err(), RedirectError::NotHttpUrl);
        let link = format!("https://{host}/?key=k").parse::<ConsentLink>();
        assert_eq!(link.unwrap_err(), LinkError::NotHttpUrl);
        assert!(AllowedHosts::new([host]).is_err());
    }
}
