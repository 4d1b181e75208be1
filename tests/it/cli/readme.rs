//! Every command that README.md and the help texts show works.

use std::fs;
use std::process::Command;

use super::{project, urbi};

/// The lines of the shell blocks that call the program.
fn shown(markdown: &str) -> Vec<String> {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in markdown.lines() {
        if line.starts_with("```") {
            inside = line.starts_with("```sh");
        } else if inside && line.starts_with("urbi ") {
            lines.push(line.to_owned());
        }
    }
    lines
}

#[test]
fn the_commands_of_the_readme_work() {
    let readme = fs::read_to_string(project().join("README.md")).expect("readable");
    let commands = shown(&readme);
    assert!(commands.len() >= 8, "{commands:?}");
    let folder = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(project().join("data"), folder.path().join("data")).expect("linked");
    urbi(folder.path(), &["build", "-q", "data/announcements"]).done();
    let program = assert_cmd::cargo::cargo_bin!("urbi").parent().expect("a folder").to_owned();
    let path = std::env::var("PATH").unwrap_or_default();
    let has_dot = Command::new("dot").arg("-V").output().is_ok();
    for line in commands.iter().filter(|line| has_dot || !line.contains("| dot")) {
        let output = Command::new("sh")
            .args(["-c", line])
            .current_dir(folder.path())
            .env("PATH", format!("{}:{path}", program.display()))
            .env_remove("URBI_STORE")
            .env_remove("URBI_PROFILE")
            .env("XDG_CONFIG_HOME", folder.path().join("settings"))
            .output()
            .expect("sh starts");
        assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
        assert!(!output.stdout.is_empty() || line.contains(['>']) || line.contains("-o "), "{line} says nothing");
    }
}
