//! The facts that careful readers found, as `urbi eval` reads them.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use urbi::eval::gold::Gold;
use urbi::ontology::Ontology;
use urbi::profile::Profile;

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::load(&Profile::embedded()).expect("the standard one"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = Gold::parse(Path::new("fuzz.json"), bytes, &ONTOLOGY) {
        assert!(error.to_string().contains("fuzz.json"), "{error}");
    }
});
