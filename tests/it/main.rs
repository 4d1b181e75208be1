//! The integration tests: one binary, a module for each thing that is tested from outside.

mod export;
mod export_roundtrip;
mod queries;
mod samples;
mod source;
