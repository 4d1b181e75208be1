//! The content of a page, and behind the first zero what its codes mean (`ToUnicode`), in a file that is sound otherwise.
#![no_main]

use urbi::source::Form;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let codes = bytes.get(end + 1..).unwrap_or_default();
    urbi_fuzz::read(&urbi_fuzz::pdf(&bytes[..end], codes), Some(Form::Pdf));
});
