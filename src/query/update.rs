//! SPARQL 1.1 Update, as far as it stays out of Urbi's own graphs.

use oxigraph::sparql::{CancellationToken, SparqlEvaluator};
use oxrdf::{GraphName, NamedNode, Variable};
use spargebra::algebra::{GraphPattern, GraphTarget, QueryDataset};
use spargebra::term::GraphNamePattern;
use spargebra::{GraphUpdateOperation as Operation, SparqlParser};

use super::guard;
use super::hide::Hide;
use super::run::{check_depth, parser, unknown_prefix};
use super::{QueryError, SyntaxError};
use crate::store::{HIDDEN_GRAPHS, OwnGraph, Step, Store, UpdateError};

/// An update that has been parsed.
#[derive(Clone)]
pub struct Update {
    operations: Vec<Operation>,
    token: CancellationToken,
}

/// Why an update is not made.
#[derive(Debug, thiserror::Error)]
pub enum UpdateProblem {
    /// It is not SPARQL.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// It would read from elsewhere.
    #[error(
        "LOAD is off: the server reads nothing from other places; send the triples themselves (PUT to /graphs, or INSERT DATA)"
    )]
    Load,
    /// It would clear graphs without naming them, Urbi's own among them.
    #[error("{0} would clear Urbi's own graphs too; name the graphs, one by one")]
    All(&'static str),
    /// The request names graphs to read, and so does the update.
    #[error("the update names the graphs that it reads itself (USING, WITH); the request cannot name others")]
    Using,
    /// It was made in part and taken back, or not begun.
    #[error(transparent)]
    Update(#[from] UpdateError),
}

impl From<OwnGraph> for UpdateProblem {
    fn from(own: OwnGraph) -> UpdateProblem {
        UpdateProblem::Update(own.into())
    }
}

impl Update {
    /// Parses `text`, in which `prefixes` (name, IRI) are known. `origin` names it in errors.
    ///
    /// # Errors
    /// [`QueryError::Syntax`] with line and column.
    pub fn parse(origin: &str, text: &str, prefixes: &[(&str, &str)]) -> Result<Update, QueryError> {
        check_depth(origin, text)?;
        let parser: SparqlParser = parser(prefixes)?;
        match parser.clone().parse_update(text) {
            Ok(update) => Ok(Update { operations: update.operations, token: CancellationToken::new() }),
            Err(error) => {
                let names: Vec<&str> = prefixes.iter().map(|(name, _)| *name).collect();
                let hint = match parser.parse_query(text) {
                    Ok(_) => Some("this is a query; ask it with `urbi query`, or at /sparql".to_owned()),
                    Err(_) => unknown_prefix(text, &names),
                };
                Err(QueryError::Syntax(Box::new(SyntaxError::new(origin, text, &error, hint))))
            }
        }
    }

    /// What stops it: nothing of it is made then.
    pub fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Reads these graphs where the update names none; see [`Query::on_graphs`](super::Query::on_graphs).
    ///
    /// # Errors
    /// If the update names some itself.
    pub fn on_graphs(mut self, default: Vec<NamedNode>, named: Vec<NamedNode>) -> Result<Update, UpdateProblem> {
        if default.is_empty() && named.is_empty() {
            return Ok(self);
        }
        for operation in &mut self.operations {
            if let Operation::DeleteInsert { using, .. } = operation {
                if using.is_some() {
                    return Err(UpdateProblem::Using);
                }
                *using = Some(QueryDataset { default: default.clone(), named: Some(named.clone()) });
            }
        }
        Ok(self)
    }

    /// Makes it, wholly or not at all.
    ///
    /// # Errors
    /// If it would write a graph of Urbi's own or read from elsewhere, or if it fails.
    pub fn on_store(self, store: &Store) -> Result<(), UpdateProblem> {
        let mut steps = Vec::with_capacity(self.operations.len());
        for operation in self.operations {
            steps.push(step(operation, store, &self.token)?);
        }
        Ok(store.update(steps)?)
    }
}

/// Checks an operation for what its text says, and prepares what can be checked only when it is made.
fn step(mut operation: Operation, store: &Store, token: &CancellationToken) -> Result<Step, UpdateProblem> {
    let foreign = |graph: &GraphName| store.check_foreign(graph.as_ref());
    let named = |graph: &NamedNode| foreign(&GraphName::from(graph.clone()));
    let mut graphs = None;
    match &mut operation {
        Operation::InsertData { data } => data.iter().try_for_each(|quad| foreign(&graph_name(&quad.graph_name)))?,
        Operation::DeleteData { data } => data.iter().try_for_each(|quad| foreign(&graph_name(&quad.graph_name)))?,
        Operation::Load { .. } => return Err(UpdateProblem::Load),
        Operation::Create { graph, .. } => named(graph)?,
        Operation::Clear { graph, .. } | Operation::Drop { graph, .. } => match graph {
            GraphTarget::NamedNode(graph) => named(graph)?,
            GraphTarget::DefaultGraph => foreign(&GraphName::DefaultGraph)?,
            GraphTarget::NamedGraphs => return Err(UpdateProblem::All("NAMED")),
            GraphTarget::AllGraphs => return Err(UpdateProblem::All("ALL")),
        },
        Operation::DeleteInsert { delete, insert, using, pattern } => {
            let written = delete.iter().map(|quad| &quad.graph_name).chain(insert.iter().map(|quad| &quad.graph_name));
            let mut variables: Vec<Variable> = Vec::new();
            for graph in written {
                match graph {
                    GraphNamePattern::NamedNode(graph) => named(graph)?,
                    GraphNamePattern::DefaultGraph => foreign(&GraphName::DefaultGraph)?,
                    GraphNamePattern::Variable(variable) => variables.push(variable.clone()),
                }
            }
            let mut hide = Hide(HIDDEN_GRAPHS);
            if let Some(using) = using {
                hide.dataset_without(using);
            }
            **pattern = guard::guarded(hide.pattern_without(std::mem::take(&mut **pattern)));
            variables.sort();
            variables.dedup();
            graphs = (!variables.is_empty()).then(|| graphs_of(&variables, pattern, using.clone()));
        }
    }
    let evaluator = || {
        SparqlEvaluator::new()
            .with_cancellation_token(token.clone())
            .with_custom_function(guard::function(), guard::go_on(token.clone()))
    };
    let update = spargebra::Update { base_iri: None, operations: Vec::from([operation]) };
    Ok(Step { graphs: graphs.map(|query| evaluator().for_query(query)), update: evaluator().for_update(update) })
}

/// A query for all values of variables, in one column.
fn graphs_of(variables: &[Variable], pattern: &GraphPattern, dataset: Option<QueryDataset>) -> spargebra::Query {
    let column = Variable::new_unchecked("graph__");
    let each = |variable: &Variable| GraphPattern::Project {
        inner: Box::new(GraphPattern::Extend {
            inner: Box::new(pattern.clone()),
            variable: column.clone(),
            expression: variable.clone().into(),
        }),
        variables: Vec::from([column.clone()]),
    };
    let all = variables
        .iter()
        .map(each)
        .reduce(|left, right| GraphPattern::Union { left: Box::new(left), right: Box::new(right) });
    let inner =
        Box::new(GraphPattern::Project { inner: Box::new(all.unwrap_or_default()), variables: Vec::from([column]) });
    spargebra::Query::Select { dataset, pattern: GraphPattern::Distinct { inner }, base_iri: None }
}

fn graph_name(name: &spargebra::term::GraphName) -> GraphName {
    match name {
        spargebra::term::GraphName::NamedNode(node) => node.clone().into(),
        spargebra::term::GraphName::DefaultGraph => GraphName::DefaultGraph,
    }
}
