//! Other people's clients: SPARQLWrapper, rdflib and pyoxigraph (`URBI_TEST_PYTHON`), Comunica (`URBI_TEST_NODE_MODULES`).

use std::{fs, path::Path, process::Command};

use oxrdf::{GraphName, Quad};
use urbi::{server::Settings, vocab::Base};

use super::{sample_store, sockets::Running};
use crate::export_foreign::{judge, passes, script};

#[test]
fn python_clients_ask_the_server() {
    let Some(python) = judge("URBI_TEST_PYTHON") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let export = folder.path().join("all.nq");
    let store = sample_store(&Base::default());
    let view =
        store.view_triples().expect("readable").into_iter().map(|triple| triple.in_graph(GraphName::DefaultGraph));
    let quads: Vec<Quad> = view.chain(store.evidence_quads().expect("readable")).collect();
    let lines: String = quads.iter().map(|quad| format!("{quad} .\n")).collect();
    fs::write(&export, lines).expect("written");
    let server = Running::new(Settings::default());
    let mut command = Command::new(python);
    command.arg(script("judge_server.py")).arg(server.url()).arg(&export);
    passes(command);
}

#[test]
fn comunica_asks_the_server() {
    let Some(modules) = judge("URBI_TEST_NODE_MODULES") else { return };
    if !Path::new(&modules).join("@comunica/query-sparql").exists() {
        eprintln!("skipped a judge: @comunica/query-sparql is not in URBI_TEST_NODE_MODULES");
        return;
    }
    let server = Running::new(Settings::default());
    let mut command = Command::new("node");
    command.arg(script("judge_comunica.mjs")).arg(server.url()).env("URBI_TEST_NODE_MODULES", modules);
    passes(command);
}
