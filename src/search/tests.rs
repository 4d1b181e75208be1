//! The index finds what the store holds, and follows it.

use oxrdf::{Literal, Triple};
use sha2::{Digest, Sha256};

use super::{Index, SearchError};
use crate::{
    fact::{Confidence, Document, Evidence, Extraction, Passage, PassageId, RuleRef},
    ontology::Ontology,
    profile::Profile,
    store::Store,
    view::Schema,
    vocab::{Base, rdfs, urbi},
};

fn put(store: &Store, city: &str, name: &str, quote: &str) {
    let base = Base::default();
    let digest: String = Sha256::digest(quote.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let (city, event) = (base.entity("city", city), base.entity("event", city));
    let extraction = Extraction {
        document: Document { iri: base.document(&digest), media_type: "text/plain".to_owned(), length: 1, title: None },
        passages: Vec::from([Passage { chars: 0..9, bytes: Vec::from([0..9]), quote: quote.to_owned() }]),
        evidence: Vec::from([Evidence {
            triples: Vec::from([
                Triple::new(city.clone(), rdfs::LABEL, Literal::from(name)),
                Triple::new(event, urbi::HELD_IN, city),
            ]),
            rule: RuleRef { name: "x".to_owned(), version: "0badcafe".to_owned() },
            trigger: PassageId(0),
            antecedents: Vec::new(),
            cites: Vec::new(),
            confidence: Confidence::from_thousandths(900),
        }]),
        notes: Vec::new(),
    };
    let schema = Schema::from(&Ontology::load(&Profile::embedded()).expect("sound"));
    store.ingest(&schema, &extraction, quote.as_bytes(), quote).expect("memory");
}

fn found(index: &Index, words: &str) -> Vec<String> {
    let found = index.search(words, 10).unwrap_or_else(|error| panic!("{error}"));
    found.into_iter().map(|found| found.iri.rsplit("/id/").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn names_and_quotes_are_found_without_case_and_accents() {
    let store = Store::in_memory(&Base::default()).expect("memory");
    put(&store, "1", "Medellín", "The forum met in Medellín.");
    put(&store, "2", "San José de Ocoa", "A congress took place in San José.");
    let index = Index::open(&store).expect("memory");
    assert!(found(&index, "medellin").contains(&"city/1".to_owned()));
    assert_eq!(found(&index, "medellin").len(), 2, "the city and the passage");
    assert_eq!(found(&index, "OCOA josé"), ["city/2"]);
    assert_eq!(found(&index, "\"san jose de\""), ["city/2"]);
    assert_eq!(found(&index, "congress -jose"), Vec::<String>::new());
    assert!(matches!(index.search("\"(", 1), Err(SearchError::Words { .. })));
    assert_eq!(index.commit(), store.commit_number().expect("readable"));
}

#[cfg(feature = "rocksdb")]
#[test]
fn an_index_on_disk_catches_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("urbi.db");
    let store = Store::create(&path, &Base::default()).expect("a new store");
    put(&store, "1", "Medellín", "The forum met in Medellín.");
    assert_eq!(found(&Index::open(&store).expect("made"), "forum").len(), 1);
    assert!(path.join("text").join("meta.json").exists());
    put(&store, "2", "Cork", "A second forum met in Cork.");
    let schema = Schema::from(&Ontology::load(&Profile::embedded()).expect("sound"));
    store.forget(&schema, "The forum met in Medellín.").expect("forgets");
    let index = Index::open(&store).expect("catches up");
    assert_eq!(found(&index, "forum").len(), 1);
    assert!(found(&index, "medellin").is_empty() && found(&index, "cork").len() == 2);
    drop((index, store));
    // A reader finds it as it is; damaged, it is made anew.
    let reader = Store::open_read_only(&path).expect("a store");
    assert_eq!(found(&Index::open(&reader).expect("is there"), "cork").len(), 2);
    std::fs::write(path.join("text/meta.json"), "{").expect("written");
    assert_eq!(found(&Index::open(&reader).expect("made anew"), "cork").len(), 2);
}
