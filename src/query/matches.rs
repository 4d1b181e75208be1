//! Full-text search in SPARQL: `?thing urbi:matches "words"`.
//!
//! The pattern is looked up in the index before the query is evaluated, and becomes the rows that were found: as cheap as a
//! `VALUES` block, and joined like one. What stands on its right has to be known then: a text, or a parameter.
//!
//! As functions, `urbi:matches(?thing, "words")` is true of what would be found, and `urbi:score(?thing, "words")` says how well
//! it fits. Entities are found by their names, passages by their quotes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use oxrdf::{Literal, NamedNode, Term};
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use super::QueryError;
use super::algebra::Rewrite;
use crate::search::Index;
use crate::vocab::function;

/// Things that one search may find; more is an error, as everywhere.
const MOST: usize = 10_000;

/// Whether a query searches.
#[derive(Default)]
pub struct Searches(pub bool);

impl Rewrite for Searches {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        if let GraphPattern::Bgp { patterns } = &pattern {
            self.0 |= patterns.iter().any(is_search);
        }
        pattern
    }

    fn expression(&mut self, expression: Expression) -> Expression {
        if let Expression::FunctionCall(Function::Custom(name), _) = &expression {
            self.0 |= [function::MATCHES, function::SCORE].contains(&name.as_ref());
        }
        expression
    }
}

fn is_search(triple: &TriplePattern) -> bool {
    matches!(&triple.predicate, NamedNodePattern::NamedNode(node) if *node == function::MATCHES)
}

/// Searches, and puts what was found in the place of the pattern.
pub struct Search<'a> {
    /// The index.
    pub index: &'a Index,
    /// Why it failed.
    pub failed: Option<QueryError>,
}

impl Rewrite for Search<'_> {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        let GraphPattern::Bgp { patterns } = pattern else { return pattern };
        let (searches, patterns): (Vec<_>, Vec<_>) = patterns.into_iter().partition(is_search);
        searches.into_iter().fold(GraphPattern::Bgp { patterns }, |rest, search| match self.found(&search) {
            Ok(found) => GraphPattern::Join { left: Box::new(found), right: Box::new(rest) },
            Err(error) => {
                self.failed.get_or_insert(error);
                rest
            }
        })
    }
}

impl Search<'_> {
    fn found(&self, search: &TriplePattern) -> Result<GraphPattern, QueryError> {
        let TermPattern::Literal(words) = &search.object else { return Err(QueryError::Search(Unsearchable::Words)) };
        let found = self.index.search(words.value(), MOST + 1)?;
        if found.len() > MOST {
            return Err(QueryError::TooManyRows(MOST));
        }
        let found = found.into_iter().map(|found| NamedNode::new_unchecked(found.iri));
        let (variables, bindings) = match &search.subject {
            TermPattern::Variable(variable) => (
                Vec::from([variable.clone()]),
                found.map(|node| Vec::from([Some(GroundTerm::NamedNode(node))])).collect(),
            ),
            TermPattern::NamedNode(node) => {
                let mut all = found;
                (Vec::new(), if all.any(|found| found == *node) { Vec::from([Vec::new()]) } else { Vec::new() })
            }
            _ => return Err(QueryError::Search(Unsearchable::Thing)),
        };
        Ok(GraphPattern::Values { variables, bindings })
    }
}

/// What is searched wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsearchable {
    /// The words are not known when the query begins.
    #[error(
        "what stands behind urbi:matches must be a text; for words that the query works out there is the function FILTER(urbi:matches(?thing, ?words))"
    )]
    Words,
    /// What is searched for cannot be found.
    #[error("what stands before urbi:matches must be a variable or an IRI: entities and passages are found")]
    Thing,
    /// There is no index.
    #[error("there is no full-text index here")]
    NoIndex,
}

/// The scores of what words find, by IRI.
type Scores = Arc<BTreeMap<String, f32>>;

/// The searches of one query, each made once.
pub struct Searched {
    index: Arc<Index>,
    known: Mutex<BTreeMap<String, Option<Scores>>>,
}

impl Searched {
    /// Nothing searched yet.
    pub fn new(index: Arc<Index>) -> Arc<Searched> {
        Arc::new(Searched { index, known: Mutex::default() })
    }

    fn scores(&self, words: &str) -> Option<Scores> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(scores) = known.get(words) {
            return scores.clone();
        }
        let found = self.index.search(words, MOST).ok();
        let scores = found.map(|found| Arc::new(found.into_iter().map(|found| (found.iri, found.score)).collect()));
        known.insert(words.to_owned(), scores.clone());
        scores
    }

    /// `urbi:matches(?thing, "words")`.
    pub fn matches(&self, arguments: &[Term]) -> Option<Term> {
        let [Term::NamedNode(thing), Term::Literal(words)] = arguments else { return None };
        Some(Literal::from(self.scores(words.value())?.contains_key(thing.as_str())).into())
    }

    /// `urbi:score(?thing, "words")`; none if it is not found.
    pub fn score(&self, arguments: &[Term]) -> Option<Term> {
        let [Term::NamedNode(thing), Term::Literal(words)] = arguments else { return None };
        Some(Literal::from(f64::from(*self.scores(words.value())?.get(thing.as_str())?)).into())
    }
}
