//! What stands in the view where evidence is uncertain or disagrees.

use std::ops::Range;

use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term, Triple};

use super::*;
use crate::{
    curation::{Action, Decision, Fact, Naming},
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
        document: Document { iri: iri(&about), media_type: "text/plain".to_owned(), length: 1, title: None },
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
    let value = date("conference/x-5", urbi::START_DATE, "2021-10-27").object;
    let dropped = vec![Dropped { value, standing: Standing::Corrected }];
    let kept = date("conference/x-5", urbi::START_DATE, "2022-03").object;
    let (subject, predicate) = (iri("conference/x-5"), urbi::START_DATE.into_owned());
    assert_eq!(view.conflicts, [Conflict::Values { subject, predicate, kept, dropped }]);
    assert!(!view.conflicts[0].is_open());
}

/// How the values that do not stand are dropped, by the one conflict of a view.
fn dropped(view: &View) -> Vec<(String, Standing)> {
    let [Conflict::Values { dropped, .. }] = view.conflicts.as_slice() else { panic!("{:?}", view.conflicts) };
    dropped.iter().map(|d| (d.value.to_string().replace('"', ""), d.standing)).collect()
}

#[test]
fn what_is_announced_at_one_time_or_nobody_knows_when_is_for_a_person_to_decide() {
    let start = |value| vec![date("conference/x-5", urbi::START_DATE, value)];
    for (first, second) in [("2021-01-31", "2021-01-31"), ("2021-01-31", "2021"), ("2021", "2021")] {
        let documents =
            [document("a", first, "a", 990, start("2021-10-27")), document("b", second, "b", 500, start("2022-03-01"))];
        let view = view(&documents, 0);
        let [(_, standing)] = dropped(&view)[..] else { panic!("one is dropped") };
        assert_eq!(standing, Standing::Contradicted, "{first} {second}");
        assert!(view.conflicts[0].is_open());
    }
}

#[test]
fn the_end_of_the_earlier_time_goes_with_it() {
    let time = |name, announced, start, end: Option<&str>| {
        let mut triples = vec![date("conference/x-5", urbi::START_DATE, start)];
        triples.extend(end.map(|end| date("conference/x-5", urbi::END_DATE, end)));
        document(name, announced, name, 900, triples)
    };
    let earlier = || time("a", "2020-03-01", "2020-10-03", Some("2020-10-05"));
    let postponed = view(&[earlier(), time("b", "2020-07-01", "2021-05-06", None)], 0);
    assert_eq!(values(&postponed, "conference/x-5", urbi::START_DATE), ["2021-05-06"]);
    assert!(values(&postponed, "conference/x-5", urbi::END_DATE).is_empty());
    assert!(values(&postponed, "conference/x-5", urbi::LATEST_END).is_empty());
    assert_eq!(postponed.conflicts.len(), 2);
    assert!(postponed.conflicts.iter().all(|conflict| !conflict.is_open()));
    // Both dates are given anew: the end is corrected as the start is.
    let both = view(&[earlier(), time("b", "2020-07-01", "2021-05-06", Some("2021-05-08"))], 0);
    assert_eq!(values(&both, "conference/x-5", urbi::END_DATE), ["2021-05-08"]);
    // What is earlier overtakes nothing: the shapes object to it instead.
    let wrong = view(&[earlier(), time("b", "2019-07-01", "2021-05-06", None)], 0);
    assert_eq!(values(&wrong, "conference/x-5", urbi::START_DATE), ["2020-10-03"]);
}

#[test]
fn themes_that_later_announcements_replace_are_told_and_stand() {
    let theme = |name, announced, themes: &[&str]| {
        let triples = themes.iter().map(|theme| thing("conference/x-5", urbi::HAS_THEME, theme)).collect();
        document(name, announced, name, 900, triples)
    };
    let replaced = view(&[theme("a", "2020", &["theme/a"]), theme("b", "2021-05", &["theme/b", "theme/c"])], 0);
    assert_eq!(values(&replaced, "conference/x-5", urbi::HAS_THEME).len(), 3);
    let by = ["theme/b", "theme/c"].map(|theme| Term::from(iri(theme))).to_vec();
    let (subject, predicate) = (iri("conference/x-5"), urbi::HAS_THEME.into_owned());
    let expected = Conflict::Replaced { subject, predicate, value: iri("theme/a").into(), by };
    assert_eq!(replaced.conflicts, [expected]);
    // One announcement that gives both, or a city, is no replacement.
    let both = [theme("a", "2020", &["theme/a"]), theme("b", "2021", &["theme/b"]), theme("c", "2022", &["theme/a"])];
    assert_eq!(view(&both, 0).conflicts, []);
    let city = |name, announced, city| {
        document(name, announced, name, 900, vec![thing("conference/x-5", urbi::HELD_IN, city)])
    };
    assert_eq!(view(&[city("a", "2020", "city/1"), city("b", "2021", "city/2")], 0).conflicts, []);
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

/// The view of documents and decisions, each a second later than the one before.
fn decided(documents: &[Extraction], actions: Vec<Action>) -> View {
    let schema = Schema::from(&Ontology::load(&Profile::embedded()).unwrap());
    let mut quads: Vec<Quad> = documents.iter().flat_map(|e| quads::quads(&Base::default(), e)).collect();
    for (second, action) in (0..).zip(actions) {
        let time = jiff::Timestamp::from_second(second).unwrap();
        let decision = Decision { author: "Ana".to_owned(), time, reason: None, action };
        quads.extend(decision.quads(&Base::default()));
    }
    of_quads(&Base::default(), &schema, quads, Confidence::from_thousandths(500))
}

fn fact(triple: &Triple) -> Fact {
    let subject = quads::named(&triple.subject).unwrap().clone();
    Fact { subject, predicate: triple.predicate.clone(), object: triple.object.clone() }
}

#[test]
fn a_curator_has_the_last_word() {
    let day = |day: &str| date("conference/x-5", urbi::START_DATE, day);
    let documents = [
        document("a", "2021-12-01", "a", 900, vec![day("2021-10-27")]),
        document("b", "2021-01-01", "b", 100, vec![day("2021-10-28")]),
    ];
    let start = |view: &View| values(view, "conference/x-5", urbi::START_DATE);
    // The later announcement; the other one is not sure enough for this view.
    assert_eq!(start(&decided(&documents, vec![])), ["2021-10-27"]);
    let accepted = decided(&documents, vec![Action::Accept(fact(&day("2021-10-28")))]);
    assert_eq!(start(&accepted), ["2021-10-28"]);
    assert!(accepted.conflicts.is_empty(), "it is settled");
    let rejected = decided(&documents, vec![Action::Reject(fact(&day("2021-10-27")))]);
    assert!(start(&rejected).is_empty());
    let value = day("2021-11-01").object;
    let correct = Action::Correct { fact: fact(&day("2021-10-27")), value, naming: None };
    let corrected = decided(&documents, vec![correct.clone()]);
    assert_eq!(start(&corrected), ["2021-11-01"]);
    assert_eq!(values(&corrected, "conference/x-5", urbi::EARLIEST_START), ["2021-11-01"]);
    // The later decision holds.
    let after = decided(&documents, vec![correct.clone(), Action::Accept(fact(&day("2021-10-27")))]);
    assert_eq!(start(&after), ["2021-10-27"]);
    let after = decided(&documents, vec![Action::Accept(fact(&day("2021-10-27"))), correct]);
    assert_eq!(start(&after), ["2021-11-01"]);
}

#[test]
fn what_a_curator_knows_needs_something_to_speak_of() {
    let held = |city: &str| thing("conference/x-5", urbi::HELD_IN, city);
    let states = |triples| document("a", "2021", "a", 900, triples);
    let correct = |naming| Action::Correct { fact: fact(&held("city/1")), value: iri("city/2").into(), naming };
    let place = |view: &View| values(view, "conference/x-5", urbi::HELD_IN);
    let naming = Some(Naming { class: urbi::CITY.into_owned(), label: "Cork".into() });
    assert!(
        place(&decided(&[states(vec![held("city/1")])], vec![correct(None)])).is_empty(),
        "nothing speaks of city/2"
    );
    let named = decided(&[states(vec![held("city/1")])], vec![correct(naming.clone())]);
    assert_eq!(place(&named), ["city/2"]);
    assert_eq!(values(&named, "city/2", rdfs::LABEL), ["Cork"]);
    let known = states(vec![held("city/1"), label("city/2", rdfs::LABEL, "Corcaigh")]);
    let known = decided(&[known], vec![correct(naming.clone())]);
    assert_eq!(values(&known, "city/2", rdfs::LABEL), ["Corcaigh"], "evidence says what it is");
    // The fact is stated no more, the conference is spoken of.
    let other = states(vec![label("conference/x-5", rdfs::LABEL, "X 5")]);
    assert_eq!(place(&decided(&[other], vec![correct(naming.clone())])), ["city/2"]);
    assert!(decided(&[], vec![correct(naming)]).triples.is_empty(), "nothing speaks of the conference");
}

#[test]
fn curators_join_and_part_keys() {
    let states = |name: &str, triples| document(name, "2021", name, 900, triples);
    let same = |one: &str, other: &str| thing(one, urbi::SAME_ENTITY, other);
    let held = |conference: &str, city: &str| thing(conference, urbi::HELD_IN, city);
    let documents = [
        states("a", vec![held("conference/x-5", "city/1"), same("conference/x-5", "conference/x-2021")]),
        states("b", vec![held("conference/x-2021", "city/2")]),
        states("c", vec![held("conference/x-6", "city/3")]),
    ];
    let places = |view: &View, name: &str| values(view, name, urbi::HELD_IN);
    let merge = |keys: &[&str]| Action::Merge(keys.iter().map(|key| iri(key)).collect());
    let split = |apart: &str, from: &str| Action::Split { apart: vec![iri(apart)], from: vec![iri(from)] };
    let plain = decided(&documents, vec![]);
    assert_eq!(places(&plain, "conference/x-5"), ["city/1", "city/2"]);
    // Two editions are one, because a curator says so.
    let merged = decided(&documents, vec![merge(&["conference/x-5", "conference/x-6"])]);
    assert_eq!(places(&merged, "conference/x-5"), ["city/1", "city/2", "city/3"]);
    assert!(merged.conflicts.is_empty());
    let parted = decided(&documents, vec![split("conference/x-2021", "conference/x-5")]);
    assert_eq!(places(&parted, "conference/x-5"), ["city/1"]);
    assert_eq!(places(&parted, "conference/x-2021"), ["city/2"]);
    let again = vec![split("conference/x-2021", "conference/x-5"), merge(&["conference/x-2021", "conference/x-5"])];
    assert_eq!(decided(&documents, again).triples, plain.triples);
    // A key that comes later joins one side, and not both.
    let mut more = documents.to_vec();
    more.push(states(
        "d",
        vec![same("conference/x-5", "conference/the-x"), same("conference/the-x", "conference/x-2021")],
    ));
    let parted = decided(&more, vec![split("conference/x-2021", "conference/x-5")]);
    assert_eq!(places(&parted, "conference/x-5"), ["city/1"]);
    assert_eq!(places(&parted, "conference/x-2021"), ["city/2"]);
}

#[test]
fn names_and_classes_can_be_decided_on() {
    let documents = [document(
        "a",
        "2021",
        "a",
        900,
        vec![
            thing("conference/x-5", urbi::HELD_IN, "city/1"),
            label("conference/x-5", rdfs::LABEL, "The longest name"),
            label("conference/x-5", skos::ALT_LABEL, "X 5"),
            Triple::new(iri("conference/x-5"), rdf::TYPE.into_owned(), urbi::EVENT.into_owned()),
        ],
    )];
    let rename = |label: &str| Action::Rename { key: iri("conference/x-5"), label: label.into() };
    let names =
        |view: &View| (values(view, "conference/x-5", rdfs::LABEL), values(view, "conference/x-5", skos::ALT_LABEL));
    let renamed = decided(&documents, vec![rename("Short")]);
    assert_eq!(names(&renamed), (vec!["Short".to_owned()], vec!["The longest name".to_owned(), "X 5".to_owned()]));
    let reject = Action::Reject(fact(&label("conference/x-5", rdfs::LABEL, "The longest name")));
    let rejected = decided(&documents, vec![reject]);
    assert_eq!(names(&rejected), (vec!["X 5".to_owned()], vec![]));
    let class = Action::Correct {
        fact: fact(&Triple::new(iri("conference/x-5"), rdf::TYPE.into_owned(), urbi::EVENT.into_owned())),
        value: urbi::CONFERENCE.into_owned().into(),
        naming: None,
    };
    let classified = decided(&documents, vec![class]);
    let classes = values(&classified, "conference/x-5", rdf::TYPE);
    assert_eq!(classes, [urbi::CONFERENCE.as_str()]);
}

#[test]
fn when_a_document_was_announced_can_be_decided_on() {
    let day = |day: &str| date("conference/x-5", urbi::START_DATE, day);
    let documents = [
        document("a", "2021-12-01", "a", 900, vec![day("2021-10-27")]),
        document("b", "2021-01-01", "b", 900, vec![day("2021-10-28")]),
    ];
    let announced = date("document/b", urbi::ANNOUNCED_ON, "2021-01-01");
    let value = date("document/b", urbi::ANNOUNCED_ON, "2022-01-01").object;
    let correct = Action::Correct { fact: fact(&announced), value, naming: None };
    assert_eq!(values(&decided(&documents, vec![]), "conference/x-5", urbi::START_DATE), ["2021-10-27"]);
    assert_eq!(values(&decided(&documents, vec![correct]), "conference/x-5", urbi::START_DATE), ["2021-10-28"]);
}
