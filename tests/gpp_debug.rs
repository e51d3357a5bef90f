//! What `Debug` and errors show of GPP strings: not their texts, nor who consented to what.

#![cfg(feature = "gpp")]

use consent_string::Buffer;
use consent_string::gpp::{GppSid, GppString, SectionId};
use consent_string::us_privacy::UsPrivacy;

const TEXT: &str = "DBACeHz7g~BPSG_8APSG_8AAyACAENGdCgf_gfgAfgfgBgABABAAABAB4AACACAAA.fHHHA4444ao";

#[test]
fn debug_shows_neither_text_nor_vendors() {
    let canada = TEXT.split('~').nth(1).unwrap();
    let gpp = GppString::builder()
        .section(SectionId::TCFCAV1, canada)
        .section(SectionId::new(900).unwrap(), "Zq7Zq7")
        .build()
        .unwrap();
    let mut buffer = Buffer::new();
    let read = gpp.tcf_canada(&mut buffer).unwrap().unwrap();
    let shown = [
        format!("{gpp:?}"),
        format!("{:?}", gpp.view()),
        format!("{:?}", gpp.sections()),
        format!("{:?}", gpp.section_ids()),
        format!("{:?}", gpp.to_builder()),
        format!("{read:?}"),
        format!("{:?}", read.vendors_express()),
        format!("{:?}", read.vendors_express().ranges()),
        format!("{:?}", read.publisher_restrictions()),
        format!("{:?}", read.to_builder()),
    ];
    for shown in &shown {
        assert!(!shown.contains("Zq7") && !shown.contains("BPSG"), "{shown}");
        // Vendors 12, 24 and 48.
        assert!(!shown.contains("48"), "{shown}");
        assert!(shown.len() < 300, "{shown}");
    }
    assert_eq!(shown[0], "GppString { sections: 2, characters: 83, .. }");
    assert_eq!(shown[3], "[SectionId(5), SectionId(900)]");
}

#[test]
fn errors_show_nothing_of_the_text() {
    for text in
        ["Zq7", "DBZq7~Zq7", "DBABL~Zq7~Zq7", "DBABL~Zq7!", "DBABT~Zq7Z", "DBABD~Zq7", "DBABM~Zq7"]
    {
        let error = match text.parse::<GppString>() {
            Err(error) => error.to_string(),
            Ok(gpp) => {
                let section = gpp.sections().next().unwrap();
                let mut buffer = Buffer::new();
                let error = section.us().and_then(Result::err);
                let error = error.or_else(|| section.us_privacy()?.err());
                let error = error.or_else(|| section.tc_string(&mut buffer)?.err());
                error.or_else(|| section.tcf_canada(&mut buffer)?.err()).unwrap().to_string()
            }
        };
        assert!(!error.contains("Zq7"), "{error}");
    }
    assert!(!"Zq7Z".parse::<UsPrivacy>().unwrap_err().to_string().contains("Zq7"));
    assert!(!"Zq7".parse::<GppSid>().unwrap_err().to_string().contains("Zq7"));
    let error = "DBACNY~1YNN".parse::<GppString>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "gpp_header, sections at bit 12 (character 3): parts behind the header: 1, expected 2"
    );
}
