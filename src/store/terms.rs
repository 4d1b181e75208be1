//! The graphs and terms that only a store uses: they are neither exported nor part of the ontology.

use oxrdf::{GraphNameRef, NamedNodeRef};

use crate::vocab::urbi;

/// What the names of the store's own graphs and terms begin with.
pub const NAMESPACE: &str = "https://w3id.org/urbi/store#";

macro_rules! internal {
    ($local:literal) => {
        NamedNodeRef::new_unchecked(concat!("https://w3id.org/urbi/store#", $local))
    };
}

/// The graph that says which source gave which document, and what the store was built with.
pub const CATALOGUE: NamedNodeRef<'static> = internal!("catalogue");
/// Document to the place it was read from (a path, as a string).
pub const SOURCE: NamedNodeRef<'static> = internal!("source");
/// The catalogue to the digest of profile and program that its evidence was extracted with.
pub const PROFILE: NamedNodeRef<'static> = internal!("profile");

/// A source, named by the digest of its name, to the note that was left for it.
pub const NOTE: NamedNodeRef<'static> = internal!("note");

/// The catalogue to how sure statements of the view are at least, in thousandths.
pub const LEAST: NamedNodeRef<'static> = internal!("least");

/// The catalogue to the number of the last commit.
pub const COMMIT: NamedNodeRef<'static> = internal!("commit");

/// The catalogue to a document that is being loaded.
pub const PENDING: NamedNodeRef<'static> = internal!("pending");

/// The graph that holds every statement of all evidence once. An index: it bounds the work of updating an entity by what
/// is stated about it, however many documents state it.
pub const STATED: NamedNodeRef<'static> = internal!("stated");
/// In [`STATED`]: key to the label that its lexicon entry gives.
pub const AUTHORITY_LABEL: NamedNodeRef<'static> = internal!("authorityLabel");

/// The graph of [`summary`](super::summary): what many pieces of evidence for one statement come to.
pub const SUMMARIES: NamedNodeRef<'static> = internal!("summaries");
/// In [`SUMMARIES`]: statement to its summary.
pub const SUMMARY: NamedNodeRef<'static> = internal!("summary");

/// [`SUMMARIES`] as a graph.
pub const IN_SUMMARIES: GraphNameRef<'static> = GraphNameRef::NamedNode(SUMMARIES);
/// [`CATALOGUE`] as a graph.
pub const IN_CATALOGUE: GraphNameRef<'static> = GraphNameRef::NamedNode(CATALOGUE);
/// [`STATED`] as a graph.
pub const IN_STATED: GraphNameRef<'static> = GraphNameRef::NamedNode(STATED);
/// `urbi:provenance` as a graph.
pub const IN_PROVENANCE: GraphNameRef<'static> = GraphNameRef::NamedNode(urbi::PROVENANCE_GRAPH);
/// `urbi:curation` as a graph.
pub const IN_CURATION: GraphNameRef<'static> = GraphNameRef::NamedNode(urbi::CURATION_GRAPH);
