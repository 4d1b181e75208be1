//! Giving the variables of a query their values, before it is asked.
//!
//! A value takes the place of its variable everywhere in the algebra, in subqueries too, and stands in a column of the answer
//! where the variable was asked for. It never becomes part of the query's text: no value can change what is asked.

use oxrdf::{NamedNode, Term, Variable};
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use super::algebra::{Rewrite, pattern_of, rewrite};
use super::{Query, QueryError};

impl Query {
    /// The same query with a value for one of its variables (its name without `?`).
    ///
    /// # Errors
    /// [`QueryError::Unbindable`] if the query gives the variable a value itself (`BIND`, `AS`), or if the value cannot stand
    /// where the variable does: a literal as a subject.
    pub fn bind(mut self, name: &str, value: &Term) -> Result<Query, QueryError> {
        let unbindable = |reason| QueryError::Unbindable { name: name.to_owned(), reason };
        let variable = Variable::new(name).map_err(|_| unbindable("is no name of a variable"))?;
        let value = match value {
            Term::NamedNode(node) => GroundTerm::NamedNode(node.clone()),
            Term::Literal(literal) => GroundTerm::Literal(literal.clone()),
            Term::BlankNode(_) | Term::Triple(_) => return Err(unbindable("can be an IRI or a literal only")),
        };
        let mut bind = Bind { variable, value, wrong: None };
        if let spargebra::Query::Construct { template, .. } = &mut self.algebra {
            template.iter_mut().for_each(|triple| bind.triple(triple));
        }
        let pattern = pattern_of(&mut self.algebra);
        *pattern = rewrite(std::mem::take(pattern), &mut bind);
        match bind.wrong {
            None => Ok(self),
            Some(reason) => Err(unbindable(reason)),
        }
    }
}

struct Bind {
    variable: Variable,
    value: GroundTerm,
    wrong: Option<&'static str>,
}

impl Bind {
    fn node(&mut self) -> Option<NamedNode> {
        if let GroundTerm::NamedNode(node) = &self.value {
            return Some(node.clone());
        }
        self.wrong = Some("stands where only an IRI can stand");
        None
    }

    fn triple(&mut self, triple: &mut TriplePattern) {
        self.subject(&mut triple.subject);
        self.name(&mut triple.predicate);
        self.object(&mut triple.object);
    }

    fn subject(&mut self, term: &mut TermPattern) {
        if *term == TermPattern::Variable(self.variable.clone()) {
            if let Some(node) = self.node() {
                *term = node.into();
            }
        } else {
            self.object(term);
        }
    }

    fn object(&mut self, term: &mut TermPattern) {
        match term {
            TermPattern::Variable(variable) if *variable == self.variable => {
                *term = match &self.value {
                    GroundTerm::NamedNode(node) => node.clone().into(),
                    GroundTerm::Literal(literal) => literal.clone().into(),
                    GroundTerm::Triple(_) => return,
                };
            }
            TermPattern::Triple(inner) => self.triple(inner),
            _ => {}
        }
    }

    fn name(&mut self, name: &mut NamedNodePattern) {
        if *name == NamedNodePattern::Variable(self.variable.clone())
            && let Some(node) = self.node()
        {
            *name = node.into();
        }
    }

    fn expression_of_value(&self) -> Expression {
        match &self.value {
            GroundTerm::NamedNode(node) => node.clone().into(),
            GroundTerm::Literal(literal) => literal.clone().into(),
            // No such value is taken.
            GroundTerm::Triple(_) => Expression::Variable(self.variable.clone()),
        }
    }

    /// A pattern that has lost the variable, with the value as a column again.
    fn column(&self, inner: Box<GraphPattern>) -> Box<GraphPattern> {
        Box::new(GraphPattern::Extend {
            inner,
            variable: self.variable.clone(),
            expression: self.expression_of_value(),
        })
    }
}

impl Rewrite for Bind {
    fn pattern(&mut self, mut pattern: GraphPattern) -> GraphPattern {
        match &mut pattern {
            GraphPattern::Bgp { patterns } => patterns.iter_mut().for_each(|triple| self.triple(triple)),
            GraphPattern::Path { subject, object, .. } => {
                self.subject(subject);
                self.object(object);
            }
            GraphPattern::Graph { name, .. } | GraphPattern::Service { name, .. } => self.name(name),
            GraphPattern::Extend { variable, .. } if *variable == self.variable => {
                self.wrong = Some("gets its value in the query itself");
            }
            GraphPattern::Values { variables, bindings } => {
                if let Some(at) = variables.iter().position(|variable| *variable == self.variable) {
                    variables.remove(at);
                    bindings.retain(|row| row[at].as_ref().is_none_or(|value| *value == self.value));
                    bindings.iter_mut().for_each(|row| {
                        row.remove(at);
                    });
                }
            }
            GraphPattern::Project { inner, variables } if variables.contains(&self.variable) => {
                let of = std::mem::take(inner);
                *inner = self.column(of);
            }
            GraphPattern::Group { inner, variables, .. } if variables.contains(&self.variable) => {
                let of = std::mem::take(inner);
                *inner = self.column(of);
            }
            _ => {}
        }
        pattern
    }

    fn expression(&mut self, expression: Expression) -> Expression {
        match expression {
            Expression::Variable(variable) if variable == self.variable => self.expression_of_value(),
            Expression::Bound(variable) if variable == self.variable => oxrdf::Literal::from(true).into(),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use oxrdf::{Dataset, GraphNameRef, Literal, NamedNode, QuadRef, Term};

    use crate::query::{Answer, Limits, Query, QueryError};

    const PREFIXES: [(&str, &str); 1] = [("e", "http://e.org/")];

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("http://e.org/{name}"))
    }

    fn ask(text: &str, values: &[(&str, Term)]) -> Result<Vec<Vec<String>>, QueryError> {
        let mut dataset = Dataset::new();
        for (s, o) in [("cork", "ireland"), ("gent", "belgium"), ("brussels", "belgium")] {
            let (s, p, o) = (node(s), node("in"), node(o));
            dataset.insert(QuadRef::new(&s, &p, &o, GraphNameRef::DefaultGraph));
            dataset.insert(QuadRef::new(&s, &p, &o, node("g").as_ref()));
        }
        let mut query = Query::parse("query", text, &PREFIXES)?;
        for (name, value) in values {
            query = query.bind(name, value)?;
        }
        let rows = match query.on_dataset(Arc::new(dataset), Limits::default())? {
            Answer::Solutions { rows, .. } => rows
                .iter()
                .map(|row| {
                    row.values().iter().map(|v| v.as_ref().map(ToString::to_string).unwrap_or_default()).collect()
                })
                .collect(),
            Answer::Boolean(value) => Vec::from([Vec::from([value.to_string()])]),
            Answer::Graph(triples) => triples.iter().map(|triple| Vec::from([triple.to_string()])).collect(),
        };
        Ok(rows)
    }

    fn count(text: &str, values: &[(&str, Term)]) -> usize {
        ask(text, values).unwrap_or_else(|error| panic!("{text}: {error}")).len()
    }

    #[test]
    fn a_value_stands_wherever_its_variable_does() {
        let belgium = [("c", Term::from(node("belgium")))];
        for text in [
            "SELECT ?s { ?s e:in ?c }",
            "SELECT * { ?s e:in ?c }",
            "SELECT ?s { GRAPH e:g { ?s e:in ?c } }",
            "SELECT ?s { { SELECT ?s { ?s e:in ?c } } }",
            "SELECT ?s ?c { { SELECT ?s ?c { ?s e:in ?c } } }",
            "SELECT ?s { ?s e:in/e:in? ?c FILTER(?s != ?c) }",
            "SELECT ?s { ?s e:in ?o FILTER(?o = ?c) }",
            "SELECT ?s { ?s ?p ?o FILTER EXISTS { ?s e:in ?c } }",
            "SELECT ?s { ?s e:in ?c VALUES ?c { e:belgium e:ireland } }",
            "CONSTRUCT { ?c e:has ?s } WHERE { ?s e:in ?c }",
        ] {
            assert_eq!(count(text, &belgium), 2, "{text}");
        }
        let counted = ask("SELECT ?c (COUNT(*) AS ?n) { ?s e:in ?c } GROUP BY ?c", &belgium).unwrap();
        assert!(counted[0][0].contains("belgium") && counted[0][1].contains("\"2\""), "{counted:?}");
        assert_eq!(ask("ASK { e:cork e:in ?c }", &belgium).unwrap()[0][0], "false");
        assert!(ask("SELECT (BOUND(?c) AS ?b) {}", &belgium).unwrap()[0][0].contains("true"));
        assert_eq!(count("SELECT ?s { GRAPH ?g { ?s e:in ?c } }", &[("g", Term::from(node("g")))]), 3);
    }

    #[test]
    fn a_value_is_never_read_as_text() {
        let nasty = Literal::from("x\" } ; DROP ALL # ");
        assert_eq!(count("SELECT ?s { ?s e:in ?c }", &[("c", Term::from(nasty.clone()))]), 0);
        let asked = ask("SELECT ?c { }", &[("c", Term::from(nasty.clone()))]).unwrap();
        assert_eq!(asked[0][0], nasty.to_string());
    }

    #[test]
    fn a_value_that_cannot_stand_there_is_refused() {
        let text = Term::from(Literal::from("cork"));
        let refused = |query: &str| ask(query, &[("c", text.clone())]).unwrap_err().to_string();
        assert!(refused("SELECT * { ?c e:in ?o }").contains("only an IRI can stand"));
        assert!(refused("SELECT * { GRAPH ?c { ?s ?p ?o } }").contains("only an IRI can stand"));
        assert!(refused("SELECT * { BIND(1 AS ?c) }").contains("in the query itself"));
        assert!(ask("SELECT * {}", &[("not a name", text)]).is_err());
    }
}
