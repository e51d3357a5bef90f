//! Published GPP strings, with what their sources say that they say.

#![cfg(feature = "gpp")]

#[path = "support/gpp_canada.rs"]
mod gpp_canada;
#[path = "support/gpp_naive.rs"]
mod naive;

use consent_string::Buffer;
use consent_string::gpp::{
    CanadaForm, DecodeOptions, FindingKind, GppString, SectionId, SectionRef,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use gpp_canada::canada;
use naive::{rows, snake_case, us};

#[derive(Deserialize)]
struct Row {
    string: String,
    source: Vec<String>,
    /// Whether the header or a section is refused.
    refused: Option<String>,
    section_ids: Option<Vec<u16>>,
    #[serde(default)]
    header_only: bool,
    /// By section name: the specification's fields, or `"refused"`.
    #[serde(default)]
    sections: Map<String, Value>,
}

fn published() -> Vec<Row> {
    rows("gpp-published.jsonl")
}

/// Whether a section says that it is of a version that no specification has.
fn has_other_version(said: &Value, name: &str) -> bool {
    let last = if ["usnat", "tcfeuv2"].contains(&name) { 2 } else { 1 };
    said["Version"].as_u64().is_some_and(|version| version == 0 || version > last)
}

#[test]
fn published_strings_say_what_their_sources_say() {
    // Sections that are refused, of another version, and read; strings.
    let mut counts = [0; 4];
    for row in published().iter().filter(|row| row.refused.is_none() && !row.header_only) {
        println!("{} ({})", row.string, row.source.join(", "));
        let gpp: GppString = row.string.parse().unwrap();
        assert_eq!(gpp.to_string(), row.string);
        assert!(gpp.section_ids().map(u16::from).eq(row.section_ids.clone().unwrap()));
        let lenient = DecodeOptions::new().allow_any_version().decode(&row.string).unwrap();
        for section in gpp.sections() {
            let name = section.id().name().unwrap();
            let said = &row.sections[name];
            if said == "refused" {
                assert!(is_refused(&section), "{name}");
                counts[0] += 1;
            } else if has_other_version(said, name) {
                assert_eq!(section.us().unwrap().unwrap_err().kind().name(), "unsupported_version");
                let section = lenient.section(section.id()).unwrap();
                check_section(&section, said);
                counts[1] += 1;
            } else {
                check_section(&section, said);
                counts[2] += 1;
            }
        }
        counts[3] += 1;
    }
    assert_eq!(counts, [4, 3, 191, 104]);
}

fn is_refused(section: &SectionRef<'_>) -> bool {
    let mut buffer = Buffer::new();
    let us = section.us().is_some_and(|read| read.is_err());
    let us_privacy = section.us_privacy().is_some_and(|read| read.is_err());
    let tc_string = section.tc_string(&mut buffer).is_some_and(|read| read.is_err());
    us || us_privacy
        || tc_string
        || section.tcf_canada(&mut buffer).is_some_and(|read| read.is_err())
}

fn check_section(section: &SectionRef<'_>, said: &Value) {
    let mut buffer = Buffer::new();
    let fields = said.as_object().unwrap();
    if let Some(read) = section.us() {
        let read = read.unwrap();
        // What the rows have beside the fields.
        let beside = ["_layout", "SectionID", "SubSections"];
        let is_new = read.id() >= SectionId::USMD;
        let expected = fields
            .iter()
            .filter(|(name, _)| !(beside.contains(&name.as_str()) || is_new && *name == "Version"));
        let expected = expected.map(|(name, value)| (snake_case(name), value.clone())).collect();
        assert_eq!(us(&read), expected);
        if let Some(layout) = fields.get("_layout") {
            assert_eq!(json!(read.layout_version()), *layout);
        }
        assert_eq!(read.has_section_header(), is_new.then(|| fields.contains_key("SectionID")));
    } else if let Some(read) = section.us_privacy() {
        let read = read.unwrap();
        let text: Vec<&str> = ["Notice", "OptOutSale", "LspaCovered"]
            .iter()
            .map(|name| fields[*name].as_str().unwrap())
            .collect();
        assert_eq!(read.to_string(), format!("1{}", text.concat()));
    } else if let Some(read) = section.tc_string(&mut buffer) {
        let read = read.unwrap();
        assert_eq!(json!(read.created().to_string()), fields["Created"]);
        assert_eq!(json!(read.cmp_id()), fields["CmpId"]);
        assert_eq!(json!(read.consent_language().unwrap().as_str()), fields["ConsentLanguage"]);
        let consented = read.vendors_consent().ranges().flat_map(consent_string::IdRange::ids);
        assert_eq!(json!(consented.map(u16::from).collect::<Vec<_>>()), fields["VendorConsent"]);
    } else {
        let read = section.tcf_canada(&mut buffer).unwrap().unwrap();
        let preferred = CanadaForm::ALL.iter().find(|form| !fields[form.name()].is_null());
        assert_eq!(Some(&read.form()), preferred);
        assert_eq!(Value::Object(canada(&read)), fields[read.form().name()]);
    }
}

#[test]
fn published_mistakes_are_refused_where_they_are() {
    let mut counts = (0, 0);
    for row in published() {
        match row.refused.as_deref() {
            Some("header") => {
                let error = row.string.parse::<GppString>().unwrap_err();
                assert!(error.to_string().len() > 10, "{}", row.string);
                counts.0 += 1;
            }
            Some(_) => {
                println!("{}", row.string);
                let gpp: GppString = row.string.parse().unwrap();
                assert_eq!(gpp.section_ids().len(), 1);
                let section = gpp.sections().next().unwrap();
                assert!(is_refused(&section));
                counts.1 += 1;
            }
            None if row.header_only && row.section_ids != Some(vec![]) => {
                let error = row.string.parse::<GppString>().unwrap_err();
                assert_eq!(error.kind().name(), "part_count");
            }
            None => {}
        }
    }
    assert_eq!(counts, (6, 20));
}

#[test]
fn the_second_reader_reads_the_same() {
    let layouts = naive::layouts();
    for layout in &layouts {
        assert_eq!(SectionId::new(layout.id).unwrap().name(), Some(layout.name.as_str()));
    }
    let mut read = 0;
    for row in published() {
        let gpp = row.string.parse::<GppString>().ok();
        let naive = naive::sections(&row.string);
        assert_eq!(gpp.is_some(), naive.is_some(), "{}", row.string);
        let Some(gpp) = gpp else { continue };
        assert_eq!(gpp.section_ids().len(), gpp.sections().len());
        for (section, (id, text)) in gpp.sections().zip(naive.unwrap()) {
            assert_eq!((section.id().get(), section.as_str()), (id, text));
            if let Some(section) = section.us() {
                let naive = naive::us_section(&layouts, id, text);
                assert_eq!(section.ok().map(|section| us(&section)), naive, "{id} {text}");
                read += 1;
            }
        }
    }
    assert!(read > 150, "{read}");
}

#[test]
fn headers_of_the_specification_and_of_writers_are_read() {
    // The IDs, the header filled to characters, and to bytes.
    let rows: &[(&[u16], &str, &str)] = &[
        (&[2], "DBABM", "DBABMA"),
        (&[5], "DBABD", "DBABDA"),
        (&[6], "DBABT", "DBABTA"),
        (&[7], "DBABL", "DBABLA"),
        (&[8], "DBABBg", "DBABBg"),
        (&[16], "DBABEw", "DBABEw"),
        (&[21], "DBABAY", "DBABAYA"),
        (&[27], "DBABSY", "DBABSYA"),
        (&[2, 6], "DBACNY", "DBACNYA"),
        (&[2, 7], "DBACMM", "DBACMMA"),
        (&[5, 6], "DBABjw", "DBABjw"),
        (&[6, 7], "DBABzw", "DBABzw"),
        (&[7, 8], "DBABrw", "DBABrw"),
        (&[2, 6, 8], "DBADNZg", "DBADNZg"),
        (&[7, 8, 9, 10, 11, 12], "DBABrG", "DBABrGA"),
        (
            &[7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27],
            "DBABrVg",
            "DBABrVg",
        ),
        (&[], "DBAA", "DBAA"),
    ];
    for (ids, characters, bytes) in rows {
        for (padding, header) in [
            (consent_string::gpp::Padding::Characters, characters),
            (consent_string::gpp::Padding::Bytes, bytes),
        ] {
            let sections = ids.iter().map(|&id| SectionId::new(id).unwrap());
            let builder =
                sections.fold(GppString::builder(), |builder, id| builder.section(id, "x"));
            let gpp = builder.padding(padding).build().unwrap();
            let text = format!("{header}{}", "~x".repeat(ids.len()));
            assert_eq!(gpp.as_str(), text);
            assert!(gpp.section_ids().map(u16::from).eq(ids.iter().copied()));
        }
    }
}

#[test]
fn the_same_data_in_every_padding_says_the_same() {
    for row in published().iter().filter(|row| row.refused.is_none() && !row.header_only) {
        let gpp: GppString = row.string.parse().unwrap();
        for section in gpp.sections().filter(|section| section.id() >= SectionId::USNAT) {
            let Some(Ok(read)) = section.us() else { continue };
            for fill in ["A", "AA", "AAA"] {
                let padded: Vec<_> =
                    section.as_str().split('.').map(|part| format!("{part}{fill}")).collect();
                let padded = GppString::builder().section(section.id(), padded.join("."));
                let padded = padded.build().unwrap();
                let again = padded.us_section(section.id()).unwrap().unwrap();
                // Seventy bits under version 1 may be the other layout: told elsewhere.
                if read.layout_version() == again.layout_version() {
                    assert_eq!(read, again, "{}", padded.as_str());
                } else {
                    assert_eq!(again.version(), Some(1));
                    assert!(padded.findings().iter().any(|finding| {
                        finding.kind() == FindingKind::SecondLayoutInVersionOne
                    }));
                }
                assert_eq!((read.gpc(), read.sale_opt_out()), (again.gpc(), again.sale_opt_out()));
            }
        }
    }
}
