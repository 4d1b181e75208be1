//! `urbi build --watch`: files that change are read again.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::{urbi, wait_until};

/// Ends the program that watches, whatever happens.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn reads_what_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("inbox")).expect("made");
    let note = |city: &str| format!("The World Congress of Harbours\n\nThe congress took place in {city} in 2019.\n");
    fs::write(folder.path().join("inbox/a.txt"), note("Oslo")).expect("written");
    let child = Command::new(assert_cmd::cargo::cargo_bin!("urbi"))
        .args(["build", "inbox", "--watch"])
        .current_dir(folder.path())
        .env("XDG_CONFIG_HOME", folder.path().join("settings"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut child = Watching(child);
    let errors = BufReader::new(child.0.stderr.take().expect("piped"));
    let mut lines = errors.lines().map_while(Result::ok);
    assert!(lines.any(|line| line.starts_with("watching 1 folder")), "it never watched");
    let says = |words: &str| wait_until(|| exported(folder.path()).contains(words));
    says("Oslo");
    fs::write(folder.path().join("inbox/a.txt"), note("Cork")).expect("written");
    says("Cork");
    assert!(!exported(folder.path()).contains("Oslo"), "what the file said before is gone");
    fs::create_dir(folder.path().join("inbox/new")).expect("made");
    fs::write(folder.path().join("inbox/new/b.txt"), note("Bergen")).expect("written");
    says("Bergen");
}

fn exported(folder: &Path) -> String {
    // The store may be in use just now.
    urbi(folder, &["export", "--format", "turtle"]).out
}

#[test]
fn there_must_be_something_to_watch() {
    let folder = tempfile::tempdir().expect("a folder");
    let message = urbi(folder.path(), &["build", "-", "--watch"]).failed(2);
    assert!(message.contains("--watch needs files or folders"), "{message}");
}
