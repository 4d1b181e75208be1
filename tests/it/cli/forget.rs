//! `urbi forget`, `urbi build --prune`, `urbi rebuild`: what goes leaves no trace, and what stays is what a rebuild gives.

use std::fs;
use std::path::Path;

use super::{built, sample_files, samples, text, urbi};

fn quads(folder: &Path) -> String {
    urbi(folder, &["export", "--format", "nquads"]).done()
}

/// A folder `in` with the first samples, and a store of them.
fn first(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("made");
    for file in sample_files().iter().take(count) {
        fs::copy(file, folder.path().join("in").join(file.file_name().expect("a name"))).expect("copied");
    }
    urbi(folder.path(), &["build", "-q", "in"]).done();
    folder
}

fn name(number: usize) -> String {
    format!("in/{}", sample_files()[number].file_name().expect("a name").to_str().expect("UTF-8"))
}

#[test]
fn what_is_forgotten_was_never_there() {
    let (three, two) = (first(3), first(2));
    let third = name(2);
    let listed = urbi(three.path(), &["forget", &third, "--dry-run"]);
    assert!(listed.out.contains(&third), "{}", listed.out);
    let before = quads(three.path());
    assert_ne!(before, quads(two.path()));
    let run = urbi(three.path(), &["forget", &third]);
    assert!(run.err.contains("forgotten: 1 document") && run.err.contains("still at its place"), "{}", run.err);
    run.done();
    assert_eq!(quads(three.path()), quads(two.path()));
    let message = urbi(three.path(), &["forget", &third]).failed(2);
    assert!(message.contains("holds no document from"), "{message}");
    urbi(three.path(), &["build", "-q", "in"]).done();
    assert_eq!(quads(three.path()), before);
}

#[test]
fn a_folder_or_a_document_can_be_forgotten() {
    let folder = first(2);
    let all = quads(folder.path());
    let document = all.split("/document/").nth(1).expect("there is one").get(..64).expect("a digest").to_owned();
    let run = urbi(folder.path(), &["forget", &format!("document/{}", &document[..10])]);
    assert!(run.err.contains("forgotten: 1 document"), "{}", run.err);
    run.done();
    assert!(!quads(folder.path()).contains(&document));
    urbi(folder.path(), &["forget", "in"]).done();
    assert_eq!(quads(folder.path()), "");
    let message = urbi(folder.path(), &["forget", "in"]).failed(2);
    assert!(message.contains("holds no document"), "{message}");
}

#[test]
fn files_that_are_no_more_are_pruned() {
    let (folder, other) = (first(3), first(3));
    fs::remove_file(folder.path().join(name(1))).expect("removed");
    let kept = urbi(folder.path(), &["build", "in"]);
    assert!(!kept.out.contains("forgotten"), "{}", kept.out);
    assert_eq!(quads(folder.path()), quads(other.path()), "a vanished file stays until it is pruned");
    // Another folder says nothing of this one.
    fs::create_dir(folder.path().join("empty")).expect("made");
    urbi(folder.path(), &["build", "-q", "empty", "--prune"]).done();
    assert_eq!(quads(folder.path()), quads(other.path()));
    let pruned = urbi(folder.path(), &["build", "in", "--prune"]);
    assert!(pruned.out.contains("documents, forgotten"), "{}", pruned.out);
    urbi(other.path(), &["forget", "-q", &name(1)]).done();
    assert_eq!(quads(folder.path()), quads(other.path()));
    // A folder that is not there at all is a mistake, not an empty folder.
    fs::rename(folder.path().join("in"), folder.path().join("elsewhere")).expect("moved");
    let before = quads(folder.path());
    urbi(folder.path(), &["build", "in", "--prune"]).failed(1);
    assert_eq!(quads(folder.path()), before);
}

#[test]
fn purging_leaves_no_word_on_the_disk() {
    let folder = first(2);
    let secret = "the purple elephant of Medellín sings in the harbour at midnight";
    fs::write(
        folder.path().join("secret.txt"),
        format!("MEDELLÍN, Colombia, 3 May 2021 – The International Conference on {secret} was held in Medellín in May 2019. It was launched at ICLC 5.\n"),
    )
    .expect("written");
    let before = quads(folder.path());
    urbi(folder.path(), &["build", "-q", "secret.txt"]).done();
    let store = folder.path().join("urbi.db");
    let held = |word: &str| {
        let files =
            walkdir::WalkDir::new(&store).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
        files
            .filter(|e| memchr::memmem::find(&fs::read(e.path()).expect("readable"), word.as_bytes()).is_some())
            .count()
    };
    assert!(held("purple elephant") > 0);
    urbi(folder.path(), &["forget", "-q", "secret.txt"]).done();
    assert!(held("purple elephant") > 0, "forgetting alone leaves words in the files of the database");
    urbi(folder.path(), &["build", "-q", "secret.txt"]).done();
    urbi(folder.path(), &["forget", "secret.txt", "--purge"]).done();
    assert_eq!(held("purple elephant"), 0);
    assert_eq!(quads(folder.path()), before);
    urbi(folder.path(), &["rebuild", "--verify"]).done();
}

#[test]
fn a_rebuild_changes_nothing_and_needs_no_files() {
    let folder = first(4);
    let before = quads(folder.path());
    fs::remove_dir_all(folder.path().join("in")).expect("removed");
    let run = urbi(folder.path(), &["rebuild", "--verify"]);
    assert!(run.err.contains("byte for byte"), "{}", run.err);
    assert_eq!(run.done(), "");
    let run = urbi(folder.path(), &["rebuild"]);
    assert!(run.err.contains("nothing has changed"), "{}", run.err);
    run.done();
    assert_eq!(quads(folder.path()), before);
    let databases = fs::read_dir(folder.path().join("urbi.db")).expect("readable").filter_map(Result::ok);
    let databases: Vec<_> = databases.filter(|e| e.file_name().to_string_lossy().starts_with("rdf")).collect();
    assert_eq!(databases.len(), 1, "the old database is gone");
}

#[test]
fn verifying_finds_what_a_changed_rule_would_change() {
    let folder = built();
    let rules = folder.path().join("mine/data/rules");
    fs::create_dir_all(&rules).expect("made");
    fs::write(rules.join("mine.rules"), "remove held-in\n").expect("written");
    let run = urbi(folder.path(), &["rebuild", "--verify", "--profile", "mine"]);
    assert!(run.out.lines().any(|line| line.starts_with("- ")), "{}", run.out);
    let message = run.failed(1);
    assert!(message.contains("differs") && message.contains("urbi rebuild"), "{message}");
    urbi(folder.path(), &["rebuild", "--profile", "mine"]).done();
    urbi(folder.path(), &["rebuild", "--verify", "--profile", "mine"]).done();
    let fresh = tempfile::tempdir().expect("a folder");
    let mine = folder.path().join("mine");
    urbi(fresh.path(), &["build", "-q", text(&samples()), "--profile", text(&mine)]).done();
    assert_eq!(quads(folder.path()), quads(fresh.path()));
}

#[test]
fn the_same_bytes_under_two_names_are_read_in_one_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let words =
        "# Notes\n\nThe fifth International Conference on Learning Cities was held in Yeonsu in October 2021.\n";
    fs::write(folder.path().join("b.md"), words).expect("written");
    fs::write(folder.path().join("a.txt"), words).expect("written");
    urbi(folder.path(), &["build", "-q", "b.md"]).done();
    let before = quads(folder.path());
    assert!(before.contains("text/markdown"));
    let known = urbi(folder.path(), &["build", "a.txt"]);
    assert!(known.out.contains("known from elsewhere"), "{}", known.out);
    assert_eq!(quads(folder.path()), before);
    urbi(folder.path(), &["rebuild", "--verify"]).done();
    urbi(folder.path(), &["build", "-q", "a.txt", "--from", "text"]).done();
    assert!(quads(folder.path()).contains("text/plain"));
    urbi(folder.path(), &["rebuild", "--verify"]).done();
}
