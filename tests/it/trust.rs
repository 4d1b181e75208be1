//! What a store holds is a function of its documents, the rules and the decisions: whatever was added, edited, forgotten,
//! decided and changed on the way, with real announcements and real rules.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use oxrdf::{Literal, NamedOrBlankNode, Term, Triple};
use proptest::{collection::vec, prelude::*};
use urbi::{
    curation::{Action, Decision, Fact, Ledger, file, is_decidable},
    engine::Engine,
    fact::Extraction,
    profile::Profile,
    source,
    store::Store,
    view::{Schema, is_relation},
    vocab::{Base, rdfs},
};

/// The engines of two profiles: the standard one, and one with rules taken out and one added.
static ENGINES: LazyLock<[Engine; 2]> = LazyLock::new(|| {
    let changed = "remove held-in\n\nspan city-country \"A city and its country.\"\n  \
                   match (?c:@City) \",\" (?l:@Country)\n  then ?c :inCountry ?l\n  confidence 700\n";
    let other = Profile::embedded().with_file("data/rules/changed.rules", "changed.rules", changed.into());
    [Profile::embedded(), other].map(|profile| Engine::new(&profile, &Base::default()).expect("sound rules"))
});

fn schema() -> Schema {
    Schema::from(ENGINES[0].ontology())
}

/// The announcements: the samples that are plain text, by number.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/announcements");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the samples").map(|e| e.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("UTF-8")).collect()
});

/// An announcement in one of its versions.
fn text(number: usize, version: usize) -> String {
    let text = &TEXTS[number % TEXTS.len()];
    match version {
        0 => text.clone(),
        _ => {
            format!("{text}\n\nThe meeting number {version} was held in Cork, Ireland, on {} May 2019.\n", version + 1)
        }
    }
}

fn extraction(engine: usize, text: &str) -> Extraction {
    let announcements = source::read("a.txt", text.as_bytes(), None).expect("it is text");
    ENGINES[engine].extract(&announcements[0])
}

fn content(store: &Store) -> Vec<String> {
    let view = store.view_triples().expect("readable").into_iter().map(|triple| triple.to_string());
    view.chain(store.evidence_quads().expect("readable").into_iter().map(|quad| quad.to_string())).collect()
}

/// A decision on what a store says, chosen by number.
fn decision(store: &Store, number: usize, second: i64) -> Option<Decision> {
    let view = store.view_triples().expect("readable");
    let facts: Vec<&Triple> = view.iter().filter(|triple| is_decidable(triple.predicate.as_ref())).collect();
    let pick = |number: usize| -> Option<Fact> {
        let triple = facts.get(number % facts.len().max(1))?;
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { return None };
        Some(Fact { subject: subject.clone(), predicate: triple.predicate.clone(), object: triple.object.clone() })
    };
    let fact = pick(number / 7)?;
    let other = pick(number / 3 + 11)?;
    let action = match number % 7 {
        0 | 1 => Action::Reject(fact),
        2 => Action::Accept(fact),
        3 if is_relation(fact.predicate.as_ref()) && fact.object != other.object => {
            Action::Correct { fact, value: other.object, naming: None }
        }
        4 if fact.subject != other.subject => {
            let mut keys = vec![fact.subject, other.subject];
            keys.sort();
            Action::Merge(keys)
        }
        5 => {
            let keys = store.keys_of(&fact.subject).expect("readable");
            let (apart, from) = keys.split_at(1);
            if from.is_empty() {
                return None;
            }
            Action::Split { apart: apart.to_vec(), from: from.to_vec() }
        }
        6 => Action::Rename { key: fact.subject, label: Literal::from(format!("Name {number}")) },
        _ => return None,
    };
    let time = jiff::Timestamp::from_second(second).expect("in range");
    Some(Decision { author: "Ana".to_owned(), time, reason: None, action })
}

#[derive(Clone, Debug)]
enum Step {
    Put(usize, usize),
    Forget(usize),
    Decide(usize),
    Undo(usize),
    ChangeRules,
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..9_usize, 0..3_usize).prop_map(|(number, version)| Step::Put(number, version)),
        1 => (0..9_usize).prop_map(Step::Forget),
        4 => any::<u16>().prop_map(|number| Step::Decide(usize::from(number))),
        1 => (0..9_usize).prop_map(Step::Undo),
        1 => Just(Step::ChangeRules),
    ]
}

/// What is in a store, kept beside it.
#[derive(Default)]
struct Model {
    engine: usize,
    documents: BTreeMap<usize, usize>,
    decisions: Vec<Decision>,
}

impl Model {
    fn put(&self, store: &Store, number: usize, version: usize) {
        let text = text(number, version);
        let source = format!("{number}.txt");
        store.ingest(&schema(), &extraction(self.engine, &text), text.as_bytes(), &source).expect("ingests");
    }

    fn step(&mut self, store: &Store, step: &Step) {
        match step {
            Step::Put(number, version) => {
                self.put(store, *number, *version);
                self.documents.insert(*number, *version);
            }
            Step::Forget(number) => {
                store.forget(&schema(), &format!("{number}.txt")).expect("forgets");
                self.documents.remove(number);
            }
            Step::Decide(number) => self.decide(store, decision(store, *number, self.decisions.len() as i64)),
            Step::Undo(number) => {
                let undone = self.decisions.get(*number).map(|decision| decision.iri(store.base()));
                let time = jiff::Timestamp::from_second(self.decisions.len() as i64).expect("in range");
                let undo = |iri| Decision { author: "Bo".to_owned(), time, reason: None, action: Action::Undo(iri) };
                self.decide(store, undone.map(undo));
            }
            Step::ChangeRules => {
                self.engine = 1 - self.engine;
                self.documents.iter().for_each(|(number, version)| self.put(store, *number, *version));
            }
        }
    }

    fn decide(&mut self, store: &Store, decision: Option<Decision>) {
        if let Some(decision) = decision {
            store.decide(&schema(), std::slice::from_ref(&decision)).expect("decides");
            self.decisions.push(decision);
        }
    }

    /// A store that was built of the same from nothing.
    fn rebuilt(&self) -> Store {
        let fresh = Store::in_memory(&Base::default()).expect("memory");
        fresh.decide(&schema(), &self.decisions).expect("decides");
        self.documents.iter().rev().for_each(|(number, version)| self.put(&fresh, *number, *version));
        fresh
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_history_gives_what_a_rebuild_gives(steps in vec(a_step(), 1..24)) {
        let store = Store::in_memory(&Base::default()).expect("memory");
        let mut model = Model::default();
        for step in &steps {
            model.step(&store, step);
        }
        prop_assert_eq!(content(&store), content(&model.rebuilt()));
    }
}

#[test]
fn a_hundred_decisions_survive_other_rules_and_travel() {
    let store = Store::in_memory(&Base::default()).expect("memory");
    let mut model = Model::default();
    for number in 0..TEXTS.len() {
        model.step(&store, &Step::Put(number, 0));
    }
    let mut number = 0;
    while model.decisions.len() < 100 {
        model.step(&store, &Step::Decide(number));
        number += 13;
    }
    let holds = |store: &Store| {
        let view: Vec<String> = store.view_triples().expect("readable").iter().map(Triple::to_string).collect();
        let canonical = |fact: &Fact| {
            let object = match &fact.object {
                Term::NamedNode(node) => Term::from(store.canonical(node).expect("readable")),
                other => other.clone(),
            };
            let subject = store.canonical(&fact.subject).expect("readable");
            Triple::new(subject, fact.predicate.clone(), object).to_string()
        };
        let ledger = store.decisions().expect("readable");
        let mut held = 0;
        // The last decision on a fact is the one that must hold.
        for entry in ledger.all() {
            if let Action::Reject(fact) = &entry.decision.action {
                let later = ledger.all().iter().filter(|other| other.decision.time > entry.decision.time);
                let accepted = later.into_iter().any(|other| match &other.decision.action {
                    Action::Accept(again) => canonical(again) == canonical(fact),
                    Action::Correct { fact: again, value, .. } => {
                        canonical(&Fact { object: value.clone(), ..again.clone() }) == canonical(fact)
                    }
                    Action::Rename { label, .. } => {
                        fact.predicate == rdfs::LABEL && fact.object == Term::from(label.clone())
                    }
                    _ => false,
                });
                assert!(accepted || !view.contains(&canonical(fact)), "{fact:?} stands again");
                held += 1;
            }
        }
        assert!(held > 20, "{held}");
    };
    holds(&store);
    let before = content(&store);
    model.step(&store, &Step::ChangeRules);
    assert_ne!(content(&store), before, "the rules do make a difference");
    holds(&store);
    assert_eq!(store.decisions().expect("readable").all().len(), 100);
    assert_eq!(content(&store), content(&model.rebuilt()));
    // Out as a file, and into a fresh store.
    let ledger = store.decisions().expect("readable");
    let mut written = Vec::new();
    file::write(&ledger, store.base(), &|decision| decision.action.name().to_owned(), &mut written).expect("memory");
    let read: Ledger =
        file::read("decisions.ttl", std::str::from_utf8(&written).expect("UTF-8"), store.base()).expect("sound");
    assert_eq!(read, ledger);
    let decisions: Vec<Decision> = read.all().iter().map(|entry| entry.decision.clone()).collect();
    let fresh = Model { decisions, ..model }.rebuilt();
    assert_eq!(content(&fresh), content(&store));
    // And back to the first rules.
    let mut model = Model { engine: 1, documents: (0..TEXTS.len()).map(|n| (n, 0)).collect(), decisions: Vec::new() };
    model.step(&store, &Step::ChangeRules);
    assert_eq!(content(&store), before);
}
