//! Makes every query stop when it is told to.
//!
//! Oxigraph looks at its token when it reads the next quad. A product of rows that are in memory already (`?a ?b ?c . ?d ?e
//! ?f`) can go on for years without reading one. So each product gets a filter that calls a function of ours for each of
//! its rows; once the query is to stop, the function unwinds the thread that evaluates, which has no other work. The filter
//! names a variable of each side, so that the optimiser cannot move it below the product, and joins that have something in
//! common are left as they are: they read the store for each row.

use std::any::Any;
use std::collections::BTreeSet;

use oxigraph::sparql::{CancellationToken, QueryEvaluationError};
use oxrdf::{Literal, NamedNode, Term, Variable};
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{TermPattern, TriplePattern};

use super::QueryError;
use super::algebra::{Rewrite, rewrite};

/// The name of the function; nobody else can call it with an effect.
const FUNCTION: &str = "https://w3id.org/urbi/store#goOn";

/// What the evaluating thread unwinds with.
struct Stopped;

/// The name of the function that [`go_on`] is.
pub fn function() -> NamedNode {
    NamedNode::new_unchecked(FUNCTION)
}

/// The function: true, as long as the query may go on.
///
/// # Panics
/// It unwinds, without a message, when the query is to stop.
pub fn go_on(token: CancellationToken) -> impl Fn(&[Term]) -> Option<Term> + Send + Sync + 'static {
    let go_on = Term::from(Literal::from(true));
    move |_| {
        if token.is_cancelled() {
            std::panic::resume_unwind(Box::new(Stopped));
        }
        Some(go_on.clone())
    }
}

/// What it means that an evaluation unwound.
pub fn ended_by(cause: Box<dyn Any + Send>) -> QueryError {
    if cause.is::<Stopped>() { QueryError::Evaluation(QueryEvaluationError::Cancelled) } else { QueryError::Died }
}

/// The pattern with a filter over each product.
pub fn guarded(pattern: GraphPattern) -> GraphPattern {
    rewrite(rewrite(pattern, &mut Unblank), &mut Guard)
}

/// Makes blank nodes variables, as which they join, so that a filter can name them.
struct Unblank;

impl Rewrite for Unblank {
    fn pattern(&mut self, mut pattern: GraphPattern) -> GraphPattern {
        match &mut pattern {
            GraphPattern::Bgp { patterns } => patterns.iter_mut().for_each(unblank_triple),
            GraphPattern::Path { subject, object, .. } => [subject, object].into_iter().for_each(unblank),
            _ => {}
        }
        pattern
    }
}

fn unblank_triple(triple: &mut TriplePattern) {
    [&mut triple.subject, &mut triple.object].into_iter().for_each(unblank);
}

fn unblank(term: &mut TermPattern) {
    match term {
        TermPattern::BlankNode(node) => *term = Variable::new_unchecked(format!("urbi__{}", node.as_str())).into(),
        TermPattern::Triple(inner) => unblank_triple(inner),
        TermPattern::NamedNode(_) | TermPattern::Literal(_) | TermPattern::Variable(_) => {}
    }
}

struct Guard;

impl Rewrite for Guard {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Join { .. } => joined(operands(pattern)),
            other => other,
        }
    }
}

/// What a chain of joins joins, whatever its order: what has nothing in common with its neighbour may have with the next.
fn operands(pattern: GraphPattern) -> Vec<GraphPattern> {
    match pattern {
        GraphPattern::Join { left, right } => operands(*left).into_iter().chain(operands(*right)).collect(),
        GraphPattern::Filter { expr: Expression::FunctionCall(Function::Custom(name), _), inner }
            if name == function() =>
        {
            operands(*inner)
        }
        GraphPattern::Bgp { patterns } => {
            connected(patterns, |triple| variables(&GraphPattern::Bgp { patterns: Vec::from([triple.clone()]) }))
                .into_iter()
                .map(|patterns| GraphPattern::Bgp { patterns })
                .collect()
        }
        other => Vec::from([other]),
    }
}

/// Joins what hangs together, and guards the products of the rest.
fn joined(operands: Vec<GraphPattern>) -> GraphPattern {
    let join =
        |left: GraphPattern, right: GraphPattern| GraphPattern::Join { left: Box::new(left), right: Box::new(right) };
    let groups = connected(operands, variables).into_iter().filter_map(|group| group.into_iter().reduce(join));
    groups.reduce(product_of).unwrap_or_default()
}

/// A product, with a filter over it if both sides have rows that a filter can name.
fn product_of(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    let ends = variables(&left).pop_first().zip(variables(&right).pop_first());
    let join = GraphPattern::Join { left: Box::new(left), right: Box::new(right) };
    let Some((one, other)) = ends else { return join };
    let names_both = Expression::SameTerm(Box::new(one.into()), Box::new(other.into()));
    let always = Expression::Coalesce(Vec::from([names_both, Literal::from(true).into()]));
    let expr = Expression::FunctionCall(Function::Custom(function()), Vec::from([always]));
    GraphPattern::Filter { expr, inner: Box::new(join) }
}

fn variables(pattern: &GraphPattern) -> BTreeSet<Variable> {
    let mut found = BTreeSet::new();
    pattern.on_in_scope_variable(|variable| {
        found.insert(variable.clone());
    });
    found
}

/// Parts in groups that have no variable in common.
fn connected<T>(parts: Vec<T>, names_of: impl Fn(&T) -> BTreeSet<Variable>) -> Vec<Vec<T>> {
    let mut groups: Vec<(BTreeSet<Variable>, Vec<T>)> = Vec::new();
    for part in parts {
        let mut names = names_of(&part);
        let (same, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(of, _)| !of.is_disjoint(&names));
        let mut members = Vec::new();
        for (of, parts) in same {
            names.extend(of);
            members.extend(parts);
        }
        members.push(part);
        groups = others;
        groups.push((names, members));
    }
    groups.into_iter().map(|(_, members)| members).collect()
}
