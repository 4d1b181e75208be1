//! A process that dies in the middle of its work leaves a store that opens, holds each document wholly or not at all, and
//! comes to the same bytes when the work is done again. `scripts/torture-kill` does the same hundreds of times, at random.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{sample_files, urbi};

fn quads(folder: &Path) -> String {
    urbi(folder, &["export", "--format", "nquads"]).done()
}

/// A folder with announcements in `one` and `two`; `two` is large enough to be loaded past the transaction log.
fn announcements() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, copies) in [("one", 1), ("two", 2)] {
        let inside = folder.path().join(name);
        fs::create_dir(&inside).expect("made");
        for copy in 0..copies {
            for (number, file) in sample_files().iter().enumerate() {
                let words = fs::read_to_string(file).expect("readable");
                let more = format!("\n\nMeeting {copy} of {name} was held in Cork in May 2019.\n");
                fs::write(inside.join(format!("{copy}-{number}.md")), words + &more).expect("written");
            }
        }
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("readable");
        let place = to.join(entry.path().strip_prefix(from).expect("below"));
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(&place).expect("made"),
            false => drop(fs::copy(entry.path(), &place).expect("copied")),
        }
    }
}

/// The program in `folder`, ready to be killed.
fn victim(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("urbi"));
    command.args(arguments).current_dir(folder).env("XDG_CONFIG_HOME", folder.join("settings"));
    command.env_remove("URBI_STORE").env_remove("URBI_PROFILE").stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn dying_at_any_point_of_a_change_loses_nothing() {
    let folder = announcements();
    let folder = folder.path();
    let [store, one, both] = ["urbi.db", "one.db", "both.db"].map(|name| folder.join(name));
    urbi(folder, &["build", "-q", "one"]).done();
    copy(&store, &one);
    let of_one = quads(folder);
    urbi(folder, &["build", "-q", "two"]).done();
    copy(&store, &both);
    let of_both = quads(folder);
    let build: &[&str] = &["build", "-q", "one", "two"];
    let forget: &[&str] = &["forget", "-q", "two"];
    let purge: &[&str] = &["forget", "-q", "two", "--purge"];
    let rebuild: &[&str] = &["rebuild", "-q"];
    let cases = [
        (&one, build, &of_both, &["originals-kept", "marked", "loaded", "written", "committed"][..]),
        (&both, forget, &of_one, &["written", "committed", "originals-dropped"][..]),
        (&both, purge, &of_one, &["anew", "succeeded"][..]),
        (&both, rebuild, &of_both, &["loaded", "anew", "succeeded"][..]),
    ];
    for (before, arguments, after, points) in cases {
        for point in points {
            copy(before, &store);
            let died = victim(folder, &[arguments, &["--die-at", point]].concat()).status().expect("it starts");
            assert_eq!(died.code(), None, "{arguments:?} does not pass {point}");
            // All of it is one transaction, so that this says of each document, and of the view, that they are whole.
            let held = quads(folder);
            assert!(held == of_one || held == of_both, "{arguments:?} died at {point} and left something between");
            let again = urbi(folder, arguments);
            // What is forgotten already is not known any more.
            assert!(again.code == 0 || again.code == 2 && arguments[0] == "forget", "{}", again.err);
            assert_eq!(&quads(folder), after, "{arguments:?} after it died at {point}");
            let databases = fs::read_dir(&store).expect("readable").flatten();
            let databases = databases.filter(|entry| entry.file_name().to_string_lossy().starts_with("rdf"));
            assert_eq!(databases.count(), 1, "{arguments:?} after it died at {point}");
        }
    }
}

#[test]
fn being_killed_at_any_time_loses_nothing() {
    let folder = announcements();
    let folder = folder.path();
    urbi(folder, &["build", "-q", "one", "two", "--store", "whole.db"]).done();
    let whole = urbi(folder, &["export", "--format", "nquads", "--store", "whole.db"]).done();
    for milliseconds in [40, 200, 500] {
        let _ = fs::remove_dir_all(folder.join("urbi.db"));
        let mut process = victim(folder, &["build", "-q", "one", "two"]).spawn().expect("it starts");
        std::thread::sleep(Duration::from_millis(milliseconds));
        // It may have ended already.
        let _ = process.kill();
        process.wait().expect("it ends");
        if folder.join("urbi.db/store.toml").exists() {
            let held = quads(folder);
            assert!(held.is_empty() || held == whole, "killed after {milliseconds} ms: something between");
        }
        urbi(folder, &["build", "-q", "one", "two"]).done();
        assert_eq!(quads(folder), whole, "killed after {milliseconds} ms");
    }
}

#[test]
fn a_review_that_dies_has_made_the_decisions_before() {
    let folder = announcements();
    let folder = folder.path();
    urbi(folder, &["build", "-q", "one"]).done();
    let mut command = super::program(folder);
    command.args(["review", "--below", "1", "--author", "Ana", "--die-at", "written:3"]);
    let died = command.write_stdin("a\nr\na\nr\na\n").output().expect("it starts");
    assert_eq!(died.status.code(), None, "{}", String::from_utf8_lossy(&died.stderr));
    let listed = urbi(folder, &["decisions", "list"]).done();
    assert_eq!(listed.lines().count(), 2, "{listed}");
    urbi(folder, &["rebuild", "--verify"]).done();
}
