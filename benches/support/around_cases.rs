//! The strings and the list that the benchmarks of what stands around them ask.

use std::fmt::Write as _;

use consent_string::didomi::{ConsentString, PurposeId, Section, Status, VendorId, Version};
use consent_string::gpp::{GppString, OptOut, SectionId, UsSection};
use consent_string::tcf::TcString;
use consent_string::{Id, IdSet, Timestamp};

const NOW: &str = "2026-06-15T12:00:00Z";

pub(crate) fn now() -> Timestamp {
    NOW.parse().expect("a time")
}

pub(crate) fn ids<I: Id>(step: usize, end: u16) -> IdSet<I> {
    (1..=end).step_by(step).filter_map(I::new).collect()
}

/// A valid TC string of 590 characters, as those of live sites on average.
pub(crate) fn tc_string() -> TcString {
    crate::tcf_cases::live().parse().expect("a valid string")
}

/// Two hundred vendors, one in five of them disabled.
pub(crate) fn didomi() -> ConsentString {
    let mut vendors = Section::new();
    for id in ids::<VendorId>(3, 600) {
        let status = if id.get() % 5 == 0 { Status::Disabled } else { Status::Enabled };
        vendors.set(id, status);
    }
    let mut purposes = Section::new();
    purposes.set_range(PurposeId::MIN..=PurposeId::new(12).expect("an ID"), Status::Enabled);
    ConsentString::builder(Version::V1)
        .user_id(uuid::Uuid::from_u128(1))
        .created(now())
        .purposes(purposes)
        .vendors(vendors)
        .build()
        .expect("a string")
}

/// One section of the United States.
pub(crate) fn gpp() -> GppString {
    let us = UsSection::builder(SectionId::USNAT).sale_opt_out(OptOut::DidNotOptOut).build();
    GppString::builder().us_section(us.expect("a section")).build().expect("a string")
}

/// A list of 1.5 MB: a thousand vendors, each with all that one can say.
pub(crate) fn vendor_list() -> String {
    let mut list = String::from(
        r#"{"gvlSpecificationVersion":3,"vendorListVersion":81,"tcfPolicyVersion":5,"lastUpdated":"2026-06-01T16:00:00Z","vendors":{"#,
    );
    let url = "https://vendor.example/a/path/to/the/privacy/policy/in/some/language";
    for id in 1..=1080 {
        let comma = if id > 1 { "," } else { "" };
        write!(
            list,
            r#"{comma}"{id}":{{"id":{id},"name":"The vendor of number {id}","purposes":[1,3,4],"legIntPurposes":[2,7,9,10],"flexiblePurposes":[2,7],"specialPurposes":[1,2],"features":[1,2,3],"specialFeatures":[1],"dataDeclaration":[1,2,3,4,6,8,11],"dataRetention":{{"stdRetention":397,"purposes":{{"3":180}},"specialPurposes":{{}}}},"usesCookies":true,"cookieMaxAgeSeconds":33696000,"cookieRefresh":false,"usesNonCookieAccess":true,"urls":["#
        )
        .expect("a string takes all text");
        let urls = ["en", "fr", "de", "es", "it"].map(|language| {
            format!(
                r#"{{"langId":"{language}","privacy":"{url}/{id}","legIntClaim":"{url}/{id}#li"}}"#
            )
        });
        let end = r#"],"deviceStorageDisclosureUrl":"https://vendor.example/storage.json"}"#;
        list += &(urls.join(",") + end);
    }
    list += "}}";
    assert!((1_400_000..1_700_000).contains(&list.len()), "{}", list.len());
    list
}
