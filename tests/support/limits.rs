//! How much memory reading and printing a text may take, at once and in all.
//!
//! The limits are a little above the worst that was found; docs/assurance.md has the figures, and
//! each check prints its own. For a string, that worst is a bit field in which each ID differs
//! from the one before: every character holds three IDs, each makes a range of four bytes, and
//! room for ranges whose number isn't known grows by doubling. For JSON, it is an object in an
//! object in an object: six characters make a node of a tree that has room for eleven properties.

use allocation_counter::measure;
use consent_string::ac;
use consent_string::algonomy::TokenRequest;
use consent_string::conversion::Conversion;
use consent_string::decision::Question;
use consent_string::didomi::VendorId;
use consent_string::didomi::{DecodeOptions, InferredCodes, SectionKind, StatusesCode};
use consent_string::digest::{
    Algorithm, PreparedSecret, Salts, Secret, SecretMap, SignedUserId, Verifier,
};
use consent_string::gvl::{CmpList, VendorList};
use consent_string::link::{
    Action, AllowedHosts, ConsentEvent, ConsentLink, CreateSecret, PreAuthorizedLink, RedirectUrl,
};
use consent_string::netid::{Identifier, ReadPrivacyStatus, WritePrivacyStatus};
use consent_string::numeric_ids::{NumericIds, NumericIdsRequest};
use consent_string::request::{RequestConsent, Signals};
use consent_string::token::DidomiToken;
use consent_string::{IdSet, MAX_TEXT_LENGTH, Timestamp, didomi, explain, gpp, tcf};
use http::Response;
use url::Url;

/// The most bytes for each byte of a text, beyond `slack` that even the shortest may take.
struct Limit {
    what: &'static str,
    /// In use at once.
    peak: usize,
    /// Allocated in all, whether or not they were given back. Every allocation has a byte or more,
    /// so that this is a limit on their number, too.
    total: usize,
    slack: usize,
}

impl Limit {
    /// Runs an operation on a text of some bytes within the limit.
    fn hold<T>(&self, bytes: usize, run: impl FnOnce() -> T) -> T {
        let mut result = None;
        let used = measure(|| result = Some(run()));
        let used = [used.bytes_max, used.bytes_total].map(|used| usize::try_from(used).unwrap());
        let what = self.what;
        for (name, used, limit) in [("peak", used[0], self.peak), ("total", used[1], self.total)] {
            // Tenths of a byte for each byte of text. Shown where a test fails, or by
            // `--nocapture`.
            let tenths = used.saturating_sub(self.slack) * 10 / bytes.max(1);
            println!("{what}, {name}: {:5}.{} bytes a byte", tenths / 10, tenths % 10);
            assert!(used <= limit * bytes + self.slack, "{what}, {name}: {used} for {bytes} bytes");
        }
        result.unwrap()
    }
}

/// Reading a Didomi Consent String into its owned form: its text, and three bytes of bits for four
/// characters.
const READ: Limit = Limit { what: "read a Didomi string", peak: 2, total: 2, slack: 64 };
/// Making sets of all of its sections.
const SETS: Limit = Limit { what: "make sets of a Didomi string", peak: 18, total: 32, slack: 64 };
/// Writing one canonically, for each character written; the builder itself is not among the bytes.
/// A bit field is put together from a byte for each of its IDs.
const PRINT: Limit = Limit { what: "build a Didomi string", peak: 6, total: 10, slack: 128 };
/// Telling a string from one that says nothing: each ID that differs from the one before makes a
/// change of six bytes.
const DIFF: Limit = Limit { what: "diff of Didomi strings", peak: 54, total: 72, slack: 256 };
/// Applying that, for each character read and written.
const APPLY: Limit = Limit { what: "apply a difference", peak: 30, total: 60, slack: 512 };
/// Merging them, for each character read and written.
const MERGE: Limit = Limit { what: "merge Didomi strings", peak: 30, total: 60, slack: 512 };
/// Characters that the canonical form may have more than the text that was read: the dots of
/// its frame; and, where the text disables IDs by ranges, which the canonical form can't
/// always, four bit fields up to the highest ID.
const LONGER: [usize; 2] = [3, 4 * (2 + 1 + 16 + 2 * 65535) / 6];
/// Reading a TC string into its owned form: its text, and three bytes of bits for four characters.
const READ_TCF: Limit = Limit { what: "read a TC string", peak: 2, total: 2, slack: 64 };
/// Making sets of all of its vendors.
const SETS_TCF: Limit = Limit { what: "make sets of a TC string", peak: 20, total: 32, slack: 64 };
/// Writing one canonically and reading what was written; the builder itself is not among the
/// bytes. Each segment is put together from words, then bytes, then text.
const PRINT_TCF: Limit = Limit { what: "build a TC string", peak: 6, total: 10, slack: 256 };
/// Characters by which the canonical form may be longer than the text: the fill of a segment.
const LONGER_TCF: usize = 3 * 4;

/// Telling a string from one that says nothing, and applying that.
const DIFF_TCF: Limit = Limit { what: "diff of TC strings", peak: 60, total: 90, slack: 2048 };

/// The shortest JSON, too, makes nodes with room for more.
const ROOM: usize = 2048;
/// Reading an event, which is held twice while it is sorted into its properties.
const READ_EVENT: Limit = Limit { what: "read an event", peak: 144, total: 336, slack: ROOM };
/// Printing an event, which reads back what was printed.
const PRINT_EVENT: Limit = Limit { what: "print an event", peak: 152, total: 352, slack: ROOM };
/// Looking whether a link can carry an event.
const CHECK_EVENT: Limit = Limit { what: "check an event", peak: 16, total: 16, slack: ROOM };
/// Reading an answer of an HTTP API.
const READ_ANSWER: Limit = Limit { what: "read an answer", peak: 136, total: 192, slack: ROOM };
/// Reading the forms of feature `serde`.
const READ_FORM: Limit = Limit { what: "read a form", peak: 8, total: 16, slack: ROOM };

/// A host beyond ASCII takes up to 55 bytes for each of its own, of which there are 1024 at most.
const HOST: usize = 64 * 1024;
/// Reading a link or a redirect, and all that can be asked of one but for its event.
const READ_LINK: Limit = Limit { what: "read a link", peak: 16, total: 20, slack: HOST };
const FILL_LINK: Limit = Limit { what: "fill a link", peak: 4, total: 8, slack: HOST };
/// Proving a link reads its event, which may be all of it.
const VERIFY_LINK: Limit = Limit { what: "verify a link", peak: 144, total: 336, slack: ROOM };

/// Reading an AC string: its text, and where the IDs don't rise, each of them with its place.
const READ_AC: Limit = Limit { what: "read an AC string", peak: 6, total: 6, slack: 64 };
/// Making both sets of one, and its canonical form.
const ASK_AC: Limit = Limit { what: "ask an AC string", peak: 13, total: 16, slack: 256 };

/// Reading a token, whose JSON is three quarters of its text.
const READ_TOKEN: Limit = Limit { what: "read a token", peak: 104, total: 150, slack: ROOM };
/// Writing one, for each character written.
const WRITE_TOKEN: Limit = Limit { what: "write a token", peak: 3, total: 7, slack: ROOM };
/// Making a string of one, by a table that has none of its IDs.
const CONVERT_TOKEN: Limit = Limit { what: "convert a token", peak: 16, total: 24, slack: ROOM };
/// Making a token of a string, by a table of three vendors.
const TO_TOKEN: Limit = Limit { what: "convert a string", peak: 36, total: 90, slack: ROOM };
/// Reading a request: its texts and their bits. Of a token the JSON is read as well.
const READ_REQUEST: Limit = Limit { what: "read a request", peak: 4, total: 5, slack: 64 };
const READ_REQUEST_WITH_TOKEN: Limit =
    Limit { what: "read a request with a token", peak: 110, total: 160, slack: ROOM };
/// Asking it all there is.
const ASK_REQUEST: Limit = Limit { what: "ask a request", peak: 0, total: 0, slack: 0 };
/// The shortest text, too, has all the fields of a header.
const PAGE: usize = 32 * 1024;
/// Explaining a text, with long lists in one span and with each entry in its own. A section of a GPP
/// string has two fields a character.
const EXPLAIN: Limit = Limit { what: "explain a text", peak: 2000, total: 5400, slack: PAGE };
const EXPLAIN_ALL: Limit =
    Limit { what: "explain all of a text", peak: 5000, total: 11000, slack: PAGE };
/// Reading a vendor list, or a list of platforms: an entry of the fewest characters has room for
/// all that a vendor can say.
const READ_LIST: Limit = Limit { what: "read a list", peak: 52, total: 72, slack: ROOM };

/// Reads a text, and prints it canonically if it was accepted; whether it was.
pub(crate) fn check_didomi(text: &str) -> bool {
    let options =
        DecodeOptions::new().inferred_codes(InferredCodes::Accept).max_text_length(1 << 20);
    let read = READ.hold(text.len(), || options.decode(text).ok());
    let Some(consent) = read else { return false };
    let (vendors, purposes) = tables();
    TO_TOKEN.hold(text.len(), || {
        _ = Conversion::new(&vendors, &purposes).to_token(&consent).into_parts();
    });
    // Characters that a reader would refuse by default are not written.
    let builder = SETS.hold(text.len(), || consent.to_builder()).did("").ouid("");
    let Ok(written) = builder.build() else { return text.len() > 30_000 };
    let printed = written.as_str().len();
    PRINT.hold(printed, || builder.build().map(drop)).unwrap();
    let disables = |code: StatusesCode| code.bits() != 0b0000;
    let by_ranges = SectionKind::ALL
        .iter()
        .any(|&section| consent.form(section).statuses().is_some_and(disables));
    let longest = text.len() + LONGER[usize::from(by_ranges)];
    assert!(printed <= longest, "print {} characters as {printed}", text.len());

    let silent = written
        .to_builder()
        .purposes(didomi::Section::new())
        .purposes_li(didomi::Section::new())
        .vendors(didomi::Section::new())
        .vendors_li(didomi::Section::new());
    let silent = silent.build().unwrap();
    let difference = DIFF.hold(text.len(), || silent.diff(&written));
    let both = text.len() + printed;
    assert_eq!(APPLY.hold(both, || difference.apply_to(&silent)).unwrap(), written);
    assert_eq!(MERGE.hold(both, || written.merge(&silent)).unwrap(), written);
    true
}

/// The same for a TC string.
pub(crate) fn check_tcf(text: &str) -> bool {
    let options = tcf::DecodeOptions::new()
        .allow_padding()
        .allow_ones_behind_core()
        .skip_unknown_segments()
        .skip_empty_segments()
        .max_text_length(1 << 20);
    let read = READ_TCF.hold(text.len(), || options.decode(text).ok());
    let Some(consent) = read else { return false };
    let builder = SETS_TCF.hold(text.len(), || consent.to_builder());
    // One that is read with a longer limit can be too long to be built.
    let Ok(built) = PRINT_TCF.hold(text.len() + LONGER_TCF, || builder.build()) else {
        assert!(text.len() + LONGER_TCF > MAX_TEXT_LENGTH as usize);
        return true;
    };
    let printed = built.as_str().len();
    assert!(printed <= text.len() + LONGER_TCF, "print {} characters as {printed}", text.len());

    let silent = tcf::TcString::builder(built.created()).build().unwrap();
    let difference = DIFF_TCF.hold(text.len(), || silent.diff(&built));
    let led = DIFF_TCF.hold(text.len(), || difference.apply_to(&silent));
    assert!(led.is_ok_and(|led| led.says_the_same_as(&built)));
    true
}

/// Reads a text as everything that is read from JSON; whether anything was accepted.
pub(crate) fn check_json(text: &str) -> bool {
    let length = text.len();
    let mut accepted = false;

    if let Ok(event) = READ_EVENT.hold(length, || text.parse::<ConsentEvent>()) {
        accepted = true;
        assert!(PRINT_EVENT.hold(length, || event.to_json()).is_ok());
        let checked = CHECK_EVENT.hold(length, || event.check(Action::EventCreate));
        let secret = PreparedSecret::new(Secret::new("secret").unwrap());
        let builder = ConsentLink::builder("k", "user", Action::EventCreate).event_json(text);
        if let Ok(link) = builder.sign(Algorithm::HmacSha256, "sid", &secret) {
            assert_eq!(checked, Ok(()));
            let mut store = SecretMap::new();
            store.insert("k", "sid", [secret]);
            let verifier = Verifier::new(Salts::Absent);
            let verified =
                VERIFY_LINK.hold(link.as_str().len(), || link.verify(&verifier, &store).map(drop));
            assert_eq!(verified, Ok(()));
        }
    }

    let origin = Url::parse("https://www.example.com").unwrap().origin();
    let read = ReadPrivacyStatus::new("tapp", origin.clone(), [Identifier::Tpid]);
    let write = WritePrivacyStatus::new("tapp", origin, [Identifier::Tpid]);
    let token = TokenRequest::create(["basic"]);
    let secret = CreateSecret::new("organization", "name");
    let numbers = NumericIdsRequest::<VendorId>::new();
    let event = ConsentEvent::default();
    let link = PreAuthorizedLink::new("organization", "user", Action::EventCreate, event).unwrap();
    let response = |status: u16| Response::builder().status(status).body(text).unwrap();
    let [ok, created, bad] = [200, 201, 400].map(response);
    accepted |= READ_ANSWER.hold(length, || read.read(&ok)).is_ok();
    accepted |= READ_ANSWER.hold(length, || read.read(&bad)).is_ok();
    accepted |= READ_ANSWER.hold(length, || write.read(&created)).is_ok();
    accepted |= READ_ANSWER.hold(length, || token.read(&ok)).is_ok();
    accepted |= READ_ANSWER.hold(length, || secret.read(&ok)).is_ok();
    accepted |= READ_ANSWER.hold(length, || link.read(&ok)).is_ok();
    accepted |= READ_ANSWER.hold(length, || numbers.read(&ok)).is_ok();

    accepted |= READ_FORM.hold(length, || from_json::<didomi::ConsentString>(text)).is_some();
    accepted |= READ_FORM.hold(length, || from_json::<tcf::Decoded>(text)).is_some();
    accepted |= READ_FORM.hold(length, || from_json::<didomi::Decoded>(text)).is_some();
    accepted |= READ_FORM.hold(length, || from_json::<SignedUserId>(text)).is_some();
    accepted |= READ_FORM.hold(length, || from_json::<IdSet<VendorId>>(text)).is_some();
    accepted
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Reads a text as a link and as a redirect, and asks them all there is; whether it was either.
pub(crate) fn check_link(text: &str) -> bool {
    let length = text.len();
    let hosts = AllowedHosts::new(["a.example"]).unwrap();
    let link = READ_LINK.hold(length, || text.parse::<ConsentLink>());
    if let Ok(link) = &link {
        READ_LINK.hold(length, || link.unknown_parameters().count());
        READ_LINK.hold(length, || link.redirect(&hosts).is_ok());
        let secret = PreparedSecret::new(Secret::new("secret").unwrap());
        FILL_LINK.hold(length, || link.fill("user", Some("salt"), &secret).is_ok());
    }
    let redirect = READ_LINK.hold(length, || text.parse::<RedirectUrl>());
    if let Ok(redirect) = &redirect {
        READ_LINK.hold(length, || redirect.with_error("code"));
        READ_LINK.hold(length, || redirect.error_code().is_ok());
        READ_LINK.hold(length, || hosts.check(redirect).is_ok());
    }
    link.is_ok() || redirect.is_ok()
}

/// Reads a text as an AC string, and asks it all there is; whether it was accepted.
pub(crate) fn check_ac(text: &str) -> bool {
    let options = ac::ParseOptions::new().accept_duplicates().max_text_length(1 << 20);
    let strict = ac::ParseOptions::new().max_text_length(1 << 20);
    READ_AC.hold(text.len(), || strict.parse(text).is_ok());
    let Ok(ac) = READ_AC.hold(text.len(), || options.parse(text)) else { return false };
    ASK_AC.hold(text.len(), || ac.consented().to_set().len() + ac.disclosed().len());
    ASK_AC.hold(text.len(), || ac::AcString::v2(ac.consented(), ac.disclosed_list()).is_ok());
    true
}

/// Reads a text as a token, and writes it if it was accepted; whether it was.
pub(crate) fn check_token(text: &str) -> bool {
    let Ok(token) = READ_TOKEN.hold(text.len(), || text.parse::<DidomiToken>()) else {
        return false;
    };
    let written = token.encode().expect("a token that was read").len();
    assert!(WRITE_TOKEN.hold(written, || token.encode()).is_ok());
    let (vendors, purposes) = tables();
    let conversion = Conversion::new(&vendors, &purposes);
    CONVERT_TOKEN.hold(text.len(), || conversion.to_didomi(&token).is_ok());
    true
}

/// Some vendors and no purposes.
fn tables() -> (NumericIds<VendorId>, NumericIds<didomi::PurposeId>) {
    let id = |number| VendorId::new(number).unwrap();
    let vendors = [(id(1), "one"), (id(2), "two"), (VendorId::MAX, "last")];
    (NumericIds::from_pairs(vendors).unwrap(), NumericIds::new())
}

/// Reads a text as the `Cookie` header of a request, and asks all there is; whether any string of
/// it was read.
pub(crate) fn check_request(header: &str) -> bool {
    let now: Timestamp = "2026-06-15T12:00:00Z".parse().unwrap();
    let questions = ["iab:755", "google:89", "didomi:2"]
        .map(|vendor| Question::new(vendor.parse().unwrap(), "iab:1".parse().unwrap()));
    let has_token = header.contains("didomi_token=");
    let limit = if has_token { READ_REQUEST_WITH_TOKEN } else { READ_REQUEST };
    let consent = limit.hold(header.len(), || {
        RequestConsent::read(&Signals::from_cookies(header).sec_gpc("0"), now)
    });
    ASK_REQUEST.hold(header.len(), || {
        let mut asked = consent.contradictions().count() + usize::from(consent.gdpr_applies());
        for &what in gpp::DataUse::ALL {
            asked += consent.opted_out(what).name().len();
        }
        for question in questions {
            asked += usize::from(consent.permits(question).is_ok());
            let question = question.on(tcf::LegalBasis::Consent);
            asked += usize::from(consent.permits(question).is_ok());
        }
        asked
    });
    let is_read = [
        consent.didomi().read().is_some(),
        consent.tcf().read().is_some(),
        consent.ac().read().is_some(),
        consent.gpp().read().is_some(),
        consent.gpp_sid().read().is_some(),
        consent.us_privacy().read().is_some(),
        consent.token().read().is_some(),
    ];
    is_read.contains(&true)
}

/// Explains a text; whether it is good.
pub(crate) fn check_explain(text: &str) -> bool {
    let all = explain::Options::new().all(true);
    let explanation = EXPLAIN.hold(text.len(), || explain::explain(text));
    EXPLAIN_ALL.hold(text.len(), || all.explain(text, None).spans.len());
    explanation.error.is_none()
}

/// Reads a text as both kinds of lists; whether it was either.
pub(crate) fn check_list(text: &str) -> bool {
    let vendors = READ_LIST.hold(text.len(), || VendorList::parse(text).is_ok());
    let platforms = READ_LIST.hold(text.len(), || CmpList::parse(text).is_ok());
    vendors || platforms
}
