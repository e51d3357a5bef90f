//! `explain`: the table in two widths, long lists, colours, faults, and JSON.

#[path = "support/command.rs"]
mod command;

use command::{DIDOMI, Run, TC, command, finish, run};
use serde_json::Value;

/// The command at a width.
fn explain(columns: &str, arguments: &[&str]) -> Run {
    let mut command = command(&[&["explain"], arguments].concat());
    finish(command.env("COLUMNS", columns), b"")
}

/// A TC string whose vendors are a bit field of 199, every second one of them set.
fn many_vendors() -> String {
    use consent_string::tcf::{TcString, VendorId};
    let vendors = (1..=200).step_by(2).filter_map(VendorId::new);
    let builder = TcString::builder("2026-03-01T00:00:00Z".parse().unwrap());
    builder.vendors_consent(vendors.collect()).build().unwrap().to_string()
}

/// A token with a property whose name and value would clear a terminal.
const HOSTILE: &str = "\
    eyJ1c2VyX2lkIjoiN2ZhZjY3NWQtOTljMC00YWQyLWJiYmYtZjBmYTk2MjU4N2IwIiwiY3JlYXRlZCI6\
    IjIwMjQtMDgtMjdUMDc6MTU6MDUuNjEwWiIsInVwZGF0ZWQiOiIyMDI0LTA4LTI3VDA3OjE1OjA1LjYx\
    MFoiLCJcdTAwMWJbMkogwpsySiDDpMOkw6TDpMOkw6TDpMOkw6TDpMOkw6TDpMOkw6TDpMOkw6TDpMOk\
    w6TDpMOkw6TDpMOkw6TDpMOkw6TDpMOkw6TDpMOkw6TDpMOkw6TDpCI6Ilx1MDAxYl0wO3hcdTAwMDcg\
    wpsySiDDpCJ9";

#[test]
fn the_table_fits_eighty_columns() {
    let table = "\
Didomi Consent String: 360 bits

sections (360 bits)
   bit  bits  field                     raw      rule       says
     0     6  version                   000001   documented 1
     6   128  user_id                   00011... documented
                1875afe1-461b-6b9f-9d66-700174abbffc
   134    36  created                   00111... seen
                2023-04-12T18:10:00.000Z
   170    36  updated                   00111... seen
                2023-04-12T18:10:00.000Z
              purposes
   206     2    encoding                00       seen       bit field
   208     1    starts_from_one         1        documented yes
   209    16    number_of_ids           00000... documented 8 IDs
   225    16    statuses                10100... documented enabled: 1-2, 6-8;
                                                            disabled: 3-4
              purposes_li
   241     2    encoding                00       seen       bit field
   243     1    starts_from_one         1        documented yes
   244    16    number_of_ids           00000... documented 8 IDs
   260    16    statuses                10100... documented enabled: 1-2, 6-8;
                                                            disabled: 3-4
              vendors
   276     2    encoding                10       seen       Fibonacci ranges
   278     4    statuses                0000     seen       enabled IDs; others
                                                            undefined
   282    16    number_of_ranges        00000... seen       1 range
   298    11    ranges[0].start         00010... documented vendor 128
   309     5    ranges[0].number_of_ids 00011    documented 5 IDs
              vendors_li
   314     2    encoding                10       seen       Fibonacci ranges
   316     4    statuses                0000     seen       enabled IDs; others
                                                            undefined
   320    16    number_of_ranges        00000... seen       1 range
   336    11    ranges[0].start         00010... documented vendor 128
   347     5    ranges[0].number_of_ids 00011    documented 5 IDs
   352     8  fill                      00000000 seen
";
    assert_eq!(explain("80", &[DIDOMI]), (0, table.to_owned(), String::new()));
}

#[test]
fn a_wide_table_has_whole_fields_on_one_line() {
    let (status, table, _) = explain("160", &[TC]);
    assert_eq!(status, 0);
    assert!(table.starts_with("TC string: 456 bits, all specified\n"), "the rule is in the title");
    let line = |field: &str| {
        let found = table.lines().find(|line| line.contains(field));
        found.unwrap_or_else(|| panic!("{field} in {table}")).trim_end()
    };
    let created = "     6    36  created                 \
                   010000010010011011100100111000000000 2025-06-03T00:00:00.000Z";
    assert_eq!(line(" created "), created);
    assert!(line(" bits  ").ends_with("says"), "{table}");
    for segment in ["core (264 bits)", "disclosed_vendors (120 bits)", "publisher_tc (72 bits)"] {
        assert!(table.contains(&format!("\n{segment}\n")), "{segment}");
    }
    // Whatever the width and the string, no line is longer.
    for columns in ["80", "160"] {
        for text in
            [DIDOMI, TC, &many_vendors(), "2~1.35.41~dv.9", "1YNN", "DBACNY~1YNN~1YNN", &TC[..40]]
        {
            let (_, table, _) = explain(columns, &[text]);
            let width = columns.parse().unwrap();
            let longest = table.lines().map(|line| line.chars().count()).max().unwrap_or_default();
            assert!(longest <= width, "{longest} at {columns}: {table}");
        }
    }
}

#[test]
fn long_lists_are_folded_unless_all_is_asked_for() {
    let text = many_vendors();
    let (status, folded, _) = explain("80", &[&text]);
    assert_eq!(status, 0, "{folded}");
    let (_, all, _) = explain("80", &["--all", &text]);
    let rows = |table: &str| table.lines().filter(|line| line.contains("bits[")).count();
    assert_eq!((rows(&folded), rows(&all)), (0, 199));
    assert!(folded.contains("   230   199    bits"), "{folded}");
    assert!(folded.contains("yes: 1, 3, 5, 7,") || folded.contains(" 1, 3, 5, 7,"), "{folded}");
    assert!(all.contains("vendor 3: yes") && all.contains("vendor 4: no"), "{all}");
}

#[test]
fn the_fault_is_pointed_at_and_what_is_behind_it_is_unread() {
    let cut = &TC[..42];
    let (status, table, errors) = explain("80", &[cut]);
    assert_eq!(status, 1);
    assert!(table.starts_with("TC string, which is refused: 252 bits"), "{table}");
    let lines: Vec<&str> = table.lines().collect();
    let fault = lines.iter().position(|line| line.trim_start().starts_with("^ ")).unwrap();
    assert!(lines[fault].contains("^ core, publisher_restrictions at bit 251"), "{table}");
    assert!(lines[fault - 1].starts_with("   251     1"), "{table}");
    let behind = &lines[fault + 1..];
    assert!(behind.iter().all(|line| line.starts_with("                ")), "its words: {table}");
    assert!(errors.starts_with("error in argument 1: core, publisher_restrictions at bit 251"));
    // A wrong character has no bits; what is before it is read as far as it goes.
    let wrong = format!("{}!{}", &DIDOMI[..40], &DIDOMI[41..]);
    let (_, table, _) = explain("80", &[&wrong]);
    assert!(table.contains("   240     0  base64"), "{table}");
    assert!(table.contains("number_of_ids   00000... documented 8 IDs"), "{table}");
    // A bad one in the middle changes nothing of the others.
    let (status, tables, errors) = explain("80", &["1YNN", "1YXN", "1YNN"]);
    let good = explain("80", &["1YNN"]).1;
    assert_eq!(status, 1);
    assert!(tables.starts_with(&good) && tables.ends_with(&good), "{tables}");
    assert!(errors.contains("error in argument 2: us_privacy, opt_out_sale at bit 16"), "{errors}");
}

#[test]
fn colours_tell_kinds_of_fields_apart_where_they_are_wanted() {
    let coloured = |name: &str, value: &str| {
        let mut command = command(&["explain", "1YXN"]);
        finish(command.env(name, value), b"").1
    };
    let plain = coloured("NO_COLOR", "1");
    assert!(!plain.contains('\u{1b}'));
    let table = coloured("CLICOLOR_FORCE", "1");
    let cyan = |text: &str| format!("\u{1b}[36m{text}\u{1b}[0m");
    let magenta = |text: &str| format!("\u{1b}[35m{text}\u{1b}[0m");
    let red = |text: &str| format!("\u{1b}[31m{text}");
    assert!(table.contains(&cyan("1")), "a number: {table:?}");
    assert!(table.contains(&magenta("yes")), "a text: {table:?}");
    assert!(table.contains(&red("^ us_privacy, opt_out_sale")), "the fault: {table:?}");
    let stripped = anstream::adapter::strip_str(&table).to_string();
    assert_eq!(stripped, plain, "colours change nothing else");
}

#[test]
fn json_is_one_object_a_line_and_its_spans_tile() {
    let (status, lines, errors) =
        run(&["explain", "--json"], format!("{DIDOMI}\n{TC}\n{}\nx\n", &TC[..42]));
    assert_eq!((status, &*errors), (1, ""));
    let objects: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let formats: Vec<_> = objects.iter().map(|object| object["format"].as_str()).collect();
    assert_eq!(formats[..3], [Some("didomi"), Some("tcf"), Some("tcf")]);
    for object in &objects {
        let keys: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["format", "text", "spans", "error"]);
        let mut end = 0;
        for span in object["spans"].as_array().unwrap() {
            let keys: Vec<_> = span.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(
                keys,
                ["path", "segment", "bit", "bits", "raw", "value", "text", "mark", "error"]
            );
            let bit = span["bit"].as_u64().unwrap();
            assert!(bit == end || bit == 0, "{span}");
            end = bit + span["bits"].as_u64().unwrap();
            assert_eq!(span["raw"].as_str().unwrap().len() as u64, span["bits"]);
        }
    }
    // The error is that of inspect, field by field.
    let inspected = run(&["inspect", "--json", &TC[..42]], "").1;
    let inspected: Value = serde_json::from_str(&inspected).unwrap();
    assert_eq!(objects[2]["error"], inspected);
    assert_eq!(objects[2]["spans"].as_array().unwrap().last().unwrap()["error"], inspected);
}

#[test]
fn a_token_is_explained_by_property_and_commands_to_the_terminal_are_not_carried_out() {
    for name in ["explain", "inspect"] {
        // With colours, what stands there is left as it is.
        let mut command = command(&[name, HOSTILE]);
        let (status, page, _) = finish(command.env("CLICOLOR_FORCE", "1"), b"");
        assert_eq!(status, 0, "{page}");
        assert!(!page.contains("\u{1b}[2J") && !page.contains("\u{1b}]0"), "{page:?}");
        assert!(!page.contains(['\u{9b}', '\u{7}']), "{page:?}");
    }
    let (_, table, _) = explain("80", &[HOSTILE]);
    assert!(table.starts_with("didomi_token: "), "{table}");
    assert!(table.contains("7faf675d-99c0-4ad2-bbbf-f0fa962587b0"));
}
