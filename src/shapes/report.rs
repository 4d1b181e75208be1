//! The report of the standard: `sh:ValidationReport`, as triples.

use oxrdf::{BlankNode, Literal, NamedNode, Triple};

use super::Finding;
use crate::vocab::{prov, rdf, sh, xsd};

/// The report on these findings. `evidence` gives the evidence graphs behind one of them, by its number: each result is
/// derived from them (`prov:wasDerivedFrom`). Blank nodes are numbered, so that the same findings give the same triples.
pub fn triples(findings: &[Finding], evidence: &dyn Fn(usize) -> Vec<NamedNode>) -> Vec<Triple> {
    let mut count = 0;
    let mut fresh = || {
        count += 1;
        BlankNode::new_unchecked(format!("b{count}"))
    };
    let report = BlankNode::new_unchecked("report");
    // Of whatever severity: that is how the standard has it.
    let conforms = Literal::new_typed_literal(findings.is_empty().to_string(), xsd::BOOLEAN);
    let mut out = vec![
        Triple::new(report.clone(), rdf::TYPE.into_owned(), sh::VALIDATION_REPORT.into_owned()),
        Triple::new(report.clone(), sh::CONFORMS.into_owned(), conforms),
    ];
    for (at, finding) in findings.iter().enumerate() {
        let node = fresh();
        let say = |predicate: oxrdf::NamedNodeRef<'_>, object: oxrdf::Term, out: &mut Vec<Triple>| {
            out.push(Triple::new(node.clone(), predicate.into_owned(), object));
        };
        out.push(Triple::new(report.clone(), sh::RESULT.into_owned(), node.clone()));
        say(rdf::TYPE, sh::VALIDATION_RESULT.into_owned().into(), &mut out);
        say(sh::FOCUS_NODE, finding.focus.clone(), &mut out);
        say(sh::RESULT_SEVERITY, finding.severity.iri().into_owned().into(), &mut out);
        say(sh::SOURCE_CONSTRAINT_COMPONENT, finding.component.clone().into(), &mut out);
        if let Some(path) = &finding.path {
            let path = path.write(&mut fresh, &mut out);
            say(sh::RESULT_PATH, path, &mut out);
        }
        if let Some(value) = &finding.value {
            say(sh::VALUE, value.clone(), &mut out);
        }
        if let Some(shape) = &finding.shape {
            say(sh::SOURCE_SHAPE, shape.clone().into(), &mut out);
        }
        if let Some(message) = &finding.message {
            say(sh::RESULT_MESSAGE, Literal::new_simple_literal(message).into(), &mut out);
        }
        for graph in evidence(at) {
            say(prov::WAS_DERIVED_FROM, graph.into(), &mut out);
        }
    }
    out
}
