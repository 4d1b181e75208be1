//! Bad input, bad stores, bad disks: a clear message and a code, never a panic, and nothing lost.

use std::fs;

use urbi::store::Store;

use super::{built, program, run, sample_files, samples, text, urbi};

#[test]
fn files_that_are_no_announcements() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: [(&str, &[u8], &str); 5] = [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t ", "empty"),
        ("binary.txt", b"\x00\x01\x02\x03\xff\xfe", "not text"),
        ("elf.md", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00", "not text"),
        ("latin.txt", b"Caf\xe9 \x81\x8d\x8f in M\xfcnchen", "latin.txt"),
    ];
    for (name, bytes, reason) in cases {
        fs::write(folder.path().join(name), bytes).expect("written");
        let extract = urbi(folder.path(), &["extract", name]);
        assert_eq!(extract.out, "", "{name}");
        let message = extract.failed(1);
        assert!(message.contains(name) && message.contains(reason), "{message}");
        let message = urbi(folder.path(), &["build", name]).failed(1);
        assert!(message.contains(name) && message.contains(reason), "{message}");
    }
}

#[test]
fn fifty_megabytes_of_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("long.txt"), "aaaaaaaaa aaaaaaaaaaaaaaaaaaaaa ".repeat(1_600_000)).expect("written");
    let run = urbi(folder.path(), &["extract", "long.txt"]);
    assert!(run.code == 0 || run.code == 1 && run.err.contains("long.txt"), "{}", run.err);
}

#[test]
fn a_file_that_is_not_there_is_named_with_its_neighbour() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(&sample_files()[0], folder.path().join("cork-2017.txt")).expect("copied");
    let message = urbi(folder.path(), &["extract", "cork-2071.txt"]).failed(1);
    assert!(message.contains("cannot read cork-2071.txt; did you mean cork-2017.txt?"), "{message}");
}

#[test]
fn a_file_with_a_token_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let message = urbi(folder.path(), &["serve", "--token-file", "secret.txt"]).failed(2);
    assert!(message.contains("secret.txt"), "{message}");
}

#[test]
fn a_folder_that_is_no_store() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("photos")).expect("made");
    fs::write(folder.path().join("photos/cork.jpg"), "x").expect("written");
    for arguments in [vec!["build", text(&sample_files()[0])], vec!["query", "1"], vec!["export", "--format", "turtle"]]
    {
        let arguments = [arguments, vec!["--store", "photos"]].concat();
        let message = urbi(folder.path(), &arguments).failed(2);
        assert!(message.contains("photos is no store"), "{message}");
    }
    assert_eq!(fs::read_dir(folder.path().join("photos")).expect("readable").count(), 1);
}

#[test]
fn a_broken_store_is_named_and_not_touched() {
    let folder = built();
    let rdf = folder.path().join("urbi.db/rdf");
    let current = fs::read(rdf.join("CURRENT")).expect("RocksDB has it");
    fs::write(rdf.join("CURRENT"), "nonsense").expect("written");
    for arguments in [vec!["build", text(&samples())], vec!["query", "1"], vec!["export", "--format", "turtle"]] {
        let message = urbi(folder.path(), &arguments).failed(1);
        assert!(message.contains("urbi.db"), "{message}");
    }
    fs::write(rdf.join("CURRENT"), current).expect("written");
    let again = urbi(folder.path(), &["build", text(&samples())]);
    assert!(again.err.contains("nothing changed"), "{}", again.err);
    fs::write(folder.path().join("urbi.db/store.toml"), "layout = 99\nbase = \"x\"\nprogram = \"9.9\"\n")
        .expect("written");
    let message = urbi(folder.path(), &["query", "1"]).failed(1);
    assert!(message.contains("layout 99"), "{message}");
}

#[test]
fn two_writers_at_once() {
    let folder = built();
    let holder = Store::open(&folder.path().join("urbi.db"), None).expect("nobody else has it");
    for arguments in [vec!["build", text(&samples())], vec!["query", "1"]] {
        let message = urbi(folder.path(), &arguments).failed(1);
        assert!(message.contains("in use by another process"), "{message}");
    }
    drop(holder);
    urbi(folder.path(), &["query", "1"]).done();
}

#[test]
fn places_that_cannot_be_written() {
    let folder = built();
    let file = text(&sample_files()[0]).to_owned();
    let message = urbi(folder.path(), &["build", &file, "--store", "/proc/nowhere/urbi.db"]).failed(1);
    assert!(message.contains("cannot create /proc/nowhere/urbi.db"), "{message}");
    let message = urbi(folder.path(), &["export", "-o", "/dev/null/graph.ttl"]).failed(1);
    assert!(message.contains("cannot write /dev/null/graph.ttl"), "{message}");
    let full = std::process::Command::new(assert_cmd::cargo::cargo_bin!("urbi"))
        .args(["export", "--format", "turtle"])
        .current_dir(folder.path())
        .stdout(fs::File::options().write(true).open("/dev/full").expect("Linux has it"))
        .output()
        .expect("it starts");
    assert_eq!(full.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&full.stderr).contains("No space left"));
}

#[test]
fn a_file_is_there_whole_or_not_at_all() {
    let folder = built();
    let target = folder.path().join("out/graph.ttl");
    urbi(folder.path(), &["export", "-o", text(&target)]).failed(1);
    fs::create_dir(folder.path().join("out")).expect("made");
    fs::write(&target, "old").expect("written");
    urbi(folder.path(), &["export", "-o", text(&target), "--format", "dot", "--around", "nobody knows this"]).failed(1);
    assert_eq!(fs::read_to_string(&target).expect("readable"), "old");
    assert_eq!(urbi(folder.path(), &["export", "-o", text(&target)]).done(), "");
    let written = fs::read_to_string(&target).expect("readable");
    assert_eq!(written, urbi(folder.path(), &["export", "--format", "turtle"]).done());
    assert_eq!(fs::read_dir(folder.path().join("out")).expect("readable").count(), 1, "no part is left");
}

#[test]
fn a_profile_with_a_mistake_is_named_and_leaves_no_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = folder.path().join("mine/data/rules");
    fs::create_dir_all(&rules).expect("made");
    let rule = "span nonsense \"Cork is nonsense.\"\n  match (?c:@Conferense) in (?p:@City)\n  then ?c :heldIn ?p\n";
    fs::write(rules.join("mine.rules"), rule).expect("written");
    let message = urbi(folder.path(), &["build", text(&samples()), "--profile", "mine"]).failed(1);
    assert!(message.contains("mine.rules") && message.contains("Conference"), "{message}");
    assert!(!folder.path().join("urbi.db").exists());
    let message = urbi(folder.path(), &["build", text(&samples()), "--profile", "nowhere"]).failed(1);
    assert!(message.contains("nowhere"), "{message}");
    let message = run(program(folder.path()).args(["extract", "-", "--profile", "mine"]).write_stdin("Cork")).failed(1);
    assert!(message.contains("mine.rules"), "{message}");
}
