//! What stands in the view where evidence is uncertain or disagrees.

use std::ops::Range;

use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::*;
use crate::{
    fact::{Document, Evidence, Passage, PassageId, RuleRef},
    ontology::Ontology,
    profile::Profile,
    vocab::{rdf, rdfs, skos, urbi, xsd},
};

fn iri(path: &str) -> NamedNode {
    NamedNode::new(format!("{}{path}", Base::DEFAULT)).unwrap()
}

fn thing(subject: &str, predicate: NamedNodeRef<'_>, object: &str) -> Triple {
    Triple::new(iri(subject), predicate.into_owned(), iri(object))
}

fn date(subject: &str, predicate: NamedNodeRef<'_>, value: &str) -> Triple {
    let datatype = [xsd::G_YEAR, xsd::G_YEAR_MONTH, xsd::DATE][value.matches('-').count()];
    Triple::new(iri(subject), predicate.into_owned(), Literal::new_typed_literal(value, datatype))
}

fn label(subject: &str, predicate: NamedNodeRef<'_>, text: &str) -> Triple {
    Triple::new(iri(subject), predicate.into_owned(), Literal::from(text))
}

/// A document that states each of these triples with this confidence, cites aside.
fn document(name: &str, announced: &str, wording: &str, confidence: u16, triples: Vec<Triple>) -> Extraction {
    let about = format!("document/{name}");
    let firing = |triples: Vec<Triple>| Evidence {
        triples,
        rule: RuleRef { name: "test".to_owned(), version: "00000000".to_owned() },
        trigger: PassageId(0),
        antecedents: Vec::new(),
        cites: Vec::new(),
        confidence: Confidence::from_thousandths(confidence),
    };
    let mut evidence = vec![firing(vec![date(&about, urbi::ANNOUNCED_ON, announced)])];
    evidence.extend(triples.into_iter().map(|triple| firing(vec![triple])));
    Extraction {
        document: Document { iri: iri(&about), media_type: "text/plain", length: 1, title: None },
        passages: vec![Passage { chars: 0..1, bytes: vec![Range { start: 0, end: 1 }], quote: wording.to_owned() }],
        evidence,
        notes: Vec::new(),
    }
}

fn view(documents: &[Extraction], at_least: u16) -> View {
    let schema = Schema::from(&Ontology::load(&Profile::embedded()).unwrap());
    of_extractions(&Base::default(), &schema, documents, Confidence::from_thousandths(at_least))
}

fn values(view: &View, subject: &str, predicate: NamedNodeRef<'_>) -> Vec<String> {
    let subject = iri(subject);
    let found = view.triples.iter().filter(|t| t.subject == subject.as_ref().into() && t.predicate == predicate);
    found
        .map(|t| match &t.object {
            Term::NamedNode(node) => node.as_str().trim_start_matches(Base::DEFAULT).to_owned(),
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        })
        .collect()
}

#[test]
fn a_more_precise_date_is_no_conflict() {
    let view = view(
        &[
            document("a", "2021-12-01", "a", 990, vec![date("conference/x-5", urbi::START_DATE, "2021")]),
            document("b", "2021-01-01", "b", 500, vec![date("conference/x-5", urbi::START_DATE, "2021-10-27")]),
        ],
        0,
    );
    assert_eq!(values(&view, "conference/x-5", urbi::START_DATE), ["2021-10-27"]);
    assert_eq!(values(&view, "conference/x-5", urbi::EARLIEST_START), ["2021-10-27"]);
    assert_eq!(view.conflicts, []);
}

#[test]
fn the_later_announcement_stands_and_the_conflict_is_told() {
    let start = |value| date("conference/x-5", urbi::START_DATE, value);
    let later = document("b", "2021-02", "postponed", 500, vec![start("2022-03")]);
    let view = view(&[document("a", "2021-01-31", "a", 990, vec![start("2021-10-27")]), later], 0);
    assert_eq!(values(&view, "conference/x-5", urbi::START_DATE), ["2022-03"]);
    let dropped = vec![date("conference/x-5", urbi::START_DATE, "2021-10-27").object];
    let kept = date("conference/x-5", urbi::START_DATE, "2022-03").object;
    let (subject, predicate) = (iri("conference/x-5"), urbi::START_DATE.into_owned());
    assert_eq!(view.conflicts, [Conflict::Values { subject, predicate, kept, dropped }]);
}

#[test]
fn then_confidence_decides_and_one_wording_counts_once() {
    let country = |country| thing("city/1", urbi::IN_COUNTRY, country);
    let spread = |name| document(name, "2021", "The same  TEXT", 600, vec![country("country/KR")]);
    let japan = document("c", "2021", "another", 700, vec![country("country/JP")]);
    let syndicated = view(&[spread("a"), spread("b"), japan.clone()], 0);
    assert_eq!(values(&syndicated, "city/1", urbi::IN_COUNTRY), ["country/JP"]);
    let own = document("d", "2021", "in its own words", 600, vec![country("country/KR")]);
    let independent = view(&[spread("a"), own, japan], 0);
    assert_eq!(values(&independent, "city/1", urbi::IN_COUNTRY), ["country/KR"]);
}

#[test]
fn unsure_relations_can_be_left_out() {
    let held = thing("conference/x-5", urbi::HELD_IN, "city/1");
    let documents = ["a", "b"].map(|name| document(name, "2021", name, 600, vec![held.clone()]));
    assert_eq!(values(&view(&documents, 840), "conference/x-5", urbi::HELD_IN), ["city/1"]);
    assert!(values(&view(&documents, 841), "conference/x-5", urbi::HELD_IN).is_empty());
}

#[test]
fn keys_of_one_entity_are_merged_under_the_strongest() {
    let view = view(
        &[document(
            "a",
            "2021",
            "a",
            900,
            vec![
                thing("conference/x-2021", urbi::SAME_ENTITY, "conference/x-5"),
                thing("conference/x-2021", urbi::HELD_IN, "city/1"),
                thing("publication/p", urbi::LAUNCHED_AT, "conference/x-2021"),
                thing("conference/x-5", urbi::HOSTED_BY, "city/1"),
            ],
        )],
        0,
    );
    assert_eq!(values(&view, "conference/x-5", urbi::HELD_IN), ["city/1"]);
    assert_eq!(values(&view, "publication/p", urbi::LAUNCHED_AT), ["conference/x-5"]);
    assert_eq!(values(&view, "conference/x-5", urbi::ALIAS), ["conference/x-2021"]);
    assert!(values(&view, "conference/x-2021", urbi::HELD_IN).is_empty());
}

#[test]
fn what_cannot_be_one_is_told_and_not_merged() {
    let same = |a, b| thing(a, urbi::SAME_ENTITY, b);
    let editions = vec![same("conference/x-5", "conference/x-2021"), same("conference/x-2021", "conference/x-6")];
    let cities = vec![same("city/1", "city/2"), thing("conference/x-5", urbi::HELD_IN, "city/2")];
    let view = view(&[document("a", "2021", "a", 900, [editions, cities].concat())], 0);
    assert_eq!(values(&view, "conference/x-5", urbi::HELD_IN), ["city/2"]);
    assert!(values(&view, "conference/x-5", urbi::ALIAS).is_empty());
    let keys = |keys: &[&str]| keys.iter().map(|key| iri(key)).collect();
    let expected = [
        Conflict::Keys { keys: keys(&["city/1", "city/2"]), reason: Refusal::TwoAuthorities },
        Conflict::Keys {
            keys: keys(&["conference/x-2021", "conference/x-5", "conference/x-6"]),
            reason: Refusal::TwoOrdinals,
        },
    ];
    assert_eq!(view.conflicts, expected);
}

#[test]
fn names_and_types() {
    let describe = |name, best| {
        let class =
            |class: NamedNodeRef<'_>| Triple::new(iri("conference/x-5"), rdf::TYPE.into_owned(), class.into_owned());
        let triples = vec![
            label("conference/x-5", rdfs::LABEL, best),
            label("conference/x-5", skos::ALT_LABEL, "X"),
            class(urbi::EVENT),
            class(urbi::CONFERENCE),
            thing("conference/x-5", urbi::HELD_IN, "city/1"),
            label("theme/unrelated", rdfs::LABEL, "does not appear"),
        ];
        document(name, "2021", name, 900, triples)
    };
    let view = view(&[describe("a", "X 5"), describe("b", "X 5"), describe("c", "The fifth X")], 0);
    assert_eq!(values(&view, "conference/x-5", rdfs::LABEL), ["X 5"]);
    assert_eq!(values(&view, "conference/x-5", skos::ALT_LABEL), ["The fifth X", "X"]);
    let class = urbi::CONFERENCE.as_str().to_owned();
    assert_eq!(values(&view, "conference/x-5", rdf::TYPE), [class]);
    assert!(values(&view, "theme/unrelated", rdfs::LABEL).is_empty());
    assert_eq!(values(&view, "document/a", rdf::TYPE), [urbi::ANNOUNCEMENT.as_str()]);
}
