//! Calls for papers: what the rules take from calls that were written to show how calls speak.
//!
//! A folder of `tests/golden/calls` holds a call and, line by line, what is to be found of events in it: name, relation,
//! value. `UPDATE=1` writes the lines anew.

use std::{collections::BTreeMap, fs, path::Path};

use urbi::{engine::Engine, fact::Confidence, profile::Profile, source, view, vocab::Base};

const RELATIONS: [&str; 10] = [
    "heldIn",
    "heldAt",
    "startDate",
    "endDate",
    "submissionDeadline",
    "notificationDate",
    "cameraReadyDate",
    "homepage",
    "subEventOf",
    "altLabel",
];

/// What the view of a call says of its events: `name | relation | value`, sorted.
fn facts(engine: &Engine, call: &[u8]) -> String {
    let announcement = &source::read("call.txt", call, None).expect("a call is readable")[0];
    let extraction = engine.extract(announcement);
    let schema = view::Schema::from(engine.ontology());
    let all = Confidence::from_thousandths(0);
    let view = view::of_extractions(&Base::default(), &schema, std::slice::from_ref(&extraction), all);
    let local = |iri: &str| iri.rsplit(['#', '/']).next().unwrap_or_default().to_owned();
    let mut labels = BTreeMap::new();
    for triple in &view.triples {
        if local(triple.predicate.as_str()) == "label" {
            labels.insert(triple.subject.to_string(), literal(&triple.object));
        }
    }
    let mut lines: Vec<String> = view
        .triples
        .iter()
        .filter(|t| t.subject.to_string().contains("/event/") || t.subject.to_string().contains("/conference/"))
        .filter(|t| RELATIONS.contains(&local(t.predicate.as_str()).as_str()))
        .map(|t| {
            let name = labels.get(&t.subject.to_string()).cloned().unwrap_or_default();
            let value = labels.get(&t.object.to_string()).cloned().unwrap_or_else(|| literal(&t.object));
            format!("{name} | {} | {value}\n", local(t.predicate.as_str()))
        })
        .collect();
    lines.sort();
    lines.concat()
}

fn literal(object: &oxrdf::Term) -> String {
    match object {
        oxrdf::Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

#[test]
fn calls_say_what_they_are_written_to_say() {
    let engine = Engine::new(&Profile::embedded(), &Base::default()).expect("the embedded profile loads");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/calls");
    for case in fs::read_dir(folder).expect("the cases") {
        let case = case.expect("readable").path();
        let found = facts(&engine, &fs::read(case.join("call.txt")).expect("a call"));
        let expected = case.join("facts.txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &found).expect("writable");
        }
        assert_eq!(found, fs::read_to_string(&expected).expect("facts"), "{}", case.display());
    }
}
