#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| consent_string_fuzz::conversion::laws(data));
