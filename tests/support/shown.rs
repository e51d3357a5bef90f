//! What every public type shows that is made of a secret, of a token or of a person's identifier.

use std::any::type_name;
use std::error::Error;
use std::fmt::Debug;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use consent_string::algonomy::{Api, Tenant, TokenRequest};
use consent_string::any::{self, AnyString};
use consent_string::conversion::{Conversion, Loss};
use consent_string::didomi::ConsentStringRef;
use consent_string::didomi::VendorId;
use consent_string::digest::{
    Algorithm, Digest, DigestParts, PreparedSecret, Salts, Secret, SecretMap, SignedUserId,
    UserAuthWithHashParams, Verifier,
};
use consent_string::link::{
    Action, AllowedHosts, ConsentEvent, ConsentLink, ConsentLinkBuilder, CreateSecret, Parameter,
    PreAuthorizedLink, RedirectUrl,
};
use consent_string::netid::{Answer, IdConsent, Identifier, ReadPrivacyStatus, WritePrivacyStatus};
use consent_string::numeric_ids::{NumericIds, NumericIdsRequest};
use consent_string::token::{AdTechProviders, DidomiToken};
use consent_string::{Buffer, Timestamp, ac, didomi, gpp, request, tcf, us_privacy};
use consent_string::{cookie, explain};
use http::Response;
use serde_json::json;
use url::Url;

pub(crate) const SECRET: &str = "Zq7secretZq7";
pub(crate) const USER: &str = "Zq7user@domain.com";
pub(crate) const SALT: &str = "Zq7salt";
/// An ID that Didomi gave to a user.
pub(crate) const USER_ID: &str = "5a713700-52d7-4bd4-9e3f-0f6d3a4c2b18";
/// A TC string that a user stored at netID.
pub(crate) const TC_STRING: &str = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";

/// Everything in these tests that mustn't be shown has this in it, or is one of the above.
pub(crate) const MARK: &str = "Zq7";

/// What the IDs of AC strings in these tests start with.
pub(crate) const AC_IDS: &str = "9011305";

/// `Zq7` as `Debug` shows bytes, in decimal and in hexadecimal.
pub(crate) const MARK_BYTES: [&str; 2] = ["90, 113, 55", "5a, 71, 37"];

/// What was shown, by the type that showed it.
#[derive(Default)]
pub(crate) struct Shown(pub(crate) Vec<(&'static str, String)>);

impl Shown {
    fn debug<T: Debug>(&mut self, value: &T) {
        assert!(!format!("{value:?}").is_empty(), "{} is not shown at all", name_of::<T>());
        for text in [format!("{value:?}"), format!("{value:#?}"), format!("{value:02x?}")] {
            let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.0.push((name_of::<T>(), one_line));
        }
    }

    fn error<E: Error + 'static>(&mut self, error: &E) {
        self.debug(error);
        let mut next: Option<&dyn Error> = Some(error);
        while let Some(error) = next {
            self.0.push((name_of::<E>(), error.to_string()));
            next = error.source();
        }
    }

    /// All of a request but its body, which holds what is sent.
    fn request(&mut self, request: http::Request<Vec<u8>>) {
        self.debug(&request.into_parts().0);
    }

    /// A value and those of its parts that have a type of their own.
    fn event(&mut self, event: &ConsentEvent) {
        self.debug(event);
        self.debug(event.user.as_ref().unwrap());
        self.debug(event.delegate.as_ref().unwrap());
        let consents = event.consents.as_ref().unwrap();
        self.debug(consents);
        self.debug(consents.vendors.as_ref().unwrap());
        self.debug(&consents.channels.as_ref().unwrap()[0]);
        let purpose = &consents.purposes.as_ref().unwrap()[0];
        self.debug(purpose);
        self.debug(&purpose.values.as_ref().unwrap()[MARK]);
    }
}

/// The path where a type is defined, whatever it is exported as, without its parameters.
pub(crate) fn name_of<T>() -> &'static str {
    type_name::<T>().split('<').next().unwrap()
}

pub(crate) fn prepared(secret: &str) -> PreparedSecret {
    PreparedSecret::new(Secret::new(secret).unwrap())
}

pub(crate) fn builder() -> ConsentLinkBuilder {
    ConsentLink::builder("k", USER, Action::EventCreate)
        .event_json(r#"{"Zq7": "Zq7"}"#)
        .salt(SALT)
        .redirect_url("https://website.com/Zq7?Zq7#Zq7")
}

fn digests(shown: &mut Shown) {
    let algorithm = Algorithm::HmacSha256;
    shown.debug(&Secret::new(SECRET).unwrap());
    let prepared = prepared(SECRET);
    shown.debug(&prepared);
    let parts = DigestParts::new(USER).with_salt(SALT).with_expiration(1);
    shown.debug(&parts);
    shown.debug(&prepared.digest(algorithm, &DigestParts::new(USER).with_salt(SALT)));
    let unsigned = SignedUserId::builder(USER).salt(SALT);
    shown.debug(&unsigned);
    let signed = unsigned.sign(algorithm, "sid", &prepared).unwrap();
    shown.debug(&signed);
    shown.debug(&UserAuthWithHashParams::from(signed));
    shown.debug(&Verifier::new(Salts::OfAnyLength));
    let mut store = SecretMap::new();
    store.insert("api-key", "sid", [prepared.clone()]);
    shown.debug(&store);

    shown.error(&Secret::new([0; 3]).unwrap_err());
    shown.error(&MARK.parse::<Algorithm>().unwrap_err());
    shown.error(&Digest::from_hex(algorithm, MARK).unwrap_err());
    let not_hex = format!("{MARK}{}", "0".repeat(61));
    shown.error(&Digest::from_hex(algorithm, &not_hex).unwrap_err());
    for builder in [SignedUserId::builder(""), SignedUserId::builder(USER).expiration(9_071_370)] {
        shown.error(&builder.salt(SALT).sign(algorithm, "Zq7", &prepared).unwrap_err());
    }
    let other = [self::prepared("Zq7other")];
    let digest = prepared.digest(algorithm, &parts).to_string();
    for (secrets, text) in [(&other[..], &*digest), (&other, MARK), (&other, &not_hex), (&[], MARK)]
    {
        let verifier = Verifier::new(Salts::OfAnyLength);
        shown.error(&verifier.verify(algorithm, secrets, &parts, text).unwrap_err());
        let now = Timestamp::MAX;
        shown.error(&verifier.verify_at(algorithm, secrets, &parts, text, now).unwrap_err());
        let strict = Verifier::new(Salts::OfLength(1));
        shown.error(&strict.verify_at(algorithm, secrets, &parts, text, now).unwrap_err());
    }
}

fn links(shown: &mut Shown) {
    let algorithm = Algorithm::HmacSha256;
    let prepared = prepared(SECRET);
    shown.debug(&builder());
    let link = builder().sign(algorithm, "sid", &prepared).unwrap();
    shown.debug(&link);
    let verifier = Verifier::new(Salts::OfLength(SALT.len()));
    let mut store = SecretMap::new();
    for (key, sid) in [("k", "sid"), (MARK, MARK)] {
        store.insert(key, sid, [prepared.clone()]);
    }
    shown.debug(&link.unknown_parameters());
    shown.debug(&link.verify(&verifier, &store).unwrap());
    let hosts = AllowedHosts::new(["website.com"]).unwrap();
    shown.debug(&hosts);
    shown.debug(&link.redirect(&hosts).unwrap().unwrap());

    shown.error(&MARK.parse::<Action>().unwrap_err());
    for json in ["Zq7", "\"Zq7\"", r#"{"id":["Zq7"]}"#, r#"{"Zq7":1,"Zq7":1}"#] {
        shown.error(&json.parse::<ConsentEvent>().unwrap_err());
        let error = builder().event_json(json).sign(algorithm, "sid", &prepared).unwrap_err();
        shown.error(&error);
    }
    for url in [
        "Zq7",
        "https://Zq7@a/",
        "https://a/?key=%Zq7",
        "https://a/?key=Zq7&key",
        "https://a/?Zq7#Zq7",
    ] {
        shown.error(&url.parse::<ConsentLink>().unwrap_err());
        if let Err(error) = url.parse::<RedirectUrl>() {
            shown.error(&error);
        }
    }
    shown.error(&"https://Zq7.example".parse().map(|url| hosts.check(&url)).unwrap().unwrap_err());
    shown.error(&AllowedHosts::new(["Zq7/"]).unwrap_err());
    let names = || Parameter::ALL.iter().map(|parameter| parameter.name());
    for dropped in names() {
        let query: Vec<_> = names().filter(|n| *n != dropped).map(|n| format!("{n}=Zq7")).collect();
        let link = ConsentLink::from_query(&query.join("&")).unwrap();
        shown.error(&link.verify(&verifier, &store).unwrap_err());
    }
    let not_hex = format!("{MARK}{}", "0".repeat(61));
    for (name, value) in [("auth_digest", MARK), ("auth_digest", &*not_hex), ("auth_salt", MARK)] {
        let query = link.as_str().split_once('?').unwrap().1;
        let query: Vec<_> = query.split('&').filter(|pair| !pair.starts_with(name)).collect();
        let changed = format!("{}&{name}={value}", query.join("&"));
        let changed = ConsentLink::from_query(&changed).unwrap();
        shown.error(&changed.verify(&verifier, &store).unwrap_err());
    }
}

fn events(shown: &mut Shown) {
    let event = json!({
        "id": MARK, "organization_id": MARK, "created_at": MARK, "regulation": MARK,
        "proofs_id": MARK, "proofs": [MARK], MARK: MARK,
        "user": {"id": MARK, "organization_user_id": USER, "country": MARK, "metadata": MARK,
                 MARK: MARK},
        "delegate": {"id": MARK, "name": MARK, "metadata": MARK, MARK: MARK},
        "consents": {
            "tcfcs": TC_STRING, MARK: MARK,
            "purposes": [{"id": MARK, "metadata": MARK, MARK: MARK, "values": {MARK: {"value": MARK, MARK: MARK}}}],
            "vendors": {"enabled": [MARK], "disabled": [USER], "enabled_li": [MARK], MARK: MARK},
            "channels": [{"id": MARK, "metadata": MARK, MARK: MARK}],
        },
    });
    let event: ConsentEvent = event.to_string().parse().unwrap();
    shown.event(&event);
    let status: ConsentEvent = json!({"status": MARK}).to_string().parse().unwrap();
    shown.debug(status.status.as_ref().unwrap());
    let mut twice = event.clone();
    twice.other.insert("id".into(), MARK.into());
    shown.debug(&twice);
    shown.error(&twice.to_json().unwrap_err());
    shown.error(&serde_json::to_string(&twice).unwrap_err());
    shown.error(&event.check_user("Zq7other").unwrap_err());
    shown.error(&event.clone().merge(ConsentEvent::default()).unwrap_err());
}

fn didomi_strings(shown: &mut Shown) {
    let builder = didomi::ConsentString::builder(didomi::Version::V2)
        .user_id(USER_ID.parse().unwrap())
        .created(Timestamp::MIN)
        .regulation(didomi::Regulation::GDPR)
        .did("Zq7did")
        .ouid("Zq7ouid");
    shown.debug(&builder);
    let consent = builder.build().unwrap().with_signature("Zq7signature").unwrap();
    shown.debug(&consent);
    shown.debug(&consent.decoded());
    let text = consent.to_string();
    assert_eq!(text.matches(MARK).count(), 3);
    shown.debug(&text.parse::<didomi::ConsentString>().unwrap());
    let mut buffer = Buffer::new();
    shown.debug(&ConsentStringRef::parse(&text, &mut buffer).unwrap());

    // What changes is told, and not from what to what: in a log, too.
    let other = builder.clone().user_id(uuid::Uuid::nil()).did("").ouid("Zq7").build().unwrap();
    for difference in [consent.diff(&other), other.diff(&consent)] {
        shown.debug(&difference);
        shown.0.push((name_of::<didomi::Difference>(), difference.to_string()));
        for change in difference.header() {
            shown.debug(change);
            let didomi::FieldChange::UserId(values) = change else { continue };
            shown.debug(values);
        }
    }
    shown.error(&consent.merge(&other).unwrap_err());
    let third = builder.clone().did("Zq7other").build().unwrap();
    shown.error(&other.diff(&third).apply_to(&consent).unwrap_err());

    shown.error(&builder.did("Zq7.Zq7").build().unwrap_err());
    shown.error(&consent.with_signature("Zq7.Zq7").unwrap_err());
    let bytes: &mut [u8] = &mut [];
    shown.error(&ConsentStringRef::parse_in(&text, bytes).unwrap_err());
    for text in ["Zq7", "CZq7Zq7Zq7Zq7Zq7Zq7Zq7Z~Zq7", "Zq7.Zq7~Zq7~Zq7"] {
        shown.error(&text.parse::<didomi::ConsentString>().unwrap_err());
        shown.error(&text.parse::<tcf::TcString>().unwrap_err());
        shown.error(&text.parse::<VendorId>().unwrap_err());
        shown.error(&text.parse::<Timestamp>().unwrap_err());
        shown.error(&text.parse::<tcf::Letters>().unwrap_err());
    }
}

/// Strings whose format is told from the text, their JSON, and cookies that have them.
fn any_strings(shown: &mut Shown) {
    let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA.Zq7.Zq7~Zq7";
    let any: AnyString = text.parse().unwrap();
    shown.debug(&any);
    let same: AnyString = text.split('.').next().unwrap().parse().unwrap();
    let difference = any.diff(&same).unwrap();
    shown.debug(&difference);
    shown.0.push((name_of::<any::Difference>(), difference.to_string()));
    let mut buffer = Buffer::new();
    assert!(any::DecodeOptions::new().check(text, None, &mut buffer).is_ok());
    shown.debug(&buffer);
    shown.error(&"Zq7".parse::<AnyString>().unwrap_err());
    for json in [r#"{"format":"Zq7"}"#, r#"{"format":"didomi","Zq7":"Zq7"}"#, "Zq7"] {
        shown.error(&any::Decoded::from_json(json, None).unwrap_err());
    }
    let explanation = explain::explain(text);
    assert!(explanation.spans.len() > 10, "header, sections, tokens");
    shown.debug(&explanation);
    for span in &explanation.spans {
        shown.debug(span);
        shown.debug(&span.value);
    }
    let header = "didomi_dcs=Zq7; other=Zq7";
    shown.debug(&cookie::pairs(header));
    shown.debug(&cookie::known(header));
    shown.error(&cookie::decode("Zq7%").unwrap_err());
}

/// GPP strings: their texts, and the vendors of one.
fn gpp_strings(shown: &mut Shown) {
    let canada = "BPSG_8APSG_8AAAAAAENAACAAAAAAAAAAAAAAAAAAAA";
    let builder = gpp::GppString::builder()
        .section(gpp::SectionId::TCFCAV1, canada)
        .section(gpp::SectionId::USCA, MARK)
        .section(gpp::SectionId::MAX, MARK);
    shown.debug(&builder);
    let string = builder.build().unwrap();
    assert_eq!(string.as_str().matches(MARK).count(), 2);
    shown.debug(&string);
    shown.debug(&string.view());
    shown.debug(&string.decoded());
    shown.debug(&string.section_ids());
    shown.debug(&string.sections());
    let [canada, california, _] = [0, 1, 2].map(|index| string.sections().nth(index).unwrap());
    shown.debug(&california);
    shown.error(&california.us().unwrap().unwrap_err());
    let other = gpp::GppString::builder().section(gpp::SectionId::MAX, "Zq7other").build();
    let difference = string.diff(&other.unwrap());
    shown.debug(&difference);
    shown.0.push((name_of::<gpp::Difference>(), difference.to_string()));
    shown.debug(&difference.sections()[0]);
    shown.error(&difference.apply_to(&gpp::GppString::builder().build().unwrap()).unwrap_err());
    let mut buffer = Buffer::new();
    let canada = canada.tcf_canada(&mut buffer).unwrap().unwrap();
    shown.debug(&canada);
    shown.debug(&canada.to_builder());
    shown.debug(&canada.vendors_express());
    shown.debug(&canada.vendors_express().ranges());
    shown.debug(&canada.publisher_restrictions());
    for text in [MARK, "DBZq7", "DBABL~Zq7~Zq7"] {
        shown.error(&text.parse::<gpp::GppString>().unwrap_err());
        shown.error(&text.parse::<gpp::GppSid>().unwrap_err());
        shown.error(&text.parse::<us_privacy::UsPrivacy>().unwrap_err());
    }
}

fn answer(status: u16, body: &str) -> Response<&str> {
    Response::builder().status(status).body(body).unwrap()
}

/// AC strings, whose IDs are numbers, and tokens.
fn around(shown: &mut Shown) {
    let text = "2~90113055.1~dv.90113056";
    assert_eq!(text.matches(AC_IDS).count(), 2);
    let ac: ac::AcString = text.parse().unwrap();
    shown.debug(&ac);
    shown.debug(&ac.view());
    shown.debug(&ac.consented());
    shown.debug(&ac.consented().iter());
    for text in ["1~90113055.90113055", "1~90113055x", "Zq7", "2~1~Zq7"] {
        shown.error(&text.parse::<ac::AcString>().unwrap_err());
    }

    let token = |vendors: &str| {
        format!(
            r#"{{"user_id":"{USER_ID}","created":"2024-08-27T07:15:05.610Z",
                "updated":"2024-08-27T07:15:05.610Z","version":2,"vendors":{vendors},
                "ac":"AAFA.AAIg","Zq7":"Zq7"}}"#
        )
    };
    let good = token(r#"{"enabled":["Zq7"],"Zq7":"Zq7"}"#);
    let read: DidomiToken = STANDARD.encode(good).parse().unwrap();
    shown.debug(&read);
    shown.debug(read.vendors().unwrap());
    shown.debug(read.ad_tech_providers().unwrap());
    let (vendors, purposes) = (NumericIds::new(), NumericIds::new());
    let conversion = Conversion::new(&vendors, &purposes);
    shown.debug(&conversion);
    let converted = conversion.to_didomi(&read).unwrap();
    shown.debug(&converted);
    converted.losses().iter().for_each(|loss| shown.debug(loss));
    shown.0.extend(converted.losses().iter().map(|loss| (name_of::<Loss>(), loss.to_string())));
    shown.error(&converted.with_every_choice().unwrap_err());
    for vendors in
        [r#"{"enabled":["Zq7"],"disabled":["Zq7"]}"#, r#"["Zq7"]"#, r#"{"Zq7":1,"Zq7":1}"#]
    {
        shown.error(&DidomiToken::from_json(token(vendors).as_bytes()).unwrap_err());
    }
    for text in ["Zq7", "Zq7-", "Zq7Zq7Zq7=="] {
        shown.error(&text.parse::<DidomiToken>().unwrap_err());
        shown.error(&text.parse::<AdTechProviders>().unwrap_err());
    }
}

/// Where requests are sent, with secrets that mustn't be there: refused, but not shown.
fn bad_base() -> Url {
    Url::parse(&format!("https://user:{MARK}@api.example/{MARK}")).unwrap()
}

fn didomi_calls(shown: &mut Shown) {
    let (token, unfit) = (Secret::new(SECRET).unwrap(), Secret::new("Zq7\n").unwrap());
    let event = json!({"status": MARK, "id": MARK}).to_string().parse().unwrap();
    let link = PreAuthorizedLink::new("org", USER, Action::EventUpdate, event)
        .unwrap()
        .redirect_url(format!("https://shop.example/{MARK}").parse().unwrap());
    shown.debug(&link);
    shown.request(link.to_http(&token).unwrap());
    shown.error(&link.to_http(&unfit).unwrap_err());
    shown.error(&link.clone().base_url(bad_base()).to_http(&token).unwrap_err());
    let body = json!({"url": format!("https://api.example/?token={MARK}"), MARK: MARK}).to_string();
    shown.debug(&link.read(&Response::new(&body)).unwrap());
    let body = json!({"url": MARK}).to_string();
    shown.error(&link.read(&Response::new(&body)).unwrap_err());

    let create = CreateSecret::new("org", "name").base_url(bad_base());
    shown.debug(&create);
    shown.error(&create.to_http(&token).unwrap_err());
    shown.request(CreateSecret::new("org", "name").to_http(&token).unwrap());
    let body = json!({"id": MARK, "name": MARK, "version": MARK, "secret": MARK, MARK: MARK});
    let body = body.to_string();
    shown.debug(&create.read(&Response::new(&body)).unwrap());
    shown.error(&create.read(&Response::new(MARK)).unwrap_err());
}

fn numeric_ids_calls(shown: &mut Shown) {
    let (token, unfit) = (Secret::new(SECRET).unwrap(), Secret::new("Zq7\n").unwrap());
    let request = NumericIdsRequest::<VendorId>::new();
    shown.debug(&request);
    shown.request(request.to_http(&token).unwrap());
    shown.error(&request.to_http(&unfit).unwrap_err());
    shown.error(&request.clone().base_url(bad_base()).to_http(&token).unwrap_err());
    let body = json!({"total": 1, "limit": 1, "skip": 0, "data": [
        {"metadata_partner_id": "google", "numeric_id": 2, MARK: MARK},
    ]});
    let page = request.read(&http::Response::new(body.to_string())).unwrap();
    shown.debug(&page);
    shown.debug(&page.entries()[0]);
    shown.error(&request.read(&http::Response::new(MARK)).unwrap_err());
}

fn algonomy_calls(shown: &mut Shown) {
    let (token, unfit) = (Secret::new(SECRET).unwrap(), Secret::new("Zq7\n").unwrap());
    let create = TokenRequest::create(["basic"]);
    let tenant = Tenant::new(Api::Gdpr, bad_base(), token.clone());
    shown.debug(&tenant);
    shown.error(&create.to_http(&tenant).unwrap_err());
    let tenant = Tenant::new(Api::Gdpr, "https://a.example".parse().unwrap(), token.clone())
        .oauth_key_secret(token.clone());
    let update = TokenRequest::update(token, ["basic"]);
    shown.debug(&tenant);
    shown.debug(&create);
    shown.debug(&update);
    shown.request(create.to_http(&tenant).unwrap());
    shown.request(update.to_http(&tenant).unwrap());
    shown.error(&create.to_http(&tenant.oauth_key_secret(unfit)).unwrap_err());
    let body = json!({
        "token": MARK, "message": "Zq7 is your token", "resource": [MARK], "refresh": MARK,
    });
    let body = body.to_string();
    shown.debug(&create.read(&Response::new(&body)).unwrap());
    shown.error(&create.read(&answer(401, &body)).unwrap_err());
    shown.error(&create.read(&Response::new(format!("\"{MARK}\""))).unwrap_err());
}

fn netid_calls(shown: &mut Shown) {
    let (token, unfit) = (Secret::new(SECRET).unwrap(), Secret::new("Zq7\n").unwrap());
    let origin = Url::parse("https://www.example.com").unwrap().origin();
    let ids = [Identifier::Tpid, Identifier::SyncId, Identifier::Etpid];
    let read = ReadPrivacyStatus::new("tapp", origin.clone(), ids);
    shown.debug(&read);
    shown.request(read.to_http(&token).unwrap());
    shown.error(&read.to_http(&unfit).unwrap_err());
    shown.error(&read.clone().base_url(bad_base()).to_http(&token).unwrap_err());
    let write = WritePrivacyStatus::new("tapp", origin, ids)
        .idconsent(IdConsent::Valid)
        .iab_tc_string(&TC_STRING.parse().unwrap());
    shown.debug(&write);
    shown.request(write.to_http(&token).unwrap());
    for tc_string in [MARK, TC_STRING] {
        let body = json!({
            "status_code": "PERMISSIONS_FOUND",
            MARK: MARK,
            "subject_identifiers": {"tpid": MARK, "sync_id": MARK, "etpid": MARK, MARK: MARK},
            "netid_privacy_settings": {
                MARK: MARK,
                "idconsent": {"status": "VALID", "changed_at": MARK, MARK: MARK},
                "iab_tcstring": {"value": tc_string, "changed_at": MARK, MARK: MARK},
            },
        });
        let body = body.to_string();
        let Answer::Given(status) = read.read(&answer(200, &body)).unwrap() else {
            panic!("refused");
        };
        shown.debug(&status);
        shown.debug(status.subject_identifiers());
        shown.debug(status.settings());
        shown.debug(status.settings().idconsent().unwrap());
        let setting = status.settings().iab_tcstring().unwrap();
        shown.debug(setting);
        assert_eq!(setting.parse().map_err(|error| shown.error(&error)).is_ok(), tc_string != MARK);
        let answer = write.read(&answer(201, &body)).unwrap();
        shown.debug(&answer);
        let Answer::Given(status) = answer else { panic!("refused") };
        shown.debug(&status);
    }
    let body = json!({"status_code": MARK}).to_string();
    let Answer::Refused(refusal) = read.read(&answer(400, &body)).unwrap() else {
        panic!("given");
    };
    shown.debug(&refusal);
    shown.debug(refusal.status_code().unwrap());
    let body = json!({"status_code": "TOKEN_ERROR", "token": MARK}).to_string();
    let Answer::Refused(refusal) = read.read(&answer(400, &body)).unwrap() else {
        panic!("given");
    };
    shown.debug(&refusal);
    shown.error(&read.read(&answer(200, &body)).unwrap_err());
}

/// The consent of a request, and its strings asked together.
fn requests(shown: &mut Shown) {
    let now: Timestamp = "2026-06-15T12:00:00Z".parse().unwrap();
    let dcs = didomi::ConsentString::builder(didomi::Version::V1)
        .user_id(USER_ID.parse().unwrap())
        .created(now)
        .updated(now)
        .did("Zq7")
        .build()
        .unwrap();
    let header =
        format!("didomi_dcs={dcs}; euconsent-v2={TC_STRING}; addtl_consent=1~90113055; __gpp=Zq7");
    let signals = request::Signals::from_cookies(&header);
    shown.debug(&signals);
    let consent = request::RequestConsent::read(&signals, now);
    assert!(consent.didomi().read().is_some() && consent.ac().read().is_some());
    shown.debug(&consent);
    shown.debug(&consent.report());
    shown.debug(&consent.strings([]));
}

pub(crate) fn all() -> Shown {
    let mut shown = Shown::default();
    digests(&mut shown);
    links(&mut shown);
    events(&mut shown);
    didomi_strings(&mut shown);
    any_strings(&mut shown);
    requests(&mut shown);
    gpp_strings(&mut shown);
    around(&mut shown);
    didomi_calls(&mut shown);
    numeric_ids_calls(&mut shown);
    algonomy_calls(&mut shown);
    netid_calls(&mut shown);
    shown
}
