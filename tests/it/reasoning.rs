//! What an OWL RL reasoner makes of our data: what is meant, and nothing absurd.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple};
use oxttl::TurtleParser;
use reasonable::reasoner::Reasoner;
use urbi::vocab::{Base, owl, rdf, urbi as terms};

use crate::ontology::turtle;

/// What a member of each class is, and nothing else.
const EXPECTED: [(&str, &[&str]); 14] = [
    ("Announcement", &["bibo:Document", "prov:Entity", "schema:CreativeWork"]),
    ("Event", &["schema:Event"]),
    ("Conference", &["urbi:Event", "schema:Event", "bibo:Conference"]),
    ("ConferenceSeries", &["schema:EventSeries"]),
    ("Publication", &["bibo:Document", "schema:CreativeWork"]),
    ("OutcomeDocument", &["bibo:Document", "schema:CreativeWork"]),
    ("City", &["schema:City", "gn:Feature"]),
    ("Country", &["schema:Country", "gn:Feature"]),
    ("Organization", &["schema:Organization", "prov:Organization"]),
    ("Network", &["urbi:Organization", "schema:Organization", "prov:Organization"]),
    ("Award", &[]),
    ("Theme", &["skos:Concept"]),
    ("Venue", &["schema:Place"]),
    ("Person", &["schema:Person", "prov:Person"]),
];

fn sample() -> Vec<Triple> {
    let text = include_str!("../ontology/sample.ttl");
    TurtleParser::new().for_slice(text).map(|triple| triple.expect("Turtle")).collect()
}

/// The ontology and `data`, reasoned over.
fn reason(data: Vec<Triple>) -> Reasoner {
    let ontology = turtle("ontology/urbi.ttl");
    let mut triples: Vec<Triple> = ontology.iter().map(Into::into).collect();
    triples.extend(disjoint_pairs(&ontology));
    triples.extend(data);
    let mut reasoner = Reasoner::new();
    reasoner.load_triples(triples);
    reasoner.reason();
    reasoner
}

/// What the reasoner objects to. It takes every range for a datatype (reasonable 0.4.4), and objects to each IRI there:
/// that is left out, and the types that ranges imply are tested instead.
fn contradictions(reasoner: &Reasoner) -> Vec<&str> {
    let messages = reasoner.errors().iter().map(|error| error.message());
    messages.filter(|message| !message.starts_with("range clash: object <")).collect()
}

/// The reasoner knows `owl:disjointWith` only: every pair of classes that `owl:AllDisjointClasses` sets apart.
fn disjoint_pairs(ontology: &Graph) -> Vec<Triple> {
    let members = NamedNode::new("http://www.w3.org/2002/07/owl#members").expect("an IRI");
    let disjoint = NamedNode::new("http://www.w3.org/2002/07/owl#disjointWith").expect("an IRI");
    let mut pairs = Vec::new();
    for axiom in ontology.triples_for_predicate(&members) {
        let groups: Vec<Vec<NamedNode>> = list(ontology, axiom.object)
            .into_iter()
            .map(|member| match member {
                TermRef::NamedNode(class) => vec![class.into_owned()],
                TermRef::BlankNode(union) => {
                    let classes = ontology.object_for_subject_predicate(union, owl::UNION_OF).expect("a union");
                    list(ontology, classes).into_iter().map(|class| named(class).into_owned()).collect()
                }
                other => panic!("{other} is no class"),
            })
            .collect();
        for (at, group) in groups.iter().enumerate() {
            for (one, other) in
                group.iter().flat_map(|one| groups[..at].iter().flatten().map(move |other| (one, other)))
            {
                pairs.push(Triple::new(one.clone(), disjoint.clone(), other.clone()));
            }
        }
    }
    assert!(pairs.len() > 50, "the ontology sets classes apart");
    pairs
}

fn list<'a>(graph: &'a Graph, mut head: TermRef<'a>) -> Vec<TermRef<'a>> {
    let mut elements = Vec::new();
    while let TermRef::BlankNode(node) = head {
        elements.extend(graph.object_for_subject_predicate(node, rdf::FIRST));
        head = graph.object_for_subject_predicate(node, rdf::REST).expect("a list");
    }
    elements
}

fn named(term: TermRef<'_>) -> NamedNodeRef<'_> {
    if let TermRef::NamedNode(node) = term { node } else { panic!("{term} is no IRI") }
}

/// The types of our entities after reasoning, unions and the class of all things aside.
fn types(reasoner: &Reasoner) -> BTreeMap<String, BTreeSet<String>> {
    let mut types: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for triple in reasoner.view_output() {
        if let (NamedOrBlankNode::NamedNode(entity), Term::NamedNode(class)) = (&triple.subject, &triple.object)
            && triple.predicate == rdf::TYPE
            && entity.as_str().starts_with(Base::DEFAULT)
            && !["http://www.w3.org/2002/07/owl#Thing", "http://www.w3.org/2000/01/rdf-schema#Resource"]
                .contains(&class.as_str())
        {
            types.entry(entity.as_str().to_owned()).or_default().insert(class.as_str().to_owned());
        }
    }
    types
}

fn expected(class: &str) -> BTreeSet<String> {
    let (_, above) = EXPECTED.iter().find(|(name, _)| *name == class).unwrap_or_else(|| panic!("class {class}"));
    let own = format!("{}{class}", terms::NAMESPACE);
    let above = above.iter().map(|name| {
        let (prefix, local) = name.split_once(':').expect("a prefix");
        let (_, namespace) = urbi::vocab::PREFIXES.iter().find(|(known, _)| *known == prefix).expect("a known prefix");
        format!("{namespace}{local}")
    });
    above.chain([own]).collect()
}

/// The class that the sample states of each entity.
fn stated() -> BTreeMap<String, String> {
    let typed = sample().into_iter().filter(|triple| triple.predicate == rdf::TYPE);
    let local =
        |class: &Term| class.to_string().trim_end_matches('>').rsplit('#').next().unwrap_or_default().to_owned();
    typed
        .map(|triple| (triple.subject.to_string().trim_matches(['<', '>']).to_owned(), local(&triple.object)))
        .collect()
}

#[test]
fn entities_have_exactly_the_types_that_are_meant() {
    let reasoner = reason(sample());
    assert_eq!(contradictions(&reasoner), [""; 0]);
    let types = types(&reasoner);
    let stated = stated();
    let of_all: BTreeSet<&String> = stated.values().collect();
    assert_eq!(of_all.len(), EXPECTED.len(), "the sample has every class");
    for (entity, class) in &stated {
        assert_eq!(types.get(entity), Some(&expected(class)), "{entity}, a {class}");
    }
    assert_eq!(types.len(), stated.len(), "only what the sample speaks of");
}

#[test]
fn relations_alone_imply_no_other_type() {
    let untyped = sample().into_iter().filter(|triple| triple.predicate != rdf::TYPE).collect();
    let reasoner = reason(untyped);
    assert_eq!(contradictions(&reasoner), [""; 0]);
    let stated = stated();
    let types = types(&reasoner);
    assert!(types.len() > 10, "domains and ranges say much");
    for (entity, found) in types {
        let may_be = expected(&stated[&entity]);
        assert!(found.is_subset(&may_be), "{entity}: {found:?} is more than {may_be:?}");
    }
}

#[test]
fn a_city_that_is_an_event_is_a_contradiction() {
    let mut data = sample();
    let city = Base::default().entity("city", "3674962");
    data.push(Triple::new(city, rdf::TYPE, terms::EVENT));
    assert!(!contradictions(&reason(data)).is_empty());
}

#[test]
fn alignments_reach_the_data() {
    let reasoner = reason(sample());
    let conference = Base::default().entity("conference", "iclc-5");
    let location = NamedNode::new("https://schema.org/location").expect("an IRI");
    let yeonsu = Base::default().entity("city", "8417654");
    assert!(reasoner.view_output().contains(&Triple::new(conference, location, yeonsu)));
}
