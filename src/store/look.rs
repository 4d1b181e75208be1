//! Looking at one thing: what the view says of it, what leads to it, and what a document holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use oxigraph::store::StorageError;
use oxrdf::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef, Triple};

use super::{
    Store,
    error::StoreError,
    stated::{Found, Quads, Stated, evidence_record, passage_record},
    terms::{IN_CATALOGUE, IN_PROVENANCE, SOURCE},
};
use crate::{
    fact::{
        Confidence,
        quads::{EvidenceRecord, PassageRecord, named},
    },
    view::{self, Statement, Statements, combine, is_evidence},
    vocab::{dcterms, rdfs, skos, urbi},
};

/// The graph of the view.
const VIEW: Option<GraphNameRef<'static>> = Some(GraphNameRef::DefaultGraph);

/// A document as a reader wants to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRecord {
    /// Its IRI.
    pub iri: NamedNode,
    /// Media type of its bytes.
    pub media_type: String,
    /// Size of its bytes.
    pub length: u64,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Where its bytes were read from; sorted.
    pub sources: Vec<String>,
    /// The date on which it was announced, as precise as stated.
    pub announced_on: Option<String>,
}

/// What one firing of a rule stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firing {
    /// Rule, confidence, passages.
    pub evidence: EvidenceRecord,
    /// The triples, sorted.
    pub triples: Vec<Triple>,
}

/// How much evidence a statement has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Number of firings.
    pub evidence: usize,
    /// What they say together.
    pub confidence: Confidence,
}

impl Store {
    /// What the view says of `subject`, sorted. Empty if it is no entity of the view.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn about(&self, subject: &NamedNode) -> Result<Vec<Triple>, StoreError> {
        self.sorted(self.rdf.matching(Some(subject), None, None, VIEW))
    }

    /// The statements of the view about `object`, sorted.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn pointing_to(&self, object: &NamedNode) -> Result<Vec<Triple>, StoreError> {
        self.sorted(self.rdf.matching(None, None, Some(TermRef::from(object.as_ref())), VIEW))
    }

    /// Whether the view holds this statement.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn holds(&self, triple: &Triple) -> Result<bool, StoreError> {
        self.rdf.contains(triple.as_ref().in_graph(GraphNameRef::DefaultGraph)).map_err(self.failed("read"))
    }

    /// Everything that Urbi's graphs say of an IRI that is no entity of the view: of a document, passage, piece of evidence,
    /// rule or lexicon entry; for evidence, what it states too. Sorted.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn behind(&self, iri: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let read = || -> Result<Vec<Quad>, StorageError> {
            let mut found: Vec<Quad> =
                self.rdf.matching(Some(iri), None, None, Some(IN_PROVENANCE)).collect::<Result<_, _>>()?;
            if is_evidence(&self.base, iri.as_ref()) {
                for quad in self.rdf.matching(None, None, None, Some(GraphNameRef::NamedNode(iri.as_ref()))) {
                    found.push(quad?);
                }
            }
            Ok(found)
        };
        let mut found = read().map_err(self.failed("read"))?;
        crate::fact::quads::sort(&mut found);
        Ok(found)
    }

    /// The evidence and passages that name an IRI, such as those of a rule or a lexicon entry: subjects of statements of the
    /// provenance graph that point to it. At most `limit`, sorted, and how many there are.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn naming(&self, iri: &NamedNode, limit: usize) -> Result<(Vec<NamedNode>, usize), StoreError> {
        let mut found = BTreeSet::new();
        for quad in self.rdf.matching(None, None, Some(TermRef::from(iri.as_ref())), Some(IN_PROVENANCE)) {
            found.extend(named(&quad.map_err(self.failed("read"))?.subject).cloned());
        }
        let total = found.len();
        Ok((found.into_iter().take(limit).collect(), total))
    }

    /// What the provenance graph describes beside passages, which stand in their documents: evidence and documents, and the rules
    /// and lexicon entries that evidence names. Sorted.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn explained(&self) -> Result<BTreeSet<NamedNode>, StoreError> {
        let mut found = BTreeSet::new();
        for quad in self.rdf.matching(None, None, None, Some(IN_PROVENANCE)) {
            let quad = quad.map_err(self.failed("read"))?;
            if let (urbi::RULE | urbi::CITES, Term::NamedNode(node)) = (quad.predicate.as_ref(), &quad.object) {
                found.insert(node.clone());
            }
            if let Some(subject) = named(&quad.subject).filter(|subject| !subject.as_str().contains("char=")) {
                found.insert(subject.clone());
            }
        }
        Ok(found)
    }

    /// The folder for a full-text index. None in memory.
    pub fn text_folder(&self) -> Option<std::path::PathBuf> {
        self.folder.as_ref().map(|folder| folder.path().join("text"))
    }

    /// Gives what can be searched by its words to `visit`, in no order: entities with their names, passages with their quotes.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn indexed(&self, visit: &mut dyn FnMut(&str, &[String])) -> Result<(), StoreError> {
        let text = |quad: Quad| match (&quad.subject, quad.object) {
            (NamedOrBlankNode::NamedNode(subject), Term::Literal(literal)) => {
                Some((subject.clone(), literal.value().to_owned()))
            }
            _ => None,
        };
        let mut names: BTreeMap<NamedNode, Vec<String>> = BTreeMap::new();
        for predicate in [rdfs::LABEL, skos::ALT_LABEL] {
            for quad in self.rdf.matching(None, Some(predicate), None, VIEW) {
                if let Some((subject, name)) = text(quad.map_err(self.failed("read"))?) {
                    names.entry(subject).or_default().push(name);
                }
            }
        }
        for (entity, mut names) in names {
            names.sort();
            visit(entity.as_str(), &names);
        }
        for quad in self.rdf.matching(None, Some(urbi::QUOTE), None, Some(IN_PROVENANCE)) {
            if let Some((passage, quote)) = text(quad.map_err(self.failed("read"))?) {
                visit(passage.as_str(), &[quote]);
            }
        }
        Ok(())
    }

    /// The entity of the view that has this IRI as another key of it. None if no entity has.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn alias_of(&self, key: &NamedNode) -> Result<Option<NamedNode>, StoreError> {
        let object = TermRef::from(key.as_ref());
        let found = self.rdf.matching(None, Some(urbi::ALIAS), Some(object), VIEW).next();
        Ok(found.transpose().map_err(self.failed("read"))?.and_then(|quad| named(&quad.subject).cloned()))
    }

    /// The best name of an entity of the view.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn label(&self, entity: &NamedNode) -> Result<Option<String>, StoreError> {
        self.value(entity, rdfs::LABEL, GraphNameRef::DefaultGraph).map_err(self.failed("read"))
    }

    /// The first value of a relation in the view.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn object(&self, subject: &NamedNode, predicate: NamedNodeRef<'_>) -> Result<Option<Term>, StoreError> {
        let found = self.rdf.matching(Some(subject), Some(predicate), None, VIEW).next();
        Ok(found.transpose().map_err(self.failed("read"))?.map(|quad| quad.object))
    }

    /// The statements of the view with this relation, sorted.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn with_relation(&self, predicate: NamedNodeRef<'_>) -> Result<Vec<Triple>, StoreError> {
        self.sorted(self.rdf.matching(None, Some(predicate), None, VIEW))
    }

    /// How much evidence each of these statements of the view has. Their subjects and objects may be named by any of their
    /// keys.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn weights(&self, triples: &[Triple]) -> Result<Vec<Weight>, StoreError> {
        let stated = Stated::new(&self.rdf, &self.base);
        let keys = |node: &NamedNode| view::entity::entity_of(&stated, node).map(|(entity, _)| entity.keys);
        let weigh = |triple: &Triple| -> Result<Weight, StorageError> {
            let Some(subject) = named(&triple.subject) else { return Ok(Weight::default()) };
            let objects = match &triple.object {
                Term::NamedNode(node) => keys(node)?.into_iter().map(Term::from).collect(),
                other => vec![other.clone()],
            };
            let mut supports = Vec::new();
            for subject in &keys(subject)? {
                for object in &objects {
                    let statement = Statement { subject, predicate: triple.predicate.as_ref(), object };
                    stated.supports(statement, &mut |support| {
                        supports.push(support);
                        ControlFlow::Continue(())
                    })?;
                }
            }
            Ok(Weight { evidence: supports.len(), confidence: combine(&supports) })
        };
        triples.iter().map(weigh).collect::<Result<_, _>>().map_err(self.failed("read"))
    }

    /// What is known of a document. None if the store does not hold it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn document(&self, iri: &NamedNode) -> Result<Option<DocumentRecord>, StoreError> {
        let read = || -> Result<Option<DocumentRecord>, StorageError> {
            let mut sources = Vec::new();
            for quad in self.rdf.matching(Some(iri), Some(SOURCE), None, Some(IN_CATALOGUE)) {
                if let Term::Literal(source) = quad?.object {
                    sources.push(source.value().to_owned());
                }
            }
            if sources.is_empty() {
                return Ok(None);
            }
            sources.sort();
            let provenance = |predicate| self.value(iri, predicate, IN_PROVENANCE);
            Ok(Some(DocumentRecord {
                iri: iri.clone(),
                media_type: provenance(dcterms::FORMAT)?.unwrap_or_default(),
                length: provenance(urbi::LENGTH)?.and_then(|length| length.parse().ok()).unwrap_or(0),
                title: provenance(dcterms::TITLE)?,
                sources,
                announced_on: self.value(iri, urbi::ANNOUNCED_ON, GraphNameRef::DefaultGraph)?,
            }))
        };
        read().map_err(self.failed("read"))
    }

    /// The passages of a document that made rules fire, by place, with what was stated.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn firings_in(&self, document: &NamedNode) -> Result<Vec<(PassageRecord, Vec<Firing>)>, StoreError> {
        let read = || -> Result<Vec<(PassageRecord, Vec<Firing>)>, StorageError> {
            let mut found = Vec::new();
            let object = TermRef::from(document.as_ref());
            for quad in self.rdf.matching(None, Some(urbi::IN_DOCUMENT), Some(object), Some(IN_PROVENANCE)) {
                let Some(passage) = named(&quad?.subject).cloned() else { continue };
                let Some(record) = passage_record(&self.rdf, &passage)? else { continue };
                let mut firings = Vec::new();
                let object = TermRef::from(passage.as_ref());
                for quad in self.rdf.matching(None, Some(urbi::PASSAGE), Some(object), Some(IN_PROVENANCE)) {
                    let Some(evidence) = named(&quad?.subject).cloned() else { continue };
                    firings.extend(self.firing(&evidence)?);
                }
                firings.sort_by(|a, b| a.evidence.iri.cmp(&b.evidence.iri));
                found.push((record, firings));
            }
            found.sort_by_key(|(passage, _)| (passage.chars.start, passage.chars.end));
            Ok(found)
        };
        read().map_err(self.failed("read"))
    }

    /// The documents whose evidence speaks of an entity, with the number of pieces of evidence that each has.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn documents_about(&self, entity: &NamedNode) -> Result<BTreeMap<NamedNode, usize>, StoreError> {
        let mut documents = BTreeMap::new();
        for key in self.keys_of(entity)? {
            let as_object = TermRef::from(key.as_ref());
            let quads = self.rdf.matching(Some(&key), None, None, None);
            let mut graphs = BTreeSet::new();
            for quad in quads.chain(self.rdf.matching(None, None, Some(as_object), None)) {
                if let GraphName::NamedNode(graph) = quad.map_err(self.failed("read"))?.graph_name
                    && is_evidence(&self.base, graph.as_ref())
                {
                    graphs.insert(graph);
                }
            }
            for graph in graphs {
                let record = evidence_record(&self.rdf, &graph).map_err(self.failed("read"))?;
                let document = record.and_then(|record| crate::fact::quads::document_of_passage(&record.passage));
                if let Some(document) = document {
                    *documents.entry(document).or_default() += 1;
                }
            }
        }
        Ok(documents)
    }

    fn firing(&self, evidence: &NamedNode) -> Result<Option<Firing>, StorageError> {
        let Some(record) = evidence_record(&self.rdf, evidence)? else { return Ok(None) };
        let graph = GraphNameRef::NamedNode(evidence.as_ref());
        let quads = self.rdf.matching(None, None, None, Some(graph));
        let mut triples: Vec<Triple> = quads.map(|quad| quad.map(Triple::from)).collect::<Result<_, _>>()?;
        view::sort(&mut triples);
        Ok(Some(Firing { evidence: record, triples }))
    }

    fn sorted(&self, quads: Found<'_>) -> Result<Vec<Triple>, StoreError> {
        let triples = quads.map(|quad| quad.map(Triple::from)).collect::<Result<_, _>>();
        let mut triples: Vec<Triple> = triples.map_err(self.failed("read"))?;
        view::sort(&mut triples);
        Ok(triples)
    }
}
