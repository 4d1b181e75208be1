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
            GraphPattern::Bgp { patterns } => {
                let mut parts = connected(patterns).into_iter();
                let Some(first) = parts.next() else { return GraphPattern::Bgp { patterns: Vec::new() } };
                parts.fold(GraphPattern::Bgp { patterns: first }, |product, part| {
                    product_of(product, GraphPattern::Bgp { patterns: part })
                })
            }
            GraphPattern::Join { left, right } => product_of(*left, *right),
            other => other,
        }
    }
}

/// A join, with a filter if its sides have nothing in common.
fn product_of(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    let (of_left, of_right) = (variables(&left), variables(&right));
    let ends = of_left.first().cloned().zip(of_right.first().cloned());
    let join = GraphPattern::Join { left: Box::new(left), right: Box::new(right) };
    match ends {
        Some((one, other)) if of_left.is_disjoint(&of_right) => {
            let names_both = Expression::SameTerm(Box::new(one.into()), Box::new(other.into()));
            let always = Expression::Coalesce(Vec::from([names_both, Literal::from(true).into()]));
            let expr = Expression::FunctionCall(Function::Custom(function()), Vec::from([always]));
            GraphPattern::Filter { expr, inner: Box::new(join) }
        }
        _ => join,
    }
}

fn variables(pattern: &GraphPattern) -> BTreeSet<Variable> {
    let mut found = BTreeSet::new();
    pattern.on_in_scope_variable(|variable| {
        found.insert(variable.clone());
    });
    found
}

/// Triple patterns in groups that have no variable in common.
fn connected(patterns: Vec<TriplePattern>) -> Vec<Vec<TriplePattern>> {
    let mut groups: Vec<(BTreeSet<Variable>, Vec<TriplePattern>)> = Vec::new();
    for pattern in patterns {
        let mut names = variables(&GraphPattern::Bgp { patterns: Vec::from([pattern.clone()]) });
        let (same, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(of, _)| !of.is_disjoint(&names));
        let mut members = Vec::new();
        for (of, patterns) in same {
            names.extend(of);
            members.extend(patterns);
        }
        members.push(pattern);
        groups = others;
        groups.push((names, members));
    }
    groups.into_iter().map(|(_, members)| members).collect()
}
