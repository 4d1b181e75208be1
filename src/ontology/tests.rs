use std::fs;

use super::{Cardinality, Key, KeyPart, Ontology, OntologyError, Range};
use crate::profile::Profile;

fn standard() -> Ontology {
    Ontology::load(&Profile::embedded()).expect("the standard ontology is sound")
}

#[test]
fn reads_classes() {
    let ontology = standard();
    let class = |name| ontology.class(name).unwrap_or_else(|| panic!("class {name}"));
    assert_eq!(ontology.classes().count(), 14);
    assert!(ontology.is_subclass(class("Conference"), class("Event")));
    assert!(!ontology.is_subclass(class("Event"), class("Conference")));
    assert!(!ontology.is_subclass(class("City"), class("Event")));
    assert!(ontology[class("Event")].descendants.contains(class("Conference")));
    assert_eq!(ontology[class("ConferenceSeries")].label, "conference series");
    assert_eq!(ontology.class("Evidence"), None, "internal");
}

#[test]
fn reads_relations() {
    let ontology = standard();
    let class = |name| ontology.class(name).unwrap_or_else(|| panic!("class {name}"));
    let relation = |name| ontology.relation(name).unwrap_or_else(|| panic!("relation {name}"));
    let held_in = &ontology[relation("heldIn")];
    assert!(held_in.domain.contains(class("Conference")) && held_in.range.accepts(class("City")));
    assert_eq!(held_in.inverse_label.as_deref(), Some("place of"));
    assert_eq!(ontology[relation("homepage")].range, Range::Iri);
    assert!(ontology[relation("startDate")].range.is_date() && !ontology[relation("ordinal")].range.is_date());
    assert!(ontology[relation("hostedBy")].range.accepts(class("Network")));
    assert_eq!(ontology[relation("inCountry")].cardinality, Cardinality::One);
    assert_eq!(ontology[relation("ordinal")].cardinality, Cardinality::OneWithin(relation("partOfSeries")));
    assert_eq!(ontology.describe(ontology[relation("hasTheme")].domain), "Event or Publication");
    assert_eq!(ontology.relation("confidence"), None, "internal");
    let by_iri = ontology.relation_by_iri(crate::vocab::urbi::HELD_IN);
    assert_eq!(by_iri, ontology.relation("heldIn"));
}

#[test]
fn reads_keys() {
    let ontology = standard();
    let keys = |name| ontology[ontology.class(name).expect("a class")].keys.clone();
    let series = KeyPart::Relation(ontology.relation("partOfSeries").expect("a relation"));
    let ordinal = KeyPart::Relation(ontology.relation("ordinal").expect("a relation"));
    assert_eq!(keys("Conference")[0], Key(vec![series, ordinal]));
    assert_eq!(keys("Conference").len(), 4);
    assert_eq!(keys("City")[0], Key(vec![KeyPart::Authority]));
    assert_eq!(keys("Person"), [Key(vec![KeyPart::Document, KeyPart::Name])]);
}

#[test]
fn suggests_names() {
    let ontology = standard();
    assert_eq!(ontology.nearest_class("Conferense"), Some("Conference"));
    assert_eq!(ontology.nearest_class("city"), Some("City"));
    assert_eq!(ontology.nearest_relation("helIn"), Some("heldIn"));
    assert_eq!(ontology.nearest_relation("organisedBy"), Some("organizedBy"));
    assert_eq!(ontology.nearest_relation("xyzzy"), None);
}

/// Loads the standard ontology with `more` in a file beside it.
fn with(more: &str) -> Result<Ontology, OntologyError> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("ontology")).expect("a folder");
    let prefixes = "@prefix : <https://example.org/mine#> . @prefix urbi: <https://w3id.org/urbi/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";
    fs::write(folder.path().join("ontology/mine.ttl"), format!("{prefixes}{more}")).expect("a file");
    Ontology::load(&Profile::with_overlay(folder.path()).expect("a profile"))
}

#[test]
fn a_file_beside_it_adds() {
    let ontology = with(
        ":Hackathon a owl:Class ; rdfs:subClassOf urbi:Event .
         :prize a owl:DatatypeProperty ; rdfs:domain :Hackathon ; rdfs:range xsd:decimal .",
    )
    .expect("sound");
    let hackathon = ontology.class("Hackathon").expect("added");
    let held_in = ontology.relation("heldIn").expect("a relation");
    assert!(ontology[held_in].domain.contains(hackathon), "a subclass belongs to the domain");
    assert_eq!(ontology[hackathon].keys, ontology[ontology.class("Event").expect("a class")].keys);
}

#[test]
fn names_all_that_is_wrong() {
    let error = with(
        ":a a owl:ObjectProperty ; rdfs:domain urbi:Evnt ; rdfs:range urbi:City .
         :b a owl:ObjectProperty ; rdfs:domain urbi:City , urbi:Event ; rdfs:range urbi:City .
         :c a owl:DatatypeProperty ; rdfs:domain urbi:City ; rdfs:range xsd:hexBinary .
         :City a owl:Class ; urbi:keyedBy ( \"heldin\" ) .",
    )
    .expect_err("unsound")
    .to_string();
    for part in [
        "<https://w3id.org/urbi/ontology#Evnt> is no class",
        "use one owl:unionOf",
        "hexBinary> is no datatype",
        "same local name",
        "did you mean `heldIn`?",
    ] {
        assert!(error.contains(part), "{part} in {error}");
    }
}

#[test]
fn names_the_place_of_a_syntax_error() {
    let error = with("urbi:City rdfs:label .").expect_err("no Turtle").to_string();
    assert!(error.contains("ontology/mine.ttl:4:"), "{error}");
}

#[test]
fn a_circle_of_subclasses_is_no_trap() {
    let ontology = with(
        ":A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class ; rdfs:subClassOf :A .
         :B urbi:keyedBy <https://example.org/list> .
         <https://example.org/list> <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"name\" ;
            <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <https://example.org/list> .",
    )
    .expect("sound");
    let (a, b) = (ontology.class("A").expect("added"), ontology.class("B").expect("added"));
    assert!(ontology.is_subclass(a, b) && ontology.is_subclass(b, a));
}
