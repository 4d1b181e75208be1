//! Other people's programs judge the exports: rdflib, pyoxigraph and PyLD, jsonld.js, and Graphviz.
//!
//! Each judge is used if it is there: `URBI_TEST_PYTHON` names a Python with the packages, `URBI_TEST_NODE_MODULES` a
//! folder with `node_modules/jsonld`, and `dot` is looked for in the path. A judge that is missing is named, on stderr.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use oxrdf::{Literal, NamedNode, Triple};
use urbi::{
    export::{Content, Context, Format, Settings, Tables, write},
    graph::{Focus, Graph},
    profile::Profile,
    vocab::{Base, rdf, rdfs, urbi as terms, xsd},
};

use crate::export::{CITIES, evidence, exported, triples};

/// The interpreter that an environment variable names, if it can run.
pub fn judge(variable: &str) -> Option<PathBuf> {
    let found = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped a judge: set {variable} to have the exports judged by it");
    }
    found
}

pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign").join(name)
}

/// Writes every RDF export of a graph with nasty literals and IRIs, under the profile's own context.
fn write_exports(folder: &Path) {
    let mut view = triples(CITIES);
    let base = Base::default();
    let city = base.entity("theme", "ça (et là) 50%");
    view.push(Triple::new(city.clone(), rdf::TYPE, terms::THEME));
    for text in [
        "<script>alert(\"1\")</script>",
        "back\\slash\n\ttab\r\nand 'quotes' \"\"\" '''",
        "🏙️ \u{85}\u{2028}\u{202e}mirror",
        "</td>&amp;{{",
    ] {
        view.push(Triple::new(city.clone(), rdfs::LABEL, Literal::new_simple_literal(text)));
        let literal = Literal::new_language_tagged_literal(text, "zh-hant").expect("a language");
        view.push(Triple::new(city.clone(), rdfs::LABEL, literal));
    }
    for (name, deadline) in [(1, "2024-02-29"), (2, "2025-01-31")] {
        let call = base.entity("conference", &format!("iclc-{name}"));
        let day = Literal::new_typed_literal(deadline, xsd::DATE);
        view.push(Triple::new(call, terms::SUBMISSION_DEADLINE, day));
    }
    let page = NamedNode::new("https://example.org/a_(b)/%C3%A9?q=1&r=<".trim_end_matches('<')).expect("an IRI");
    view.push(Triple::new(city, terms::HOMEPAGE, page));
    let graphs = evidence(&base, &view);
    let profile = Profile::embedded();
    let context =
        Context::parse(profile.text("ontology/context.jsonld").expect("there")).expect("a context Urbi writes");
    let settings = Settings::new(&base, &context);
    for format in Format::ALL {
        let stem = if format.has_graphs() { "all" } else { "view" };
        let mut file = fs::File::create(folder.join(format!("{stem}.{}", format.extension()))).expect("a new file");
        write(format, &Content { view: &view, graphs: &graphs }, &settings, &mut file).expect("written");
    }
    let graph = Graph::new(&view);
    for tables in Tables::ALL {
        let folder = folder.join(tables.name());
        fs::create_dir(&folder).expect("a new folder");
        let mut nodes = fs::File::create(folder.join("nodes.csv")).expect("a new file");
        tables.write_nodes(&graph, &mut nodes).expect("written");
        let mut edges = fs::File::create(folder.join("edges.csv")).expect("a new file");
        tables.write_edges(&graph, &mut edges).expect("written");
    }
}

pub fn passes(mut command: Command) {
    let output = command.output().expect("the judge runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
}

#[test]
fn python_libraries_read_the_same_statements() {
    let Some(python) = judge("URBI_TEST_PYTHON") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    write_exports(folder.path());
    let mut command = Command::new(python);
    command.arg(script("judge_exports.py")).arg(folder.path());
    passes(command);
}

#[test]
fn programs_for_graphs_maps_and_calendars_read_the_same_graph() {
    let Some(python) = judge("URBI_TEST_PYTHON") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    write_exports(folder.path());
    let mut command = Command::new(python);
    command.arg(script("judge_graphs.py")).arg(folder.path());
    passes(command);
}

#[test]
fn jsonld_js_reads_the_same_statements() {
    let Some(modules) = judge("URBI_TEST_NODE_MODULES") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    write_exports(folder.path());
    let mut command = Command::new("node");
    command.arg(script("judge_jsonld.mjs")).arg(folder.path()).arg(modules);
    passes(command);
}

/// What Graphviz makes of DOT, as SVG; none if it is not there.
pub fn drawn(dot: &str) -> Option<String> {
    let child =
        Command::new("dot").arg("-Tsvg").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped a judge: install graphviz to have the pictures judged by it");
        return None;
    };
    let mut stdin = child.stdin.take().expect("piped");
    let dot = dot.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(dot.as_bytes()));
    let output = child.wait_with_output().expect("dot ends");
    writer.join().expect("no panic").expect("dot reads all");
    let complaints = String::from_utf8_lossy(&output.stderr);
    // Without a window system's fonts it warns about them; that is no complaint about the file.
    let about_us = complaints.lines().any(|line| line.contains("syntax error") || line.starts_with("Error"));
    assert!(output.status.success() && !about_us, "{complaints}");
    Some(String::from_utf8(output.stdout).expect("SVG is UTF-8"))
}

#[test]
fn graphviz_draws_the_example() {
    let dot = exported(Format::Dot, &triples(CITIES), &[], Focus::default()).expect("written");
    let Some(svg) = drawn(&dot) else { return };
    for text in [
        "Medellín",
        "held in",
        "UNESCO Institute for",
        "International Conference on Learning Cities",
        "outcome document",
    ] {
        assert!(svg.contains(text), "{text} is not in the picture");
    }
}

#[test]
fn graphviz_shows_nasty_labels_as_they_are() {
    let city = NamedNode::new_unchecked("https://w3id.org/urbi/id/city/\"a\\b");
    let base = Base::default();
    let series = base.entity("series", "s");
    let mut view = vec![
        Triple::new(base.entity("conference", "c"), rdf::TYPE, terms::CONFERENCE),
        Triple::new(base.entity("conference", "c"), terms::PART_OF_SERIES, series.clone()),
        Triple::new(base.entity("conference", "c"), terms::HELD_IN, city.clone()),
        Triple::new(series.clone(), rdf::TYPE, terms::CONFERENCE_SERIES),
        Triple::new(series, rdfs::LABEL, Literal::from("</table> & \"co\" <b>")),
        Triple::new(city.clone(), rdf::TYPE, terms::CITY),
    ];
    let labels = [
        "<script>alert(1)</script>",
        "\\N \\G \\L",
        "\"]; evil [label=\"x",
        "&lt;&#60;",
        "a\n\u{0}\u{7}b\\",
        "<b>bold</b>",
    ];
    for label in labels {
        view.push(Triple::new(city.clone(), rdfs::LABEL, Literal::from(label)));
        let dot = exported(Format::Dot, &view, &[], Focus::default()).expect("written");
        let Some(svg) = drawn(&dot) else { return };
        assert!(!svg.contains("<script") && !svg.contains("<b>"), "{label:?} became markup");
        assert_eq!(svg.matches("class=\"node\"").count(), 2, "{label:?} became nodes");
        let shown = label.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        let plain = !label.contains(char::is_control) && !label.contains(' ');
        assert!(!plain || svg.contains(&shown), "{label:?} is not shown as it is:\n{svg}");
        view.pop();
    }
}
