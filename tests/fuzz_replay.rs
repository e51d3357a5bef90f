//! Every committed input of every fuzz target, on stable and without libFuzzer.

#![cfg(all(
    feature = "ac",
    feature = "algonomy",
    feature = "didomi-api",
    feature = "gpp",
    feature = "explain",
    feature = "gvl",
    feature = "json",
    feature = "netid",
    feature = "numeric-ids",
    feature = "request",
    feature = "token"
))]

// A library in its own right, for libFuzzer.
#[allow(unreachable_pub)]
#[path = "../fuzz/src/lib.rs"]
mod fuzz;
#[path = "support/limits.rs"]
mod limits;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of inputs: a small corpus, and what once made a target fail.
const FOLDERS: [&str; 2] = ["corpus", "regressions"];

fn fuzz_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The names in a folder, without their extensions; none where there is no such folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let path = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().path();
    entries.map(|entry| path(entry).file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn every_committed_input_passes() {
    for &(name, target) in fuzz::TARGETS {
        let mut inputs = 0;
        for folder in FOLDERS {
            let folder = fuzz_folder().join(folder).join(name);
            for file in names(&folder) {
                let path = folder.join(file);
                // Shown only where the test fails: it names the input that made it so.
                println!("{}", path.display());
                target(&fs::read(path).unwrap());
                inputs += 1;
            }
        }
        assert!(inputs >= 10, "{name} has {inputs} inputs, expected a corpus");
    }
}

#[test]
fn every_committed_text_takes_memory_in_proportion_to_its_length() {
    type Check = fn(&str) -> bool;
    let checks: [(&str, Check); 9] = [
        ("ac_parse", limits::check_ac),
        ("gvl_parse", limits::check_list),
        ("token_parse", limits::check_token),
        ("didomi_parse", limits::check_didomi),
        ("tcf_parse", limits::check_tcf),
        ("json_in", limits::check_json),
        ("request_laws", limits::check_request),
        ("explain_laws", limits::check_explain),
        ("link_parse", limits::check_link),
    ];
    for (target, check) in checks {
        let mut accepted = 0;
        for folder in FOLDERS {
            let folder = fuzz_folder().join(folder).join(target);
            for file in names(&folder) {
                println!("{file}");
                if let Ok(text) = fs::read_to_string(folder.join(file)) {
                    accepted += u32::from(check(&text));
                }
            }
        }
        assert!(accepted >= 3, "{target}: {accepted} texts were accepted");
    }
}

#[test]
fn the_list_of_targets_is_that_of_the_files() {
    let listed: BTreeSet<String> = fuzz::TARGETS.iter().map(|(name, _)| (*name).into()).collect();
    assert_eq!(listed, names(&fuzz_folder().join("fuzz_targets")));
    assert_eq!(listed, names(&fuzz_folder().join("corpus")));
    assert!(listed.is_superset(&names(&fuzz_folder().join("regressions"))));
}
