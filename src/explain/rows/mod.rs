//! The triples behind the rows of an answer.
//!
//! A row of a SELECT says what its variables are bound to, and not which triples made it so. The question is asked again
//! for all its variables, also those that the answer leaves out, together with the rows (`solutions`); with each solution
//! the patterns of the question become triples (`route` finds those along a property path), and those that the view holds
//! are the ones behind the row. A row of groups has the triples of all solutions in its group.
//!
//! Not looked into: what a question asks of named graphs, and what it says must not be there.

mod route;
mod solutions;

use std::collections::BTreeSet;

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use spargebra::term::{NamedNodePattern, TermPattern};

use crate::query::{Answer, Limits, Query, QueryError, Solution};
use crate::store::{Store, StoreError};
use crate::vocab::urbi;
use solutions::{Asked, Pattern};

/// Most triples that are given for one row.
pub const TRIPLES: usize = 500;

/// The triples behind a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// They stand in the view; sorted, each once.
    pub triples: Vec<Triple>,
    /// Whether there are more than [`TRIPLES`], which are left out.
    pub is_cut: bool,
}

/// Why rows cannot be explained.
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
    /// It is no SELECT.
    #[error("only the rows of a SELECT can be explained")]
    NotSelect,
    /// The question, asked for all its variables, fails.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The triples behind each of `rows`, which answer `question`.
///
/// # Errors
/// If the question is no SELECT, or the store cannot answer what it comes to within `limits`.
pub fn behind(
    store: &std::sync::Arc<Store>,
    question: &Query,
    rows: &[Solution],
    limits: Limits,
) -> Result<Vec<Behind>, RowsError> {
    let Some(asked) = Asked::new(question.algebra()) else { return Err(RowsError::NotSelect) };
    let reader = std::sync::Arc::clone(store);
    let answer = question.with_algebra(asked.with_rows(rows)).run(limits, move |prepared| reader.query(prepared))?;
    let Answer::Solutions { rows: solutions, .. } = answer else { return Err(RowsError::NotSelect) };
    let mut found: Vec<BTreeSet<String>> = vec![BTreeSet::new(); rows.len()];
    let mut behind: Vec<Behind> = vec![Behind::default(); rows.len()];
    for solution in &solutions {
        let Some(at) = asked.row_of(solution, rows) else { continue };
        for pattern in asked.patterns() {
            for triple in instances(store, pattern, solution)? {
                if behind[at].triples.len() >= TRIPLES {
                    behind[at].is_cut = true;
                } else if found[at].insert(triple.to_string()) {
                    behind[at].triples.push(triple);
                }
            }
        }
    }
    behind.iter_mut().for_each(|behind| crate::view::sort(&mut behind.triples));
    Ok(behind)
}

/// The triples that a pattern becomes with a solution, if the view holds them.
fn instances(store: &Store, pattern: &Pattern, solution: &Solution) -> Result<Vec<Triple>, StoreError> {
    let bound = |term: &TermPattern| match term {
        TermPattern::NamedNode(node) => Some(Term::from(node.clone())),
        TermPattern::Literal(literal) => Some(Term::from(literal.clone())),
        TermPattern::Variable(variable) => solution.get(variable).cloned(),
        _ => None,
    };
    match pattern {
        Pattern::Triple(pattern) => {
            let predicate = match &pattern.predicate {
                NamedNodePattern::NamedNode(node) => Some(node.clone()),
                NamedNodePattern::Variable(variable) => match solution.get(variable) {
                    Some(Term::NamedNode(node)) => Some(node.clone()),
                    _ => None,
                },
            };
            let (Some(subject), Some(predicate), Some(object)) =
                (bound(&pattern.subject), predicate, bound(&pattern.object))
            else {
                return Ok(Vec::new());
            };
            held(store, &subject, predicate, object)
        }
        Pattern::Path { subject, path, object } => {
            let (Some(subject), Some(object)) = (bound(subject), bound(object)) else { return Ok(Vec::new()) };
            Ok(route::along(store, path, &subject, &object)?.unwrap_or_default())
        }
    }
}

/// A triple, if the view holds it; of a day that the view works out, the date that it comes from.
fn held(store: &Store, subject: &Term, predicate: NamedNode, object: Term) -> Result<Vec<Triple>, StoreError> {
    let Term::NamedNode(subject) = subject else { return Ok(Vec::new()) };
    let stated = match predicate.as_ref() {
        urbi::EARLIEST_START => Some(urbi::START_DATE),
        urbi::LATEST_END => Some(urbi::END_DATE),
        _ => None,
    };
    if let Some(stated) = stated {
        return store.triples(Some(subject), Some(stated), None);
    }
    let triple = Triple { subject: NamedOrBlankNode::from(subject.clone()), predicate, object };
    Ok(if store.holds(&triple)? { vec![triple] } else { Vec::new() })
}
