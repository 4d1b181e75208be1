//! SPARQL 1.1 Service Description.

use axum::{
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use oxrdf::{BlankNode, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::answer::{GRAPHS, RESULTS};
use crate::{
    export::{self, Content, Format},
    server::{error::Problem, negotiate, state::Shared},
    vocab::{rdf, sd, urbi, void, xsd},
};

/// The forms of the description, the preferred first.
const FORMS: [Format; 4] = [Format::Turtle, Format::NTriples, Format::RdfXml, Format::JsonLd];

/// What the service can do, and how much there is.
pub fn describe(shared: &Shared, origin: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let types = FORMS.map(Format::media_type);
    // A browser asks for HTML, and is shown the Turtle.
    let at = negotiate::best(headers, &types).unwrap_or(0);
    let context = shared.context()?;
    let settings = export::Settings::new(shared.site.base(), context);
    let mut body = Vec::new();
    let view = triples(shared, origin)?;
    export::write(FORMS[at], &Content { view: &view, graphs: &[] }, &settings, &mut body)
        .map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, types[at])], body).into_response())
}

fn triples(shared: &Shared, origin: &str) -> Result<Vec<Triple>, Problem> {
    let endpoint = NamedNode::new(format!("{origin}sparql")).map_err(|error| Problem::BadRequest(error.to_string()))?;
    let service = NamedOrBlankNode::from(endpoint.clone());
    let [dataset, graph] = ["dataset", "graph"].map(|name| NamedOrBlankNode::from(BlankNode::new_unchecked(name)));
    let mut out = Vec::new();
    let mut add = |subject: &NamedOrBlankNode, predicate: NamedNodeRef<'static>, object: Term| {
        out.push(Triple::new(subject.clone(), predicate, object));
    };
    add(&service, rdf::TYPE, sd::SERVICE.into_owned().into());
    add(&service, sd::ENDPOINT, endpoint.into());
    add(&service, sd::SUPPORTED_LANGUAGE, sd::SPARQL_11_QUERY.into_owned().into());
    if shared.settings.allow_update {
        add(&service, sd::SUPPORTED_LANGUAGE, sd::SPARQL_11_UPDATE.into_owned().into());
    }
    let mut formats: Vec<&str> = RESULTS.iter().map(|(_, format)| format.iri()).collect();
    formats.extend(GRAPHS.iter().map(|(_, format)| format.iri()));
    formats.sort_unstable();
    formats.dedup();
    for format in formats {
        add(&service, sd::RESULT_FORMAT, NamedNode::new_unchecked(format).into());
    }
    add(&service, sd::DEFAULT_DATASET, dataset.clone().into());
    add(&dataset, rdf::TYPE, sd::DATASET.into_owned().into());
    add(&dataset, sd::DEFAULT_GRAPH, graph.clone().into());
    add(&graph, rdf::TYPE, sd::GRAPH.into_owned().into());
    let count = Literal::new_typed_literal(shared.overview()?.triples.to_string(), xsd::INTEGER);
    add(&graph, void::TRIPLES, count.into());
    for name in [urbi::PROVENANCE_GRAPH, urbi::CURATION_GRAPH] {
        let named = NamedOrBlankNode::from(BlankNode::new_unchecked(if name == urbi::CURATION_GRAPH {
            "curation"
        } else {
            "provenance"
        }));
        add(&dataset, sd::NAMED_GRAPH, named.clone().into());
        add(&named, rdf::TYPE, sd::NAMED_GRAPH_CLASS.into_owned().into());
        add(&named, sd::NAME, name.into_owned().into());
    }
    Ok(out)
}
