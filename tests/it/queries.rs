//! Every saved question gives, over a small graph, the answer that was worked out by hand.
//!
//! `tests/golden/queries/graph.trig` is the graph; the folder beside it that has a query's name holds the answer:
//! `expected.csv` for SELECT and ASK, `expected.ttl` for CONSTRUCT and DESCRIBE. A query without a folder, or a folder
//! without a query, is an error.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use oxigraph::{
    io::{RdfFormat, RdfParser},
    sparql::results::QueryResultsFormat,
};
use oxrdf::{Dataset, Literal, NamedNode, Term, Triple};
use urbi::{
    profile::Profile,
    query::{Answer, Limits, Query, Saved},
    vocab::{PREFIXES, rdfs, skos},
};

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/queries")
}

/// The saved queries of the embedded profile.
fn saved() -> Vec<Saved> {
    let profile = Profile::embedded();
    let names = profile.files("queries", "rq").map(|(path, _)| path);
    // Those in folders are for other uses.
    let names = names.filter(|path| path.matches('/').count() == 1);
    names.map(|path| Saved::new(path, profile.text(path).expect("a query is UTF-8"))).collect()
}

fn graph() -> Arc<Dataset> {
    let text = fs::read(golden().join("graph.trig")).expect("the graph of the golden queries is there");
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(&text);
    Arc::new(quads.map(|quad| quad.expect("the graph of the golden queries is TriG")).collect())
}

/// The only thing of the view that has this name.
fn called(graph: &Dataset, name: &str) -> Term {
    let name = Literal::from(name);
    let named = |label| graph.quads_for_object(&name).filter(move |quad| quad.predicate == label);
    let things = named(rdfs::LABEL).chain(named(skos::ALT_LABEL)).filter(|quad| quad.graph_name.is_default_graph());
    let things: BTreeSet<String> = things.map(|quad| quad.subject.to_string()).collect();
    assert_eq!(things.len(), 1, "{name}");
    let iri = things.first().expect("one").trim_matches(['<', '>']).to_owned();
    NamedNode::new(iri).expect("an IRI").into()
}

#[test]
fn saved_queries_give_the_answers_worked_out_by_hand() {
    let graph = graph();
    for Saved { name, text, parameters, .. } in saved() {
        let mut query = Query::parse(&name, &text, PREFIXES).unwrap_or_else(|error| panic!("{name}: {error}"));
        for parameter in parameters {
            let value = parameter.default.expect("every parameter has a value");
            let literal = parameter.kind.literal(&value).unwrap_or_else(|error| panic!("{name}: {error}"));
            let term = literal.map_or_else(|| called(&graph, &value), Term::from);
            query = query.bind(&parameter.name, &term).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let answer = query.on_dataset(Arc::clone(&graph), Limits::default());
        let answer = answer.unwrap_or_else(|error| panic!("{name}: {error}"));
        let expected = |file: &str| {
            fs::read_to_string(golden().join(&name).join(file)).unwrap_or_else(|error| panic!("{name}/{file}: {error}"))
        };
        if let Answer::Graph(triples) = &answer {
            let turtle = expected("expected.ttl");
            let wanted: BTreeSet<String> = RdfParser::from_format(RdfFormat::Turtle)
                .for_slice(&turtle)
                .map(|quad| quad.unwrap_or_else(|error| panic!("{name}/expected.ttl: {error}")))
                .map(|quad| Triple::from(quad).to_string())
                .collect();
            assert_eq!(triples.iter().map(Triple::to_string).collect::<BTreeSet<_>>(), wanted, "{name}");
        } else {
            let mut csv = Vec::new();
            answer.write_results(QueryResultsFormat::Csv, &mut csv).expect("a Vec can be written to");
            let csv = String::from_utf8(csv).expect("CSV is UTF-8").replace("\r\n", "\n");
            assert_eq!(csv.trim_end(), expected("expected.csv").trim_end(), "{name}");
        }
    }
}

#[test]
fn every_saved_query_says_its_question_and_has_one_order() {
    for Saved { name, question, text, .. } in saved() {
        assert!(question.contains('?'), "{name}: the first comment is not a question");
        assert!(!text.contains("PREFIX"), "{name}: the prefixes are known without declaring them");
        assert!(!text.contains("SELECT") || text.contains("\nORDER BY "), "{name}: rows without an order");
    }
}

#[test]
fn every_saved_query_has_an_answer_and_every_answer_a_query() {
    let queries: BTreeSet<String> = saved().into_iter().map(|query| query.name).collect();
    let folders: BTreeSet<String> = fs::read_dir(golden())
        .expect("there are golden queries")
        .map(|entry| entry.expect("the golden queries can be listed").path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().expect("a folder has a name").to_string_lossy().into_owned())
        .collect();
    assert_eq!(folders, queries);
}
