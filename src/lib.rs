//! Urbi reads announcements and builds linked data from them.
//!
//! The stages, in the order in which an announcement passes them:
pub mod vocab;

pub mod profile;

pub mod engine;
pub mod mention;
pub mod ontology;
pub mod relate;
pub mod resolve;

pub mod rules;
pub mod source;

pub mod text;

pub mod lexicon;

pub mod fact;

pub mod view;

pub mod store;

pub mod graph;

pub mod export;

pub mod query;
