//! The sentences behind facts that come or go.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};

use super::{Moved, Read};
use crate::fact::{Confidence, Extraction};
use crate::view::Corpus;
use crate::view::entity::entity_of;
use crate::vocab::Base;

/// A sentence that states a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The document.
    pub document: NamedNode,
    /// Where it was read from.
    pub place: String,
    /// The words.
    pub quote: String,
    /// Where they stand: characters of the text, from 0, end exclusive.
    pub chars: [u32; 2],
    /// The rule that found it.
    pub rule: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Finds what states each of the facts. `quads` are those of one side, `extraction` gives that side of a document.
pub fn find(
    facts: &mut [Moved],
    base: &Base,
    quads: Vec<Quad>,
    documents: &[Read],
    extraction: &dyn Fn(&Read) -> &Extraction,
) {
    let predicates: BTreeSet<NamedNode> = facts.iter().map(|fact| fact.statement.predicate.clone()).collect();
    if predicates.is_empty() {
        return;
    }
    let corpus = Corpus::from_quads(base, quads);
    let mut known: BTreeMap<NamedNode, NamedNode> = BTreeMap::new();
    let mut canonical = |key: &NamedNode| -> NamedNode {
        let name = known.entry(key.clone()).or_insert_with(|| {
            let Ok((entity, _)) = entity_of(&corpus, key);
            entity.canonical
        });
        name.clone()
    };
    let mut grounds: BTreeMap<String, Vec<Ground>> = BTreeMap::new();
    for read in documents {
        let extraction = extraction(read);
        for evidence in &extraction.evidence {
            for triple in evidence.triples.iter().filter(|triple| predicates.contains(&triple.predicate)) {
                let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
                let object = match &triple.object {
                    Term::NamedNode(node) => Term::from(canonical(node)),
                    other => other.clone(),
                };
                let statement = Triple::new(canonical(subject), triple.predicate.clone(), object);
                let passage = &extraction.passages[evidence.trigger.0 as usize];
                grounds.entry(statement.to_string()).or_default().push(Ground {
                    document: read.document.iri.clone(),
                    place: read.document.sources.first().cloned().unwrap_or_default(),
                    quote: passage.quote.clone(),
                    chars: [passage.chars.start, passage.chars.end],
                    rule: evidence.rule.name.clone(),
                    confidence: evidence.confidence,
                });
            }
        }
    }
    for fact in facts {
        fact.grounds = grounds.remove(&fact.statement.to_string()).unwrap_or_default();
    }
}
