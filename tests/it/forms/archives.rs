//! Archives and compressed files, standard input, patterns.

use std::fs;

use urbi::source::{Form, Settings, read_part};

use super::super::cli::{program, run, sample_files, text, urbi};
use super::*;

const NOTE: &[u8] = b"Cork will host the congress\n\nCork, 3 May 2021 - The congress takes place in Cork.\n";
const PAGE: &[u8] =
    b"<!doctype html><title>Oslo</title><h1>Oslo meets</h1><p>Oslo meets in May, says the mayor of Oslo.</p>";

#[test]
fn every_archive_gives_its_files() {
    let files: [(&str, &[u8]); 5] =
        [("a/note.txt", NOTE), ("b.html", PAGE), ("c.png", b"\x89PNG"), ("page", PAGE), (".hidden.txt", NOTE)];
    let archives =
        [zip(&files), tar(&files), gzip(&tar(&files)), zstd(&tar(&files)), zip(&[("inner.tgz", &gzip(&tar(&files)))])];
    for bytes in archives {
        for given in [unpack("x", &bytes, &Settings::default()), unpack_stream("x", &bytes, &Settings::default())] {
            assert!(given.errors.is_empty(), "{:?}", given.errors);
            let names: Vec<String> = given.places().iter().map(|place| place.replace("#inner.tgz", "")).collect();
            assert_eq!(names, ["x#a/note.txt", "x#b.html", "x#page"]);
            assert_eq!(given.passed_over, [".png"]);
            assert_eq!((given.parts[0].form, given.parts[2].form), (Some(Form::Text), Some(Form::Html)));
            assert_eq!((given.parts[0].bytes.as_slice(), given.parts[1].bytes.as_slice()), (NOTE, PAGE));
        }
    }
}

#[test]
fn a_compressed_file_is_the_file() {
    for (name, bytes) in [("note.md.gz", gzip(NOTE)), ("note.md.zst", zstd(NOTE))] {
        let given = unpack(name, &bytes, &Settings::default());
        assert_eq!((given.places(), given.parts[0].form), (vec![name.to_owned()], Some(Form::Markdown)));
        assert_eq!(given.parts[0].bytes, NOTE);
    }
    // Several members are one file.
    let (first, second) = NOTE.split_at(20);
    let given = unpack("note.gz", &[gzip(first), gzip(second)].concat(), &Settings::default());
    assert_eq!(given.parts[0].bytes, NOTE);
}

#[test]
fn the_form_that_is_asked_for_is_that_of_the_documents() {
    let bytes = zip(&[("page.html", PAGE), ("c.dat", NOTE)]);
    let as_text = unpack("x.zip", &bytes, &Settings { form: Some(Form::Text), ..Settings::default() });
    assert_eq!(as_text.parts.iter().map(|part| part.form).collect::<Vec<_>>(), [Some(Form::Text); 2]);
    let as_zip = unpack("x", &bytes, &Settings { form: Some(Form::Zip), ..Settings::default() });
    assert_eq!((as_zip.parts.len(), as_zip.parts[0].form), (1, Some(Form::Html)));
    assert!(read_part(&as_text.parts[0]).expect("text").text.contains("<title>"));
}

#[test]
fn an_archive_gives_the_same_graph_as_its_files() {
    let files: Vec<_> = sample_files().into_iter().take(4).collect();
    let contents: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).expect("readable")).collect();
    let names: Vec<&str> =
        files.iter().map(|file| file.file_name().expect("a name").to_str().expect("UTF-8")).collect();
    let pairs: Vec<(&str, &[u8])> = names.iter().copied().zip(contents.iter().map(Vec::as_slice)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("news.zip"), zip(&pairs)).expect("written");
    let mut arguments = vec!["extract", "-q", "--format", "nquads"];
    let zipped = urbi(folder.path(), &[&arguments[..], &["news.zip"]].concat()).done();
    arguments.extend(files.iter().map(|file| text(file)));
    assert_eq!(urbi(folder.path(), &arguments).done(), zipped);
    // The store knows the files by name, and again nothing changes.
    let built = urbi(folder.path(), &["build", "news.zip"]);
    assert!(built.out.contains(&format!("{:>1}", 4)), "{}", built.out);
    built.done();
    assert!(urbi(folder.path(), &["build", "news.zip"]).err.contains("nothing changed"));
    let stored = urbi::store::Store::open(&folder.path().join("urbi.db"), None).expect("a store");
    let documents = stored.documents().expect("readable");
    assert_eq!(documents.len(), 4);
    assert!(documents.iter().all(|d| d.sources[0].contains("news.zip#") && d.sources[0].starts_with('/')));
}

#[test]
fn reads_standard_input_and_patterns() {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = gzip(&tar(&[("a/note.txt", NOTE), ("b.html", PAGE)]));
    let shown = run(program(folder.path()).args(["extract", "-", "--show-text"]).write_stdin(archive)).done();
    assert!(shown.contains("standard input#a/note.txt (text/plain)\nheadline "), "{shown}");
    assert!(shown.contains("standard input#b.html (text/html)"), "{shown}");
    fs::create_dir_all(folder.path().join("deep/er")).expect("made");
    fs::write(folder.path().join("deep/er/note.txt"), NOTE).expect("written");
    fs::write(folder.path().join("deep/page"), PAGE).expect("written");
    fs::write(folder.path().join("deep/list.xyz"), "a,b").expect("written");
    let shown = urbi(folder.path(), &["extract", "deep/**/*.txt", "--show-text"]).done();
    assert!(shown.starts_with("deep/er/note.txt (text/plain)\n"), "{shown}");
    let run = urbi(folder.path(), &["extract", "deep", "--show-text"]);
    assert!(run.err.contains("1 .xyz"), "{}", run.err);
    assert!(run.out.contains("deep/page (text/html)"), "a file without an ending is recognised: {}", run.out);
    let message = urbi(folder.path(), &["build", "deep/*.pfd"]).failed(1);
    assert!(message.contains("deep/*.pfd: no file fits this pattern"), "{message}");
}

#[test]
fn failures_are_lines_of_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let files: [(&str, &[u8]); 3] = [("bad.txt", b"\0\0"), ("empty.md", b" "), ("good.txt", NOTE)];
    fs::write(folder.path().join("news.zip"), zip(&files)).expect("written");
    let run = urbi(folder.path(), &["build", "-q", "news.zip", "missing.txt", "--report", "failures.jsonl"]);
    run.failed(1);
    let report = fs::read_to_string(folder.path().join("failures.jsonl")).expect("written");
    let lines: Vec<serde_json::Value> = report.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let kinds: Vec<&str> = lines.iter().filter_map(|line| line["kind"].as_str()).collect();
    assert_eq!(kinds.len(), 3, "{report}");
    for kind in ["binary", "empty", "io"] {
        assert!(kinds.contains(&kind), "{report}");
    }
    let binary = lines.iter().find(|line| line["kind"] == "binary").expect("it is there");
    assert_eq!((binary["place"].as_str(), binary["at"].as_u64()), (Some("news.zip#bad.txt"), Some(0)));
    assert!(binary["message"].as_str().is_some_and(|words| words.contains("not text")));
    // No failure, no line.
    urbi(folder.path(), &["extract", "-q", "news.zip", "--from", "text", "--report", "none.jsonl"]).failed(1);
    fs::write(folder.path().join("good.txt"), NOTE).expect("written");
    urbi(folder.path(), &["extract", "-q", "good.txt", "--report", "none.jsonl"]).done();
    assert_eq!(fs::read_to_string(folder.path().join("none.jsonl")).expect("written"), "");
}
