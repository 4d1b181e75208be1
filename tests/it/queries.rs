//! Every saved question gives, over a small graph, the answer that was worked out by hand.
//!
//! `tests/golden/queries/graph.trig` is the graph; the folder beside it that has a query's name holds the answer:
//! `expected.csv` for SELECT, `expected.ttl` for CONSTRUCT and DESCRIBE, `expected.txt` for ASK. A query without a folder,
//! or a folder without a query, is an error.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use oxigraph::{
    io::{RdfFormat, RdfParser},
    sparql::{
        QueryResults, SparqlEvaluator,
        results::{QueryResultsFormat, QueryResultsSerializer},
    },
    store::Store,
};
use urbi::vocab::PREFIXES;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn golden() -> PathBuf {
    root().join("tests/golden/queries")
}

/// Name (the file's stem) and text of every saved query, in order.
fn saved() -> BTreeMap<String, String> {
    let folder = fs::read_dir(root().join("queries")).expect("the project has a folder queries/");
    folder
        .map(|entry| entry.expect("queries/ can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rq"))
        .map(|path| {
            let name = path.file_stem().expect("a file with an extension has a stem").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a query is UTF-8"))
        })
        .collect()
}

fn graph() -> Store {
    let store = Store::new().expect("a store in memory opens");
    let text = fs::read(golden().join("graph.trig")).expect("the graph of the golden queries is there");
    store.load_from_slice(RdfFormat::TriG, &text).expect("the graph of the golden queries is TriG");
    store
}

fn answer<'a>(store: &'a Store, name: &str, query: &str) -> QueryResults<'a> {
    let mut evaluator = SparqlEvaluator::new();
    for (prefix, iri) in PREFIXES {
        evaluator = evaluator.with_prefix(*prefix, *iri).expect("the known prefixes are IRIs");
    }
    let query = evaluator.parse_query(query).unwrap_or_else(|error| panic!("{name}: {error}"));
    query.on_store(store).execute().unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn saved_queries_give_the_answers_worked_out_by_hand() {
    let store = graph();
    for (name, query) in saved() {
        let expected = |file: &str| {
            fs::read_to_string(golden().join(&name).join(file)).unwrap_or_else(|error| panic!("{name}/{file}: {error}"))
        };
        match answer(&store, &name, &query) {
            QueryResults::Graph(triples) => {
                let triples: BTreeSet<String> =
                    triples.map(|triple| triple.expect("a graph in memory can be read").to_string()).collect();
                let turtle = expected("expected.ttl");
                let wanted: BTreeSet<String> = RdfParser::from_format(RdfFormat::Turtle)
                    .for_slice(&turtle)
                    .map(|quad| {
                        let quad = quad.unwrap_or_else(|error| panic!("{name}/expected.ttl: {error}"));
                        oxrdf::Triple::new(quad.subject, quad.predicate, quad.object).to_string()
                    })
                    .collect();
                assert_eq!(triples, wanted, "{name}");
            }
            QueryResults::Boolean(found) => assert_eq!(found.to_string(), expected("expected.txt").trim(), "{name}"),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let mut csv = QueryResultsSerializer::from_format(QueryResultsFormat::Csv)
                    .serialize_solutions_to_writer(Vec::new(), variables)
                    .expect("a Vec can be written to");
                for solution in solutions {
                    csv.serialize(&solution.unwrap_or_else(|error| panic!("{name}: {error}"))).expect("the same");
                }
                let csv = csv.finish().expect("a Vec can be written to");
                let csv = String::from_utf8(csv).expect("CSV is UTF-8").replace("\r\n", "\n");
                assert_eq!(csv, expected("expected.csv"), "{name}");
            }
        }
    }
}

#[test]
fn every_saved_query_says_its_question_and_has_one_order() {
    let queries = saved();
    for (name, text) in &queries {
        let question = text.lines().next().unwrap_or_default();
        assert!(question.starts_with("# ") && question.contains('?'), "{name}: the first line is not a question");
        assert!(!text.contains("PREFIX"), "{name}: the prefixes are known without declaring them");
        assert!(!text.contains("SELECT") || text.contains("\nORDER BY "), "{name}: rows without an order");
    }
    let folders: BTreeSet<String> = fs::read_dir(golden())
        .expect("there are golden queries")
        .map(|entry| entry.expect("the golden queries can be listed").path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().expect("a folder has a name").to_string_lossy().into_owned())
        .collect();
    assert_eq!(folders, queries.into_keys().collect::<BTreeSet<_>>(), "queries and answers");
}
