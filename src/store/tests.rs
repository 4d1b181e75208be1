//! The store holds what its documents state, whatever the order and history of putting them in and taking them out.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::LazyLock,
};

use oxrdf::{Literal, NamedNode, Term, Triple};
use proptest::{collection::vec, prelude::*, sample::select};
use sha2::{Digest, Sha256};

use super::{
    change::Change,
    stated::{Quads, reads},
    *,
};
use crate::{
    curation::{Action, Decision, Fact, Naming},
    fact::{Confidence, Document, Evidence, Extraction, Passage, PassageId, RuleRef, quads},
    ontology::Ontology,
    profile::Profile,
    view::{self, Schema},
    vocab::{geo, owl, rdf, rdfs, skos, urbi, xsd},
};

/// The schema of the embedded ontology.
pub fn schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> =
        LazyLock::new(|| Schema::from(&Ontology::load(&Profile::embedded()).expect("the embedded ontology is sound")));
    &SCHEMA
}

fn entity(path: &str) -> NamedNode {
    NamedNode::new(format!("{}{path}", Base::DEFAULT)).expect("an IRI")
}

/// A document with this content; its evidence follows.
pub fn extraction(content: &str, quotes: &[&str], evidence: Vec<Evidence>) -> Extraction {
    let digest: String = Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let passages = quotes.iter().zip(0..).map(|(quote, at)| Passage {
        chars: at * 100..at * 100 + 50,
        bytes: vec![Range { start: u64::from(at) * 100, end: u64::from(at) * 100 + 50 }],
        quote: (*quote).to_owned(),
    });
    let document = Document {
        iri: Base::default().document(&digest),
        media_type: "text/plain".to_owned(),
        length: content.len() as u64,
        title: Some(content.to_owned()),
    };
    Extraction { document, passages: passages.collect(), evidence, notes: Vec::new() }
}

/// A firing of a rule on the passage of this number.
pub fn evidence(trigger: u32, confidence: u16, cites: &[&str], triples: Vec<Triple>) -> Evidence {
    let mut triples = triples;
    view::sort(&mut triples);
    Evidence {
        triples,
        rule: RuleRef { name: "test".to_owned(), version: "00000000".to_owned() },
        trigger: PassageId(trigger),
        antecedents: Vec::new(),
        cites: cites.iter().map(|path| entity(path)).collect(),
        confidence: Confidence::from_thousandths(confidence),
    }
}

/// A triple: the subject below the base; the object an entity (`city/1`), a date (`2021-10`) or a label.
pub fn triple(subject: &str, predicate: oxrdf::NamedNodeRef<'_>, object: &str) -> Triple {
    let object = if object.starts_with("http") {
        Term::from(NamedNode::new(object).expect("an IRI"))
    } else if object.contains('/') {
        Term::from(entity(object))
    } else if object.starts_with("20") {
        let datatype = [xsd::G_YEAR, xsd::G_YEAR_MONTH, xsd::DATE][object.matches('-').count()];
        Term::from(Literal::new_typed_literal(object, datatype))
    } else if object.starts_with("urbi:") {
        Term::from(NamedNode::new(object.replace("urbi:", urbi::NAMESPACE)).expect("an IRI"))
    } else {
        Term::from(Literal::from(object))
    };
    Triple::new(entity(subject), predicate.into_owned(), object)
}

const NONE: Confidence = Confidence::from_thousandths(0);

const KEYS: &[&str] = &[
    "city/1",
    "city/2",
    "country/KR",
    "country/JP",
    "conference/iclc-5",
    "conference/iclc-6",
    "conference/iclc-2021",
    "conference/learning-2021",
    "organization/uil",
    "organization/institute",
    "publication/report",
];

fn a_triple() -> impl Strategy<Value = Triple> {
    let key = || select(KEYS);
    let dates = select(&["2021", "2021-10", "2021-10-27", "2021-11-03", "2022"][..]);
    let labels = select(&["A", "Bb", "Cc", "Dddd"][..]);
    prop_oneof![
        3 => (key(), select(&[urbi::HELD_IN, urbi::HOSTED_BY, urbi::IN_COUNTRY, urbi::LAUNCHED_AT][..]), key())
            .prop_map(|(s, p, o)| triple(s, p, o)),
        1 => (key(), select(&["theme/a", "theme/b"][..])).prop_map(|(s, o)| triple(s, urbi::HAS_THEME, o)),
        2 => (key(), key()).prop_map(|(s, o)| triple(s, urbi::SAME_ENTITY, o)),
        2 => (key(), select(&[urbi::START_DATE, urbi::END_DATE][..]), dates).prop_map(|(s, p, o)| triple(s, p, o)),
        2 => (key(), select(&[rdfs::LABEL, skos::ALT_LABEL][..]), labels).prop_map(|(s, p, o)| triple(s, p, o)),
        1 => (key(), select(&["urbi:Event", "urbi:Conference", "urbi:City"][..]))
            .prop_map(|(s, o)| triple(s, rdf::TYPE, o)),
        1 => (key(), select(&[owl::SAME_AS, geo::LAT, urbi::HOMEPAGE][..]))
            .prop_map(|(s, p)| triple(s, p, "https://example.org/x")),
    ]
}

fn an_evidence() -> impl Strategy<Value = Evidence> {
    const CITED: &[&[&str]] = &[&[], &["lexicon/geonames/1"], &["lexicon/urbi/uil", "lexicon/iso/KR"]];
    let cites = select(CITED);
    (0..3_u32, select(&[500_u16, 900, 950][..]), cites, vec(a_triple(), 1..5))
        .prop_map(|(trigger, confidence, cites, triples)| evidence(trigger, confidence, cites, triples))
}

/// What a document of this number states: a different thing each time it is drawn, as if the rules had changed.
fn a_document() -> impl Strategy<Value = (usize, Extraction)> {
    let announced = proptest::option::of(select(&["2020", "2021-05-01", "2021-06-01"][..]));
    let quotes = vec(select(&["one text", "One  TEXT", "another"][..]), 3);
    (0..5_usize, vec(an_evidence(), 0..5), announced, quotes).prop_map(|(number, mut found, announced, quotes)| {
        let content = format!("document {number}");
        if let Some(date) = announced {
            let iri = extraction(&content, &[], Vec::new()).document.iri;
            let subject = iri.as_str().trim_start_matches(Base::DEFAULT).to_owned();
            found.push(evidence(0, 1000, &[], vec![triple(&subject, urbi::ANNOUNCED_ON, date)]));
        }
        (number, extraction(&content, &quotes, found))
    })
}

#[derive(Clone, Debug)]
enum Step {
    Put(Vec<((usize, Extraction), String)>),
    Forget(String),
    Decide(Vec<Decision>),
    /// Undoes the decision of this number, if there are so many.
    Undo(usize, i64),
}

fn a_fact() -> impl Strategy<Value = Fact> {
    a_triple().prop_filter_map("which keys are one is not decided so", |triple| {
        let subject = quads::named(&triple.subject)?.clone();
        (triple.predicate != urbi::SAME_ENTITY).then_some(Fact {
            subject,
            predicate: triple.predicate,
            object: triple.object,
        })
    })
}

fn an_action() -> impl Strategy<Value = Action> {
    let keys = |size| {
        vec(select(KEYS), size).prop_map(|keys| {
            let keys: BTreeSet<&str> = keys.into_iter().collect();
            keys.into_iter().map(entity).collect::<Vec<_>>()
        })
    };
    let naming = proptest::option::of(Just(Naming { class: urbi::CITY.into_owned(), label: Literal::from("New") }));
    prop_oneof![
        3 => a_fact().prop_map(Action::Accept),
        3 => a_fact().prop_map(Action::Reject),
        3 => (a_fact(), a_fact(), naming).prop_filter_map("a new value", |(fact, other, naming)| {
            let naming = naming.filter(|_| matches!(other.object, Term::NamedNode(_)));
            (fact.object != other.object).then_some(Action::Correct { fact, value: other.object, naming })
        }),
        2 => keys(2..4_usize).prop_filter_map("two keys", |keys| (keys.len() > 1).then_some(Action::Merge(keys))),
        2 => (keys(1..3_usize), keys(1..3_usize)).prop_filter_map("two sides", |(apart, from)| {
            (!apart.iter().any(|key| from.contains(key))).then_some(Action::Split { apart, from })
        }),
        1 => (select(KEYS), select(&["A", "Renamed"][..]))
            .prop_map(|(key, label)| Action::Rename { key: entity(key), label: label.into() }),
    ]
}

fn a_decision() -> impl Strategy<Value = Decision> {
    (an_action(), 0..9_i64).prop_map(|(action, second)| Decision {
        author: "Ana".to_owned(),
        time: jiff::Timestamp::from_second(second).expect("in range"),
        reason: None,
        action,
    })
}

fn a_step() -> impl Strategy<Value = Step> {
    let source = || (0..4_u8).prop_map(|n| format!("folder/{n}.txt"));
    prop_oneof![
        3 => vec((a_document(), source()), 1..4).prop_map(Step::Put),
        1 => source().prop_map(Step::Forget),
        2 => vec(a_decision(), 1..4).prop_map(Step::Decide),
        1 => (0..9_usize, 0..9_i64).prop_map(|(number, second)| Step::Undo(number, second)),
    ]
}

fn put(store: &Store, items: &[((usize, Extraction), String)]) -> Vec<Ingested> {
    let contents: Vec<String> = items.iter().map(|((number, _), _)| format!("document {number}")).collect();
    let incoming: Vec<Incoming<'_>> = items
        .iter()
        .zip(&contents)
        .map(|(((_, extraction), source), original)| Incoming { extraction, original: original.as_bytes(), source })
        .collect();
    store.ingest_all(schema(), &incoming).expect("a store in memory takes what it is given")
}

fn content(store: &Store) -> (Vec<String>, Vec<String>) {
    let view = store.view_triples().expect("readable").iter().map(Triple::to_string).collect();
    let evidence = store.evidence_quads().expect("readable").iter().map(ToString::to_string).collect();
    (view, evidence)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn history_does_not_matter(
        steps in vec(a_step(), 1..12),
        bulk in select(&[1, usize::MAX][..]),
        crowd in select(&[1, 2, usize::MAX][..]),
        decisions_first in any::<bool>(),
    ) {
        let store = Store { bulk, crowd, ..Store::in_memory(&Base::default()).expect("memory") };
        let mut sources: BTreeMap<String, usize> = BTreeMap::new();
        let mut documents: BTreeMap<usize, Extraction> = BTreeMap::new();
        let mut decisions: Vec<Decision> = Vec::new();
        for step in &steps {
            match step {
                Step::Decide(new) => {
                    store.decide(schema(), new).expect("decides");
                    decisions.extend(new.iter().cloned());
                }
                Step::Undo(number, second) => {
                    if let Some(undone) = decisions.get(*number) {
                        let time = jiff::Timestamp::from_second(*second).expect("in range");
                        let action = Action::Undo(undone.iri(&store.base));
                        let undo = Decision { time, action, author: "Bo".to_owned(), reason: None };
                        store.decide(schema(), std::slice::from_ref(&undo)).expect("decides");
                        decisions.push(undo);
                    }
                }
                Step::Put(items) => {
                    put(&store, items);
                    for ((number, extraction), source) in items {
                        sources.insert(source.clone(), *number);
                        documents.insert(*number, extraction.clone());
                    }
                }
                Step::Forget(source) => {
                    let known = store.forget(schema(), source).expect("forgets");
                    prop_assert_eq!(known, sources.remove(source).is_some());
                }
            }
            documents.retain(|number, _| sources.values().any(|n| n == number));
        }
        let left: Vec<Extraction> = documents.values().cloned().collect();
        let fresh = Store::in_memory(&Base::default()).expect("memory");
        let all: Vec<_> = sources.iter().map(|(s, n)| ((*n, documents[n].clone()), s.clone())).collect();
        // The newest decisions first, to show that their order does not matter either.
        let newest_first: Vec<Decision> = decisions.iter().rev().cloned().collect();
        let decide = || fresh.decide(schema(), &newest_first).expect("decides");
        if decisions_first {
            decide();
        }
        put(&fresh, &all);
        if !decisions_first {
            decide();
        }
        prop_assert_eq!(content(&store), content(&fresh));
        let view = store.view(schema(), NONE).expect("readable");
        prop_assert_eq!(store.view_triples().expect("readable"), view.triples);
        prop_assert_eq!(store.conflicts(schema()).expect("readable"), view.conflicts);
        prop_assert_eq!(store.gone().expect("readable"), fresh.gone().expect("readable"));
        for quad in store.rdf.matching(None, None, None, Some(terms::IN_STATED)) {
            let statement = Triple::from(quad.expect("readable"));
            if schema().is_summarised(&statement.predicate) {
                let kept = summary::read(&store.rdf, &statement).expect("readable");
                let scanned = summary::scan(&store.rdf, &store.base, schema(), crowd, &statement).expect("readable");
                prop_assert_eq!(kept, scanned, "{}", statement);
            }
        }
        if decisions.is_empty() {
            let view = view::of_extractions(&Base::default(), schema(), &left, NONE);
            prop_assert_eq!(store.view_triples().expect("readable"), view.triples);
        }
        let again = put(&store, &all);
        prop_assert!(again.iter().all(|done| *done == Ingested::Unchanged));
        prop_assert_eq!(content(&store), content(&fresh));
        for document in store.documents().expect("readable") {
            prop_assert!(store.original(&document.iri).expect("readable").is_some());
        }
        // A process that dies while it loads documents leaves no trace.
        let more = left.iter().flat_map(|e| &e.evidence).map(|e| Evidence { trigger: PassageId(0), ..e.clone() });
        let unfinished = extraction("unfinished", &["one text"], more.collect());
        let wanted = quads::quads(&store.base, &unfinished);
        let change = Change::new(&store.rdf, &store.base, BTreeMap::from([(unfinished.document.iri, wanted)]));
        change.and_then(|change| change.load(&store.rdf, &|_| ())).expect("loads");
        prop_assert!(change::is_interrupted(&store.rdf).expect("readable"));
        change::recover(&store.rdf, &store.base).expect("recovers");
        prop_assert_eq!(content(&store), content(&fresh));
        // Nothing is left behind where nothing is left.
        for source in sources.keys() {
            store.forget(schema(), source).expect("forgets");
        }
        let decided = store.rdf.matching(None, None, None, Some(terms::IN_CURATION)).count();
        let counted = usize::from(store.commit_number().expect("readable") > 0);
        prop_assert_eq!(store.rdf.len().expect("readable"), decided + counted);
        prop_assert_eq!(store.view_triples().expect("readable"), Vec::new());
        prop_assert_eq!(store.rdf.named_graphs().filter(|g| g.as_ref().is_ok_and(|g| g.to_string().contains("evidence/"))).count(), 0);
    }
}

/// A document that speaks of an entity of which every one speaks, in words and with dates of its own.
fn about_the_same(number: usize) -> Extraction {
    let content = format!("document {number}");
    let subject = extraction(&content, &[], Vec::new()).document.iri;
    let subject = subject.as_str().trim_start_matches(Base::DEFAULT).to_owned();
    let announced = format!("2021-{:02}-{:02}", number / 28 % 12 + 1, number % 28 + 1);
    let day = ["2021-10-27", "2021-11-03"][number % 2];
    let country = ["country/KR", "country/JP"][number % 2];
    let found = vec![
        evidence(0, 1000, &[], vec![triple(&subject, urbi::ANNOUNCED_ON, &announced)]),
        evidence(
            1,
            900,
            &[],
            vec![
                triple("conference/iclc-5", rdfs::LABEL, ["Name", "Longer name", "The longest name"][number % 3]),
                triple("conference/iclc-5", urbi::START_DATE, day),
                triple("conference/iclc-5", urbi::HELD_IN, "city/1"),
                triple("city/1", urbi::IN_COUNTRY, country),
                triple("city/1", rdfs::LABEL, "A"),
            ],
        ),
    ];
    let quote = format!("what document {number} says");
    extraction(&content, &[&quote, &quote, &quote], found)
}

#[test]
fn a_change_costs_what_it_touches() {
    let store = Store::in_memory(&Base::default()).expect("memory");
    let give = |numbers: Range<usize>| {
        let items: Vec<_> = numbers.map(|n| ((n, about_the_same(n)), format!("{n}.txt"))).collect();
        put(&store, &items);
    };
    let cost = |held: usize| {
        let one_more = reads::of(|| give(held..held + 1));
        // One that is not the latest: the newest date is that of number 335.
        let forgotten = reads::of(|| assert!(store.forget(schema(), "40.txt").expect("forgets")));
        give(40..41);
        (one_more, forgotten)
    };
    give(0..100);
    let few = cost(100);
    give(101..2000);
    let many = cost(2000);
    assert!(many.0 < few.0 * 2, "adding one read {few:?} and then {many:?} quads");
    assert!(many.1 < few.1 * 2, "forgetting one read {few:?} and then {many:?} quads");
    let view = store.view(schema(), NONE).expect("readable").triples;
    assert_eq!(store.view_triples().expect("readable"), view);
    // With a threshold, too.
    store.set_least(schema(), Confidence::from_thousandths(800)).expect("sets");
    let sure = reads::of(|| give(2001..2002));
    assert!(sure < few.0 * 3, "with a threshold it read {sure}, without {few:?}");
}
