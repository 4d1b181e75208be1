//! The integration tests: one binary, a module for each thing that is tested from outside.

mod export;
mod export_roundtrip;
mod layering;
mod ontology;
mod queries;
mod reasoning;
mod samples;
mod source;
