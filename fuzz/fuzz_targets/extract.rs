//! The whole way from a text to its facts: dates, numbers, names, rules. Passages quote what they lead to.
#![no_main]

use std::sync::LazyLock;

use urbi::engine::Engine;
use urbi::profile::Profile;
use urbi::source::{Form, read};
use urbi::vocab::Base;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(&Profile::embedded(), &Base::default()).expect("the standard one"));

libfuzzer_sys::fuzz_target!(|text: &str| {
    for announcement in read("fuzz", text.as_bytes(), Some(Form::Text)).unwrap_or_default() {
        let extraction = ENGINE.extract(&announcement);
        for passage in &extraction.passages {
            assert!(passage.bytes.iter().all(|range| range.start <= range.end && range.end <= text.len() as u64));
        }
    }
});
