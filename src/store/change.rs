//! Changes of evidence, and of the index of statements that goes with it.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{GraphName, GraphNameRef, NamedNode, Quad, QuadRef, Term, TermRef};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    commit::commit,
    points::Point,
    stated::{Quads, evidence_of, evidence_record},
    terms::{AUTHORITY_LABEL, CATALOGUE, IN_CATALOGUE, IN_PROVENANCE, IN_STATED, PENDING, STATED},
};
use crate::{
    fact::{
        Confidence,
        quads::{document_of_passage, named},
    },
    view::{Statement, is_authority_label, is_evidence},
    vocab::{Base, rdfs, urbi},
};

/// What changes in evidence and provenance.
#[derive(Default)]
pub struct Change {
    /// The documents whose quads change.
    pub documents: BTreeSet<NamedNode>,
    removed: Vec<Quad>,
    added: Vec<Quad>,
    /// What these documents stated before.
    stood: Vec<Quad>,
    /// What they state after: also what stays, because it may be on other grounds.
    stands: Vec<Quad>,
    /// The document of each piece of evidence.
    document_of: FxHashMap<NamedNode, NamedNode>,
    /// How sure each piece of evidence was, and is.
    confidence: [FxHashMap<NamedNode, Confidence>; 2],
    /// The lexicon entries that evidence in `stands` cites.
    cites: FxHashMap<NamedNode, Vec<NamedNode>>,
}

impl Change {
    /// The difference between the quads that documents have and those that they will have.
    pub fn new<Q: Quads>(
        quads: &Q,
        base: &Base,
        documents: BTreeMap<NamedNode, Vec<Quad>>,
    ) -> Result<Change, StorageError> {
        let mut change = Change::default();
        for (document, wanted) in documents {
            let held = quads_of(quads, &document)?;
            let kept: FxHashSet<&Quad> = held.iter().collect();
            let still: FxHashSet<&Quad> = wanted.iter().collect();
            let added: Vec<Quad> = wanted.iter().filter(|quad| !kept.contains(quad)).cloned().collect();
            let removed: Vec<Quad> = held.iter().filter(|quad| !still.contains(quad)).cloned().collect();
            if added.is_empty() && removed.is_empty() {
                continue;
            }
            change.note_origins(&held, 0);
            change.note_origins(&wanted, 1);
            change.documents.insert(document);
            change.added.extend(added);
            change.removed.extend(removed);
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
        Ok(change)
    }

    /// What the changed documents state, before and after.
    pub fn spoken_of(&self) -> impl Iterator<Item = &Quad> {
        self.stood.iter().chain(&self.stands)
    }

    /// What the changed documents state: before, and (true) after.
    pub fn stated(&self) -> impl Iterator<Item = (bool, &Quad)> {
        self.stood.iter().map(|quad| (false, quad)).chain(self.stands.iter().map(|quad| (true, quad)))
    }

    /// The evidence that a quad of [`Change::stated`] belongs to, its document, and how sure it is.
    pub fn origin<'a>(&'a self, quad: &'a Quad, after: bool) -> Option<(&'a NamedNode, &'a NamedNode, Confidence)> {
        let GraphName::NamedNode(evidence) = &quad.graph_name else { return None };
        let confidence = self.confidence[usize::from(after)].get(evidence)?;
        Some((evidence, self.document_of.get(evidence)?, *confidence))
    }

    fn note_origins(&mut self, quads: &[Quad], side: usize) {
        for quad in quads {
            match (named(&quad.subject), quad.predicate.as_ref(), &quad.object) {
                (Some(evidence), urbi::PASSAGE, Term::NamedNode(passage)) => {
                    if let Some(document) = document_of_passage(passage) {
                        self.document_of.insert(evidence.clone(), document);
                    }
                }
                (Some(evidence), urbi::CONFIDENCE, Term::Literal(value)) => {
                    if let Ok(thousandths) = value.value().parse() {
                        self.confidence[side].insert(evidence.clone(), Confidence::from_thousandths(thousandths));
                    }
                }
                _ => {}
            }
        }
    }

    /// How many quads are added, if none is removed; else 0.
    pub fn adds(&self) -> usize {
        if self.removed.is_empty() && self.stood.is_empty() { self.added.len() } else { 0 }
    }

    /// Makes the change in a transaction.
    pub fn write(&self, txn: &mut Transaction<'_>, base: &Base) -> Result<(), StorageError> {
        write_evidence(txn, base, self)?;
        for entry in self.entries() {
            set(txn, entry.as_ref(), true)?;
        }
        retire(txn, base, self)
    }

    /// Makes a change that only adds, past the transaction log, which is several times quicker. The documents are marked
    /// before, so that [`recover`] takes them out if the process dies before [`Change::unmark`] is committed.
    pub fn load(&self, rdf: &oxigraph::store::Store, passed: &dyn Fn(Point)) -> Result<(), StorageError> {
        let mut new = Vec::new();
        for entry in self.entries() {
            if !rdf.contains(entry.as_ref())? {
                new.push(entry);
            }
        }
        rdf.extend(self.documents.iter().map(mark))?;
        passed(Point::Marked);
        let mut loader = rdf.bulk_loader().with_max_memory_size_in_megabytes(LOADER_MEGABYTES);
        loader.load_quads(self.added.iter().cloned().chain(new))?;
        loader.commit()?;
        passed(Point::Loaded);
        Ok(())
    }

    /// Says that a loaded change is complete.
    pub fn unmark(&self, txn: &mut Transaction<'_>) {
        for document in &self.documents {
            txn.remove(&mark(document));
        }
    }

    /// The entries of the index for what is stated after the change; each once.
    fn entries(&self) -> Vec<Quad> {
        let mut seen = FxHashSet::default();
        let mut entries = Vec::new();
        for quad in &self.stands {
            if seen.insert((&quad.subject, quad.predicate.as_ref(), &quad.object)) {
                entries.push(Quad { graph_name: STATED.into(), ..quad.clone() });
            }
            if self.gives_authority(quad) && seen.insert((&quad.subject, AUTHORITY_LABEL, &quad.object)) {
                entries.push(Quad::new(quad.subject.clone(), AUTHORITY_LABEL, quad.object.clone(), STATED));
            }
        }
        entries
    }

    /// True if this is the label that a lexicon entry gives to its own key.
    fn gives_authority(&self, quad: &Quad) -> bool {
        match (&quad.graph_name, named(&quad.subject)) {
            (GraphName::NamedNode(graph), Some(subject)) => self
                .cites
                .get(graph)
                .is_some_and(|cites| is_authority_label(subject, quad.predicate.as_ref(), quad.object.as_ref(), cites)),
            _ => false,
        }
    }
}

/// Memory that loading may take for quads, more or less.
pub const LOADER_MEGABYTES: usize = 256;

/// The mark of a document that is being loaded.
fn mark(document: &NamedNode) -> Quad {
    Quad::new(CATALOGUE, PENDING, document.clone(), CATALOGUE)
}

/// True if a process died while it loaded documents.
pub fn is_interrupted<Q: Quads>(quads: &Q) -> Result<bool, StorageError> {
    let marks = quads.matching(Some(&CATALOGUE.into_owned()), Some(PENDING), None, Some(IN_CATALOGUE)).next();
    Ok(marks.transpose()?.is_some())
}

/// Takes out documents that were loaded by a process that died before it could complete them. Catalogue and view do not
/// know of them yet.
pub fn recover(rdf: &oxigraph::store::Store, base: &Base) -> Result<(), StorageError> {
    let mut txn = rdf.start_transaction()?;
    let mut documents = BTreeMap::new();
    for quad in txn.matching(Some(&CATALOGUE.into_owned()), Some(PENDING), None, Some(IN_CATALOGUE)) {
        if let Term::NamedNode(document) = quad?.object {
            documents.insert(document, Vec::new());
        }
    }
    let marks: Vec<Quad> = documents.keys().map(mark).collect();
    Change::new(&txn, base, documents)?.write(&mut txn, base)?;
    for mark in &marks {
        txn.remove(mark);
    }
    commit(txn)
}

/// All quads that a document brought: its evidence graphs, its passages and what is known of itself.
pub fn quads_of<Q: Quads>(quads: &Q, document: &NamedNode) -> Result<Vec<Quad>, StorageError> {
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
fn write_evidence(txn: &mut Transaction<'_>, base: &Base, change: &Change) -> Result<(), StorageError> {
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

/// Takes out of the index what is stated no more.
fn retire(txn: &mut Transaction<'_>, base: &Base, change: &Change) -> Result<(), StorageError> {
    let stands: FxHashSet<_> = change.stands.iter().map(|q| (&q.subject, &q.predicate, &q.object)).collect();
    let given: FxHashSet<_> =
        change.stands.iter().filter(|q| change.gives_authority(q)).map(|q| (&q.subject, &q.object)).collect();
    for quad in &change.stood {
        let Some(subject) = named(&quad.subject) else { continue };
        let statement = Statement { subject, predicate: quad.predicate.as_ref(), object: &quad.object };
        if !stands.contains(&(&quad.subject, &quad.predicate, &quad.object))
            && evidence_of(txn, base, statement).next().transpose()?.is_none()
        {
            set(txn, QuadRef::new(subject, &quad.predicate, &quad.object, IN_STATED), false)?;
        }
        let mark = QuadRef::new(subject, AUTHORITY_LABEL, &quad.object, IN_STATED);
        if quad.predicate == rdfs::LABEL
            && !given.contains(&(&quad.subject, &quad.object))
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
