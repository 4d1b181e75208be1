//! `--min-confidence`: the same threshold gives the same facts wherever it is asked for.

use std::fs;
use std::path::Path;

use super::{built, sample_files, samples, text, urbi};

/// Lines of N-Triples, of which there are fewer than `all`, but some.
fn fewer(lines: &str, all: &str) -> bool {
    let lines: Vec<&str> = lines.lines().collect();
    !lines.is_empty() && lines.len() < all.lines().count()
}

fn triples(folder: &Path, arguments: &[&str]) -> String {
    urbi(folder, &[&["export", "--format", "ntriples"], arguments].concat()).done()
}

#[test]
fn build_keeps_a_threshold_and_export_and_query_take_their_own() {
    let whole = built();
    let all = triples(whole.path(), &[]);
    let sure = triples(whole.path(), &["--min-confidence", "0.9"]);
    assert!(fewer(&sure, &all), "{} of {}", sure.lines().count(), all.lines().count());
    assert_eq!(triples(whole.path(), &["--min-confidence", "0"]), all);
    // A store that was made with it, one that got it later, one that got it between two builds.
    let folder = tempfile::tempdir().expect("a folder");
    urbi(folder.path(), &["build", "-q", text(&samples()), "--min-confidence", "0.9"]).done();
    assert_eq!(triples(folder.path(), &[]), sure);
    assert_eq!(triples(folder.path(), &["--min-confidence", "0"]), all);
    let quads = |folder: &Path| urbi(folder, &["export", "--format", "nquads", "--min-confidence", "0"]).done();
    assert_eq!(quads(folder.path()), quads(whole.path()), "evidence is kept");
    let said = urbi(whole.path(), &["build", text(&samples()), "--min-confidence", "0.9"]).err;
    assert!(said.contains("from confidence 0.900 on"), "{said}");
    assert_eq!(triples(whole.path(), &[]), sure);
    let third = tempfile::tempdir().expect("a folder");
    let files = sample_files();
    let (first, rest) = files.split_at(files.len() / 2);
    let build = |files: &[std::path::PathBuf], more: &[&str]| {
        let files: Vec<&str> = files.iter().map(|file| text(file)).collect();
        urbi(third.path(), &[&["build", "-q"], &files[..], more].concat()).done();
    };
    build(first, &["--min-confidence", "0.9"]);
    build(rest, &[]);
    assert_eq!(triples(third.path(), &[]), sure);
    build(rest, &["--min-confidence", "0"]);
    assert_eq!(triples(third.path(), &[]), all);
}

#[test]
fn a_query_asks_as_if_less_sure_statements_were_not_there() {
    let folder = built();
    let count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
    let asked = |arguments: &[&str]| {
        urbi(folder.path(), &[&["query", "-q", count, "--format", "csv"], arguments].concat()).done()
    };
    let triples = triples(folder.path(), &["--min-confidence", "0.9"]).lines().count();
    assert_eq!(asked(&["--min-confidence", "0.9"]), format!("n\r\n{triples}\r\n"));
    assert_ne!(asked(&[]), asked(&["--min-confidence", "0.9"]));
    let evidence = "SELECT (COUNT(*) AS ?n) { GRAPH urbi:provenance { ?e urbi:rule ?r } }";
    let evidence = |arguments: &[&str]| {
        urbi(folder.path(), &[&["query", "-q", evidence, "--format", "csv"], arguments].concat()).done()
    };
    assert_eq!(evidence(&["--min-confidence", "0.9"]), evidence(&[]));
}

#[test]
fn extract_leaves_out_the_same_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let text_of = |file: &Path, format: &str, least: &str| {
        urbi(folder.path(), &["extract", "-q", text(file), "--format", format, "--min-confidence", least]).done()
    };
    let facts = |file: &Path, least: &str| {
        let json: serde_json::Value = serde_json::from_str(&text_of(file, "json", least)).expect("JSON");
        json["facts"].as_array().map_or(0, Vec::len)
    };
    let (mut all, mut sure) = (0, 0);
    for file in sample_files() {
        all += facts(&file, "0");
        sure += facts(&file, "0.9");
        let _ = fs::remove_dir_all(folder.path().join("urbi.db"));
        urbi(folder.path(), &["build", "-q", text(&file), "--min-confidence", "0.9"]).done();
        assert_eq!(text_of(&file, "turtle", "0.9"), urbi(folder.path(), &["export", "--format", "turtle"]).done());
    }
    assert!(0 < sure && sure < all, "{sure} of {all}");
    let wrong = urbi(folder.path(), &["extract", text(&sample_files()[0]), "--min-confidence", "85"]).failed(2);
    assert!(wrong.contains("0 to 1"), "{wrong}");
}
