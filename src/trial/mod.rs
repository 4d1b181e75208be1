//! What a changed profile would gain and lose in a store, before anything is written.
//!
//! The kept originals are read twice, by the profile as it is and by the changed one, and the two views are compared: with
//! the decisions of curators, and with what follows for other facts (a value that wins or loses a conflict). So what is
//! shown is what a build would do, and nothing that comes from the store being older than the profile.
//!
//! Not in here: what a change does to a gold corpus; that is the difference of two reports (`eval`).

mod grounds;

use oxrdf::{NamedOrBlankNode, Quad, Term, Triple};
use rayon::prelude::*;

pub use grounds::Ground;

use crate::diff::{DiffError, Difference};
use crate::engine::Engine;
use crate::fact::{Extraction, quads};
use crate::source::{self, Part, Place};
use crate::store::{Store, StoreError, StoredDocument};
use crate::view::{self, Schema};

/// What changes in a store.
#[derive(Clone, Debug, Default)]
pub struct Effect {
    /// How many documents were read.
    pub documents: usize,
    /// How many of them give other evidence.
    pub touched: usize,
    /// Documents that could not be read, with the reason.
    pub unread: Vec<String>,
    /// All that changes in the view.
    pub difference: Difference,
    /// The facts that only the changed profile gives, by subject.
    pub gained: Vec<Moved>,
    /// The facts that only the profile as it is gives, by subject.
    pub lost: Vec<Moved>,
}

/// A fact that comes or goes.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The fact, as the view names it.
    pub statement: Triple,
    /// What its subject is called.
    pub subject: Option<String>,
    /// What its object is called, if it is an entity.
    pub object: Option<String>,
    /// The sentences that state it, by document and place: where it stands.
    pub grounds: Vec<Ground>,
}

/// Why the effect cannot be found out.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The comparison.
    #[error(transparent)]
    Diff(#[from] DiffError),
}

/// A document as both profiles read it.
pub(crate) struct Read {
    pub(crate) document: StoredDocument,
    pub(crate) before: Extraction,
    pub(crate) after: Extraction,
}

/// What changes in a store if `after` reads its documents and not `before`; both engines have its base. `step` is called
/// after each document, on any thread.
///
/// # Errors
/// If the store cannot be read.
pub fn on_store(
    store: &Store,
    before: &Engine,
    after: &Engine,
    step: &(dyn Fn() + Sync),
) -> Result<Effect, TrialError> {
    let documents = store.documents()?;
    let read: Vec<Result<Result<Read, String>, StoreError>> = documents
        .into_par_iter()
        .map(|document| {
            let read = read(store, document, before, after);
            step();
            read
        })
        .collect();
    let mut effect = Effect { documents: read.len(), ..Effect::default() };
    let mut both = Vec::new();
    for read in read {
        match read? {
            Ok(read) => both.push(read),
            Err(problem) => effect.unread.push(problem),
        }
    }
    let base = store.base();
    let decisions: Vec<Quad> = store.decisions()?.all().iter().flat_map(|entry| entry.decision.quads(base)).collect();
    let side = |extraction: &dyn Fn(&Read) -> &Extraction| -> Vec<Vec<Quad>> {
        both.iter().map(|read| quads::quads(base, extraction(read))).collect()
    };
    let (old, new) = (side(&|read| &read.before), side(&|read| &read.after));
    effect.touched = old.iter().zip(&new).filter(|(old, new)| old != new).count();
    if effect.touched == 0 {
        return Ok(effect);
    }
    let least = store.least()?;
    let with = |quads: Vec<Vec<Quad>>| -> Vec<Quad> { quads.into_iter().flatten().chain(decisions.clone()).collect() };
    let (old, new) = (with(old), with(new));
    let old_view = view::of_quads(base, &Schema::from(before.ontology()), old.clone(), least).triples;
    let new_view = view::of_quads(base, &Schema::from(after.ontology()), new.clone(), least).triples;
    effect.difference = Difference::of_triples(&old_view, &new_view)?;
    effect.lost = moved(&effect.difference, false, &old_view);
    effect.gained = moved(&effect.difference, true, &new_view);
    grounds::find(&mut effect.lost, base, old, &both, &|read| &read.before);
    grounds::find(&mut effect.gained, base, new, &both, &|read| &read.after);
    Ok(effect)
}

fn read(
    store: &Store,
    document: StoredDocument,
    before: &Engine,
    after: &Engine,
) -> Result<Result<Read, String>, StoreError> {
    let name = document.sources.first().map_or(document.iri.as_str(), String::as_str).to_owned();
    let Some(bytes) = store.original(&document.iri)? else {
        return Ok(Err(format!("{name}: the store has lost its original")));
    };
    let part = Part::new(Place::named(&name), bytes, document.media_type.parse().ok());
    Ok(match source::read_part(&part) {
        Ok(announcement) => {
            let (before, after) = (before.extract(&announcement), after.extract(&announcement));
            Ok(Read { document, before, after })
        }
        Err(error) => Err(error.to_string()),
    })
}

/// The facts of one side, with the names that its view has.
fn moved(difference: &Difference, is_new: bool, view: &[Triple]) -> Vec<Moved> {
    let label = |term: &Term| {
        let Term::NamedNode(node) = term else { return None };
        let labels = view.iter().filter(|triple| triple.predicate == crate::vocab::rdfs::LABEL);
        let own = labels.filter(|triple| triple.subject == NamedOrBlankNode::from(node.clone()));
        own.into_iter().find_map(|triple| match &triple.object {
            Term::Literal(label) => Some(label.value().to_owned()),
            _ => None,
        })
    };
    let mut moved = Vec::new();
    for change in &difference.subjects {
        let quads = if is_new { &change.gained } else { &change.lost };
        for quad in quads.iter().filter(|quad| view::is_fact(quad.predicate.as_ref())) {
            let statement = Triple::from(quad.clone());
            moved.push(Moved {
                subject: label(&statement.subject.clone().into()),
                object: label(&statement.object),
                statement,
                grounds: Vec::new(),
            });
        }
    }
    moved
}
