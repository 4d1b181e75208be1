//! Measuring gives the figures of the gold format's own scorer, and says what a change gained and lost.
//!
//! `tests/golden/eval` holds graphs with facts and what the scorer makes of them (`expected.json`, written by `score.py`
//! with a program that prints the graphs); that is always tested. Where `../shared/gold/score.py` and a Python for it
//! (`URBI_TEST_PYTHON`) are there, it also runs on the samples and on its own collection, figures only.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use oxrdf::Triple;
use oxttl::TurtleParser;
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use serde_json::Value;
use urbi::{
    eval::{Change, Grounds, Judgement, Report, Score, gold, judge_graph, normal},
    ontology::Ontology,
    profile::Profile,
};

use crate::cli::{project, text, urbi};

fn golden() -> PathBuf {
    project().join("tests/golden/eval")
}

/// The judgements on the graphs of the golden folder, after they were changed.
fn judged(change: impl Fn(&str, Vec<Triple>) -> Vec<Triple>) -> Vec<Judgement> {
    let ontology = Ontology::load(&Profile::embedded()).expect("the embedded ontology loads");
    let cases = gold::cases(&golden(), &ontology).expect("the golden folder is one");
    let judge = |case: &gold::Case| {
        let graph = fs::read(golden().join("graphs").join(format!("{}.ttl", case.id))).expect("readable");
        let triples: Vec<Triple> =
            TurtleParser::new().for_slice(&graph).map(|triple| triple.expect("Turtle")).collect();
        judge_graph(&case.id, &case.gold, &change(&case.id, triples), &Grounds::default(), &ontology)
    };
    cases.iter().map(judge).collect()
}

fn report() -> Report {
    Report::new("golden".to_owned(), judged(|_, triples| triples))
}

/// Counts are the same, shares the same up to rounding: Python sums with more care.
fn assert_same(ours: &Value, theirs: &Value, name: &str) {
    for count in ["gold", "predicted", "correct"] {
        assert_eq!(ours[count], theirs[count], "{name}: {count}");
    }
    for share in ["precision", "recall", "f1"] {
        assert_close(&ours[share], &theirs[share], &format!("{name}: {share}"));
    }
}

fn assert_close(ours: &Value, theirs: &Value, name: &str) {
    let (ours, theirs) = (ours.as_f64().expect("a number"), theirs.as_f64().expect("a number"));
    assert!((ours - theirs).abs() < 1e-12, "{name}: {ours} and {theirs}");
}

/// A report of ours, as JSON, says the same as the JSON of the scorer.
fn assert_agree(ours: &Value, theirs: &Value) {
    let relations = ours["scores"]["relations"].as_object().expect("relations");
    let names: Vec<&String> = relations.keys().collect();
    let totals = ["all", "all but inCountry", "macro", "documents", "perfect", "failed"];
    let expected: Vec<&String> =
        theirs.as_object().expect("an object").keys().filter(|name| !totals.contains(&name.as_str())).collect();
    assert_eq!(names, expected);
    for (name, score) in relations {
        assert_same(score, &theirs[name], name);
    }
    assert_same(&ours["scores"]["all"], &theirs["all"], "all");
    assert_same(&ours["scores"]["allButInCountry"], &theirs["all but inCountry"], "all but inCountry");
    assert_close(&ours["scores"]["macroF1"], &theirs["macro"]["f1"], "macro");
    let documents = ours["documents"].as_array().expect("documents");
    assert_eq!(documents.len() as u64, theirs["documents"]);
    let is_empty = |judged: &Value, list: &str| judged[list].as_array().is_some_and(Vec::is_empty);
    let perfect = documents.iter().filter(|judged| is_empty(judged, "wrong") && is_empty(judged, "missed")).count();
    assert_eq!(perfect as u64, theirs["perfect"]);
    let failed = documents.iter().filter(|judged| judged["failure"].is_string()).count();
    assert_eq!(failed as u64, theirs["failed"]);
}

#[test]
fn golden_graphs_have_the_figures_of_the_scorer() {
    let ours = serde_json::to_value(report()).expect("JSON");
    let theirs = fs::read_to_string(golden().join("expected.json")).expect("readable");
    assert_agree(&ours, &serde_json::from_str(&theirs).expect("JSON"));
}

/// The scorer and what runs it, if both are there.
fn scorer() -> Option<(PathBuf, PathBuf)> {
    let script = project().join("../shared/gold/score.py");
    let python = std::env::var_os("URBI_TEST_PYTHON").map(PathBuf::from).filter(|path| path.exists());
    let found = script.exists().then_some(script).zip(python);
    if found.is_none() {
        eprintln!("skipped the scorer: it is not in ../shared/gold, or URBI_TEST_PYTHON names no Python for it");
    }
    found.map(|(script, python)| (python, script))
}

#[test]
fn collections_have_the_figures_of_the_scorer() {
    let Some((python, script)) = scorer() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let program = assert_cmd::cargo::cargo_bin!("urbi");
    let samples = project().join("tests/golden/samples");
    let shared = project().join("../shared/gold");
    for collection in [samples, shared].iter().filter(|collection| collection.join("facts").exists()) {
        let saved = folder.path().join("theirs.json");
        let run = Command::new(&python)
            .args([&script, collection])
            .arg("--urbi")
            .arg(program)
            .arg("--json")
            .arg(&saved)
            .current_dir(folder.path())
            .env_remove("URBI_PROFILE")
            .env("XDG_CONFIG_HOME", folder.path().join("settings"))
            .output()
            .expect("the scorer runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let theirs = serde_json::from_slice(&fs::read(saved).expect("written")).expect("JSON");
        let ours = urbi(folder.path(), &["eval", "-q", text(collection), "--format", "json"]).done();
        assert_agree(&serde_json::from_str(&ours).expect("JSON"), &theirs);
    }
}

/// What the scorer's functions make of many texts; nothing of those with letters that are younger than the Python.
const NORMALISE: &str = "
import importlib.util, json, sys, unicodedata
spec = importlib.util.spec_from_file_location('score', sys.argv[1])
score = importlib.util.module_from_spec(spec)
spec.loader.exec_module(score)
texts = json.load(sys.stdin)
known = lambda t: all(unicodedata.category(c) != 'Cn' for c in t)
forms = lambda t: [score.norm(t)] + [score.literal(r, t) for r in ('homepage', 'startDate', 'ordinal')]
json.dump([forms(t) if known(t) else None for t in texts], sys.stdout)
";

#[test]
fn texts_are_compared_as_the_scorer_compares_them() {
    let Some((python, script)) = scorer() else { return };
    // What the rules for names speak of, and letters of every script that both know.
    let parts = "(the |The |its |a |An |this |['’`]s|['’`_ –-]|[a-zA-Z0-9]|[ÀÉßﬁŁłØøĲŉſςΣİı]|[\\p{Greek}\\p{Cyrillic}\\p{Hangul}\\p{Arabic}\\p{Devanagari}\\p{Thai}]|ⅷ|②|Ⓐ|🅰|٣|一|e\u{301}){0,12}";
    let literals = "(https?://)?(www\\.)?[a-zA-ZÀ-ß./]{0,6}/{0,2}|[+]?[0-9]{1,4}(-[0-9]{2}){0,2}(T[0-9:]{2,5})?(Z|[+-][0-9]{2}:[0-9]{2})?";
    let mut runner = TestRunner::deterministic();
    let mut draw = |pattern: &str, count: usize| -> Vec<String> {
        let strategy = proptest::string::string_regex(pattern).expect("a pattern");
        (0..count).map(|_| strategy.new_tree(&mut runner).expect("a text").current()).collect()
    };
    let texts: Vec<String> = draw(parts, 20_000).into_iter().chain(draw(literals, 5_000)).collect();
    let mut judge = Command::new(python)
        .args(["-c", NORMALISE])
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let input = serde_json::to_vec(&texts).expect("JSON");
    judge.stdin.take().expect("piped").write_all(&input).expect("it reads");
    let output = judge.wait_with_output().expect("it ends");
    let theirs: Vec<Option<[String; 4]>> = serde_json::from_slice(&output.stdout).expect("JSON");
    let ontology = Ontology::load(&Profile::embedded()).expect("the embedded ontology loads");
    let value = |relation: &str, text: &str| {
        normal::value(&ontology[ontology.relation(relation).expect("a relation")].range, text)
    };
    let known = texts.iter().zip(theirs).filter_map(|(text, theirs)| Some((text, theirs?)));
    for (text, theirs) in known {
        let ours = [normal::name(text), value("homepage", text), value("startDate", text), value("ordinal", text)];
        assert_eq!(ours, theirs, "{text:?}");
    }
}

#[test]
fn a_report_can_be_saved_and_says_what_changed() {
    let before = report();
    let saved = serde_json::to_vec(&before).expect("JSON");
    assert_eq!(Report::parse("saved", &saved).expect("a report"), before);
    assert!(Change::new(&before, &before).is_empty());
    // Without what it says of the fourth entity, with something new instead.
    let now = judged(|id, triples| match id {
        "values" => triples.into_iter().filter(|triple| !triple.to_string().contains("report")).collect(),
        _ => triples,
    });
    let now = Report::new("golden".to_owned(), now.into_iter().filter(|judged| judged.id != "nothing-found").collect());
    let change = Change::new(&before, &now);
    let words = |placed: &[urbi::eval::Placed]| -> Vec<String> {
        placed.iter().map(|p| format!("{} {} {} {}", p.id, p.fact.subject, p.fact.relation, p.fact.object)).collect()
    };
    assert_eq!(words(&change.lost), ["values Delta Report homepage delta.example/report"]);
    assert_eq!(words(&change.withdrawn), ["values Delta Report homepage http://delta.example/report"]);
    assert_eq!((words(&change.gained).len(), words(&change.invented).len()), (0, 0));
    assert_eq!(change.not_in_both, ["nothing-found"]);
    let back = Change::new(&now, &before);
    assert_eq!((back.gained, back.invented), (change.lost, change.withdrawn));
    let homepage = change.scores.iter().find(|(name, _, _)| name == "homepage").expect("it changed");
    let f1 = |report: &Report| report.scores.relations.get("homepage").map_or(0.0, |score: &Score| score.f1);
    assert_eq!((homepage.1, homepage.2), (f1(&before), f1(&now)));
}

/// A folder with one announcement and these facts.
fn gold_folder(entities: &str, facts: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path: PathBuf = folder.path().join("gold").join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("made");
        fs::write(path, text).expect("written");
    };
    write("announcements/one.txt", "The World Urban Forum was held in Katowice, Poland, on 26 June 2022.\n");
    write("facts/one.json", &format!("{{\"entities\": [{entities}], \"facts\": [{facts}]}}"));
    folder
}

const KATOWICE: &str =
    r#"{"key": "k", "type": "City", "names": ["Katowice"]}, {"key": "p", "type": "Country", "names": ["Poland"]}"#;

#[test]
fn the_program_lists_facts_compares_and_insists() {
    let folder = gold_folder(KATOWICE, r#"["k", "inCountry", "p"], ["this", "announcedOn", "1999"]"#);
    let run = |arguments: &[&str]| urbi(folder.path(), &[&["eval", "gold"], arguments].concat());
    let shown = run(&["--facts", "--rules"]).done();
    for part in ["one: 1 of 2 found", "- this announcement  announcedOn  1999", "gazetteer", "95 % from", "observed"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert_eq!(run(&["--facts", "--rules"]).done(), shown);
    let wrong = shown.lines().skip_while(|line| !line.starts_with("  + ")).nth(1).unwrap_or_default();
    assert!(wrong.contains(": The World Urban Forum was held"), "the rule and its sentence: {shown}");
    let saved = run(&["--format", "json"]).done();
    fs::write(folder.path().join("before.json"), &saved).expect("written");
    let same = run(&["--against", "before.json"]).done();
    assert!(same.contains("judged as before"), "{same}");
    fs::write(folder.path().join("gold/announcements/one.txt"), "Katowice is a city.\n").expect("written");
    let changed = run(&["--against", "before.json"]).done();
    assert!(changed.contains("no longer asserted, and wrong before"), "{changed}");
    assert!(run(&["--min-f1", "0.99"]).failed(1).contains("should be at least 0.99"));
    run(&["--min-f1", "0.01", "--min-precision", "0.01"]).done();
}

#[test]
fn mistakes_are_named_with_their_file() {
    let cases = [
        (KATOWICE, r#"["k", "inCountri", "p"]"#, "did you mean inCountry?"),
        (KATOWICE, r#"["k", "inCountry", "poland"]"#, "no entity has the key \"poland\""),
        (r#"{"key": "k", "type": "Town", "names": []}"#, "", "no class \"Town\""),
        (KATOWICE, r#"["k", "inCountry"]"#, "line 1"),
    ];
    for (entities, facts, message) in cases {
        let folder = gold_folder(entities, facts);
        let said = urbi(folder.path(), &["eval", "gold"]).failed(2);
        assert!(said.contains("one.json") && said.contains(message), "{said}");
    }
    let folder = gold_folder("", "");
    fs::write(folder.path().join("gold/facts/two.json"), "{}").expect("written");
    assert!(urbi(folder.path(), &["eval", "gold"]).failed(2).contains("no announcement two.*"));
    fs::write(folder.path().join("old.json"), r#"{"version": 99}"#).expect("written");
    assert!(urbi(folder.path(), &["eval", "gold", "--against", "old.json"]).failed(2).contains("form 99"));
    fs::write(folder.path().join("gold/announcements/two.txt"), b"\x00\x01").expect("written");
    fs::write(folder.path().join("gold/facts/two.json"), r#"{"entities": [], "facts": []}"#).expect("written");
    assert!(urbi(folder.path(), &["eval", "gold"]).failed(1).contains("two.txt"));
    assert!(urbi(folder.path(), &["eval", "gold", "--min-f1", "85"]).failed(2).contains("between 0 and 1"));
    assert!(urbi(folder.path(), &["eval", "nowhere"]).failed(2).contains("nowhere"));
}

#[test]
fn announcements_of_other_writers_are_read_as_well_as_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/written");
    // Measured in November 2026: precision 0.865, F1 0.623.
    urbi(folder.path(), &["eval", written, "--min-precision", "0.84", "--min-f1", "0.6"]).done();
}
