//! Whether a graph has the form that its readers count on: SHACL, with the shapes of the profile (`ontology/shapes.ttl`) or
//! others.
//!
//! The validator is rudof's, behind the feature `shacl`; without it, [`Shapes::parse`] says so. What it finds is put into a
//! form of our own: sorted, each once, and the same each time. [`report`] gives it back as the report of the standard.
//!
//! Of a store's view, [`grounds`] gives the evidence behind a finding. Not in here: contradictions that the view has
//! settled (`view`).

mod grounds;
#[cfg(feature = "shacl")]
mod messages;
mod path;
pub mod report;
#[cfg(feature = "shacl")]
mod rudof;

use std::collections::BTreeSet;

use oxrdf::{NamedNode, NamedNodeRef, Term, Triple};

pub use grounds::grounds;
pub use path::Path;

use crate::vocab::sh;

/// Shapes, ready to be used.
pub struct Shapes {
    #[cfg(feature = "shacl")]
    compiled: rudof::Compiled,
    #[cfg(feature = "shacl")]
    messages: messages::Messages,
}

/// What is wrong at one place of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The node that a shape was held against.
    pub focus: Term,
    /// The way from it to what is wrong; none if it is wrong itself.
    pub path: Option<Path>,
    /// The value that is wrong, if it is one.
    pub value: Option<Term>,
    /// The constraint that is not met, such as `sh:MaxCountConstraintComponent`.
    pub component: NamedNode,
    /// The shape, where it has a name.
    pub shape: Option<NamedNode>,
    /// What the shape says of it.
    pub message: Option<String>,
}

/// How bad something is: the order of variants is that of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Readers of the graph will go wrong.
    Violation,
    /// Something is missing, or looks wrong.
    Warning,
    /// Something could be better.
    Info,
}

impl Severity {
    /// All of them.
    pub const ALL: [Severity; 3] = [Severity::Violation, Severity::Warning, Severity::Info];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Violation => "violation",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }

    /// Its IRI.
    pub const fn iri(self) -> NamedNodeRef<'static> {
        match self {
            Severity::Violation => sh::VIOLATION,
            Severity::Warning => sh::WARNING,
            Severity::Info => sh::INFO,
        }
    }
}

/// Why a graph cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum ShapesError {
    /// The shapes are wrong.
    #[error("the shapes in {name} cannot be used: {reason}")]
    Shapes {
        /// Where they come from.
        name: String,
        /// What is wrong with them.
        reason: String,
    },
    /// The validator gave up.
    #[error("the graph cannot be held against the shapes: {0}")]
    Validation(String),
    /// The program was built without a validator.
    #[error("this program was built without the feature `shacl`: it cannot check graphs against shapes")]
    Unsupported,
}

impl Shapes {
    /// Reads shapes in Turtle; `name` says in errors where they come from.
    ///
    /// # Errors
    /// If they are not Turtle or no shapes.
    #[cfg(feature = "shacl")]
    pub fn parse(name: &str, turtle: &str) -> Result<Shapes, ShapesError> {
        Ok(Shapes { compiled: rudof::compile(name, turtle)?, messages: messages::Messages::read(turtle) })
    }

    /// Says that there is no validator.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(feature = "shacl"))]
    pub fn parse(_: &str, _: &str) -> Result<Shapes, ShapesError> {
        Err(ShapesError::Unsupported)
    }

    /// All that is wrong with a graph, the worst first, then by node.
    ///
    /// # Errors
    /// If the validator gives up.
    pub fn check(&self, graph: &[Triple]) -> Result<Vec<Finding>, ShapesError> {
        #[cfg(feature = "shacl")]
        let mut findings = {
            let mut findings = rudof::validate(&self.compiled, graph)?;
            for finding in &mut findings {
                if let Some(message) = self.messages.of(finding) {
                    finding.message = Some(message.to_owned());
                }
            }
            findings
        };
        #[cfg(not(feature = "shacl"))]
        let mut findings: Vec<Finding> = graph.first().map_or(Ok(Vec::new()), |_| Err(ShapesError::Unsupported))?;
        let mut seen = BTreeSet::new();
        findings.retain(|finding| seen.insert(finding.order()));
        findings.sort_by_cached_key(Finding::order);
        Ok(findings)
    }
}

impl Finding {
    /// What it is sorted by, and known by.
    fn order(&self) -> (Severity, String, String, String, String, String) {
        let path = self.path.as_ref().map(ToString::to_string).unwrap_or_default();
        let value = self.value.as_ref().map(ToString::to_string).unwrap_or_default();
        let shape = self.shape.as_ref().map(ToString::to_string).unwrap_or_default();
        (self.severity, self.focus.to_string(), path, value, self.component.to_string(), shape)
    }

    /// The node that it is about, if it is an IRI.
    pub fn node(&self) -> Option<&NamedNode> {
        match &self.focus {
            Term::NamedNode(node) => Some(node),
            _ => None,
        }
    }
}
