//! rudof's validator: our terms into its graph, its results into our findings.

use ::shacl::ir::IRSchema;
use ::shacl::types;
use ::shacl::validator::processor::{GraphValidation, ShaclProcessor as _};
use ::shacl::validator::report::ValidationResult;
use ::shacl::validator::store::{Graph, ShaclDataManager};
use ::shacl::validator::{ShaclConfig, ShaclValidationMode};
use oxrdf::{NamedNode, Term, Triple};
use rudof_rdf::rdf_core::{RDFFormat, SHACLPath};
use rudof_rdf::rdf_impl::OxigraphInMemory;

use super::{Finding, Path, Severity, ShapesError};

/// Shapes in its form.
pub type Compiled = IRSchema;

/// Reads shapes.
pub fn compile(name: &str, turtle: &str) -> Result<Compiled, ShapesError> {
    let loaded = ShaclDataManager::load(&mut turtle.as_bytes(), name, &RDFFormat::Turtle, None);
    loaded.map_err(|error| ShapesError::Shapes { name: name.to_owned(), reason: error.to_string() })
}

/// Holds a graph against shapes.
pub fn validate(shapes: &Compiled, triples: &[Triple]) -> Result<Vec<Finding>, ShapesError> {
    let failed = |error: &dyn std::fmt::Display| ShapesError::Validation(error.to_string());
    let mut graph = OxigraphInMemory::new();
    for triple in triples {
        let added = graph.add_triple_ref(triple.subject.as_ref(), triple.predicate.as_ref(), triple.object.as_ref());
        added.map_err(|error| failed(&error))?;
    }
    let mut validation = GraphValidation::from(Graph::from(graph));
    let report = validation.validate(shapes, &ShaclValidationMode::Native, &ShaclConfig::default());
    let report = report.map_err(|error| failed(&error))?;
    Ok(report.results().iter().filter_map(finding).collect())
}

fn finding(result: &ValidationResult) -> Option<Finding> {
    let node = |object: &rudof_rdf::rdf_core::term::Object| match Term::from(object.clone()) {
        Term::NamedNode(node) => Some(node),
        _ => None,
    };
    Some(Finding {
        severity: match result.severity() {
            types::Severity::Warning => Severity::Warning,
            types::Severity::Info | types::Severity::Debug | types::Severity::Trace => Severity::Info,
            types::Severity::Violation | types::Severity::Generic(_) => Severity::Violation,
        },
        focus: result.focus_node().clone().into(),
        path: result.path().map(path),
        value: result.value().cloned().map(Term::from),
        component: node(result.constraint_component())?,
        shape: result.source().and_then(node),
        message: message(result),
    })
}

/// The English message, or else the first one by language.
fn message(result: &ValidationResult) -> Option<String> {
    let mut all: Vec<(String, &String)> = result
        .message()
        .iter()
        .map(|(lang, text)| (lang.as_ref().map(ToString::to_string).unwrap_or_default(), text))
        .collect();
    all.sort();
    let english = all.iter().find(|(lang, _)| lang.starts_with("en"));
    english.or(all.first()).map(|(_, text)| (*text).clone()).filter(|text| !text.is_empty())
}

fn path(path: &SHACLPath) -> Path {
    let boxed = |inner: &SHACLPath| Box::new(self::path(inner));
    let all = |paths: &[SHACLPath]| paths.iter().map(self::path).collect();
    match path {
        SHACLPath::Predicate { pred } => Path::Predicate(NamedNode::new_unchecked(pred.as_str())),
        SHACLPath::Alternative { paths } => Path::Alternative(all(paths)),
        SHACLPath::Sequence { paths } => Path::Sequence(all(paths)),
        SHACLPath::Inverse { path } => Path::Inverse(boxed(path)),
        SHACLPath::ZeroOrMore { path } => Path::ZeroOrMore(boxed(path)),
        SHACLPath::OneOrMore { path } => Path::OneOrMore(boxed(path)),
        SHACLPath::ZeroOrOne { path } => Path::ZeroOrOne(boxed(path)),
    }
}
