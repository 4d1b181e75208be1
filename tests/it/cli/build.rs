//! `urbi build`: idempotent, incremental, in any order.

use std::fs;
use std::path::Path;

use super::{built, program, run, sample_files, samples, text, urbi};

fn quads(folder: &Path) -> String {
    urbi(folder, &["export", "--format", "nquads"]).done()
}

#[test]
fn building_again_changes_nothing_and_says_so() {
    let folder = built();
    let before = quads(folder.path());
    assert!(before.lines().count() > 100);
    let again = urbi(folder.path(), &["build", text(&samples())]);
    assert!(again.err.contains("nothing changed"), "{}", again.err);
    assert!(again.out.contains("documents, unchanged"), "{}", again.out);
    again.done();
    assert_eq!(quads(folder.path()), before);
    for format in ["turtle", "jsonld", "trig", "ntriples", "rdfxml", "dot"] {
        let export = || urbi(folder.path(), &["export", "--format", format]).done();
        assert_eq!(export(), export(), "{format}");
    }
}

#[test]
fn one_by_one_in_reverse_gives_the_same_graph() {
    let whole = built();
    let folder = tempfile::tempdir().expect("a folder");
    for file in sample_files().iter().rev() {
        urbi(folder.path(), &["build", "-q", text(file)]).done();
    }
    assert_eq!(quads(folder.path()), quads(whole.path()));
}

#[test]
fn a_changed_file_replaces_what_it_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let [first, second] = [&sample_files()[0], &sample_files()[1]];
    let file = folder.path().join("news.txt");
    fs::copy(first, &file).expect("copied");
    urbi(folder.path(), &["build", "-q", "news.txt"]).done();
    fs::copy(second, &file).expect("copied");
    let changed = urbi(folder.path(), &["build", "news.txt"]);
    assert!(changed.out.contains("documents, changed"), "{}", changed.out);
    changed.done();
    let alone = tempfile::tempdir().expect("a folder");
    fs::copy(second, alone.path().join("news.txt")).expect("copied");
    urbi(alone.path(), &["build", "-q", "news.txt"]).done();
    assert_eq!(quads(folder.path()), quads(alone.path()));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("in");
    fs::create_dir_all(inside.join("deeper")).expect("made");
    fs::copy(&sample_files()[0], inside.join("deeper/good.txt")).expect("copied");
    fs::write(inside.join("binary.txt"), b"\x00\x01\x02\xff").expect("written");
    fs::write(inside.join("picture.png"), b"\x89PNG").expect("written");
    fs::write(inside.join(".hidden.txt"), "hidden").expect("written");
    let run = urbi(folder.path(), &["build", "in", "in/deeper/good.txt", "missing.txt"]);
    let row = run.out.lines().find(|line| line.contains("documents, new")).unwrap_or_default();
    assert!(row.ends_with(" 1"), "{}", run.out);
    let messages = run.failed(1);
    for part in ["in/binary.txt", "cannot read missing.txt", "1 .png"] {
        assert!(messages.contains(part), "{part}: {messages}");
    }
    assert!(!messages.contains("hidden"), "{messages}");
}

#[test]
fn the_base_is_fixed_when_the_store_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = text(&sample_files()[0]).to_owned();
    urbi(folder.path(), &["build", "-q", &file, "--base", "https://example.org/data/"]).done();
    assert!(quads(folder.path()).contains("<https://example.org/data/document/"));
    let message = urbi(folder.path(), &["build", &file, "--base", "https://example.org/other/"]).failed(2);
    assert!(message.contains("https://example.org/data/"), "{message}");
    urbi(folder.path(), &["build", &file]).done();
}

#[test]
fn the_store_can_be_named_in_three_ways() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = text(&sample_files()[0]).to_owned();
    urbi(folder.path(), &["build", "-q", &file, "--store", "a.db"]).done();
    run(program(folder.path()).args(["build", "-q", &file]).env("URBI_STORE", "b.db")).done();
    urbi(folder.path(), &["build", "-q", &file]).done();
    for store in ["a.db", "b.db", "urbi.db"] {
        assert!(folder.path().join(store).is_dir(), "{store}");
    }
}

#[test]
fn a_large_store_is_not_counted_after_a_small_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let many = folder.path().join("many");
    fs::create_dir(&many).expect("made");
    for number in 0..101 {
        fs::write(many.join(format!("{number}.txt")), format!("Note {number}\n\nThe office is closed.\n"))
            .expect("written");
    }
    assert!(urbi(folder.path(), &["build", "many"]).done().contains("pieces of evidence"));
    fs::write(folder.path().join("one.txt"), "The third Tram Congress was held in Cork in May 2019.\n")
        .expect("written");
    let small = urbi(folder.path(), &["build", "one.txt"]).done();
    assert!(small.contains("documents, in all") && small.contains("102") && !small.contains("evidence"), "{small}");
}

#[test]
fn quiet_says_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = urbi(folder.path(), &["build", "--quiet", text(&samples())]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
}

#[test]
fn provenance_costs_less_than_three_quads_a_fact() {
    let folder = built();
    let all = quads(folder.path());
    let provenance = all.lines().filter(|line| line.ends_with("#provenance> .")).count();
    let asserted = all.lines().filter(|line| line.contains("/evidence/") && !line.ends_with("#provenance> .")).count();
    assert!(provenance > asserted && provenance < 3 * asserted, "{provenance} quads for {asserted} asserted triples");
}

#[test]
fn what_is_left_open_in_records_is_counted_and_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = |city: &str| {
        format!(
            "{{\"topic\":\"x\",\"name\":\"{city} Days\",\"url\":\"https://a.example/\",\"startDate\":\"2021-05-03\",\"city\":\"{city}\",\"country\":\"Canada\"}}\n"
        )
    };
    fs::write(folder.path().join("days.jsonl"), [record("Montebello"), record("Toronto")].concat()).expect("written");
    let run = urbi(folder.path(), &["build", "days.jsonl", "--report", "report.jsonl"]);
    assert!(run.err.contains("1 note on what was read") && run.err.contains("report.jsonl"), "{}", run.err);
    run.done();
    let report = fs::read_to_string(folder.path().join("report.jsonl")).expect("written");
    let line: serde_json::Value = serde_json::from_str(&report).expect("one line of JSON");
    assert_eq!((line["kind"].as_str(), line["place"].as_str()), (Some("note"), Some("days.jsonl#offset=0")));
    assert!(line["message"].as_str().is_some_and(|words| words.contains("may be Montebello")), "{report}");
    assert!(urbi(folder.path(), &["extract", "days.jsonl"]).err.contains("may be Montebello"));
}
