//! Standard input, closed pipes, and what goes where.

use std::fs;
use std::process::{Command, Stdio};

use super::{built, program, run, sample_files, urbi};

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = built();
    for arguments in
        [vec!["export", "--format", "nquads"], vec!["query", "--list"], vec!["--help"], vec!["completions", "zsh"]]
    {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("urbi"))
            .args(&arguments)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn reads_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    // Standard input has no name that would say that it is Markdown.
    let file = &sample_files()[1];
    assert_eq!(file.extension(), Some("txt".as_ref()));
    let bytes = fs::read(file).expect("readable");
    let from_pipe = run(program(folder.path()).args(["extract", "-"]).write_stdin(bytes)).done();
    assert_eq!(from_pipe, urbi(folder.path(), &["extract", super::text(file)]).done());
    let built = built();
    let asked = run(program(built.path()).args(["query", "-"]).write_stdin("ASK { ?s ?p ?o }")).done();
    assert_eq!(asked, "true\n");
}

#[test]
fn colours_only_where_they_are_wanted() {
    let folder = tempfile::tempdir().expect("a folder");
    let message = |when: &str| urbi(folder.path(), &["query", "1", "--color", when]).failed(2);
    assert!(message("always").contains('\u{1b}'));
    assert!(!message("auto").contains('\u{1b}'));
    assert!(!message("never").contains('\u{1b}'));
}
