//! The page that the project began with gives exactly the facts that a careful reader takes from it.
//!
//! The page and its facts lie in `../shared/gold`; without them there is nothing to test. Facts are compared as
//! `../shared/gold/score.py` does it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use oxrdf::{NamedOrBlankNode, Term};
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use urbi::{
    engine::Engine,
    fact::{Confidence, Extraction},
    ontology::{Ontology, Range},
    profile::Profile,
    source,
    view::{self, Schema},
    vocab::{Base, rdf, rdfs, skos},
};

/// The form in which names are compared, as the scorer of the gold files does it.
fn norm(name: &str) -> String {
    let folded: String = name.nfkc().flat_map(char::to_lowercase).collect();
    let plain: String = folded.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let skip = usize::from(words.len() > 1 && ["the", "a", "an", "its", "their", "this"].contains(&words[0]));
    words[skip..].join(" ")
}

/// Classes that the scorer takes for one another.
fn kind(class: &str) -> &str {
    match class {
        "Conference" => "Event",
        "Network" => "Organization",
        "OutcomeDocument" => "Publication",
        other => other,
    }
}

/// A graph as facts between nodes, with the kinds and names of the nodes; objects that are literals stand as they are.
#[derive(Default)]
struct Found {
    kinds: BTreeMap<String, BTreeSet<String>>,
    names: BTreeMap<String, BTreeSet<String>>,
    facts: BTreeSet<[String; 3]>,
}

fn found(ontology: &Ontology, extractions: &[Extraction]) -> Found {
    let view =
        view::of_extractions(&Base::default(), &Schema::from(ontology), extractions, Confidence::from_thousandths(0));
    let mut found = Found::default();
    for triple in &view.triples {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        let subject = subject.as_str().to_owned();
        match (&triple.object, ontology.relation_by_iri(triple.predicate.as_ref())) {
            (Term::NamedNode(class), _) if triple.predicate == rdf::TYPE => {
                if let Some(class) = ontology.class_by_iri(class.as_ref()) {
                    found.kinds.entry(subject).or_default().insert(kind(&ontology[class].name).to_owned());
                }
            }
            (Term::Literal(name), _) if [rdfs::LABEL, skos::ALT_LABEL].contains(&triple.predicate.as_ref()) => {
                found.names.entry(subject).or_default().insert(norm(name.value()));
            }
            (object, Some(relation)) if RELATIONS.contains(&ontology[relation].name.as_str()) => {
                let object = match object {
                    Term::NamedNode(node) => node.as_str().to_owned(),
                    Term::Literal(literal) => literal.value().to_owned(),
                    other => other.to_string(),
                };
                found.facts.insert([subject, ontology[relation].name.clone(), object]);
            }
            _ => {}
        }
    }
    found
}

/// The relations that the gold files annotate.
const RELATIONS: [&str; 27] = [
    "heldIn",
    "heldAt",
    "inCountry",
    "partOfSeries",
    "hasTheme",
    "organizedBy",
    "hostedBy",
    "subEventOf",
    "follows",
    "launchedAt",
    "publishedBy",
    "preparedFor",
    "features",
    "adopted",
    "memberOf",
    "receivedAward",
    "speaker",
    "startDate",
    "endDate",
    "ordinal",
    "launchedOn",
    "submissionDeadline",
    "notificationDate",
    "cameraReadyDate",
    "attendance",
    "homepage",
    "announcedOn",
];

/// The facts that are missing, and those that are wrong: nodes stand for entities of their kind that have a name of
/// theirs, one for one, those first that most facts speak for.
fn compare(ontology: &Ontology, gold: &Value, found: &Found) -> (BTreeSet<[String; 3]>, BTreeSet<[String; 3]>) {
    let text = |value: &Value| value.as_str().expect("gold files hold texts").to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let wanted: BTreeSet<[String; 3]> =
        list(&gold["facts"]).iter().map(|fact| [0, 1, 2].map(|at| text(&fact[at]))).collect();
    let is_thing = |relation: &str| {
        ontology.relation(relation).is_some_and(|relation| matches!(ontology[relation].range, Range::Things(_)))
    };
    let nodes: BTreeSet<&String> = found
        .facts
        .iter()
        .flat_map(|[subject, relation, object]| [Some(subject), is_thing(relation).then_some(object)])
        .flatten()
        .collect();
    let mut able: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for node in nodes {
        let kinds = found.kinds.get(node).cloned().unwrap_or_default();
        let names = found.names.get(node).cloned().unwrap_or_default();
        let mut keys: BTreeSet<String> = list(&gold["entities"])
            .iter()
            .filter(|entity| kinds.contains(kind(&text(&entity["type"]))))
            .filter(|entity| list(&entity["names"]).iter().any(|name| names.contains(&norm(&text(name)))))
            .map(|entity| text(&entity["key"]))
            .collect();
        if kinds.contains("Announcement") {
            keys = BTreeSet::from(["this".to_owned()]);
        }
        able.insert(node, keys);
    }
    let none = BTreeSet::new();
    let mut support: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for [subject, relation, object] in &found.facts {
        for key in able.get(subject.as_str()).unwrap_or(&none) {
            let objects = match is_thing(relation) {
                true => able.get(object.as_str()).unwrap_or(&none).clone(),
                false => BTreeSet::from([object.clone()]),
            };
            for other in objects {
                if wanted.contains(&[key.clone(), relation.clone(), other.clone()]) {
                    *support.entry((subject, key.clone())).or_default() += 1;
                    if is_thing(relation) {
                        *support.entry((object, other)).or_default() += 1;
                    }
                }
            }
        }
    }
    let mut pairs: Vec<(&str, &String)> =
        able.iter().flat_map(|(node, keys)| keys.iter().map(move |key| (*node, key))).collect();
    pairs.sort_by_key(|(node, key)| {
        (std::cmp::Reverse(support.get(&(*node, (*key).clone())).copied().unwrap_or(0)), (*key).clone(), *node)
    });
    let (mut aligned, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (node, key) in pairs {
        if !aligned.contains_key(node) && taken.insert(key.clone()) {
            aligned.insert(node, key.clone());
        }
    }
    let facts: BTreeSet<[String; 3]> = found
        .facts
        .iter()
        .map(|[subject, relation, object]| {
            let of = |node: &String| aligned.get(node.as_str()).cloned().unwrap_or_else(|| node.clone());
            [of(subject), relation.clone(), if is_thing(relation) { of(object) } else { object.clone() }]
        })
        .collect();
    (&wanted - &facts, &facts - &wanted)
}

#[test]
fn the_page_that_the_project_began_with_gives_its_facts() {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold");
    let (page, facts) =
        (gold.join("announcements/inclusive-cities-2021.txt"), gold.join("facts/inclusive-cities-2021.json"));
    let (Ok(page), Ok(facts)) = (fs::read(page), fs::read_to_string(facts)) else {
        eprintln!("left out: the page is not there");
        return;
    };
    let gold: Value = serde_json::from_str(&facts).expect("gold files are JSON");
    assert_eq!(gold["facts"].as_array().map(Vec::len), Some(21));
    let engine = Engine::new(&Profile::embedded(), &Base::default()).expect("the embedded profile loads");
    let ontology = engine.ontology();
    let announcements = source::read("inclusive-cities-2021.txt", &page, None).expect("the page is readable");
    let extractions: Vec<Extraction> = announcements.iter().map(|announcement| engine.extract(announcement)).collect();
    let found = found(ontology, &extractions);
    let (missing, wrong) = compare(ontology, &gold, &found);
    assert!(missing.is_empty() && wrong.is_empty(), "missing: {missing:#?}\nwrong: {wrong:#?}");
}
