//! SPARQL over the store or any RDF dataset: reading only.
//!
//! The prefixes of the ontology are known without declaring them. An [`Answer`] is complete or does not exist: rows are
//! gathered up to a limit, and a query that reaches the limit or its time is an error, so that nobody takes a cut-off
//! result for the whole. Where an answer is written as it is found, whoever sends it on must break it off at an error
//! ([`Query::write_to`]). Federated queries (`SERVICE`) are refused: an answer depends on the store alone.
//!
//! Not in here: how graphs are written (`export`; the formats are named here, so that a user sees one list), and who may ask what (`cli`, later the server).

mod algebra;
mod answer;
mod bind;
mod error;
mod format;
mod geo;
mod guard;
mod hide;
mod matches;
mod nearest;
mod prepare;
mod run;
mod saved;
mod stream;
mod syntax;
mod table;
mod update;

pub use answer::{Answer, Solution, Unfit};
pub use error::QueryError;
pub use format::{Format, UnknownFormat};
pub use matches::Unsearchable;
pub use nearest::nearest;
pub use run::{Kind, Limits, Query};
pub use saved::{Parameter, ParameterKind, Saved, SavedError, WrongValue, find, saved};
pub use stream::{Form, StreamError};
pub use syntax::SyntaxError;
pub use table::{Shortener, sanitized, table};
pub use update::{Update, UpdateProblem};
