//! Queries and updates: a mistake is named, and what runs ends within its limits.
#![no_main]

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use oxrdf::{Dataset, GraphName, Literal, NamedNode, Quad};
use urbi::query::{Limits, Query, Saved, Update};

const PREFIXES: [(&str, &str); 2] = [("u", "https://example.org/u#"), ("d", "https://example.org/d/")];

static DATA: LazyLock<Arc<Dataset>> = LazyLock::new(|| {
    let iri = |name: String| NamedNode::new_unchecked(format!("https://example.org/{name}"));
    let quads = (0..30).flat_map(|n| {
        let (subject, graph) = (iri(format!("d/{n}")), GraphName::from(iri(format!("g/{}", n % 3))));
        [
            Quad::new(subject.clone(), iri("u#next".to_owned()), iri(format!("d/{}", n + 1)), GraphName::DefaultGraph),
            Quad::new(subject.clone(), iri("u#next".to_owned()), iri(format!("d/{}", n * n)), graph),
            Quad::new(subject, iri("u#label".to_owned()), Literal::from(n), GraphName::DefaultGraph),
        ]
    });
    Arc::new(quads.collect())
});

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = (Saved::new("fuzz.rq", text), Update::parse("fuzz.ru", text, &PREFIXES));
    if let Ok(query) = Query::parse("fuzz.rq", text, &PREFIXES) {
        let limits = Limits { timeout: Some(Duration::from_secs(2)), rows: 10_000 };
        if let Err(error) = query.on_dataset(Arc::clone(&DATA), limits) {
            assert!(!error.to_string().is_empty());
        }
    }
});
