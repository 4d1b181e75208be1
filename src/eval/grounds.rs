//! Why facts of a view were asserted: the rules, sentences and confidences behind each.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use serde::{Deserialize, Serialize};

use crate::fact::{Confidence, Extraction, quads};
use crate::view::{self, Support, is_relation};
use crate::vocab::{Base, urbi};

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ground {
    /// The rule that fired.
    pub rule: String,
    /// How sure the rule is, in thousandths.
    pub confidence: u16,
    /// The passage that made it fire.
    pub sentence: String,
}

/// The grounds of the facts of one view.
#[derive(Debug, Default)]
pub struct Grounds {
    of: BTreeMap<String, (Vec<Support>, Vec<Ground>)>,
}

impl Grounds {
    /// From the extractions that `triples` is the view of.
    pub fn new(base: &Base, extractions: &[Extraction], triples: &[Triple]) -> Grounds {
        let canonical = canonical(triples);
        let stands = |key: &NamedNode| canonical.get(key).unwrap_or(key).clone();
        let mut grounds = Grounds::default();
        for extraction in extractions {
            for evidence in &extraction.evidence {
                let quote = &extraction.passages[evidence.trigger.0 as usize].quote;
                for triple in evidence.triples.iter().filter(|triple| is_relation(triple.predicate.as_ref())) {
                    let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
                    let object = match &triple.object {
                        Term::NamedNode(node) => Term::from(stands(node)),
                        other => other.clone(),
                    };
                    let fact = Triple::new(stands(subject), triple.predicate.clone(), object);
                    let (supports, list) = grounds.of.entry(fact.to_string()).or_default();
                    supports.push(Support {
                        evidence: quads::evidence_name(base, extraction, evidence),
                        document: extraction.document.iri.clone(),
                        confidence: evidence.confidence,
                        wording: view::wording(quote),
                    });
                    list.push(Ground {
                        rule: evidence.rule.name.clone(),
                        confidence: evidence.confidence.thousandths(),
                        sentence: quote.clone(),
                    });
                }
            }
        }
        grounds
    }

    /// How sure all evidence together is of a triple of the view, and the evidence, sorted, each piece once.
    pub fn of(&self, triple: &Triple) -> (Confidence, Vec<Ground>) {
        let Some((supports, list)) = self.of.get(&triple.to_string()) else { return (Confidence::CERTAIN, Vec::new()) };
        let mut list = list.clone();
        list.sort();
        list.dedup();
        (view::combine(supports), list)
    }
}

/// The node that stands for each key that was merged into another.
fn canonical(triples: &[Triple]) -> BTreeMap<NamedNode, NamedNode> {
    let mut canonical = BTreeMap::new();
    for triple in triples.iter().filter(|triple| triple.predicate == urbi::ALIAS) {
        if let (NamedOrBlankNode::NamedNode(node), Term::NamedNode(key)) = (&triple.subject, &triple.object) {
            canonical.insert(key.clone(), node.clone());
        }
    }
    canonical
}
