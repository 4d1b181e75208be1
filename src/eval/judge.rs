//! What is right, what is wrong and what was missed in one announcement.

use oxrdf::Triple;
use serde::{Deserialize, Serialize};

use super::align::align;
use super::found::{Graph, Object};
use super::gold::{Case, Gold};
use super::grounds::{Ground, Grounds};
use crate::fact::{Confidence, Extraction};
use crate::ontology::{Ontology, Range};
use crate::view::{self, Schema};
use crate::vocab::Base;

/// A fact as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fact {
    /// Of whom.
    pub subject: String,
    /// The relation, by its name in the ontology.
    pub relation: String,
    /// A name, or the comparable form of a value.
    pub object: String,
}

/// A fact that was asserted, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asserted {
    /// The fact; one that is right in the words of the gold file, so that it is called the same in every report.
    #[serde(flatten)]
    pub fact: Fact,
    /// How sure all evidence together is, in thousandths.
    pub confidence: u16,
    /// The evidence; none if the graph came without it.
    pub evidence: Vec<Ground>,
}

/// The judgement on one announcement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The name of the gold file, without ending.
    pub id: String,
    /// Why nothing could be extracted, if that is so: everything counts as missed then.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failure: Option<String>,
    /// Asserted, and gold.
    pub correct: Vec<Asserted>,
    /// Asserted, and not gold.
    pub wrong: Vec<Asserted>,
    /// Gold, and not asserted.
    pub missed: Vec<Fact>,
}

/// Judges what was extracted from the announcement of a case; facts that are less sure than `at_least` are left out.
pub fn judge(
    case: &Case,
    extractions: &[Extraction],
    base: &Base,
    ontology: &Ontology,
    at_least: Confidence,
) -> Judgement {
    let triples = view::of_extractions(base, &Schema::from(ontology), extractions, at_least).triples;
    judge_graph(&case.id, &case.gold, &triples, &Grounds::new(base, extractions, &triples), ontology)
}

/// Judges an announcement from which nothing could be extracted.
pub fn judge_failure(case: &Case, failure: String, ontology: &Ontology) -> Judgement {
    let judged = judge_graph(&case.id, &case.gold, &[], &Grounds::default(), ontology);
    Judgement { failure: Some(failure), ..judged }
}

/// Judges the triples of a view.
pub fn judge_graph(id: &str, gold: &Gold, triples: &[Triple], grounds: &Grounds, ontology: &Ontology) -> Judgement {
    let graph = Graph::new(triples, ontology);
    let aligned = align(gold, &graph, ontology);
    let mut missing = gold.facts.clone();
    let (mut correct, mut wrong) = (Vec::new(), Vec::new());
    for ((subject, relation, object), places) in &graph.facts {
        let key = aligned.get(subject.as_str()).copied();
        let other = match object {
            Object::Node(node) => aligned.get(node.as_str()).copied(),
            // A text where an entity belongs is nobody's name.
            Object::Value(_) if matches!(ontology[*relation].range, Range::Things(_)) => None,
            Object::Value(value) => Some(value.as_str()),
        };
        let fact = key.zip(other).map(|(key, other)| (key.to_owned(), *relation, other.to_owned()));
        let is_right = fact.as_ref().is_some_and(|fact| missing.remove(fact));
        let words = match fact.filter(|_| is_right) {
            Some(fact) => in_gold_words(gold, &fact, ontology),
            None => Fact {
                subject: graph.label(subject).to_owned(),
                relation: ontology[*relation].name.clone(),
                object: match object {
                    Object::Node(node) => graph.label(node).to_owned(),
                    Object::Value(value) => value.clone(),
                },
            },
        };
        let grounds: Vec<(Confidence, Vec<Ground>)> = places.iter().map(|place| grounds.of(&triples[*place])).collect();
        let asserted = Asserted {
            fact: words,
            confidence: grounds.iter().map(|(confidence, _)| confidence.thousandths()).max().unwrap_or(0),
            evidence: grounds.into_iter().flat_map(|(_, grounds)| grounds).collect(),
        };
        if is_right { &mut correct } else { &mut wrong }.push(asserted);
    }
    correct.sort_by(|a, b| a.fact.cmp(&b.fact));
    wrong.sort_by(|a, b| a.fact.cmp(&b.fact));
    let mut missed: Vec<Fact> = missing.iter().map(|fact| in_gold_words(gold, fact, ontology)).collect();
    missed.sort();
    Judgement { id: id.to_owned(), failure: None, correct, wrong, missed }
}

fn in_gold_words(gold: &Gold, (subject, relation, object): &super::gold::GoldFact, ontology: &Ontology) -> Fact {
    let relation = &ontology[*relation];
    let is_thing = matches!(relation.range, Range::Things(_));
    Fact {
        subject: gold.label(subject).to_owned(),
        relation: relation.name.clone(),
        object: if is_thing { gold.label(object) } else { object }.to_owned(),
    }
}
