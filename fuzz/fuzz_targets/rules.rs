//! Rule files: whatever stands in them, they are rules or all mistakes are named.
#![no_main]

use std::sync::LazyLock;

use urbi::ontology::Ontology;
use urbi::profile::Profile;
use urbi::rules::RuleSet;

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::load(&Profile::embedded()).expect("the standard one"));

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(mistakes) = RuleSet::from_texts(&[("fuzz.rules", text)], &ONTOLOGY) {
        for mistake in mistakes {
            assert!(mistake.span.end <= text.len() && !mistake.to_string().is_empty());
        }
    }
});
