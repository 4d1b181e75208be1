//! What there is to show of the graph: every thing at its IRI, with names instead of IRIs and the way back to its words.
//!
//! One struct a page, that serialises as the JSON of `docs/server.md`: [`EntityPage`], [`EvidencePage`], [`DocumentPage`]
//! and others. A server answers with them; a static site holds them. Reading is by entity, so that a page costs what it
//! shows, however large the store; only what speaks of the whole graph (a path, the best connected) reads all of it, once a
//! change.
//!
//! The same pages are drawn for a server ([`html`]) and into a folder that any web server can host ([`folder`]); as RDF, a thing
//! is described by `Site::description`, and the whole by VoID and DCAT.
//!
//! Not in here: HTTP, and who may see what.

mod ask;
mod describe;
mod document;
mod entity;
mod evidence;
mod explore;
pub mod folder;
pub mod html;
mod lists;
pub mod map;
mod overview;
mod places;
mod review;
pub mod schema_org;
mod suggest;
mod thing;
mod timeline;

use std::sync::{Arc, PoisonError, RwLock};

pub use ask::AskError;
pub use document::{BlockPage, DocumentList, DocumentPage, Fact, ListedDocument, PassageText};
pub use entity::{EntityPage, Location, Statement};
pub use evidence::{Announcement, EvidencePage, Grounds, Passage, RuleName, Stated};
pub use explore::{Chain, Edge, Excerpt, Filter, Link, Node};
pub use overview::{ClassCount, Overview, RelationCount};
pub use places::{Feature, FeatureCollection, Place, PlacedEvent};
pub use review::{Identity, ReviewItem, ReviewList, Rival};
pub use suggest::{Hit, Hits};
pub use thing::{ClassName, Names, Ref, RelationName, Value};
pub use timeline::{Occasion, Timeline};

use thing::last_part;

use crate::{
    graph::Graph,
    ontology::{Ontology, OntologyError},
    profile::Profile,
    source::ReadError,
    store::{Store, StoreError},
    vocab::Base,
};

/// The store as something to look at.
pub struct Site {
    store: Arc<Store>,
    ontology: Ontology,
    /// The view as a graph of things, and the commit it was made at.
    graph: RwLock<Option<(u64, Arc<Graph>)>>,
}

/// Why something cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The original of a document cannot be read as it was when it was stored.
    #[error("the document <{iri}> cannot be read any more: {source}")]
    Document {
        /// Which one.
        iri: String,
        /// Why.
        source: ReadError,
    },
}

impl Site {
    /// Shows `store` in the words of the ontology of `profile`.
    ///
    /// # Errors
    /// If the ontology cannot be read.
    pub fn new(store: Arc<Store>, profile: &Profile) -> Result<Site, OntologyError> {
        Ok(Site { store, ontology: Ontology::load(profile)?, graph: RwLock::default() })
    }

    /// The store.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The base of its IRIs.
    pub fn base(&self) -> &Base {
        self.store.base()
    }

    /// The classes and relations.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// The view as a graph of things, as it stands now.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn graph(&self) -> Result<Arc<Graph>, StoreError> {
        let commit = self.store.commit_number()?;
        let known = self.graph.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, graph)) = &*known
            && *at == commit
        {
            return Ok(Arc::clone(graph));
        }
        drop(known);
        // Two that come at once both make it: nobody waits while it is made for an older commit.
        let graph = Arc::new(Graph::new(&self.store.view_triples()?));
        *self.graph.write().unwrap_or_else(PoisonError::into_inner) = Some((commit, Arc::clone(&graph)));
        Ok(graph)
    }

    /// Names for what a page speaks of.
    pub fn names(&self) -> Names<'_> {
        Names::new(self)
    }
}
