//! Why a view says what is wrong with it.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};

use super::{Finding, Path};
use crate::explain::{Explainer, Fact, Pattern};
use crate::store::StoreError;
use crate::view::is_relation;
use crate::vocab::{rdf, urbi};

/// The facts that a finding is about: those that lead from its node along its path, to the wrong value if there is one. If
/// nothing is there that could be wrong, or the finding has no path, the facts that say what the node is.
///
/// # Errors
/// If the database cannot be read.
pub fn grounds(explainer: &Explainer<'_>, finding: &Finding) -> Result<Vec<Fact>, StoreError> {
    let Some(focus) = finding.node() else { return Ok(Vec::new()) };
    let store = explainer.store();
    let mut triples: Vec<Triple> = Vec::new();
    let predicates: BTreeSet<&NamedNode> = finding.path.iter().flat_map(Path::predicates).collect();
    for predicate in predicates {
        let predicate = stated(predicate);
        let thing = Term::from(focus.clone());
        let mut found = store.triples(Some(focus), Some(predicate.as_ref()), None)?;
        found.extend(store.triples(None, Some(predicate.as_ref()), Some(&thing))?);
        let wrong = |triple: &Triple| match &finding.value {
            Some(value) => triple.object == *value || Term::from(triple.subject.clone()) == *value,
            None => true,
        };
        match found.iter().any(wrong) {
            true => triples.extend(found.into_iter().filter(wrong)),
            false => triples.extend(found),
        }
    }
    if triples.is_empty() {
        triples = store.triples(Some(focus), Some(rdf::TYPE), None)?;
    }
    crate::view::sort(&mut triples);
    let mut facts = Vec::new();
    for triple in triples {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        let asked =
            Pattern { subject: Some(subject), predicate: Some(&triple.predicate), object: Some(&triple.object) };
        facts.extend(explainer.explain(asked)?);
    }
    // Relations say more than types.
    facts.sort_by_key(|fact| !is_relation(fact.statement.predicate.as_ref()));
    Ok(facts)
}

/// The relation that a day comes from which the view works out.
fn stated(predicate: &NamedNode) -> NamedNode {
    match predicate.as_ref() {
        urbi::EARLIEST_START => urbi::START_DATE.into_owned(),
        urbi::LATEST_END => urbi::END_DATE.into_owned(),
        _ => predicate.clone(),
    }
}
