//! The sample announcements and what a careful reader takes from them hold together.
//!
//! `tests/golden/samples/facts` has one file of facts for each announcement of `data/announcements`. Here only their form
//! is tested: that they speak of what the text names, in classes and relations of the ontology. Not in here: whether the
//! program finds them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::Value;
use urbi::{
    ontology::{Datatype, Ontology, Range},
    profile::Profile,
};

/// What a file of facts says: the class and names of each entity, and the facts.
struct Reading {
    entities: BTreeMap<String, (String, Vec<String>)>,
    facts: Vec<[String; 3]>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Stem and text of every file of a folder of the project.
fn files(folder: &str) -> BTreeMap<String, String> {
    fs::read_dir(root().join(folder))
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.expect("a folder of the project can be listed").path())
        .map(|path| {
            let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            (stem, fs::read_to_string(&path).expect("samples are UTF-8"))
        })
        .collect()
}

fn reading(stem: &str, json: &str) -> Reading {
    let json: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{stem}: {error}"));
    assert_eq!(json["id"], stem);
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{stem}: {value} is no text")).to_owned();
    let list = |value: &Value| value.as_array().unwrap_or_else(|| panic!("{stem}: {value} is no list")).clone();
    let entities = list(&json["entities"])
        .iter()
        .map(|entity| {
            (text(&entity["key"]), (text(&entity["type"]), list(&entity["names"]).iter().map(text).collect()))
        })
        .collect();
    let facts = list(&json["facts"]).iter().map(|fact| [0, 1, 2].map(|index| text(&fact[index]))).collect();
    Reading { entities, facts }
}

/// In lower case, with one space for each stretch of white space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[test]
fn every_sample_has_its_facts() {
    let announcements: Vec<String> = files("data/announcements").into_keys().collect();
    let facts: Vec<String> = files("tests/golden/samples/facts").into_keys().collect();
    assert_eq!(announcements, facts);
}

#[test]
fn facts_of_samples_fit_the_ontology() {
    let ontology = Ontology::load(&Profile::embedded()).expect("the embedded ontology loads");
    let class = |name: &str| ontology.class(name).unwrap_or_else(|| panic!("no class {name}"));
    for (stem, json) in files("tests/golden/samples/facts") {
        let Reading { entities, facts } = reading(&stem, &json);
        let type_of = |key: &str| match key {
            "this" => class("Announcement"),
            key => class(&entities.get(key).unwrap_or_else(|| panic!("{stem}: no entity {key}")).0),
        };
        let distinct: BTreeSet<_> = facts.iter().collect();
        assert_eq!(distinct.len(), facts.len(), "{stem}: a fact stands twice");
        for fact @ [subject, name, object] in &facts {
            let relation = ontology.relation(name).unwrap_or_else(|| panic!("{stem}: no relation {name}"));
            let relation = &ontology[relation];
            assert!(relation.domain.contains(type_of(subject)), "{stem}: {fact:?} is outside the domain");
            let fits = match &relation.range {
                Range::Things(_) => relation.range.accepts(type_of(object)),
                Range::Iri => object.starts_with("https://"),
                Range::Literals(datatypes) => datatypes.iter().any(|datatype| match datatype {
                    Datatype::Integer => object.parse::<u32>().is_ok(),
                    Datatype::Year => object.len() == 4,
                    Datatype::YearMonth => object.len() == 7,
                    Datatype::Date => object.len() == 10,
                    _ => false,
                }),
            };
            assert!(fits, "{stem}: {fact:?} is outside the range");
        }
    }
}

#[test]
fn facts_of_samples_speak_of_what_the_text_names() {
    let announcements = files("data/announcements");
    for (stem, json) in files("tests/golden/samples/facts") {
        let Reading { entities, facts } = reading(&stem, &json);
        let text = plain(&announcements[&stem]);
        for (key, (class, names)) in &entities {
            assert!(
                facts.iter().any(|[subject, _, object]| subject == key || object == key),
                "{stem}: {key} has no fact"
            );
            // A country may be known without being named, and an edition is put together from words that stand apart.
            let named = matches!(class.as_str(), "Country" | "Conference" | "ConferenceSeries" | "Event")
                || names.iter().any(|name| text.contains(&plain(name)));
            assert!(named, "{stem}: the text does not name {key}");
        }
    }
}
