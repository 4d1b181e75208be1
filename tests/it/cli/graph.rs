//! `urbi graph`.

use std::path::Path;

use serde_json::Value;

use super::{samples, urbi};

fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let samples = samples();
    urbi(folder.path(), &["build", "-q", samples.to_str().expect("UTF-8")]).done();
    folder
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let text = urbi(folder, &[&["graph"], arguments, &["--format", "json"]].concat()).done();
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn the_graph_is_measured() {
    let folder = built();
    let folder = folder.path();
    let stats = json(folder, &["stats"]);
    let entities = stats["entities"].as_u64().expect("a number");
    assert!(entities > 100, "{stats}");
    let table = urbi(folder, &["graph", "stats"]).done();
    assert!(table.lines().any(|line| line == format!("entities\t\t{entities}")), "{table}");

    let central = json(folder, &["central", "--top", "3", "--class", "City,Conference"]);
    let best = central["entities"].as_array().expect("a list");
    assert_eq!(best.len(), 3);
    assert!(best.iter().all(|one| one["class"] == "City" || one["class"] == "Conference"), "{central}");

    for (command, list) in [("communities", "communities"), ("components", "components")] {
        let parts = json(folder, &[command]);
        let sizes =
            parts[list].as_array().expect("a list").iter().map(|part| part["size"].as_u64().unwrap_or_default());
        assert_eq!(sizes.sum::<u64>(), entities, "{command}");
    }

    let similar = json(folder, &["similar", "Medellín", "--top", "5"]);
    assert!(similar["similar"].as_array().is_some_and(|all| all.iter().all(|one| one["class"] == "City")), "{similar}");

    let timeline = urbi(folder, &["graph", "timeline", "--class", "Conference", "--years", "2015-2021"]).done();
    let starts: Vec<&str> = timeline.lines().map(|line| &line[..4]).collect();
    assert!(!starts.is_empty() && starts.iter().all(|year| ("2015"..="2021").contains(year)), "{timeline}");
    assert!(starts.is_sorted(), "{timeline}");
}

#[test]
fn a_path_is_a_chain_of_facts_with_their_sentences() {
    let folder = built();
    let folder = folder.path();
    let chain = json(folder, &["path", "Yeonsu", "Medellín"]);
    let steps = chain["steps"].as_array().expect("linked");
    assert!(
        !steps.is_empty() && steps.iter().all(|step| step["quote"].as_str().is_some_and(|q| !q.is_empty())),
        "{chain}"
    );
    assert!(steps[0]["from"]["label"].as_str().is_some_and(|name| name.starts_with("Yeonsu")), "{chain}");
    assert_eq!(steps[steps.len() - 1]["to"]["label"], "Medellín");
    let text = urbi(folder, &["graph", "path", "Yeonsu", "Medellín"]).done();
    assert_eq!(text.matches('“').count().min(steps.len()), steps.len(), "{text}");
    let without = urbi(folder, &["graph", "path", "Yeonsu", "Medellín", "--no-quotes"]).done();
    assert!(!without.contains('“') && without.contains("Medellín"), "{without}");
    let error = urbi(folder, &["graph", "path", "Yeonsu", "Atlantis"]).failed(2);
    assert!(error.contains("Atlantis"), "{error}");
    let cities = urbi(folder, &["graph", "path", "Yeonsu", "Medellín", "--class", "City"]).failed(1);
    assert!(cities.contains("nothing links Yeonsu"), "{cities}");
}

#[test]
fn results_are_pictures_too() {
    let folder = built();
    let folder = folder.path();
    for arguments in [
        &["central", "--top", "9"][..],
        &["communities"],
        &["components"],
        &["stats", "--years", "2021"],
        &["path", "Yeonsu", "Medellín"],
        &["similar", "Medellín"],
        &["timeline"],
    ] {
        for format in ["dot", "mermaid", "svg"] {
            let text = urbi(folder, &[&["graph"], arguments, &["--format", format]].concat()).done();
            let start = match format {
                "dot" => "digraph",
                "mermaid" => "flowchart",
                _ => "<svg",
            };
            assert!(text.starts_with(start), "{arguments:?}");
        }
    }
    urbi(folder, &["graph", "path", "Yeonsu", "Medellín", "-o", "linked.png"]).done();
    assert!(std::fs::read(folder.join("linked.png")).expect("written").starts_with(b"\x89PNG\r\n"));
    let error = urbi(folder, &["graph", "stats", "-o", "stats.ttl"]).failed(2);
    assert!(error.contains("--format"), "{error}");
}

#[test]
fn exports_for_other_programs() {
    let folder = built();
    let folder = folder.path();
    urbi(folder, &["export", "--format", "gephi", "-o", "tables"]).done();
    let nodes = std::fs::read_to_string(folder.join("tables/nodes.csv")).expect("written");
    assert!(nodes.starts_with("Id,Label,Class"), "{nodes}");
    assert!(urbi(folder, &["export", "--format", "neo4j"]).failed(2).contains("-o DIR"));
    let all = urbi(folder, &["export", "--format", "nquads"]).done();
    let without = urbi(folder, &["export", "--format", "nquads", "--no-quotes"]).done();
    let quotes = all.lines().filter(|line| line.contains("ontology#quote>")).count();
    assert!(quotes > 0 && !without.contains("ontology#quote>"));
    assert_eq!(all.lines().count(), without.lines().count() + quotes);
    assert!(urbi(folder, &["export", "--format", "turtle", "--no-quotes"]).failed(2).contains("--no-quotes"));
    assert!(urbi(folder, &["export", "--format", "turtle", "--class", "City"]).failed(2).contains("pictures"));
}
