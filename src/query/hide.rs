//! What a query must not see: the graphs that a store keeps for itself.
//!
//! They name the folders of whoever built the store, and repeat what the evidence says. `GRAPH ?g` passes them over, and by
//! name they are empty.

use oxrdf::{NamedNode, NamedNodeRef};
use spargebra::algebra::{Expression, GraphPattern, QueryDataset};
use spargebra::term::NamedNodePattern;

use super::algebra::{Rewrite, rewrite};

/// Passes over the graphs that are hidden.
pub struct Hide<'a>(pub &'a [NamedNodeRef<'a>]);

impl Hide<'_> {
    /// A pattern that does not see them.
    pub fn pattern_without(&mut self, pattern: GraphPattern) -> GraphPattern {
        rewrite(pattern, self)
    }

    /// A dataset without them. An empty list means no graph, so that nothing is seen in their place.
    pub fn dataset_without(&self, dataset: &mut QueryDataset) {
        dataset.default.retain(|node| !self.hides(node));
        if let Some(named) = &mut dataset.named {
            named.retain(|node| !self.hides(node));
        }
    }

    fn hides(&self, node: &NamedNode) -> bool {
        self.0.contains(&node.as_ref())
    }
}

impl Rewrite for Hide<'_> {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        match &pattern {
            GraphPattern::Graph { name: NamedNodePattern::NamedNode(node), .. } if self.hides(node) => {
                GraphPattern::Values { variables: Vec::new(), bindings: Vec::new() }
            }
            GraphPattern::Graph { name: NamedNodePattern::Variable(name), .. } => {
                let name = name.clone();
                self.0.iter().fold(pattern, |inner, hidden| GraphPattern::Filter {
                    expr: Expression::Not(Box::new(Expression::SameTerm(
                        Box::new(name.clone().into()),
                        Box::new(hidden.into_owned().into()),
                    ))),
                    inner: Box::new(inner),
                })
            }
            _ => pattern,
        }
    }
}
