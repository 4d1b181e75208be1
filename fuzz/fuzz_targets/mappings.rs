//! Mappings: whatever stands in them, they are mappings or the mistake is named.
#![no_main]

use std::sync::LazyLock;

use urbi::mapping::Mappings;
use urbi::ontology::Ontology;
use urbi::profile::Profile;

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::load(&Profile::embedded()).expect("the standard one"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let profile = Profile::default().with_file("data/mappings/fuzz.toml", "fuzz.toml", bytes.to_vec());
    if let Err(error) = Mappings::load(&profile, &ONTOLOGY) {
        assert!(error.to_string().contains("fuzz.toml"));
    }
});
