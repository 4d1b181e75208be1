//! `urbi check`: rules, the form of the graph, contradictions; RDF files of others.

use std::fs;

use serde_json::Value;

use super::{built, urbi};

const FIRST: &str = "Cork, 1 March 2020\n\nThe fifth World Forum on Open Cities will take place in Cork, Ireland, from 3 to 5 \
                     October 2020.\n";

fn with(second: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), FIRST).expect("written");
    fs::write(folder.path().join("b.txt"), second).expect("written");
    urbi(folder.path(), &["build", "-q", "a.txt", "b.txt"]).done();
    folder
}

#[test]
fn without_a_store_the_profile_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = urbi(folder.path(), &["check"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("rules are sound") && run.err.contains("no store"), "{}", run.err);
    urbi(folder.path(), &["check", "--only", "conflicts"]).failed(2);
}

#[test]
fn a_contradiction_is_a_problem_and_a_correction_is_none() {
    let contradiction = with(&FIRST.replace("3 to 5", "4 to 6"));
    let run = urbi(contradiction.path(), &["check", "--only", "conflicts"]);
    assert_eq!(run.code, 1, "{}", run.err);
    for part in
        ["conflict  ", "startDate", "2020-10-03", "2020-10-04", "(contradicted)", "a.txt", "b.txt", "“The fifth"]
    {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    let correction = with(&FIRST.replace("1 March", "1 July").replace("3 to 5", "4 to 6"));
    let run = urbi(correction.path(), &["check", "--only", "conflicts"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("corrected  ") && run.out.contains("(corrected)"), "{}", run.out);
    let json: Value =
        serde_json::from_str(&urbi(correction.path(), &["check", "--only", "conflicts", "--format", "json"]).done())
            .expect("JSON");
    assert_eq!(json["conflicts"][0]["isOpen"], false);
    assert!(!json["conflicts"][0]["facts"][0]["evidence"][0]["passage"]["quote"].is_null(), "{json}");
}

#[cfg(feature = "shacl")]
#[test]
fn the_samples_are_checked_against_the_shapes() {
    let folder = built();
    let run = urbi(folder.path(), &["check", "--only", "shapes"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.err.contains("shapes: 0 violations"), "{}", run.err);
    assert!(run.out.contains("warning  ") && run.out.contains("“"), "{}", run.out);
    let turtle = urbi(folder.path(), &["check", "--only", "shapes", "--format", "turtle"]).done();
    assert!(turtle.contains("ValidationReport") && turtle.contains("wasDerivedFrom"), "{turtle}");
}

#[cfg(feature = "shacl")]
#[test]
fn any_rdf_file_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("broken.ttl"), include_str!("../../ontology/broken.ttl")).expect("written");
    let run = urbi(folder.path(), &["check", "broken.ttl"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("An event starts before it ends."), "{}", run.out);
    let json: Value =
        serde_json::from_str(&urbi(folder.path(), &["check", "broken.ttl", "--format", "json"]).out).expect("JSON");
    assert!(json["shapes"].as_array().is_some_and(|found| found.len() > 10));
    let own = "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://e.org/s> a sh:NodeShape ; sh:targetClass <http://e.org/C> .";
    fs::write(folder.path().join("own.ttl"), own).expect("written");
    urbi(folder.path(), &["check", "broken.ttl", "--shapes", "own.ttl"]).done();
    urbi(folder.path(), &["check", "missing.ttl"]).failed(2);
    urbi(folder.path(), &["check", "broken.ttl", "--only", "rules"]).failed(2);
}
