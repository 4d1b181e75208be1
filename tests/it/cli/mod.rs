//! The program from outside: what it prints, where, and the code it ends with.

mod bad_input;
mod build;
mod check;
mod confidence;
mod curate;
mod diff;
mod explain;
mod extract;
mod forget;
mod graph;
mod help;
mod keep;
mod kill;
mod lexicon;
mod pipes;
mod query;
mod readme;
mod rules;
mod rules_try;
mod show;
mod watch;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// How a run of the program ended.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program, ready to run in `folder`, without settings of the machine.
pub fn program(folder: &Path) -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("urbi");
    command.current_dir(folder).env_remove("URBI_STORE").env_remove("URBI_PROFILE").env_remove("CLICOLOR_FORCE");
    command.env_remove("URBI_AUTHOR");
    command.env("LC_ALL", "C").env("XDG_CONFIG_HOME", folder.join("settings"));
    command
}

/// Runs the program in `folder`. A death by panic or signal is never right.
pub fn urbi(folder: &Path, arguments: &[&str]) -> Run {
    run(program(folder).args(arguments))
}

pub fn run(command: &mut Command) -> Run {
    let output = command.output().expect("the program starts");
    let err = String::from_utf8(output.stderr).expect("messages are UTF-8");
    assert!(!err.contains("panicked"), "{err}");
    Run {
        code: output.status.code().unwrap_or_else(|| panic!("ended by a signal: {err}")),
        out: String::from_utf8(output.stdout).expect("results are UTF-8"),
        err,
    }
}

impl Run {
    /// The result, if all went well.
    pub fn done(self) -> String {
        assert_eq!(self.code, 0, "{}", self.err);
        self.out
    }

    /// The messages, if it ended with this code.
    #[track_caller]
    pub fn failed(self, code: i32) -> String {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        self.err
    }
}

pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample announcements.
pub fn samples() -> PathBuf {
    project().join("data/announcements")
}

/// The sample announcements, one by one, sorted.
pub fn sample_files() -> Vec<PathBuf> {
    let entries = fs::read_dir(samples()).expect("the samples are there");
    let known = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "txt" || ending == "md");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).filter(known).collect();
    files.sort();
    assert!(files.len() >= 15);
    files
}

/// A folder with a store of the samples in it.
pub fn built() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    urbi(folder.path(), &["build", "--quiet", text(&samples())]).done();
    folder
}

/// Waits until something is so, for as long as a loaded machine may need.
#[track_caller]
pub fn wait_until(is_so: impl Fn() -> bool) {
    for _ in 0..600 {
        if is_so() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    panic!("it never came to be");
}

pub fn text(path: &Path) -> &str {
    path.to_str().expect("paths of the tests are UTF-8")
}
