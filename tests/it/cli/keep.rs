//! Copies and releases: what comes back is what was there, and nothing half.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{built, program, project, run, sample_files, text, urbi};

fn quads(folder: &Path, store: &str) -> String {
    urbi(folder, &["export", "--format", "nquads", "--store", store]).done()
}

/// A store of the samples with a decision and a release.
fn kept() -> tempfile::TempDir {
    let folder = built();
    urbi(folder.path(), &["reject", "ICLC 5", "heldIn", "--author", "Ana"]).done();
    urbi(folder.path(), &["release", "make", "first"]).done();
    folder
}

#[test]
fn a_backup_is_a_store_and_comes_back() {
    let folder = kept();
    let folder = folder.path();
    let before = quads(folder, "urbi.db");
    urbi(folder, &["backup", "copy"]).done();
    assert_eq!(quads(folder, "copy"), before);
    urbi(folder, &["undo"]).done();
    assert_ne!(quads(folder, "urbi.db"), before);
    assert_eq!(quads(folder, "copy"), before, "it holds still");
    let message = urbi(folder, &["backup", "copy"]).failed(2);
    assert!(message.contains("exists already"), "{message}");
    let message = urbi(folder, &["restore", "copy"]).failed(2);
    assert!(message.contains("exists already"), "{message}");
    fs::rename(folder.join("urbi.db"), folder.join("broken")).expect("moved");
    urbi(folder, &["restore", "copy"]).done();
    assert_eq!(quads(folder, "urbi.db"), before);
    urbi(folder, &["rebuild", "--verify"]).done();
    assert!(urbi(folder, &["release", "list"]).done().starts_with("first\t"));
    // The backup stays as it is, whatever becomes of what was made from it.
    urbi(folder, &["forget", "-q", text(&sample_files()[0])]).done();
    assert_eq!(quads(folder, "copy"), before);
    let original = walkdir::WalkDir::new(folder.join("copy/originals")).into_iter().filter_map(Result::ok);
    let original = original.filter(|entry| entry.file_type().is_file()).last().expect("there are some");
    fs::write(original.path(), "damaged").expect("written");
    let message = urbi(folder, &["restore", "copy", "--store", "third.db"]).failed(1);
    assert!(message.contains("is damaged"), "{message}");
    let message = urbi(folder, &["restore", "nowhere", "--store", "fourth.db"]).failed(2);
    assert!(message.contains("no store at nowhere"), "{message}");
}

#[test]
fn a_dump_holds_everything_and_depends_on_nothing_else() {
    let folder = kept();
    let folder = folder.path();
    urbi(folder, &["dump", "-o", "store.tar.zst"]).done();
    urbi(folder, &["load", "store.tar.zst", "--store", "loaded.db"]).done();
    assert_eq!(quads(folder, "loaded.db"), quads(folder, "urbi.db"));
    urbi(folder, &["rebuild", "--verify", "--store", "loaded.db"]).done();
    urbi(folder, &["dump", "-o", "again.tar.zst", "--store", "loaded.db"]).done();
    let bytes = |name: &str| fs::read(folder.join(name)).expect("written");
    assert_eq!(bytes("again.tar.zst"), bytes("store.tar.zst"), "the same content, the same bytes");
    let whole = bytes("store.tar.zst");
    for (name, part) in [("half", &whole[..whole.len() / 2]), ("other", b"no archive at all"), ("empty", b"")] {
        let message = run(program(folder).args(["load", "-", "--store", "half.db"]).write_stdin(part)).failed(1);
        assert!(message.contains("was not loaded"), "{name}: {message}");
        assert!(!folder.join("half.db").exists(), "{name}: nothing is left behind");
    }
    let message = urbi(folder, &["load", "store.tar.zst"]).failed(2);
    assert!(message.contains("exists already"), "{message}");
    assert!(folder.join("urbi.db").exists());
}

#[test]
fn a_release_stays_as_it_was_and_followers_get_the_difference() {
    let folder = kept();
    let folder = folder.path();
    let first = urbi(folder, &["export", "--format", "ntriples"]).done();
    urbi(folder, &["undo"]).done();
    urbi(folder, &["forget", "-q", text(&sample_files()[0])]).done();
    assert_eq!(urbi(folder, &["export", "--format", "ntriples", "--release", "first"]).done(), first);
    let after = urbi(folder, &["export", "--format", "ntriples"]).done();
    let patch = urbi(folder, &["export", "--since", "first", "--format", "rdf-patch"]).done();
    let mut graph: std::collections::BTreeSet<&str> = first.lines().collect();
    for line in patch.lines() {
        match line.split_at(2) {
            ("A ", triple) => assert!(graph.insert(triple), "{triple} is there already"),
            ("D ", triple) => assert!(graph.remove(triple), "{triple} is not there"),
            _ => assert!(["H", "TX", "TC"].iter().any(|head| line.starts_with(head)), "{line}"),
        }
    }
    assert_eq!(graph, after.lines().collect());
    urbi(folder, &["release", "make", "second"]).done();
    let none = urbi(folder, &["export", "--since", "second", "-o", "none.rdfp"]);
    assert!(none.err.contains("0 triples deleted, 0 added"), "{}", none.err);
    if let Some(python) = std::env::var_os("URBI_TEST_PYTHON").map(PathBuf::from).filter(|path| path.exists()) {
        for (name, text) in [("before.nt", &first), ("after.nt", &after), ("changes.rdfp", &patch)] {
            fs::write(folder.join(name), text).expect("written");
        }
        let judge = project().join("tests/foreign/judge_patch.py");
        let output = Command::new(python).arg(judge).arg(folder).output().expect("the judge runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }
    let cases: [(&[&str], &str); 6] = [
        (&["export", "--since", "third", "--format", "rdf-patch"], "there are first, second"),
        (&["export", "--format", "rdf-patch"], "needs --since"),
        (&["export", "--since", "first", "--format", "turtle"], "rdf-patch only"),
        (&["release", "make", "first"], "never changes"),
        (&["release", "make", "../x"], "cannot be the name"),
        (&["release", "drop", "third"], "no release"),
    ];
    for (arguments, wanted) in cases {
        let message = urbi(folder, arguments).failed(2);
        assert!(message.contains(wanted), "{arguments:?}: {message}");
    }
    urbi(folder, &["release", "drop", "first"]).done();
    assert_eq!(urbi(folder, &["release", "list"]).done().lines().count(), 1);
    let file = folder.join("urbi.db/releases/second.nt.zst");
    let bytes = fs::read(&file).expect("there");
    fs::write(&file, &bytes[..bytes.len() - 9]).expect("written");
    urbi(folder, &["export", "--release", "second", "--format", "turtle"]).failed(1);
}
