#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| consent_string_fuzz::diff::laws(data));
