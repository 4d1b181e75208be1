//! SPARQL 1.1 Graph Store HTTP Protocol: whole graphs, read by anyone, written by who has the token.
//!
//! A graph is named by `?graph=IRI` or `?default`, or its IRI is the address itself (`/graphs/NAME`). Only graphs that are not
//! Urbi's own are written.

use axum::{
    Extension,
    body::Bytes,
    extract::{self, FromRequest, Multipart, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxrdf::{GraphName, NamedNode, Triple};
use sha2::{Digest, Sha256};

use super::{
    Client, auth, error::Problem, hosts::Origin, negotiate, params::Params, run, sparql::GRAPHS, state::State,
};
use crate::vocab::PREFIXES;

/// Any request for a graph.
pub async fn any(
    extract::State(state): extract::State<State>,
    Extension(client): Extension<Client>,
    Origin(origin): Origin,
    request: Request,
) -> Result<Response, Problem> {
    let params = Params::parse(request.uri().query().unwrap_or_default().as_bytes());
    let graph = graph(&params, request.uri(), &origin)?;
    match (request.method().clone(), graph) {
        (Method::GET | Method::HEAD, Some(graph)) => {
            let turn = state.begin(client).await?;
            let headers = request.headers().clone();
            let answer = run::blocking(state, move |shared| {
                let triples = shared.site.store().graph(graph.as_ref())?;
                let triples = triples.ok_or_else(|| Problem::NotFound(format!("there is no graph {graph}")))?;
                written(&triples, &headers)
            });
            let answer = answer.await;
            drop(turn);
            answer
        }
        (Method::PUT, Some(graph)) => put(state, graph, request, true).await,
        (Method::POST, Some(graph)) => put(state, graph, request, false).await,
        (Method::POST, None) => {
            state.may_update()?;
            auth::check(request.headers(), state.settings.token.as_ref())?;
            let (triples, digest) = content(&state, request, &origin).await?;
            let iri = format!("{origin}graphs/{digest}");
            let graph = NamedNode::new(&iri).map_err(|error| Problem::BadRequest(error.to_string()))?;
            run::blocking(state, move |shared| Ok(shared.site.store().put_graph(&graph, &triples, true)?)).await?;
            let location = HeaderValue::try_from(iri).map_err(|error| Problem::BadRequest(error.to_string()))?;
            Ok((StatusCode::CREATED, [(header::LOCATION, location)]).into_response())
        }
        (Method::DELETE, Some(graph)) => {
            state.may_update()?;
            auth::check(request.headers(), state.settings.token.as_ref())?;
            let gone = run::blocking(state, move |shared| {
                let graph = writable(graph, shared)?;
                let gone = shared.site.store().drop_graph(&graph)?;
                if gone { Ok(()) } else { Err(Problem::NotFound(format!("there is no graph {graph}"))) }
            });
            gone.await?;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        (Method::GET | Method::HEAD | Method::PUT | Method::DELETE, None) => {
            Err(Problem::BadRequest("name the graph: ?graph=IRI, ?default, or its own address".to_owned()))
        }
        _ => Ok((StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD, PUT, POST, DELETE")]).into_response()),
    }
}

/// The graph that a request is about; none if it names none.
fn graph(params: &Params, uri: &Uri, origin: &str) -> Result<Option<GraphName>, Problem> {
    let default = params.all("default").next().is_some();
    let named = params.one("graph")?;
    let path = uri.path().trim_start_matches('/');
    match (default, named, path) {
        (true, None, "graphs") => Ok(Some(GraphName::DefaultGraph)),
        (false, Some(_), "graphs") => Ok(Some(params.iri("graph")?.into())),
        (false, None, "graphs") => Ok(None),
        (false, None, direct) => {
            let iri = NamedNode::new(format!("{origin}{direct}"));
            Ok(Some(iri.map_err(|error| Problem::BadRequest(format!("the address is no IRI: {error}")))?.into()))
        }
        _ => Err(Problem::BadRequest("name one graph: ?graph=IRI, ?default, or its own address".to_owned())),
    }
}

/// A graph in the form that the client likes best.
fn written(triples: &[Triple], headers: &HeaderMap) -> Result<Response, Problem> {
    let types: Vec<&str> = GRAPHS.iter().map(|(media_type, _)| *media_type).collect();
    let at = negotiate::best(headers, &types).ok_or_else(|| Problem::NotAcceptable(types.join(", ")))?;
    let (media_type, format) = GRAPHS[at];
    let failed = |error: std::io::Error| Problem::Internal(error.to_string());
    let mut serializer = RdfSerializer::from_format(format);
    for (name, iri) in PREFIXES {
        serializer = serializer.with_prefix(*name, *iri).map_err(|error| Problem::Internal(error.to_string()))?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in triples {
        writer.serialize_triple(triple).map_err(failed)?;
    }
    Ok(([(header::CONTENT_TYPE, media_type)], writer.finish().map_err(failed)?).into_response())
}

async fn put(state: State, graph: GraphName, request: Request, replace: bool) -> Result<Response, Problem> {
    state.may_update()?;
    auth::check(request.headers(), state.settings.token.as_ref())?;
    state.site.store().check_foreign(graph.as_ref()).map_err(|own| Problem::Forbidden(own.to_string()))?;
    let base = match &graph {
        GraphName::NamedNode(node) => node.as_str().to_owned(),
        GraphName::BlankNode(_) | GraphName::DefaultGraph => state.site.base().as_str().to_owned(),
    };
    let (triples, _) = content(&state, request, &base).await?;
    let new = run::blocking(state, move |shared| {
        let graph = writable(graph, shared)?;
        Ok(shared.site.store().put_graph(&graph, &triples, replace)?)
    });
    Ok(if new.await? { StatusCode::CREATED } else { StatusCode::NO_CONTENT }.into_response())
}

/// The name of a graph that others may write.
fn writable(graph: GraphName, shared: &super::state::Shared) -> Result<NamedNode, Problem> {
    shared.site.store().check_foreign(graph.as_ref()).map_err(|own| Problem::Forbidden(own.to_string()))?;
    match graph {
        GraphName::NamedNode(node) => Ok(node),
        other => Err(Problem::Forbidden(format!("{other} cannot be written"))),
    }
}

/// The triples of a body, with its digest: one document, or several files of a form.
async fn content(state: &State, request: Request, base: &str) -> Result<(Vec<Triple>, String), Problem> {
    let media_type = media_type(request.headers());
    if media_type != "multipart/form-data" {
        let body = Bytes::from_request(request, state).await.map_err(|error| Problem::BadRequest(error.to_string()))?;
        return Ok((triples(&media_type, &body, base)?, digest(&[&body])));
    }
    let unreadable = |error: axum::extract::multipart::MultipartError| Problem::BadRequest(error.body_text());
    let mut form =
        Multipart::from_request(request, state).await.map_err(|error| Problem::BadRequest(error.body_text()))?;
    let (mut all, mut bodies) = (Vec::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let media_type = field.content_type().unwrap_or("text/turtle").to_owned();
        let body = field.bytes().await.map_err(unreadable)?;
        all.extend(triples(&media_type, &body, base)?);
        bodies.push(body);
    }
    let bodies: Vec<&[u8]> = bodies.iter().map(AsRef::as_ref).collect();
    Ok((all, digest(&bodies)))
}

fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("text/turtle");
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn triples(media_type: &str, body: &[u8], base: &str) -> Result<Vec<Triple>, Problem> {
    let format = RdfFormat::from_media_type(media_type)
        .ok_or_else(|| Problem::UnsupportedMediaType(format!("{media_type:?} is no form of RDF that is read here")))?;
    let parser = RdfParser::from_format(format).without_named_graphs().rename_blank_nodes();
    let parser = parser.with_base_iri(base).map_err(|error| Problem::BadRequest(error.to_string()))?;
    let quads = parser.for_slice(body).map(|quad| quad.map(Triple::from));
    quads
        .collect::<Result<_, _>>()
        .map_err(|error| Problem::BadRequest(format!("this is no {}: {error}", format.name())))
}

/// The first half of the SHA-256, in hexadecimal digits: the name of a graph that nobody named.
fn digest(bodies: &[&[u8]]) -> String {
    let mut sha = Sha256::new();
    bodies.iter().for_each(|body| sha.update(body));
    sha.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
