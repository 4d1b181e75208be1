//! The text of a document, packed as it should be.
#![no_main]

use urbi::source::Form;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| urbi_fuzz::read(&urbi_fuzz::packed("word/document.xml", bytes), Some(Form::Docx)));
