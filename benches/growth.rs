//! The same work on hostile texts of two sizes, for `.ci/instructions` to see that it grows no
//! faster than they do.
//!
//! `growth write FOLDER` writes the texts, from small to large by name, and prints what each is;
//! `growth read FOLDER` does all that can be done with each of them.

#[path = "../tests/support/gpp_hostile.rs"]
mod gpp_hostile;
#[path = "../tests/support/hostile.rs"]
mod hostile;
#[path = "../tests/support/hostile_around.rs"]
mod hostile_around;
#[path = "../tests/support/hostile_json.rs"]
mod hostile_json;
#[path = "support/measured.rs"]
mod measured;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::LazyLock;

use consent_string::ac::{self, AcString};
use consent_string::algonomy::TokenRequest;
use consent_string::conversion::Conversion;
use consent_string::decision::Question;
use consent_string::didomi::{ConsentString, EncodeOptions, InferredCodes, PurposeId, VendorId};
use consent_string::digest::{PreparedSecret, Secret};
use consent_string::gvl::{CmpList, VendorList};
use consent_string::link::{Action, AllowedHosts, ConsentEvent, ConsentLink, RedirectUrl};
use consent_string::netid::{Identifier, ReadPrivacyStatus};
use consent_string::numeric_ids::NumericIds;
use consent_string::request::{RequestConsent, Signals};
use consent_string::tcf::{self, LegalBasis, LegalBasisRules, TcString, TcStringRef};
use consent_string::token::DidomiToken;
use consent_string::{Buffer, IdSet, Timestamp, didomi, explain, gpp};
use http::Response;
use url::Url;

use measured::measured;

/// How much longer the second text of a name is than the first, in entries.
const TIMES: usize = 8;

type Work = fn(&str);
type Texts = fn(usize) -> Vec<(String, String)>;

/// What is done with the texts of a kind, and how many entries the first of them has.
struct Kind {
    name: &'static str,
    work: Work,
    sources: &'static [(Texts, usize)],
}

const KINDS: [Kind; 10] = [
    Kind { name: "didomi", work: didomi, sources: &[(didomi_fields, 4000), (didomi_ranges, 500)] },
    // From 4096 on, there are bit fields only.
    Kind { name: "tcf", work: tcf, sources: &[(hostile::tcf, 8191), (tcf_ranges, 511)] },
    Kind { name: "gpp", work: gpp, sources: &[(gpp_hostile::gpp, 500)] },
    Kind { name: "json", work: json, sources: &[(json_texts, 250)] },
    Kind { name: "link", work: link, sources: &[(link_texts, 500)] },
    Kind { name: "ac", work: ac, sources: &[(hostile_around::ac, 500)] },
    Kind { name: "token", work: token, sources: &[(token_texts, 250)] },
    Kind { name: "list", work: list, sources: &[(list_texts, 250)] },
    Kind { name: "request", work: request, sources: &[(request_texts, 500)] },
    Kind { name: "spans", work: spans, sources: &[(span_texts, 500)] },
];

fn only(texts: Vec<(String, String)>, keep: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    texts.into_iter().filter(|(name, _)| keep(name)).collect()
}

fn didomi_fields(entries: usize) -> Vec<(String, String)> {
    only(hostile::didomi(entries), |name| name.contains("bit field") || !name.contains(','))
}

fn didomi_ranges(entries: usize) -> Vec<(String, String)> {
    only(hostile::didomi(entries), |name| name.contains(',') && !name.contains("bit field"))
}

fn tcf_ranges(entries: usize) -> Vec<(String, String)> {
    // What is promised and isn't there is refused, whatever the size.
    only(hostile::tcf(entries), |name| !name.contains("bit field") && !name.contains("promised"))
}

fn json_texts(entries: usize) -> Vec<(String, String)> {
    // A value in an event is the same anywhere, but for the lists that have a type of their own.
    only(hostile_json::texts(entries), |name| {
        !name.contains(" after ")
            || name.ends_with(r#" after {"x":"#)
            || (name.contains("IDs")
                && (name.ends_with(" after ") || name.contains(r#"enabled":"#)))
    })
}

fn link_texts(entries: usize) -> Vec<(String, String)> {
    // Hosts are no longer than 1024 bytes: Punycode's work on them is not linear.
    only(hostile_json::links(entries), |name| !name.contains("host") && !name.contains("labels"))
}

fn token_texts(entries: usize) -> Vec<(String, String)> {
    hostile_around::tokens(entries, &hostile_json::values(entries))
}

fn list_texts(entries: usize) -> Vec<(String, String)> {
    hostile_around::lists(entries, &hostile_json::values(entries))
}

/// Headers of many cookies, and of strings that take long to read.
fn request_texts(entries: usize) -> Vec<(String, String)> {
    hostile_around::requests(entries, &span_texts(entries))
}

/// Of each format some texts that have a span for each entry.
fn span_texts(entries: usize) -> Vec<(String, String)> {
    let some = |texts: Vec<(String, String)>| texts.into_iter().step_by(5);
    some(didomi_ranges(entries))
        .chain(some(didomi_fields(entries * 8)))
        .chain(some(tcf_ranges(entries)))
        .chain(some(gpp_hostile::gpp(entries)))
        .chain(some(hostile_around::ac(entries)))
        .collect()
}

/// A table of each second vendor.
fn vendors() -> &'static NumericIds<VendorId> {
    // Made once: it takes longer than the work on most texts.
    static VENDORS: LazyLock<NumericIds<VendorId>> = LazyLock::new(|| {
        let ids = (1..=u16::MAX).step_by(2).filter_map(VendorId::new);
        NumericIds::from_pairs(ids.map(|id| (id, id.to_string()))).expect("each once")
    });
    &VENDORS
}

fn didomi(text: &str) {
    let options =
        didomi::DecodeOptions::new().inferred_codes(InferredCodes::Accept).max_text_length(1 << 20);
    let (vendors, purposes) = (vendors(), NumericIds::new());
    let conversion = Conversion::new(vendors, &purposes);
    let smallest = EncodeOptions::new().inferred_codes(InferredCodes::Accept);
    let mut buffer = Buffer::new();
    measured(|| {
        let Ok(view) = options.decode_ref(black_box(text), &mut buffer) else { return };
        black_box(view.vendors().status(VendorId::MAX));
        black_box(view.vendors().runs().count());
        black_box(view.vendors().ranges().count() + view.vendors().disabled().len());
        black_box(view.vendors().iter().count() + view.vendors().statuses().count());
        black_box(
            view.allows(VendorId::MAX, [PurposeId::MAX], didomi::LegalBasis::Consent).is_ok(),
        );
        let owned: ConsentString = options.decode(text).expect("both forms accept the same");
        black_box(owned.says_the_same_as(view));
        black_box(owned.decoded().encode().is_ok());
        black_box(owned.to_builder().build_with(&smallest).is_ok());
        black_box(conversion.to_token(&owned).losses().len());
        black_box(owned.with_signature("signature").is_ok());
        let silent = owned.to_builder().vendors(didomi::Section::new()).build();
        if let Ok(silent) = silent {
            let difference = silent.diff(&owned);
            black_box(difference.to_string());
            black_box(difference.apply_to(&silent).is_ok());
            black_box(silent.merge(&owned).is_ok());
        }
        black_box(owned.vendors().to_set().union(&owned.vendors().disabled().to_set()));
    });
}

fn tcf(text: &str) {
    let options = tcf::DecodeOptions::new()
        .allow_padding()
        .allow_ones_behind_core()
        .skip_unknown_segments()
        .skip_empty_segments()
        .max_text_length(1 << 20);
    let rules = LegalBasisRules::new(LegalBasis::Consent).flexible();
    let (vendor, purpose) = (tcf::VendorId::MAX, tcf::PurposeId::MIN);
    let mut buffer = vec![0; TcStringRef::buffer_len(text.len())];
    measured(|| {
        let Ok(view) = options.decode_in(black_box(text), &mut buffer) else { return };
        black_box(view.assume_valid().permits(vendor, purpose, rules).is_ok());
        black_box(view.vendors_consent().iter().count());
        black_box(
            view.publisher_restrictions().map(|one| one.vendors().ranges().count()).sum::<usize>(),
        );
        let owned: TcString = options.decode(text).expect("both forms accept the same");
        black_box(owned.valid_at(Timestamp::MAX).is_ok());
        black_box(owned.violations(Timestamp::MAX).count());
        black_box(owned.says_the_same_as(view));
        black_box(owned.to_builder().build().is_ok());
        let silent = TcString::builder(owned.created()).build().expect("it says nothing");
        let difference = silent.diff(&owned);
        black_box(difference.to_string());
        black_box(difference.apply_to(&silent).is_ok());
    });
}

fn gpp(text: &str) {
    let options = gpp::DecodeOptions::new().max_text_length(1 << 20);
    let (mut buffer, mut room) = (Buffer::new(), Buffer::new());
    measured(|| {
        let Ok(view) = options.decode_ref(black_box(text), &mut buffer) else { return };
        for &what in gpp::DataUse::ALL {
            black_box(view.opted_out(what, None));
        }
        black_box(view.sections().map(|section| section.as_str().len()).sum::<usize>());
        if let Some(Ok(canada)) = view.tcf_canada(&mut room) {
            black_box(canada.vendors_express().len());
            black_box(canada.publisher_restrictions().map(|on| on.vendors().len()).sum::<usize>());
        }
        let owned: gpp::GppString = options.decode(text).expect("both forms accept the same");
        black_box(owned.findings());
        let empty = gpp::GppString::builder().build().expect("no section");
        let difference = empty.diff(&owned);
        black_box(difference.to_string());
        black_box(difference.apply_to(&empty).is_ok());
        black_box(owned.decoded().encode().is_ok());
        black_box(owned.to_builder().build().is_ok());
    });
}

fn json(text: &str) {
    let token = TokenRequest::create(["basic"]);
    let origin = Url::parse("https://www.example.com").expect("a URL").origin();
    let read = ReadPrivacyStatus::new("tapp", origin, [Identifier::Tpid]);
    measured(|| {
        let text = black_box(text);
        if let Ok(event) = text.parse::<ConsentEvent>() {
            black_box(event.check(Action::EventCreate).is_ok());
            black_box(event.to_json().is_ok());
        }
        black_box(token.read(&response(200, text)).is_ok());
        black_box(read.read(&response(400, text)).is_ok());
        black_box(serde_json::from_str::<ConsentString>(text).is_ok());
        black_box(serde_json::from_str::<didomi::Decoded>(text).is_ok());
        black_box(serde_json::from_str::<IdSet<VendorId>>(text).is_ok());
    });
}

fn response(status: u16, body: &str) -> Response<&str> {
    Response::builder().status(status).body(body).expect("a status")
}

fn link(text: &str) {
    let secret = PreparedSecret::new(Secret::new("secret").expect("a secret"));
    let hosts = AllowedHosts::new(["a", "a.example"]).expect("hosts");
    measured(|| {
        if let Ok(link) = black_box(text).parse::<ConsentLink>() {
            black_box(link.unknown_parameters().count());
            black_box(link.redirect(&hosts).is_ok());
            black_box(link.fill("user", Some("salt"), &secret).is_ok());
        }
        if let Ok(redirect) = black_box(text).parse::<RedirectUrl>() {
            black_box(redirect.with_error("code"));
            black_box(redirect.error_code().is_ok());
        }
    });
}

fn ac(text: &str) {
    let options = ac::ParseOptions::new();
    let provider = ac::ProviderId::MAX;
    measured(|| {
        black_box(options.parse_ref(black_box(text)).is_ok());
        let Ok(ac) = options.accept_duplicates().parse(text) else { return };
        black_box(ac.is_disclosed(provider));
        black_box(AcString::v2(ac.consented(), ac.disclosed()).is_ok());
    });
}

fn token(text: &str) {
    let (vendors, purposes) = (vendors(), NumericIds::new());
    let conversion = Conversion::new(vendors, &purposes);
    measured(|| {
        let Ok(token) = black_box(text).parse::<DidomiToken>() else { return };
        black_box(token.vendors().map(|vendors| vendors.status("google")));
        black_box(token.encode().is_ok());
        black_box(conversion.to_didomi(&token).is_ok());
    });
}

fn request(header: &str) {
    let question = |vendor: &str| {
        Question::new(vendor.parse().expect("a vendor"), "iab:1".parse().expect("a purpose"))
    };
    let questions = ["iab:755", "google:89", "didomi:2"].map(question);
    measured(|| {
        let signals = Signals::from_cookies(black_box(header)).sec_gpc("1");
        let consent = RequestConsent::read(&signals, Timestamp::MAX);
        for &what in gpp::DataUse::ALL {
            black_box(consent.opted_out(what));
        }
        black_box(consent.contradictions().count());
        for question in questions {
            black_box(consent.permits(question.on(LegalBasis::Consent)).is_ok());
        }
        black_box(serde_json::to_string(&consent.report()).is_ok());
    });
}

fn spans(text: &str) {
    let all = explain::Options::new().all(true);
    measured(|| {
        black_box(explain::explain(black_box(text)).spans.len());
        black_box(all.explain(text, None).spans.len());
    });
}

fn list(text: &str) {
    let (vendor, purpose) = (tcf::VendorId::MAX, tcf::PurposeId::MIN);
    measured(|| {
        let list = VendorList::parse(black_box(text));
        black_box(list.is_ok_and(|list| list.bases(vendor, purpose).is_some()));
        black_box(CmpList::parse(text).is_ok());
    });
}

fn write(folder: &Path) {
    let mut count = 0;
    for Kind { name: kind, sources, .. } in KINDS {
        for &(texts, entries) in sources {
            for ((name, small), (_, large)) in
                texts(entries).into_iter().zip(texts(entries * TIMES))
            {
                for text in [small, large] {
                    println!("{kind}\t{name}\t{}", text.len());
                    let file = folder.join(format!("{count:05}.{kind}"));
                    fs::write(file, text).expect("a folder to write to");
                    count += 1;
                }
            }
        }
    }
}

fn read(folder: &Path) {
    let entries = fs::read_dir(folder).expect("a folder to read from");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    for file in files {
        let found = KINDS.iter().find(|kind| file.extension().is_some_and(|is| is == kind.name));
        let Some(kind) = found else { continue };
        (kind.work)(&fs::read_to_string(&file).expect("a text"));
    }
}

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", folder] => write(Path::new(folder)),
        ["read", folder] => read(Path::new(folder)),
        // `cargo bench` runs every benchmark.
        _ => {}
    }
}
