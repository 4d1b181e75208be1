//! The integration tests: one binary, a module for each thing that is tested from outside.
#![expect(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test may panic, say why it leaves something out, and read where its tools are"
)]

mod calls;
mod cli;
mod eval;
mod explain;
mod export;
mod export_dot;
mod export_foreign;
mod export_frames;
mod export_pictures;
mod export_roundtrip;
mod extraction;
mod forms;
mod gold;
mod graph;
mod graph_focus;
mod layering;
mod many_rules;
mod ontology;
mod pages;
mod queries;
mod reach;
mod reasoning;
mod records;
mod rule_language;
mod rules;
mod same_facts;
mod samples;
mod server;
mod shapes;
mod source;
mod store;
mod trust;
mod wordings;
