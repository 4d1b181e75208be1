//! A question, asked again for all of its variables.

use std::collections::BTreeSet;

use oxrdf::{Literal, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{GraphPattern, PropertyPathExpression, QueryDataset};
use spargebra::term::{GroundTerm, TermPattern, TriplePattern};

use crate::query::Solution;
use crate::vocab::xsd;

/// The variable that holds the number of a row.
const ROW: &str = "urbi_row";
/// How the variables begin that stand for blank nodes.
const BLANK: &str = "urbi_blank_";

/// A pattern that a solution makes triples of.
pub enum Pattern {
    /// A triple.
    Triple(TriplePattern),
    /// Triples along a path.
    Path {
        /// Where it begins.
        subject: TermPattern,
        /// The way.
        path: PropertyPathExpression,
        /// Where it ends.
        object: TermPattern,
    },
}

/// What a SELECT asks for, without what is done with the solutions.
pub struct Asked {
    pattern: GraphPattern,
    dataset: Option<QueryDataset>,
    /// The variables of the pattern, sorted.
    variables: Vec<Variable>,
    patterns: Vec<Pattern>,
}

impl Asked {
    /// Reads a question. None if it is no SELECT.
    pub fn new(question: &Query) -> Option<Asked> {
        let Query::Select { dataset, pattern, .. } = question else { return None };
        let mut pattern = bare(pattern.clone());
        open(&mut pattern);
        let mut variables = BTreeSet::new();
        pattern.on_in_scope_variable(|variable| {
            variables.insert(variable.as_str().to_owned());
        });
        let mut patterns = Vec::new();
        collect(&pattern, &mut patterns);
        let variables = variables.into_iter().map(Variable::new_unchecked).collect();
        Some(Asked { pattern, dataset: dataset.clone(), variables, patterns })
    }

    /// The patterns that must hold of a solution.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// The question for all variables, of these rows alone, each numbered.
    pub fn with_rows(&self, rows: &[Solution]) -> Query {
        let known = self.known(rows);
        let row = Variable::new_unchecked(ROW);
        let bindings = rows.iter().enumerate().map(|(at, solution)| {
            let number = Literal::new_typed_literal(at.to_string(), xsd::INTEGER);
            let values = known.iter().map(|variable| solution.get(*variable).and_then(ground));
            std::iter::once(Some(GroundTerm::Literal(number))).chain(values).collect()
        });
        let values = GraphPattern::Values {
            variables: std::iter::once(row.clone()).chain(known.iter().map(|v| (*v).clone())).collect(),
            bindings: bindings.collect(),
        };
        let joined = GraphPattern::Join { left: Box::new(values), right: Box::new(self.pattern.clone()) };
        let variables = std::iter::once(row).chain(self.variables.iter().cloned()).collect();
        let pattern = GraphPattern::Project { inner: Box::new(joined), variables };
        Query::Select { dataset: self.dataset.clone(), pattern, base_iri: None }
    }

    /// The row that a solution belongs to: the one with its number, if what the row leaves unbound is unbound in it too.
    pub fn row_of(&self, solution: &Solution, rows: &[Solution]) -> Option<usize> {
        let Some(Term::Literal(number)) = solution.get(ROW) else { return None };
        let at: usize = number.value().parse().ok()?;
        let row = rows.get(at)?;
        let same = |variable: &Variable| row.get(variable) == solution.get(variable);
        self.known(rows).into_iter().all(same).then_some(at)
    }

    /// The variables of the pattern that rows have: those of aggregates are not in it.
    fn known(&self, rows: &[Solution]) -> Vec<&Variable> {
        let has = |variable: &&Variable| rows.first().is_some_and(|row| row.variables().contains(variable));
        self.variables.iter().filter(has).collect()
    }
}

fn ground(term: &Term) -> Option<GroundTerm> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::Literal(literal) => Some(literal.clone().into()),
        _ => None,
    }
}

/// The pattern without what is done with its solutions: grouped, ordered, cut off.
fn bare(pattern: GraphPattern) -> GraphPattern {
    match pattern {
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Group { inner, .. } => bare(*inner),
        // What is said of groups (HAVING, expressions over aggregates) says nothing of single solutions.
        GraphPattern::Extend { inner, .. } | GraphPattern::Filter { inner, .. } if is_grouped(&inner) => bare(*inner),
        other => other,
    }
}

fn is_grouped(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Group { .. } => true,
        GraphPattern::Extend { inner, .. } | GraphPattern::Filter { inner, .. } => is_grouped(inner),
        _ => false,
    }
}

/// Makes variables of blank nodes, so that solutions say what they stand for.
fn open(pattern: &mut GraphPattern) {
    let open_term = |term: &mut TermPattern| {
        if let TermPattern::BlankNode(node) = term {
            *term = Variable::new_unchecked(format!("{BLANK}{}", node.as_str())).into();
        }
    };
    match pattern {
        GraphPattern::Bgp { patterns } => {
            for pattern in patterns {
                open_term(&mut pattern.subject);
                open_term(&mut pattern.object);
            }
        }
        GraphPattern::Path { subject, object, .. } => {
            open_term(subject);
            open_term(object);
        }
        other => inner_mut(other).into_iter().for_each(open),
    }
}

/// The patterns inside a pattern.
fn inner_mut(pattern: &mut GraphPattern) -> Vec<&mut GraphPattern> {
    match pattern {
        GraphPattern::Join { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => vec![left, right],
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. } => vec![inner],
        _ => Vec::new(),
    }
}

/// The patterns that hold of the view where a solution has them.
fn collect(pattern: &GraphPattern, out: &mut Vec<Pattern>) {
    match pattern {
        GraphPattern::Bgp { patterns } => out.extend(patterns.iter().cloned().map(Pattern::Triple)),
        GraphPattern::Path { subject, path, object } => {
            out.push(Pattern::Path { subject: subject.clone(), path: path.clone(), object: object.clone() });
        }
        GraphPattern::Join { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Union { left, right } => {
            collect(left, out);
            collect(right, out);
        }
        // What is on the right must not be there.
        GraphPattern::Minus { left, .. } => collect(left, out),
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. } => collect(inner, out),
        _ => {}
    }
}
