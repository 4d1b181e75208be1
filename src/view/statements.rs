//! What is stated, as the view reads it: from memory, or from a store.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    ops::ControlFlow,
    rc::Rc,
};

use oxrdf::{GraphNameRef, Literal, NamedNode, NamedNodeRef, Quad, QuadRef, Term, TermRef};
use rustc_hash::FxHashMap;

use crate::{
    curation::{Ledger, Recorded},
    fact::{
        Confidence,
        quads::{EvidenceRecord, document_of_passage, named, sort},
    },
    text::fold,
    vocab::{Base, rdfs, urbi},
};

/// One piece of evidence for a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The evidence graph.
    pub evidence: NamedNode,
    /// The document it comes from.
    pub document: NamedNode,
    /// How sure its rule is.
    pub confidence: Confidence,
    /// The wording of its passage, normalised: see [`wording`].
    pub wording: String,
}

/// What all evidence for a statement comes to, if a store keeps count of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// When the latest of its documents was announced (ISO 8601); None if no document says.
    pub latest: Option<String>,
    /// How sure the surest piece of evidence is.
    pub surest: Confidence,
    /// The first of its pieces of evidence, by IRI.
    pub first: String,
    /// Whether as many documents make it as labels are compared by: see [`COMMON`](super::COMMON).
    pub is_common: bool,
}

/// Read access to the statements of all evidence, keys not yet merged to entities.
pub trait Statements {
    /// Why reading fails.
    type Error;

    /// The distinct statements about a key, as predicate and object, in any order.
    ///
    /// # Errors
    /// If the statements cannot be read.
    fn about(&self, key: &NamedNode) -> Result<Vec<(NamedNode, Term)>, Self::Error>;

    /// The keys that `key` is stated to be the same entity as: the objects of its `urbi:sameEntity`. What an entity stands in
    /// relation to is asked for this and little else, so that it must not cost as much as [`Statements::about`].
    ///
    /// # Errors
    /// If the statements cannot be read.
    fn linked_from(&self, key: &NamedNode) -> Result<Vec<NamedNode>, Self::Error>;

    /// The keys that are stated to be the same entity as `key`: the subjects of `urbi:sameEntity` to it.
    ///
    /// # Errors
    /// If the statements cannot be read.
    fn linking_to(&self, key: &NamedNode) -> Result<Vec<NamedNode>, Self::Error>;

    /// The labels that a lexicon entry gives to a key; none if the key is not that of a lexicon entry.
    ///
    /// # Errors
    /// If the statements cannot be read.
    fn authority_labels(&self, key: &NamedNode) -> Result<Vec<Literal>, Self::Error>;

    /// Adds the documents that make a statement to `into`, until it holds `limit`.
    ///
    /// # Errors
    /// If the statements cannot be read.
    fn documents(
        &self,
        statement: Statement<'_>,
        limit: usize,
        into: &mut BTreeSet<NamedNode>,
    ) -> Result<(), Self::Error>;

    /// The decisions that hold and name a key, in any part and in any order; each once.
    ///
    /// # Errors
    /// If the decisions cannot be read.
    fn decisions(&self, key: &NamedNode) -> Result<Vec<Rc<Recorded>>, Self::Error>;

    /// What the evidence for a statement comes to, if that is known without reading it.
    ///
    /// # Errors
    /// If the statements cannot be read.
    fn summary(&self, statement: Statement<'_>) -> Result<Option<Summary>, Self::Error>;

    /// Visits the evidence for a statement, in any order, until told to stop.
    ///
    /// # Errors
    /// If the statements cannot be read.
    fn supports(
        &self,
        statement: Statement<'_>,
        visit: &mut dyn FnMut(Support) -> ControlFlow<()>,
    ) -> Result<(), Self::Error>;
}

/// A statement about a key.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// The key.
    pub subject: &'a NamedNode,
    /// The predicate.
    pub predicate: NamedNodeRef<'a>,
    /// The object, as stated.
    pub object: &'a Term,
}

/// The form in which the wording of passages is compared: folded, blanks squeezed. Passages of the same wording come
/// from one text that was spread, and count once.
pub fn wording(quote: &str) -> String {
    fold(quote).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True if `triple` is the label that a lexicon entry gives to its own key: the evidence cites an entry whose id is the
/// key's.
pub fn is_authority_label(
    subject: &NamedNode,
    predicate: NamedNodeRef<'_>,
    object: TermRef<'_>,
    cites: &[NamedNode],
) -> bool {
    let id = |iri: &NamedNode| iri.as_str().rsplit('/').next().map(str::to_owned);
    predicate == rdfs::LABEL
        && matches!(object, TermRef::Literal(_))
        && cites.iter().any(|entry| id(entry) == id(subject))
}

/// An object of a statement, and the evidence for it as places in [`Corpus::evidence`].
type Object = (Term, Vec<usize>);

/// Evidence in memory.
#[derive(Debug, Default)]
pub struct Corpus {
    evidence: Vec<Support>,
    /// By subject and predicate: the objects.
    about: BTreeMap<NamedNode, BTreeMap<NamedNode, Vec<Object>>>,
    linking: BTreeMap<NamedNode, Vec<NamedNode>>,
    authority: BTreeMap<NamedNode, Vec<Literal>>,
    /// By key.
    decisions: BTreeMap<NamedNode, Vec<Rc<Recorded>>>,
    ledger: Ledger,
}

impl Corpus {
    /// From quads as [`fact::quads`](crate::fact::quads::quads) gives them, of any number of documents, and those of
    /// decisions. Quads of other graphs are passed over.
    pub fn from_quads(base: &Base, mut quads: Vec<Quad>) -> Corpus {
        sort(&mut quads);
        let mut provenance: FxHashMap<&NamedNode, Vec<QuadRef<'_>>> = FxHashMap::default();
        for quad in &quads {
            if quad.graph_name.as_ref() == GraphNameRef::NamedNode(urbi::PROVENANCE_GRAPH)
                && let Some(subject) = named(&quad.subject)
            {
                provenance.entry(subject).or_default().push(quad.as_ref());
            }
        }
        let mut corpus = Corpus { ledger: Ledger::from_quads(quads.iter().map(Quad::as_ref)), ..Corpus::default() };
        for entry in corpus.ledger.in_force() {
            let entry = Rc::new(entry.clone());
            let keys: BTreeSet<&NamedNode> = entry.decision.keys().into_iter().collect();
            for key in keys {
                corpus.decisions.entry(key.clone()).or_default().push(Rc::clone(&entry));
            }
        }
        let mut graphs: FxHashMap<NamedNode, Option<(usize, Vec<NamedNode>)>> = FxHashMap::default();
        for quad in &quads {
            let GraphNameRef::NamedNode(graph) = quad.graph_name.as_ref() else { continue };
            if !is_evidence(base, graph) {
                continue;
            }
            let graph = graph.into_owned();
            let found = graphs.entry(graph).or_insert_with_key(|graph| {
                let record = EvidenceRecord::read(graph, provenance.get(graph)?.iter().copied())?;
                let quote = provenance.get(&record.passage)?.iter().find(|q| q.predicate == urbi::QUOTE)?;
                let TermRef::Literal(quote) = quote.object else { return None };
                corpus.evidence.push(Support {
                    evidence: graph.clone(),
                    document: document_of_passage(&record.passage)?,
                    confidence: record.confidence,
                    wording: wording(quote.value()),
                });
                Some((corpus.evidence.len() - 1, record.cites))
            });
            if let (Some((support, cites)), Some(subject)) = (found, named(&quad.subject)) {
                let (support, cites) = (*support, cites.clone());
                corpus.add(subject, quad, support, &cites);
            }
        }
        corpus
    }

    fn add(&mut self, subject: &NamedNode, quad: &Quad, support: usize, cites: &[NamedNode]) {
        if is_authority_label(subject, quad.predicate.as_ref(), quad.object.as_ref(), cites)
            && let Term::Literal(label) = &quad.object
        {
            let labels = self.authority.entry(subject.clone()).or_default();
            if !labels.contains(label) {
                labels.push(label.clone());
            }
        }
        if let (urbi::SAME_ENTITY, Term::NamedNode(object)) = (quad.predicate.as_ref(), &quad.object) {
            let from = self.linking.entry(object.clone()).or_default();
            if !from.contains(subject) {
                from.push(subject.clone());
            }
        }
        let objects = self.about.entry(subject.clone()).or_default().entry(quad.predicate.clone()).or_default();
        match objects.iter_mut().find(|(object, _)| *object == quad.object) {
            Some((_, supports)) => supports.push(support),
            None => objects.push((quad.object.clone(), vec![support])),
        }
    }

    /// Every key about which something is stated, that is stated to be the same as another, or of which a curator speaks;
    /// sorted.
    pub fn keys(&self) -> BTreeSet<NamedNode> {
        self.about.keys().chain(self.linking.keys()).chain(self.decisions.keys()).cloned().collect()
    }

    /// All decisions.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    fn found(&self, statement: Statement<'_>) -> impl Iterator<Item = &Support> {
        self.about
            .get(statement.subject)
            .and_then(|predicates| predicates.get(&statement.predicate.into_owned()))
            .and_then(|objects| objects.iter().find(|(object, _)| object == statement.object))
            .into_iter()
            .flat_map(|(_, supports)| supports.iter().map(|i| &self.evidence[*i]))
    }
}

/// True for the name of an evidence graph.
pub fn is_evidence(base: &Base, graph: NamedNodeRef<'_>) -> bool {
    base.kind_and_key(graph.as_str()).is_some_and(|(kind, _)| kind == "evidence")
}

impl Statements for Corpus {
    type Error = Infallible;

    fn about(&self, key: &NamedNode) -> Result<Vec<(NamedNode, Term)>, Infallible> {
        let predicates = self.about.get(key).into_iter().flatten();
        Ok(predicates.flat_map(|(p, objects)| objects.iter().map(|(o, _)| (p.clone(), o.clone()))).collect())
    }

    fn linked_from(&self, key: &NamedNode) -> Result<Vec<NamedNode>, Infallible> {
        let same = self.about.get(key).and_then(|predicates| predicates.get(&urbi::SAME_ENTITY.into_owned()));
        let node = |(object, _): &Object| match object {
            Term::NamedNode(node) => Some(node.clone()),
            _ => None,
        };
        Ok(same.into_iter().flatten().filter_map(node).collect())
    }

    fn linking_to(&self, key: &NamedNode) -> Result<Vec<NamedNode>, Infallible> {
        Ok(self.linking.get(key).cloned().unwrap_or_default())
    }

    fn authority_labels(&self, key: &NamedNode) -> Result<Vec<Literal>, Infallible> {
        Ok(self.authority.get(key).cloned().unwrap_or_default())
    }

    fn decisions(&self, key: &NamedNode) -> Result<Vec<Rc<Recorded>>, Infallible> {
        Ok(self.decisions.get(key).cloned().unwrap_or_default())
    }

    fn documents(
        &self,
        statement: Statement<'_>,
        limit: usize,
        into: &mut BTreeSet<NamedNode>,
    ) -> Result<(), Infallible> {
        for support in self.found(statement) {
            if into.len() >= limit {
                break;
            }
            into.insert(support.document.clone());
        }
        Ok(())
    }

    fn summary(&self, _: Statement<'_>) -> Result<Option<Summary>, Infallible> {
        // All evidence is at hand.
        Ok(None)
    }

    fn supports(
        &self,
        statement: Statement<'_>,
        visit: &mut dyn FnMut(Support) -> ControlFlow<()>,
    ) -> Result<(), Infallible> {
        for support in self.found(statement) {
            if visit(support.clone()).is_break() {
                break;
            }
        }
        Ok(())
    }
}
