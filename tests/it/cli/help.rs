//! Help, version, wrong use.

use super::urbi;

const COMMANDS: [&str; 27] = [
    "graph",
    "lexicon",
    "build",
    "eval",
    "extract",
    "query",
    "explain",
    "export",
    "rules",
    "check",
    "completions",
    "accept",
    "reject",
    "correct",
    "merge",
    "split",
    "rename",
    "undo",
    "decisions",
    "forget",
    "rebuild",
    "review",
    "backup",
    "restore",
    "dump",
    "load",
    "release",
];

#[test]
fn every_command_shows_examples() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = ["check", "list", "trace"].map(|command| vec!["rules", command, "--help"]);
    let decisions = ["list", "export", "import"].map(|command| vec!["decisions", command, "--help"]);
    let all = COMMANDS.map(|command| vec![command, "--help"]).into_iter().chain(rules).chain(decisions);
    let releases = ["make", "list", "drop"].map(|command| vec!["release", command, "--help"]);
    let graphs = ["stats", "central", "communities", "components", "path", "similar", "timeline"];
    let all = all.chain(releases).chain(graphs.map(|command| vec!["graph", command, "--help"]));
    for arguments in all.chain([vec!["--help"], vec!["-h"]]) {
        let run = urbi(folder.path(), &arguments);
        assert_eq!(run.err, "");
        let help = run.done();
        assert!(help.contains("Example") && help.contains("\n  urbi "), "{arguments:?}: {help}");
    }
}

#[test]
fn version_goes_to_standard_output() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(urbi(folder.path(), &["--version"]).done(), format!("urbi {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completions_for_every_shell() {
    let folder = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = urbi(folder.path(), &["completions", shell]).done();
        assert!(script.contains("extract") && script.contains("max-rows"), "{shell}");
    }
}

#[test]
fn wrong_use_ends_with_2_and_says_what_is_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: [(&[&str], &str); 20] = [
        (&[], "Usage"),
        (&["biuld", "x"], "build"),
        (&["build"], "PATH"),
        (&["build", ".", "--base", "no-iri"], "absolute IRI"),
        (&["build", "."], "no announcement"),
        (&["extract"], "PATH"),
        (&["extract", "a.txt", "--format", "turtel"], "turtle"),
        (&["extract", "."], "no announcement"),
        (&["extract", "a.txt", "--show-text", "--format", "json"], "--show-text"),
        (&["extract", "-", "-"], "once"),
        (&["query"], "--query"),
        (&["query", "nosuchquery"], "urbi query --list"),
        (&["query", "-q", "ASK {}", "--timeout", "3 weeks"], "30s"),
        (&["export"], "--format"),
        (&["export", "-o", "graph.xyz"], "--format"),
        (&["export", "--format", "turtle", "--limit", "3"], "dot"),
        (&["export", "--format", "turtle"], "urbi build"),
        (&["explain", "x"], "urbi build"),
        (&["rules"], "trace"),
        (&["rules", "trace", "helt-in", "-"], "held-in"),
    ];
    for (arguments, hint) in cases {
        let run = urbi(folder.path(), arguments);
        assert_eq!(run.out, "", "{arguments:?}");
        let message = run.failed(2);
        assert!(message.contains(hint), "{arguments:?}: {message}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 0, "nothing was left behind");
}
