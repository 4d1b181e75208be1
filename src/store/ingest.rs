//! Putting documents in, and taking them out.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{GraphName, GraphNameRef, Literal, NamedNode, Quad, QuadRef, Term, TermRef};
use sha2::{Digest, Sha256};

use super::{
    Store,
    error::StoreError,
    refresh::{Touched, refresh},
    stated::{Quads, evidence_of, evidence_record},
    terms::{AUTHORITY_LABEL, CATALOGUE, IN_CATALOGUE, IN_PROVENANCE, IN_STATED, PROFILE, SOURCE},
};
use crate::{
    fact::{
        Extraction,
        quads::{self, named},
    },
    view::{Schema, Statement, is_authority_label, is_evidence},
    vocab::{Base, rdfs, urbi},
};

/// A document to put into a store.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// What was found in it.
    pub extraction: &'a Extraction,
    /// The bytes it was found in.
    pub original: &'a [u8],
    /// Where they were read from: a path, or an address.
    pub source: &'a str,
}

/// What putting a document in changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ingested {
    /// Nothing: the source gave the same document before, with the same evidence.
    Unchanged,
    /// The document is known from another source; only where it comes from was noted.
    Known,
    /// It is new.
    Added,
    /// It took the place of what the source gave before, or its evidence that of what an older profile found in it.
    Replaced,
}

impl Store {
    /// Puts one document in; see [`Store::ingest_all`].
    ///
    /// # Errors
    /// As [`Store::ingest_all`].
    pub fn ingest(
        &self,
        schema: &Schema,
        extraction: &Extraction,
        original: &[u8],
        source: &str,
    ) -> Result<Ingested, StoreError> {
        let done = self.ingest_all(schema, &[Incoming { extraction, original, source }])?;
        Ok(done[0])
    }

    /// Puts documents in, all of them or none: original bytes first, then evidence, catalogue and view in one
    /// transaction. New bytes at a source take the place of what it gave before. Batches of some hundred documents are
    /// much quicker than one at a time, and give the same result. `schema` must be the same for all documents of a store.
    ///
    /// # Errors
    /// If an original is not what its document is named after, or if the file system or the database refuses. Then
    /// nothing has changed.
    pub fn ingest_all(&self, schema: &Schema, incoming: &[Incoming<'_>]) -> Result<Vec<Ingested>, StoreError> {
        self.writable()?;
        let mut originals = Vec::with_capacity(incoming.len());
        for item in incoming {
            let digest = digest(&item.extraction.document.iri);
            let actual = Sha256::digest(item.original);
            if !actual
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .eq(digest.as_bytes().chunks(2).map(String::from_utf8_lossy))
            {
                return Err(StoreError::Digest {
                    source_name: item.source.to_owned(),
                    document: item.extraction.document.iri.as_str().to_owned(),
                });
            }
            originals.push((digest, item.original));
        }
        self.originals.keep(&originals)?;
        let mut txn = self.rdf.start_transaction().map_err(self.failed("written"))?;
        let (done, gone) = put(&mut txn, &self.base, schema, incoming)
            .and_then(|done| txn.commit().map(|()| done))
            .map_err(self.failed("written"))?;
        self.drop_originals(&gone)?;
        Ok(done)
    }

    /// Forgets a source: what it gave is taken out, unless another source gave the same. `source` may be the IRI of a
    /// document as well: then all its sources are forgotten. False if it is not known.
    ///
    /// # Errors
    /// If the file system or the database refuses. Then nothing has changed.
    pub fn forget(&self, schema: &Schema, source: &str) -> Result<bool, StoreError> {
        self.writable()?;
        let mut txn = self.rdf.start_transaction().map_err(self.failed("written"))?;
        let taken = take_out(&mut txn, &self.base, schema, source)
            .and_then(|done| txn.commit().map(|()| done))
            .map_err(self.failed("written"))?;
        self.drop_originals(taken.as_deref().unwrap_or_default())?;
        Ok(taken.is_some())
    }

    /// Notes what the evidence was extracted with: the digest of profile and program.
    ///
    /// # Errors
    /// If the database refuses.
    pub fn set_profile(&self, digest: &str) -> Result<(), StoreError> {
        self.writable()?;
        let write = || {
            let mut txn = self.rdf.start_transaction()?;
            let old: Vec<Quad> = txn
                .matching(Some(&CATALOGUE.into_owned()), Some(PROFILE), None, Some(IN_CATALOGUE))
                .collect::<Result<_, _>>()?;
            for quad in &old {
                txn.remove(quad);
            }
            txn.insert(QuadRef::new(CATALOGUE, PROFILE, Literal::from(digest).as_ref(), IN_CATALOGUE));
            txn.commit()
        };
        write().map_err(self.failed("written"))
    }

    fn drop_originals(&self, documents: &[NamedNode]) -> Result<(), StoreError> {
        documents.iter().try_for_each(|document| self.originals.drop(digest(document)))
    }
}

/// The digest that a document is named after.
pub(super) fn digest(document: &NamedNode) -> &str {
    document.as_str().rsplit('/').next().unwrap_or_default()
}

/// What happens to the evidence of each document: the quads it will have.
type Plan = BTreeMap<NamedNode, Vec<Quad>>;

/// Returns what happened to each document, and the documents that are gone.
fn put(
    txn: &mut Transaction<'_>,
    base: &Base,
    schema: &Schema,
    incoming: &[Incoming<'_>],
) -> Result<(Vec<Ingested>, Vec<NamedNode>), StorageError> {
    let mut plan = Plan::new();
    let mut gone = BTreeSet::new();
    let mut done = Vec::with_capacity(incoming.len());
    for item in incoming {
        let document = &item.extraction.document.iri;
        let before = document_of_source(txn, item.source)?;
        let known = plan.contains_key(document) || is_catalogued(txn, document)?;
        if before.as_ref() != Some(document) {
            let source = Literal::from(item.source);
            if let Some(before) = &before {
                txn.remove(QuadRef::new(before, SOURCE, &source, IN_CATALOGUE));
                if !is_catalogued(txn, before)? {
                    plan.insert(before.clone(), Vec::new());
                    gone.insert(before.clone());
                }
            }
            txn.insert(QuadRef::new(document, SOURCE, &source, IN_CATALOGUE));
        }
        gone.remove(document);
        plan.insert(document.clone(), quads::quads(base, item.extraction));
        done.push(match before {
            Some(before) if before != *document => Ingested::Replaced,
            _ if !known => Ingested::Added,
            Some(_) => Ingested::Unchanged,
            None => Ingested::Known,
        });
    }
    let changed = carry_out(txn, base, schema, plan)?;
    for (item, done) in incoming.iter().zip(&mut done) {
        // The same bytes, read with other rules.
        if *done == Ingested::Unchanged && changed.contains(&item.extraction.document.iri) {
            *done = Ingested::Replaced;
        }
    }
    Ok((done, gone.into_iter().collect()))
}

/// Returns the documents that are gone; None if nothing of this name is known.
fn take_out(
    txn: &mut Transaction<'_>,
    base: &Base,
    schema: &Schema,
    source: &str,
) -> Result<Option<Vec<NamedNode>>, StorageError> {
    let (document, sources) = match document_of_source(txn, source)? {
        Some(document) => {
            let quad = Quad::new(document.clone(), SOURCE, Literal::from(source), CATALOGUE);
            (document, vec![quad])
        }
        None => {
            let Ok(document) = NamedNode::new(source) else { return Ok(None) };
            let all: Vec<Quad> =
                txn.matching(Some(&document), Some(SOURCE), None, Some(IN_CATALOGUE)).collect::<Result<_, _>>()?;
            if all.is_empty() {
                return Ok(None);
            }
            (document, all)
        }
    };
    for quad in &sources {
        txn.remove(quad);
    }
    if is_catalogued(txn, &document)? {
        return Ok(Some(Vec::new()));
    }
    carry_out(txn, base, schema, Plan::from([(document.clone(), Vec::new())]))?;
    Ok(Some(vec![document]))
}

pub(super) fn document_of_source<Q: Quads>(quads: &Q, source: &str) -> Result<Option<NamedNode>, StorageError> {
    let source = Literal::from(source);
    let found = quads.matching(None, Some(SOURCE), Some(TermRef::from(&source)), Some(IN_CATALOGUE)).next();
    Ok(found.transpose()?.and_then(|quad| named(&quad.subject).cloned()))
}

fn is_catalogued<Q: Quads>(quads: &Q, document: &NamedNode) -> Result<bool, StorageError> {
    quads.matching(Some(document), Some(SOURCE), None, Some(IN_CATALOGUE)).next().transpose().map(|quad| quad.is_some())
}

/// Gives each document the quads that are planned for it, and brings the view up to date. Returns the documents whose
/// quads changed.
fn carry_out(
    txn: &mut Transaction<'_>,
    base: &Base,
    schema: &Schema,
    plan: Plan,
) -> Result<BTreeSet<NamedNode>, StorageError> {
    let mut change = Change::default();
    let mut changed = BTreeSet::new();
    for (document, wanted) in plan {
        let held = quads_of(txn, &document)?;
        let kept: HashSet<&Quad> = held.iter().collect();
        let still: HashSet<&Quad> = wanted.iter().collect();
        let added: Vec<Quad> = wanted.iter().filter(|quad| !kept.contains(quad)).cloned().collect();
        let removed: Vec<Quad> = held.iter().filter(|quad| !still.contains(quad)).cloned().collect();
        if added.is_empty() && removed.is_empty() {
            continue;
        }
        changed.insert(document);
        change.added.extend(added);
        change.removed.extend(removed);
        // All that it states, and stated: what stays may be on other grounds.
        for quad in wanted {
            match (named(&quad.subject), &quad.object) {
                _ if evidence_graph(base, &quad).is_some() => change.stands.push(quad),
                (Some(evidence), Term::NamedNode(entry)) if quad.predicate == urbi::CITES => {
                    change.cites.entry(evidence.clone()).or_default().push(entry.clone());
                }
                _ => {}
            }
        }
        change.stood.extend(held.into_iter().filter(|quad| evidence_graph(base, quad).is_some()));
    }
    if changed.is_empty() {
        return Ok(changed);
    }
    let touched = Touched::before(txn, base, change.stood.iter().chain(&change.stands))?;
    write(txn, base, &change)?;
    index(txn, base, &change)?;
    refresh(txn, base, schema, touched)?;
    Ok(changed)
}

/// What a change does to evidence.
#[derive(Default)]
struct Change {
    removed: Vec<Quad>,
    added: Vec<Quad>,
    /// What the changed documents stated before.
    stood: Vec<Quad>,
    /// What they state after.
    stands: Vec<Quad>,
    /// The lexicon entries that evidence in `stands` cites.
    cites: HashMap<NamedNode, Vec<NamedNode>>,
}

/// All quads that a document brought: its evidence graphs, its passages and what is known of itself.
fn quads_of<Q: Quads>(quads: &Q, document: &NamedNode) -> Result<Vec<Quad>, StorageError> {
    let mut out: Vec<Quad> =
        quads.matching(Some(document), None, None, Some(IN_PROVENANCE)).collect::<Result<_, _>>()?;
    let object = TermRef::from(document.as_ref());
    let mut evidence = BTreeSet::new();
    for quad in quads.matching(None, Some(urbi::IN_DOCUMENT), Some(object), Some(IN_PROVENANCE)) {
        let quad = quad?;
        let Some(passage) = named(&quad.subject) else { continue };
        for quad in quads.matching(Some(passage), None, None, Some(IN_PROVENANCE)) {
            out.push(quad?);
        }
        let passage = TermRef::from(passage.as_ref());
        for quad in quads.matching(None, Some(urbi::PASSAGE), Some(passage), Some(IN_PROVENANCE)) {
            evidence.extend(named(&quad?.subject).cloned());
        }
    }
    for name in evidence {
        for quad in quads.matching(Some(&name), None, None, Some(IN_PROVENANCE)) {
            out.push(quad?);
        }
        for quad in quads.matching(None, None, None, Some(GraphNameRef::from(name.as_ref()))) {
            out.push(quad?);
        }
    }
    Ok(out)
}

/// Writes evidence and provenance.
fn write(txn: &mut Transaction<'_>, base: &Base, change: &Change) -> Result<(), StorageError> {
    let mut emptied = BTreeSet::new();
    for quad in &change.removed {
        txn.remove(quad);
        emptied.extend(evidence_graph(base, quad).cloned());
    }
    for quad in &change.added {
        txn.insert(quad);
    }
    // The triples of an evidence graph never change: with one of them the whole graph goes.
    for graph in &emptied {
        txn.remove_named_graph(graph)?;
    }
    Ok(())
}

fn evidence_graph<'a>(base: &Base, quad: &'a Quad) -> Option<&'a NamedNode> {
    match &quad.graph_name {
        GraphName::NamedNode(graph) if is_evidence(base, graph.as_ref()) => Some(graph),
        _ => None,
    }
}

/// Brings the index of statements up to date.
fn index(txn: &mut Transaction<'_>, base: &Base, change: &Change) -> Result<(), StorageError> {
    let mut stands = HashSet::new();
    let mut given = HashSet::new();
    for quad in &change.stands {
        let Some(subject) = named(&quad.subject) else { continue };
        if stands.insert((subject, &quad.predicate, &quad.object)) {
            set(txn, QuadRef::new(subject, &quad.predicate, &quad.object, IN_STATED), true)?;
        }
        let cites = evidence_graph(base, quad).and_then(|graph| change.cites.get(graph));
        if cites.is_some_and(|cites| is_authority_label(subject, quad.predicate.as_ref(), quad.object.as_ref(), cites))
            && given.insert((subject, &quad.object))
        {
            set(txn, QuadRef::new(subject, AUTHORITY_LABEL, &quad.object, IN_STATED), true)?;
        }
    }
    for quad in &change.stood {
        let Some(subject) = named(&quad.subject) else { continue };
        let statement = Statement { subject, predicate: quad.predicate.as_ref(), object: &quad.object };
        if !stands.contains(&(subject, &quad.predicate, &quad.object))
            && evidence_of(txn, base, statement).next().transpose()?.is_none()
        {
            set(txn, QuadRef::new(subject, &quad.predicate, &quad.object, IN_STATED), false)?;
        }
        let mark = QuadRef::new(subject, AUTHORITY_LABEL, &quad.object, IN_STATED);
        if quad.predicate == rdfs::LABEL
            && !given.contains(&(subject, &quad.object))
            && txn.contains(mark)?
            && !has_authority(txn, base, statement)?
        {
            txn.remove(mark);
        }
    }
    Ok(())
}

fn set(txn: &mut Transaction<'_>, quad: QuadRef<'_>, there: bool) -> Result<(), StorageError> {
    match (txn.contains(quad)?, there) {
        (false, true) => txn.insert(quad),
        (true, false) => txn.remove(quad),
        _ => {}
    }
    Ok(())
}

/// True if any evidence for a label cites the lexicon entry of its key.
fn has_authority(txn: &Transaction<'_>, base: &Base, label: Statement<'_>) -> Result<bool, StorageError> {
    for evidence in evidence_of(txn, base, label) {
        if let Some(record) = evidence_record(txn, &evidence?)?
            && is_authority_label(label.subject, label.predicate, label.object.as_ref(), &record.cites)
        {
            return Ok(true);
        }
    }
    Ok(false)
}
