//! `urbi explain`, and `urbi query --explain-rows`.

use std::fs;

use serde_json::Value;

use super::extract::check;
use super::{built, project, urbi};

#[test]
fn explain_shows_a_sentence_once_with_all_its_rules() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "Cork, 20 September 2017\n\nThe third International Conference on Learning Cities came to an end in Cork. \
                In its last session it adopted the Cork Call to Action for Learning Cities.\n";
    fs::write(folder.path().join("cork.txt"), text).expect("written");
    urbi(folder.path(), &["build", "cork.txt"]).done();
    let shown = urbi(folder.path(), &["explain", "Cork Call to Action for Learning Cities"]).done();
    let first = shown.lines().next().expect("a line");
    assert!(
        first.starts_with("Cork Call to Action for Learning Cities") && first.ends_with("OutcomeDocument"),
        "{shown}"
    );
    assert!(shown.contains("in the graph; from 1 document, announced 2017-09-20"), "{shown}");
    let adopted: Vec<&str> = shown.split("\n  \u{201c}").filter(|e| e.starts_with("In its last session")).collect();
    assert_eq!(adopted.len(), 1, "{shown}");
    assert!(adopted[0].matches("    by rule/").count() > 1, "{shown}");
}

#[test]
fn json_is_what_its_schema_says() {
    let schema = fs::read_to_string(project().join("docs/explain.schema.json")).expect("readable");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let folder = built();
    for arguments in [&["explain", "ICLC 5", "--format", "json"][..], &["explain", "ICLC 5", "heldIn", "-f", "json"]] {
        let json: Value = serde_json::from_str(&urbi(folder.path(), arguments).done()).expect("JSON");
        let mut problems = Vec::new();
        check(&json, &schema, &schema, "$", &mut problems);
        assert!(problems.is_empty(), "{problems:#?}");
        assert!(json["facts"].as_array().is_some_and(|facts| !facts.is_empty()));
        assert!(json["names"][0]["documents"][0]["mentions"][0]["because"]["text"].is_string());
    }
}

#[test]
fn what_stands_says_so_and_so_does_what_does_not() {
    let folder = built();
    let shown = urbi(folder.path(), &["explain", "ICLC 5", "endDate"]).done();
    for part in [
        "in the graph, confidence 0.",
        "✓ in the original",
        "not in the graph: what stands there is more precise",
        "agrees: 2021",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let shown = urbi(folder.path(), &["explain", "ICLC 5", "heldIn"]).done();
    for part in [
        "came to its name",
        "are one: “",
        "known as conference/iclc-5 by partOfSeries and ordinal",
        "stands behind the name",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    for format in ["trig", "nquads"] {
        let rdf = urbi(folder.path(), &["explain", "ICLC 5", "heldIn", "--format", format]).done();
        assert!(rdf.contains("wasQuotedFrom"), "{rdf}");
    }
}

/// The rows of an explained answer.
fn rows(folder: &std::path::Path, query: &[&str]) -> Vec<Value> {
    let arguments: Vec<&str> =
        ["query"].iter().chain(query).chain(&["--explain-rows", "--format", "json"]).copied().collect();
    let json: Value = serde_json::from_str(&urbi(folder, &arguments).done()).expect("JSON");
    json["rows"].as_array().expect("a list").clone()
}

fn relations(row: &Value) -> Vec<&str> {
    let facts = row["facts"].as_array().expect("a list").iter();
    facts.map(|fact| fact["relation"].as_str().expect("a name")).collect()
}

#[test]
fn rows_lead_to_the_facts_behind_them() {
    let folder = built();
    let plain = rows(
        folder.path(),
        &["-q", "SELECT ?c ?city { ?c urbi:heldIn ?city ; urbi:startDate ?d FILTER(?d > '2000'^^xsd:gYear || true) }"],
    );
    assert!(!plain.is_empty());
    for row in &plain {
        let found = relations(row);
        assert!(found.contains(&"heldIn") && found.contains(&"startDate"), "{row}");
        for fact in row["facts"].as_array().expect("a list") {
            assert!(!fact["evidence"].as_array().expect("a list").is_empty(), "{fact}");
        }
    }
    // Along paths, through what has no name, and in groups.
    let path = rows(folder.path(), &["-q", "SELECT ?p ?name { ?p urbi:launchedAt/urbi:heldIn/rdfs:label ?name }"]);
    assert!(!path.is_empty() && path.iter().all(|row| relations(row).contains(&"heldIn")), "{path:?}");
    let star = rows(folder.path(), &["-q", "SELECT ?late ?early { ?late urbi:follows+ ?early }"]);
    assert!(!star.is_empty() && star.iter().all(|row| relations(row).iter().all(|name| *name == "follows")));
    let counted = rows(
        folder.path(),
        &["-q", "SELECT ?city (COUNT(?c) AS ?n) { ?c urbi:heldIn ?city } GROUP BY ?city HAVING (COUNT(?c) > 1)"],
    );
    for row in &counted {
        let n: usize = row["bindings"]["n"]["value"].as_str().expect("a number").parse().expect("a number");
        assert_eq!(relations(row).len(), n, "{row}");
    }
    assert!(!counted.is_empty());
    // A row says what it leaves open.
    let open = rows(folder.path(), &["-q", "SELECT ?c ?n { ?c urbi:heldIn ?city OPTIONAL { ?c urbi:attendance ?n } }"]);
    for row in &open {
        assert_eq!(relations(row).contains(&"attendance"), !row["bindings"]["n"].is_null(), "{row}");
    }
    // The saved questions, as people see them.
    let shown = urbi(folder.path(), &["query", "1", "--explain-rows"]).done();
    assert!(shown.contains("heldIn") && shown.contains("“"), "{shown}");
    urbi(folder.path(), &["query", "-q", "ASK { ?s ?p ?o }", "--explain-rows"]).failed(2);
    urbi(folder.path(), &["query", "1", "--explain-rows", "--format", "csv"]).failed(2);
}
