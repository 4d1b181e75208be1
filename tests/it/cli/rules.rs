//! `urbi rules` and `urbi check`.

use std::fs;

use super::{program, run, urbi};

const SPONSORS: &str = "frame paid-by \"A body pays for an event.\"
  trigger pay~ for | finance~
  agent ?o:@Organization
  object ?e:@Event
  unless $UNSURE
  then ?e :organizedBy ?o
  confidence 900
  example \"The European Mathematical Society finances the third World Urban Forum.\" => \"third World Urban Forum\" :organizedBy \"European Mathematical Society\"
";

#[test]
fn the_standard_rules_are_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [&["rules", "check"][..], &["check"], &["check", "--format", "json"]] {
        let run = urbi(folder.path(), arguments);
        assert!(run.err.contains("come true"), "{}", run.err);
        let out = run.done();
        let is_json = arguments.contains(&"json");
        assert!(if is_json { out.contains("\"rules\": []") } else { out.is_empty() }, "{out}");
    }
}

#[test]
fn a_file_is_checked_with_the_profile() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("sponsors.rules"), SPONSORS).expect("a file");
    let checked = urbi(folder.path(), &["rules", "check", "sponsors.rules"]);
    assert!(checked.err.contains("1 rules are sound, and their 1 examples come true"), "{}", checked.err);
    assert_eq!(checked.done(), "");

    let wrong = SPONSORS.replace("finances the", "visits the");
    fs::write(folder.path().join("sponsors.rules"), wrong).expect("a file");
    let checked = urbi(folder.path(), &["rules", "check", "sponsors.rules"]);
    assert!(checked.out.starts_with("sponsors.rules:8:11: R011 "), "{}", checked.out);
    checked.failed(1);

    let wrong = SPONSORS.replace("@Organization", "@Organisation").replace(":organizedBy ?o", ":organisedBy ?o");
    fs::write(folder.path().join("sponsors.rules"), wrong).expect("a file");
    let checked = urbi(folder.path(), &["rules", "check", "--format", "json", "sponsors.rules"]);
    let rows: serde_json::Value = serde_json::from_str(&checked.out).expect("JSON");
    let codes: Vec<&str> = rows.as_array().expect("rows").iter().filter_map(|row| row["code"].as_str()).collect();
    assert_eq!(codes, ["R002", "R003"], "{rows}");
    assert_eq!((rows[0]["line"].as_u64(), rows[0]["hint"].as_str()), (Some(3), Some("did you mean @Organization?")));
    checked.failed(1);

    assert!(urbi(folder.path(), &["rules", "check", "sponsor.rules"]).failed(1).contains("sponsors.rules"));
}

#[test]
fn a_file_takes_the_place_of_the_one_with_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let sequence = include_str!("../../../data/rules/sequence.rules");
    fs::write(folder.path().join("sequence.rules"), sequence).expect("a file");
    assert_eq!(urbi(folder.path(), &["rules", "check", "sequence.rules"]).done(), "");
}

#[test]
fn rules_are_listed_by_name_kind_relation_and_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = |word: &str| urbi(folder.path(), &["rules", "list", word]).done();
    for (word, with) in
        [("heldIn", "frame\theld-in\t"), ("derive", "derive\tnext-edition\t"), ("@Theme", "mention\ttheme\t")]
    {
        let out = list(word);
        assert!(out.lines().any(|line| line.starts_with(with)), "{word}: {out}");
    }
    let out = list("sequence.rules");
    assert!(out.lines().count() >= 2 && out.lines().all(|line| line.contains("data/rules/sequence.rules:")), "{out}");
    let json = urbi(folder.path(), &["rules", "list", "held-in", "--format", "json"]).done();
    let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(rows[0]["states"], serde_json::json!(["heldIn"]));
    let message = urbi(folder.path(), &["rules", "list", "helt-in"]).failed(1);
    assert!(message.contains("held-in"), "{message}");
}

#[test]
fn a_trace_says_what_fires_and_what_stops_a_rule() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "The third World Urban Forum was held in Oslo. It was not held in Cork. The forum was held at sea. \
                Nobody said why. Delegates of the fourth World Urban Forum went to Cork, and the fifth met near Oslo.\n";
    let trace = |rule: &str, more: &[&str]| {
        let arguments = [&["rules", "trace", rule, "-"], more].concat();
        run(program(folder.path()).args(arguments).write_stdin(text)).done()
    };
    let held = trace("held-in", &[]);
    for line in [
        "1. The third World Urban Forum was [held] in Oslo.",
        "states \"third World Urban Forum\" :heldIn \"Oslo\"",
        "stopped: unless $UNSURE | $EARLIER, as in \"not\"",
        "stopped: no mark ?c: it must be @City, and the sentence has none",
    ] {
        assert!(held.contains(line), "{line}: {held}");
    }
    assert!(!held.contains("Nobody"), "{held}");
    assert!(trace("held-in", &["--all"]).contains("Nobody"));
    let comma = trace("event-comma-city", &[]);
    assert!(comma.contains("match: at \"was\", expected \"(\" or \",\" or \"-\" or \":\""), "{comma}");
    let json: serde_json::Value = serde_json::from_str(&trace("held-in", &["--format", "json"])).expect("JSON");
    assert_eq!(json["steps"][0]["outcome"], "fired");
    assert_eq!(json["steps"][1]["outcome"], "stopped");
    let edition = trace("edition", &[]);
    assert!(edition.contains("\"fourth World Urban Forum\" is @Conference"), "{edition}");
    let next = trace("next-edition", &[]);
    assert!(next.contains(":follows"), "{next}");
}
