//! `urbi rules try`: what a change would do, and that nothing is written.

use std::fs;

use serde_json::Value;

use super::{project, text, urbi};

const NEWS: &str = "Cork, 1 March 2020\n\nThe fifth World Forum on Open Cities was held in Cork, Ireland, in May 2019. The \
                    forum gathered below the old oak of Galway.\n";
const RULE: &str = "frame gathered-below \"What gathers below a tree of a town is held there.\"\n  trigger gather~\n  subject \
                    ?e:@Event\n  mark ?c:@City after of\n  then ?e :heldIn ?c\n  confidence 900\n  example \"The third \
                    World Forum on Open Cities gathered below the oak of Galway.\" => \"third World Forum on Open Cities\" \
                    :heldIn \"Galway\"\n";

fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), NEWS).expect("written");
    urbi(folder.path(), &["build", "-q", "a.txt"]).done();
    folder
}

#[test]
fn gains_are_shown_and_nothing_is_written() {
    let folder = built();
    fs::write(folder.path().join("oak.rules"), RULE).expect("written");
    let before = urbi(folder.path(), &["export", "--format", "nquads"]).done();
    let run = urbi(folder.path(), &["rules", "try", "oak.rules"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    for part in ["+ heldIn  Galway <city/", "“The forum gathered below the old oak of Galway.”", "gathered-below 0.9"]
    {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    assert!(run.err.contains("1 of 1 documents") && run.err.contains("1 facts gained, 0 lost"), "{}", run.err);
    assert_eq!(urbi(folder.path(), &["export", "--format", "nquads"]).done(), before);
    // What has mistakes is not tried.
    fs::write(folder.path().join("oak.rules"), RULE.replace(":heldIn ?c", ":heldInn ?c")).expect("written");
    let run = urbi(folder.path(), &["rules", "try", "oak.rules"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("oak.rules:"), "{}", run.out);
}

/// The same store, by a profile that has the rule.
fn built_with_rule() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("profile/data/rules")).expect("created");
    fs::write(folder.path().join("profile/data/rules/oak.rules"), RULE).expect("written");
    fs::write(folder.path().join("a.txt"), NEWS).expect("written");
    urbi(folder.path(), &["build", "-q", "a.txt", "--profile", "profile"]).done();
    folder
}

#[test]
fn losses_are_shown_with_the_sentence_they_came_from() {
    let folder = built_with_rule();
    fs::write(folder.path().join("oak.rules"), "# nothing\n").expect("written");
    let tried = ["rules", "try", "oak.rules", "--profile", "profile"];
    let run = urbi(folder.path(), &tried);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("- heldIn  Galway <city/"), "{}", run.out);
    let json = urbi(folder.path(), &[&tried[..], &["--format", "json"]].concat()).done();
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["store"]["gained"], Value::Array(Vec::new()));
    let lost = json["store"]["lost"].as_array().expect("a list");
    assert!(lost.iter().any(|fact| fact["evidence"][0]["quote"].as_str().is_some_and(|q| q.contains("oak of Galway"))));
    urbi(folder.path(), &["rules", "try", "missing.rules"]).failed(1);
}

#[test]
fn a_gold_corpus_shows_what_becomes_right_and_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("oak.rules"), RULE).expect("written");
    let gold = project().join("tests/golden/eval");
    let run = urbi(folder.path(), &["rules", "try", "oak.rules", "--gold", text(&gold)]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("gold: 0 right facts gained, 0 lost"), "{}", run.err);
    urbi(folder.path(), &["rules", "try", "oak.rules", "--gold", "nowhere"]).failed(2);
}
