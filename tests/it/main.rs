//! The integration tests: one binary, a module for each thing that is tested from outside.

mod queries;
mod source;
