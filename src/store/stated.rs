//! Statements and provenance, read from the database.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeSet,
    ops::ControlFlow,
    rc::Rc,
};

use oxigraph::store::{QuadIter, StorageError, Transaction};
use oxrdf::{GraphNameRef, Literal, NamedNode, NamedNodeRef, Quad, Term, TermRef, Triple};
use rustc_hash::FxHashMap;

use super::summary;
use super::terms::{AUTHORITY_LABEL, IN_CURATION, IN_PROVENANCE, IN_STATED};
use crate::{
    curation::{Ledger, Recorded},
    fact::quads::{EvidenceRecord, PassageRecord, document_of_passage, named},
    view::{Statement, Statements, Summary, Support, is_evidence, wording},
    vocab::{Base, urbi},
};

/// What can be searched for quads: a store, or a transaction with what it has written so far.
pub trait Quads {
    /// The quads that match.
    fn matching(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Found<'_>;
}

/// Quads that were found. In tests each one that is read is counted: what a change costs must not depend on how quick the
/// machine is.
pub struct Found<'a>(QuadIter<'a>);

impl Iterator for Found<'_> {
    type Item = Result<Quad, StorageError>;

    fn next(&mut self) -> Option<Self::Item> {
        #[cfg(test)]
        reads::count();
        self.0.next()
    }
}

impl Quads for oxigraph::store::Store {
    fn matching(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Found<'_> {
        Found(self.quads_for_pattern(subject.map(|s| s.as_ref().into()), predicate, object, graph))
    }
}

impl Quads for Transaction<'_> {
    fn matching(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Found<'_> {
        Found(self.quads_for_pattern(subject.map(|s| s.as_ref().into()), predicate, object, graph))
    }
}

/// The provenance of an evidence graph. None if it has none.
pub fn evidence_record<Q: Quads>(quads: &Q, evidence: &NamedNode) -> Result<Option<EvidenceRecord>, StorageError> {
    let found: Vec<Quad> = quads.matching(Some(evidence), None, None, Some(IN_PROVENANCE)).collect::<Result<_, _>>()?;
    Ok(EvidenceRecord::read(evidence, found.iter().map(Quad::as_ref)))
}

/// A passage. None if it is not known.
pub fn passage_record<Q: Quads>(quads: &Q, passage: &NamedNode) -> Result<Option<PassageRecord>, StorageError> {
    let found: Vec<Quad> = quads.matching(Some(passage), None, None, Some(IN_PROVENANCE)).collect::<Result<_, _>>()?;
    Ok(PassageRecord::read(passage, found.iter().map(Quad::as_ref)))
}

/// These decisions, and all that undo them.
pub fn ledger_of<Q: Quads>(quads: &Q, wanted: impl IntoIterator<Item = NamedNode>) -> Result<Ledger, StorageError> {
    let mut open: Vec<NamedNode> = wanted.into_iter().collect();
    let (mut known, mut said) = (BTreeSet::new(), Vec::new());
    while let Some(iri) = open.pop() {
        if !known.insert(iri.clone()) {
            continue;
        }
        for quad in quads.matching(Some(&iri), None, None, Some(IN_CURATION)) {
            said.push(quad?);
        }
        let object = TermRef::from(iri.as_ref());
        for quad in quads.matching(None, Some(urbi::UNDOES), Some(object), Some(IN_CURATION)) {
            open.extend(named(&quad?.subject).cloned());
        }
    }
    Ok(Ledger::from_quads(said.iter().map(Quad::as_ref)))
}

/// The evidence graphs that hold a statement, in no order.
pub fn evidence_of<'a, Q: Quads>(
    quads: &'a Q,
    base: &'a Base,
    statement: Statement<'_>,
) -> impl Iterator<Item = Result<NamedNode, StorageError>> + 'a {
    quads
        .matching(Some(statement.subject), Some(statement.predicate), Some(statement.object.as_ref()), None)
        .filter_map(|quad| match quad {
            Ok(quad) => match quad.graph_name {
                oxrdf::GraphName::NamedNode(graph) if is_evidence(base, graph.as_ref()) => Some(Ok(graph)),
                _ => None,
            },
            Err(e) => Some(Err(e)),
        })
}

/// What is stated about a key, as predicate and object.
type About = Vec<(NamedNode, Term)>;

/// All that is stated, read from the index of statements and, where that does not do, from evidence and provenance.
/// Remembers what it read: good for as long as nothing is written.
pub struct Stated<'a, Q> {
    quads: &'a Q,
    base: &'a Base,
    about: RefCell<FxHashMap<NamedNode, Rc<About>>>,
    decisions: RefCell<FxHashMap<NamedNode, Vec<Rc<Recorded>>>>,
    is_curated: OnceCell<bool>,
}

impl<'a, Q: Quads> Stated<'a, Q> {
    /// Reads from `quads`.
    pub fn new(quads: &'a Q, base: &'a Base) -> Stated<'a, Q> {
        Stated { quads, base, about: RefCell::default(), decisions: RefCell::default(), is_curated: OnceCell::new() }
    }

    /// Whether there are any decisions: most stores have none, and nothing is looked up there.
    fn is_curated(&self) -> Result<bool, StorageError> {
        if let Some(known) = self.is_curated.get() {
            return Ok(*known);
        }
        let found = self.quads.matching(None, None, None, Some(IN_CURATION)).next().transpose()?.is_some();
        Ok(*self.is_curated.get_or_init(|| found))
    }

    fn all_about(&self, key: &NamedNode) -> Result<Rc<About>, StorageError> {
        if let Some(known) = self.about.borrow().get(key) {
            return Ok(Rc::clone(known));
        }
        let read = |quad: Result<Quad, StorageError>| quad.map(|quad| (quad.predicate, quad.object));
        let found: Vec<(NamedNode, Term)> =
            self.quads.matching(Some(key), None, None, Some(IN_STATED)).map(read).collect::<Result<_, _>>()?;
        let found = Rc::new(found);
        self.about.borrow_mut().insert(key.clone(), Rc::clone(&found));
        Ok(found)
    }
}

impl<Q: Quads> Statements for Stated<'_, Q> {
    type Error = StorageError;

    fn about(&self, key: &NamedNode) -> Result<Vec<(NamedNode, Term)>, StorageError> {
        Ok(self.all_about(key)?.iter().filter(|(predicate, _)| *predicate != AUTHORITY_LABEL).cloned().collect())
    }

    fn linked_from(&self, key: &NamedNode) -> Result<Vec<NamedNode>, StorageError> {
        let mut objects = Vec::new();
        for quad in self.quads.matching(Some(key), Some(urbi::SAME_ENTITY), None, Some(IN_STATED)) {
            if let Term::NamedNode(object) = quad?.object {
                objects.push(object);
            }
        }
        Ok(objects)
    }

    fn linking_to(&self, key: &NamedNode) -> Result<Vec<NamedNode>, StorageError> {
        let object = TermRef::from(key.as_ref());
        let mut subjects = Vec::new();
        for quad in self.quads.matching(None, Some(urbi::SAME_ENTITY), Some(object), Some(IN_STATED)) {
            subjects.extend(named(&quad?.subject).cloned());
        }
        Ok(subjects)
    }

    fn authority_labels(&self, key: &NamedNode) -> Result<Vec<Literal>, StorageError> {
        let label = |(predicate, object): &(NamedNode, Term)| match object {
            Term::Literal(label) if *predicate == AUTHORITY_LABEL => Some(label.clone()),
            _ => None,
        };
        Ok(self.all_about(key)?.iter().filter_map(label).collect())
    }

    fn decisions(&self, key: &NamedNode) -> Result<Vec<Rc<Recorded>>, StorageError> {
        if !self.is_curated()? {
            return Ok(Vec::new());
        }
        if let Some(known) = self.decisions.borrow().get(key) {
            return Ok(known.clone());
        }
        let object = TermRef::from(key.as_ref());
        let mut naming = BTreeSet::new();
        for quad in self.quads.matching(None, None, Some(object), Some(IN_CURATION)) {
            naming.extend(named(&quad?.subject).cloned());
        }
        let mut found = Vec::new();
        for iri in naming {
            let ledger = ledger_of(self.quads, [iri.clone()])?;
            found.extend(ledger.in_force().filter(|entry| entry.iri == iri).cloned().map(Rc::new));
        }
        self.decisions.borrow_mut().insert(key.clone(), found.clone());
        Ok(found)
    }

    fn documents(
        &self,
        statement: Statement<'_>,
        limit: usize,
        into: &mut BTreeSet<NamedNode>,
    ) -> Result<(), StorageError> {
        for evidence in evidence_of(self.quads, self.base, statement) {
            if into.len() >= limit {
                break;
            }
            for quad in self.quads.matching(Some(&evidence?), Some(urbi::PASSAGE), None, Some(IN_PROVENANCE)) {
                if let Term::NamedNode(passage) = quad?.object {
                    into.extend(document_of_passage(&passage));
                }
            }
        }
        Ok(())
    }

    fn summary(&self, statement: Statement<'_>) -> Result<Option<Summary>, StorageError> {
        let Statement { subject, predicate, object } = statement;
        summary::read(self.quads, &Triple::new(subject.clone(), predicate, object.clone()))
    }

    fn supports(
        &self,
        statement: Statement<'_>,
        visit: &mut dyn FnMut(Support) -> ControlFlow<()>,
    ) -> Result<(), StorageError> {
        for evidence in evidence_of(self.quads, self.base, statement) {
            let evidence = evidence?;
            let Some(record) = evidence_record(self.quads, &evidence)? else { continue };
            let Some(passage) = passage_record(self.quads, &record.passage)? else { continue };
            let support = Support {
                evidence,
                document: passage.document,
                confidence: record.confidence,
                wording: wording(&passage.quote),
            };
            if visit(support).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// How many quads this thread has read.
#[cfg(test)]
pub mod reads {
    use std::cell::Cell;

    thread_local!(static READS: Cell<u64> = const { Cell::new(0) });

    pub fn count() {
        READS.set(READS.get() + 1);
    }

    /// How many quads `work` reads.
    pub fn of(work: impl FnOnce()) -> u64 {
        let before = READS.get();
        work();
        READS.get() - before
    }
}
