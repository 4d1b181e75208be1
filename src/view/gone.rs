//! Decisions that speak of what is no more: documents were forgotten or changed, or rules read them differently.
//!
//! They stay, and hold again when it comes back; but a person should know of them.

use oxrdf::{NamedNode, Term};

use super::{
    entity::{entity_of, is_stated},
    statements::Statements,
};
use crate::curation::{Action, Fact, Ledger, Recorded};

/// A decision that speaks of what evidence does not speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The decision.
    pub decision: Recorded,
    /// What is missing.
    pub missing: Missing,
}

/// What a decision speaks of and evidence does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No evidence speaks of these keys.
    Keys(Vec<NamedNode>),
    /// Evidence speaks of subject and value, but does not state the fact. What was rejected has nothing to reject; what was
    /// accepted, or brought in as a correction, stands by the decision alone.
    Statement,
    /// The decision that is undone is not here.
    Decision(NamedNode),
}

/// The decisions that hold and speak of what is no more, in the order of time.
///
/// # Errors
/// If the statements cannot be read.
pub fn gone<S: Statements>(statements: &S, ledger: &Ledger) -> Result<Vec<Gone>, S::Error> {
    let mut found = Vec::new();
    for entry in ledger.in_force() {
        let missing = match &entry.decision.action {
            Action::Accept(fact) | Action::Reject(fact) | Action::Correct { fact, .. } => of_fact(statements, fact)?,
            Action::Merge(keys) => of_keys(statements, keys)?,
            Action::Split { apart, from } => of_keys(statements, apart.iter().chain(from))?,
            Action::Rename { key, .. } => of_keys(statements, [key])?,
            Action::Undo(_) => None,
        };
        found.extend(missing.map(|missing| Gone { decision: entry.clone(), missing }));
    }
    for entry in ledger.dangling() {
        if let Action::Undo(undone) = &entry.decision.action {
            found.push(Gone { decision: entry.clone(), missing: Missing::Decision(undone.clone()) });
        }
    }
    Ok(found)
}

fn of_keys<'a, S: Statements>(
    statements: &S,
    keys: impl IntoIterator<Item = &'a NamedNode>,
) -> Result<Option<Missing>, S::Error> {
    let mut missing = Vec::new();
    for key in keys {
        if !is_stated(statements, key)? {
            missing.push(key.clone());
        }
    }
    Ok((!missing.is_empty()).then_some(Missing::Keys(missing)))
}

fn of_fact<S: Statements>(statements: &S, fact: &Fact) -> Result<Option<Missing>, S::Error> {
    let subject = entity_of(statements, &fact.subject)?.0;
    let object = match &fact.object {
        Term::NamedNode(node) => Some(entity_of(statements, node)?.0),
        _ => None,
    };
    let mut is_known = false;
    for key in &subject.keys {
        for (predicate, stated) in statements.about(key)? {
            is_known = true;
            let same = match (&stated, &object) {
                (Term::NamedNode(node), Some(entity)) => entity.keys.contains(node),
                (stated, _) => *stated == fact.object,
            };
            if same && predicate == fact.predicate {
                return Ok(None);
            }
        }
    }
    if !is_known {
        return Ok(Some(Missing::Keys(vec![fact.subject.clone()])));
    }
    Ok(Some(Missing::Statement))
}
