//! Saved questions with what they are asked about: names become things before a query is asked.

use oxrdf::{NamedNode, Term};
use petgraph::graph::NodeIndex;

use super::{Site, SiteError, suggest::detail};
use crate::{
    graph::{Graph, NotFound},
    query::{Parameter, ParameterKind, Query, QueryError, Saved, WrongValue, nearest},
    vocab::PREFIXES,
};

/// Why a saved question cannot be asked so.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The query.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The store cannot be read.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// There is no such parameter.
    #[error("the question {query} has no parameter {name:?}{}", .suggestion.as_ref().map(|s| format!("; {s}")).unwrap_or_default())]
    Unknown {
        /// The question.
        query: String,
        /// What was given a value.
        name: String,
        /// What could be meant.
        suggestion: Option<String>,
    },
    /// Nothing has this name, or several things have.
    #[error("{name}: {source}")]
    NotFound {
        /// The parameter.
        name: String,
        /// What is there.
        source: NotFound,
    },
    /// Several things of the class have this name.
    #[error("{name}: {value:?} could be any of these; give one of the IRIs: {}", .candidates.join("; "))]
    Ambiguous {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// IRI, and what tells it from the others.
        candidates: Vec<String>,
    },
    /// It is something else.
    #[error("{name}: {value:?} is a {found}, and a {expected} is asked for")]
    Class {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// Its class.
        found: String,
        /// The class that is asked for.
        expected: String,
    },
    /// A value is none of the kind.
    #[error("{name}: {source}")]
    Value {
        /// The parameter.
        name: String,
        /// What is wrong.
        source: WrongValue,
    },
}

impl Site {
    /// A saved question, with values (name, value) for its parameters: those given, else those that it has itself.
    ///
    /// # Errors
    /// If it is not SPARQL, has no such parameter, or a value means nothing or several things.
    pub fn question(&self, origin: &str, saved: &Saved, given: &[(String, String)]) -> Result<Query, AskError> {
        let mut query = Query::parse(origin, &saved.text, PREFIXES)?;
        let names = || saved.parameters.iter().map(|parameter| parameter.name.as_str());
        if let Some((name, _)) = given.iter().find(|(name, _)| names().all(|known| known != name)) {
            let near = nearest(name, names()).map(|near| format!("did you mean {near:?}?"));
            let all = names().collect::<Vec<_>>().join(", ");
            let all = if all.is_empty() { "it has none".to_owned() } else { format!("it has {all}") };
            let suggestion = Some(near.unwrap_or(all));
            return Err(AskError::Unknown { query: saved.bare_name().to_owned(), name: name.clone(), suggestion });
        }
        for parameter in &saved.parameters {
            let value = given.iter().rev().find(|(name, _)| *name == parameter.name).map(|(_, value)| value);
            if let Some(value) = value.or(parameter.default.as_ref()) {
                query = query.bind(&parameter.name, &self.term(parameter, value)?)?;
            }
        }
        Ok(query)
    }

    /// What a value of a parameter means.
    fn term(&self, parameter: &Parameter, value: &str) -> Result<Term, AskError> {
        let name = || parameter.name.clone();
        match parameter.kind.literal(value) {
            Ok(Some(literal)) => Ok(literal.into()),
            Err(source) => Err(AskError::Value { name: name(), source }),
            Ok(None) => {
                let ParameterKind::Thing(class) = &parameter.kind else {
                    return Ok(oxrdf::Literal::from(value).into());
                };
                Ok(self.thing_called(&name(), class, value)?.into())
            }
        }
    }

    fn thing_called(&self, name: &str, class: &str, value: &str) -> Result<NamedNode, AskError> {
        let graph = self.graph().map_err(SiteError::from)?;
        let iri = |index: NodeIndex| NamedNode::new_unchecked(&graph.entity(index).iri);
        let named = || name.to_owned();
        match graph.find(value, self.base()) {
            Ok(index) if self.is_a(&graph, index, class) => Ok(iri(index)),
            Ok(index) => Err(AskError::Class {
                name: named(),
                value: value.to_owned(),
                found: graph.entity(index).class.clone(),
                expected: class.to_owned(),
            }),
            Err(NotFound::Several { iris, .. }) => {
                let all = iris.iter().filter_map(|iri| graph.by_iri(iri));
                let fitting: Vec<NodeIndex> = all.filter(|index| self.is_a(&graph, *index, class)).collect();
                match fitting[..] {
                    [only] => Ok(iri(only)),
                    [] => Err(AskError::NotFound {
                        name: named(),
                        source: NotFound::Nothing { name: value.to_owned(), near: Vec::new() },
                    }),
                    _ => {
                        let tell = |index: &NodeIndex| {
                            format!("{} ({})", graph.entity(*index).iri, detail(&graph, *index)).replace(" ()", "")
                        };
                        let candidates = fitting.iter().map(tell).collect();
                        Err(AskError::Ambiguous { name: named(), value: value.to_owned(), candidates })
                    }
                }
            }
            Err(source) => Err(AskError::NotFound { name: named(), source }),
        }
    }

    fn is_a(&self, graph: &Graph, index: NodeIndex, class: &str) -> bool {
        let ontology = self.ontology();
        match (ontology.class(&graph.entity(index).class), ontology.class(class)) {
            (Some(class), Some(wanted)) => ontology.is_subclass(class, wanted),
            // A class that the ontology does not know keeps nothing out.
            _ => true,
        }
    }
}
