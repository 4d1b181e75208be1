//! How entities came to be called what they are called, and to be one: told by reading the kept originals again, which is
//! exact as long as profile and program are those that the store was built with, and says so where they are not.

use std::collections::BTreeSet;
use std::rc::Rc;

use oxrdf::NamedNode;

use super::Explainer;
use crate::curation::{Action, Recorded};
use crate::engine::Engine;
use crate::engine::account::{Account, Marked, Named};
use crate::source::{self, Part, Place};
use crate::store::{DocumentRecord, Explanation, StoreError};
use crate::vocab::urbi;

/// How an entity came to its name.
#[derive(Clone, Debug)]
pub struct Naming {
    /// The IRI that stands for it in the view.
    pub entity: NamedNode,
    /// What the view calls it.
    pub label: Option<String>,
    /// Its keys, the one of `entity` first.
    pub keys: Vec<NamedNode>,
    /// The passages that say that two keys are one entity.
    pub joined: Vec<Explanation>,
    /// The decisions that merge, part or name it, the earliest first; also those that hold no more.
    pub decisions: Vec<Recorded>,
    /// What documents call it, and why that is it.
    pub told: Vec<Told>,
    /// How many documents speak of it that were not read again.
    pub unread: usize,
}

/// What one document calls an entity.
#[derive(Clone, Debug)]
pub struct Told {
    /// The document.
    pub source: Rc<DocumentRecord>,
    /// Its name there, its keys, and how other names came to it.
    pub named: Named,
    /// Where it is mentioned, by place.
    pub mentions: Vec<Marked>,
}

impl Explainer<'_> {
    /// How an entity came to its name, as these documents tell it.
    ///
    /// # Errors
    /// If the database or an original cannot be read.
    pub fn naming(&self, entity: &NamedNode, documents: &BTreeSet<NamedNode>) -> Result<Naming, StoreError> {
        let canonical = self.canonical(entity)?;
        let mut keys = self.store.keys_of(&canonical)?;
        keys.sort_by_key(|key| (*key != canonical, key.clone()));
        let (mut told, mut unread) = (Vec::new(), 0);
        for document in documents {
            let Some(account) = self.account(document)? else {
                unread += 1;
                continue;
            };
            for named in account.entities.iter().filter(|named| keys.contains(&named.iri)) {
                let mentions = account.mentions.iter().filter(|mark| mark.entity.as_ref() == Some(&named.iri));
                told.push(Told {
                    source: self.source(document)?,
                    named: named.clone(),
                    mentions: mentions.cloned().collect(),
                });
            }
        }
        Ok(Naming {
            label: self.store.label(&canonical)?,
            joined: self.joined(&canonical, &keys)?,
            decisions: self.decisions_on(&keys)?,
            entity: canonical,
            keys,
            told,
            unread,
        })
    }

    /// The evidence that keys are one entity.
    fn joined(&self, canonical: &NamedNode, keys: &[NamedNode]) -> Result<Vec<Explanation>, StoreError> {
        if keys.len() < 2 {
            return Ok(Vec::new());
        }
        self.store.explain(Some(canonical), Some(&urbi::SAME_ENTITY.into_owned()), None)
    }

    fn decisions_on(&self, keys: &[NamedNode]) -> Result<Vec<Recorded>, StoreError> {
        let ledger = self.ledger()?;
        let names = |entry: &&Recorded| {
            matches!(entry.decision.action, Action::Merge(_) | Action::Split { .. } | Action::Rename { .. })
                && entry.decision.keys().into_iter().any(|key| keys.contains(key))
        };
        Ok(ledger.all().iter().filter(names).cloned().collect())
    }
}

/// Reads an original again. None if it cannot be read any more.
pub(super) fn read(engine: &Engine, about: &DocumentRecord, bytes: Vec<u8>) -> Option<Account> {
    let name = about.sources.first().map_or(about.iri.as_str(), String::as_str);
    let part = Part::new(Place::named(name), bytes, about.media_type.parse().ok());
    let account = engine.account(source::read_part(&part).ok()?);
    (account.extraction.document.iri == about.iri).then_some(account)
}
