//! Many ways to say the same: each wording of `tests/golden/wordings` gives its facts.
//!
//! The wordings were invented for the rules, class by class of what announcements say, and are no announcements: they
//! say that a way of putting it is understood, not how often announcements are. A file has a text that stands `before`
//! each of its wordings, the `entities` of all of them as in a file of facts, and `cases`; a case without facts speaks of
//! the same things and says none of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::{Value, json};
use urbi::{
    engine::Engine,
    eval::gold::{Case, Gold},
    eval::judge,
    fact::{Confidence, Extraction},
    profile::Profile,
    source,
    vocab::Base,
};

/// What a case without facts must not give.
const ASKED: &[&str] = &[
    "launchedAt",
    "launchedOn",
    "publishedBy",
    "preparedFor",
    "features",
    "adopted",
    "memberOf",
    "receivedAward",
    "speaker",
    "organizedBy",
    "hasTheme",
    "homepage",
];

#[derive(Deserialize)]
struct Wordings {
    before: String,
    entities: Vec<Value>,
    cases: Vec<Wording>,
}

#[derive(Deserialize)]
struct Wording {
    text: String,
    #[serde(default)]
    format: Option<String>,
    facts: Vec<[String; 3]>,
}

#[test]
fn each_wording_gives_its_facts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/wordings");
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).expect("the folder is there").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let engine = Engine::new(&Profile::embedded(), &Base::default()).expect("the embedded profile loads");
    let mut failures = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "json")) {
        let wordings: Wordings =
            serde_json::from_slice(&fs::read(file).expect("the file is readable")).expect("a file of wordings");
        for wording in &wordings.cases {
            if let Some(failure) = failure(&engine, file, &wordings, wording) {
                failures.push(format!("{}: {}\n  {failure}", file.display(), wording.text));
            }
        }
    }
    assert!(failures.is_empty(), "{} wordings:\n{}", failures.len(), failures.join("\n"));
}

fn failure(engine: &Engine, file: &Path, wordings: &Wordings, wording: &Wording) -> Option<String> {
    let gold = json!({ "entities": wordings.entities, "facts": wording.facts }).to_string();
    let gold = Gold::parse(file, gold.as_bytes(), engine.ontology()).expect("facts");
    let name = format!("wording.{}", wording.format.as_deref().unwrap_or("txt"));
    let text = format!("{}{}\n", wordings.before, wording.text);
    let announcements = source::read(&name, text.as_bytes(), None).expect("a readable text");
    let extractions: Vec<Extraction> = announcements.iter().map(|announcement| engine.extract(announcement)).collect();
    let case = Case { id: name, file: file.to_owned(), gold };
    let judged = judge(&case, &extractions, &Base::default(), engine.ontology(), Confidence::from_thousandths(0));
    if !judged.missed.is_empty() {
        return Some(format!("misses {:?}", judged.missed));
    }
    let mut wrong = judged.wrong.iter().map(|wrong| &wrong.fact).filter(|fact| ASKED.contains(&&*fact.relation));
    let wrong = wrong.next().filter(|_| wording.facts.is_empty())?;
    Some(format!("says {wrong:?}"))
}
