//! Structured data of a page and what mappings make of it: the bytes are JSON-LD beside prose that speaks of the same.
#![no_main]

use std::sync::LazyLock;

use urbi::engine::Engine;
use urbi::profile::Profile;
use urbi::source::{Form, read};
use urbi::vocab::Base;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(&Profile::embedded(), &Base::default()).expect("the standard one"));

libfuzzer_sys::fuzz_target!(|json: &str| {
    let page = format!(
        "<!doctype html><title>Night of the Cranes</title><h1>Night of the Cranes</h1><p>The Night of the Cranes takes place \
         in Rijeka on 1 June 2022.</p><script type=\"application/ld+json\">{json}</script>"
    );
    for announcement in read("fuzz", page.as_bytes(), Some(Form::Html)).unwrap_or_default() {
        let _ = ENGINE.extract(&announcement);
    }
});
