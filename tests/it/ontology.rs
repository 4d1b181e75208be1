//! The ontology, its shapes and its context agree with each other, with the program's constants and with a second parser.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use oxttl::TurtleParser;
use urbi::{
    ontology::{Cardinality, Ontology, Range},
    profile::Profile,
    vocab::{self, owl, rdf, rdfs, urbi as terms},
};

/// The closed list of relations, with how the annotation guidelines give their subjects and objects.
const RELATIONS: [(&str, &str, &str); 27] = [
    ("heldIn", "Event", "City"),
    ("heldAt", "Event", "Venue"),
    ("inCountry", "City", "Country"),
    ("startDate", "Event", "date"),
    ("endDate", "Event", "date"),
    ("ordinal", "Conference", "integer"),
    ("partOfSeries", "Conference", "ConferenceSeries"),
    ("hasTheme", "Event or Publication", "Theme"),
    ("organizedBy", "Event", "Organization"),
    ("hostedBy", "Event", "City or Organization"),
    ("subEventOf", "Event", "Event"),
    ("follows", "Conference", "Conference"),
    ("launchedAt", "Publication", "Event"),
    ("launchedOn", "Publication", "date"),
    ("publishedBy", "Publication", "Organization"),
    ("preparedFor", "Publication", "Event"),
    ("features", "Publication", "City or Country"),
    ("adopted", "Conference", "OutcomeDocument"),
    ("memberOf", "City or Organization", "Network"),
    ("receivedAward", "City or Organization or Person", "Award"),
    ("speaker", "Event", "Person"),
    ("submissionDeadline", "Event", "date"),
    ("notificationDate", "Event", "date"),
    ("cameraReadyDate", "Event", "date"),
    ("attendance", "Event", "integer"),
    ("homepage", "Event or Publication", "IRI"),
    ("announcedOn", "Announcement", "date"),
];

/// A Turtle file of the standard profile.
pub fn turtle(path: &str) -> Graph {
    let profile = Profile::embedded();
    let text = profile.text(path).expect("embedded");
    TurtleParser::new().for_slice(text).map(|triple| triple.unwrap_or_else(|error| panic!("{path}: {error}"))).collect()
}

fn standard() -> Ontology {
    Ontology::load(&Profile::embedded()).expect("the standard ontology is sound")
}

#[test]
fn its_relations_are_the_closed_list() {
    let ontology = standard();
    let stated: BTreeMap<String, (String, String)> = ontology
        .relations()
        .map(|(_, relation)| {
            let range = match &relation.range {
                Range::Things(classes) => ontology.describe(*classes),
                Range::Iri => "IRI".to_owned(),
                dates if dates.is_date() => "date".to_owned(),
                _ => "integer".to_owned(),
            };
            (relation.name.clone(), (ontology.describe(relation.domain), range))
        })
        .collect();
    let listed = RELATIONS.map(|(name, domain, range)| (name.to_owned(), (domain.to_owned(), range.to_owned())));
    assert_eq!(stated, BTreeMap::from(listed));
}

#[test]
fn every_constant_is_a_term_and_every_term_a_constant() {
    let graph = turtle("ontology/urbi.ttl");
    let defined: BTreeSet<&str> = graph
        .triples_for_predicate(rdf::TYPE)
        .filter_map(|triple| match triple.subject {
            NamedOrBlankNodeRef::NamedNode(node) => Some(node.as_str()),
            NamedOrBlankNodeRef::BlankNode(_) => None,
        })
        .filter(|iri| iri.starts_with(terms::NAMESPACE))
        .collect();
    let constants: BTreeSet<&str> = terms::ALL.iter().map(|term| term.as_str()).collect();
    assert_eq!(defined, constants);
}

#[test]
fn every_term_of_ours_that_the_files_use_is_defined() {
    for path in ["ontology/urbi.ttl", "ontology/shapes.ttl"] {
        let graph = turtle(path);
        let shapes: BTreeSet<&str> = graph
            .triples_for_predicate(rdf::TYPE)
            .filter(|triple| triple.object.to_string().contains("/shacl#"))
            .filter_map(|triple| {
                if let NamedOrBlankNodeRef::NamedNode(node) = triple.subject { Some(node.as_str()) } else { None }
            })
            .collect();
        for triple in &graph {
            let subject = if let NamedOrBlankNodeRef::NamedNode(node) = triple.subject { Some(node) } else { None };
            let object = if let TermRef::NamedNode(node) = triple.object { Some(node) } else { None };
            for node in [subject, Some(triple.predicate), object].into_iter().flatten() {
                let ours = node.as_str().starts_with(terms::NAMESPACE) && !shapes.contains(node.as_str());
                assert!(!ours || terms::ALL.contains(&node), "{path} uses {node}, which is not defined");
            }
        }
    }
}

#[test]
fn every_term_is_labelled_and_explained() {
    let graph = turtle("ontology/urbi.ttl");
    for term in terms::ALL {
        for property in [rdfs::LABEL, rdfs::COMMENT] {
            let texts: Vec<TermRef<'_>> = graph.objects_for_subject_predicate(*term, property).collect();
            assert!(
                matches!(texts[..], [TermRef::Literal(text)] if text.language() == Some("en") && !text.value().is_empty()),
                "{term} needs one English {property}"
            );
        }
    }
}

#[test]
fn every_property_has_one_domain_and_range_that_exist() {
    let graph = turtle("ontology/urbi.ttl");
    for kind in [owl::OBJECT_PROPERTY, owl::DATATYPE_PROPERTY] {
        for property in graph.subjects_for_predicate_object(rdf::TYPE, kind) {
            for relation in [rdfs::DOMAIN, rdfs::RANGE] {
                let stated: Vec<TermRef<'_>> = graph.objects_for_subject_predicate(property, relation).collect();
                let [one] = stated[..] else { panic!("{property} has {} {relation}", stated.len()) };
                match one {
                    TermRef::NamedNode(node) if node.as_str().starts_with(terms::NAMESPACE) => {
                        let is_class = graph.contains(oxrdf::TripleRef::new(node, rdf::TYPE, owl::CLASS));
                        assert!(is_class, "{property} {relation} {node} is no class");
                    }
                    TermRef::BlankNode(union) => {
                        let list = graph.object_for_subject_predicate(union, owl::UNION_OF);
                        assert!(list.is_some(), "{property} {relation} is neither a class nor a union");
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn a_second_parser_reads_the_same() {
    use sophia::{api::prelude::*, inmem::graph::LightGraph, isomorphism::isomorphic_graphs, turtle::parser};
    for path in ["ontology/urbi.ttl", "ontology/shapes.ttl"] {
        let profile = Profile::embedded();
        let text = profile.text(path).expect("embedded");
        let ours: String = turtle(path).iter().map(|triple| format!("{triple} .\n")).collect();
        let ours: LightGraph = parser::nt::parse_str(&ours).collect_triples().expect("N-Triples");
        let theirs: LightGraph = parser::turtle::parse_str(text).collect_triples().expect("sophia reads it");
        assert!(isomorphic_graphs(&ours, &theirs).expect("both are in memory"), "{path}");
    }
}

#[test]
fn the_prefixes_are_those_of_the_program() {
    let known: BTreeMap<&str, &str> = vocab::PREFIXES.iter().copied().collect();
    assert!(vocab::PREFIXES.is_sorted());
    let profile = Profile::embedded();
    let text = profile.text("ontology/urbi.ttl").expect("embedded");
    let mut parser = TurtleParser::new().for_slice(text);
    parser.by_ref().for_each(|triple| drop(triple.expect("Turtle")));
    for (prefix, iri) in parser.prefixes() {
        assert_eq!(known.get(prefix), Some(&iri), "prefix {prefix}");
    }
}

#[test]
fn the_context_says_what_the_ontology_says() {
    let profile = Profile::embedded();
    let text = profile.text("ontology/context.jsonld").expect("embedded");
    let file: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let context = &file["@context"];
    let ontology = standard();
    for (_, class) in ontology.classes() {
        assert_eq!(context[&class.name], format!("urbi:{}", class.name), "class {}", class.name);
    }
    for (_, relation) in ontology.relations() {
        let term = &context[&relation.name];
        let id = term["@id"].as_str().or(term.as_str());
        assert_eq!(id, Some(format!("urbi:{}", relation.name).as_str()), "relation {}", relation.name);
        let always_array = term["@container"] == "@set";
        assert_eq!(always_array, relation.cardinality != Cardinality::One, "@container of {}", relation.name);
        let is_link = term["@type"] == "@id";
        assert_eq!(is_link, !matches!(relation.range, Range::Literals(_)), "@type of {}", relation.name);
    }
}

#[test]
fn the_shapes_speak_of_every_class_and_relation() {
    let graph = turtle("ontology/shapes.ttl");
    let mentioned: BTreeSet<String> = graph.iter().map(|triple| triple.object.to_string()).collect();
    let ontology = standard();
    let classes = ontology.classes().map(|(_, class)| &class.iri);
    let relations = ontology.relations().map(|(_, relation)| &relation.iri);
    for iri in classes.chain(relations) {
        assert!(mentioned.contains(&iri.to_string()), "no shape speaks of {iri}");
    }
}

#[test]
fn every_shape_says_how_bad_it_is_and_why() {
    let graph = turtle("ontology/shapes.ttl");
    let shacl = |name: &str| oxrdf::NamedNode::new(format!("http://www.w3.org/ns/shacl#{name}")).expect("an IRI");
    let (severity, message) = (shacl("severity"), shacl("message"));
    let has = |node: NamedOrBlankNodeRef<'_>, property: NamedNodeRef<'_>| {
        graph.object_for_subject_predicate(node, property).is_some()
    };
    for triple in graph.triples_for_predicate(shacl("property").as_ref()) {
        // Shapes inside an `sh:or` are alternatives; the shape around them speaks for them.
        if matches!(triple.subject, NamedOrBlankNodeRef::NamedNode(_))
            && let TermRef::BlankNode(shape) = triple.object
        {
            assert!(
                has(shape.into(), severity.as_ref()) && has(shape.into(), message.as_ref()),
                "in {}",
                triple.subject
            );
        }
    }
}
