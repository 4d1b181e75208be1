#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| urbi_fuzz::read(bytes, Some(urbi::source::Form::Mail)));
