//! The JSON that the web interface is made from. What an answer holds is a struct of [`site`](crate::site); here are its
//! address and its parameters.

mod decisions;
mod questions;

use axum::{
    Json, Router, extract,
    http::header,
    response::IntoResponse,
    response::Response,
    routing::{get, post},
};
use oxrdf::{Literal, NamedNode, Term};
use serde::Serialize;
use serde_json::{Value as Json5, json};

use super::{error::Problem, params::Params, state::Shared, state::State};
use crate::site::Filter;

/// Most of anything that one answer lists.
const MOST: usize = 10_000;

type Answer = Result<Response, Problem>;

/// The addresses below `/api`.
pub fn router() -> Router<State> {
    Router::new()
        .route("/info", get(info))
        .route("/suggest", get(suggest))
        .route("/entity", get(entity))
        .route("/evidence", get(evidence))
        .route("/graph", get(graph))
        .route("/path", get(path))
        .route("/map", get(map))
        .route("/timeline", get(timeline))
        .route("/documents", get(documents))
        .route("/document", get(document))
        .route("/original", get(original))
        .route("/queries", get(questions::list))
        .route("/queries/{name}", get(questions::run))
        .route("/review", get(review))
        .route("/decisions", post(decisions::take))
        .fallback(async || Problem::NotFound("there is no such part of the API; docs/server.md lists them".to_owned()))
}

/// Reads from the store, where waiting is allowed, and answers in JSON.
async fn read<T: Serialize + Send + 'static>(
    state: State,
    read: impl FnOnce(&Shared) -> Result<T, Problem> + Send + 'static,
) -> Answer {
    Ok(Json(super::run::blocking(state, read).await?).into_response())
}

async fn info(extract::State(state): extract::State<State>) -> Answer {
    read(state, |shared| {
        let mut info = serde_json::to_value(&*shared.overview()?).map_err(|e| Problem::Internal(e.to_string()))?;
        if let Json5::Object(fields) = &mut info {
            fields.insert("version".to_owned(), json!(env!("CARGO_PKG_VERSION")));
            fields.insert("profile".to_owned(), json!(shared.site.store().profile()?));
            fields.insert("update".to_owned(), json!(shared.settings.allow_update));
            fields.insert("curation".to_owned(), json!(shared.settings.token.is_some()));
        }
        Ok(info)
    })
    .await
}

async fn suggest(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let limit = params.number("limit", 10, 100)?;
    read(state, move |shared| {
        Ok(shared.site.suggest(params.one("q")?.unwrap_or_default(), params.one("class")?, limit)?)
    })
    .await
}

async fn entity(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let (iri, limit) = (params.iri("iri")?, params.number("limit", 200, MOST)?);
    read(state, move |shared| {
        let page = shared.site.entity(&iri, limit)?.ok_or_else(|| unknown(&iri))?;
        let mut json = serde_json::to_value(&page).map_err(|e| Problem::Internal(e.to_string()))?;
        if let Json5::Object(fields) = &mut json {
            fields.insert("page".to_owned(), json!(super::resource::address(&shared.site, &page.thing.iri)));
        }
        Ok(json)
    })
    .await
}

async fn evidence(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let (subject, predicate) = (params.iri("s")?, params.some_iri("p")?);
    let object = match (params.one("o")?, params.some_iri("datatype")?, params.one("language")?) {
        (None, ..) => None,
        (Some(value), _, Some(language)) => Some(Term::from(
            Literal::new_language_tagged_literal(value, language)
                .map_err(|error| Problem::BadRequest(format!("{language:?} is no language: {error}")))?,
        )),
        (Some(value), Some(datatype), None) => Some(Term::from(Literal::new_typed_literal(value, datatype))),
        (Some(_), None, None) => Some(Term::from(params.iri("o")?)),
    };
    read(state, move |shared| Ok(shared.site.evidence(Some(&subject), predicate.as_ref(), object.as_ref())?)).await
}

/// Which entities are kept.
fn filter(params: &Params) -> Result<Filter, Problem> {
    let classes = params.all("class").filter(|class| !class.is_empty()).map(str::to_owned).collect();
    Ok(Filter { classes, from: params.year("from")?, to: params.year("to")? })
}

async fn graph(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let (around, filter) = (params.iris("around")?, filter(&params)?);
    let (depth, limit) = (params.number("depth", 1, 6)?, params.number("limit", 150, MOST)?);
    read(state, move |shared| Ok(shared.site.excerpt(&around, depth, limit, &filter)?)).await
}

async fn path(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let (from, to) = (params.iri("from")?, params.iri("to")?);
    read(state, move |shared| {
        shared
            .site
            .chain(&from, &to)?
            .ok_or_else(|| Problem::NotFound(format!("{from} or {to} is no entity of the graph")))
    })
    .await
}

async fn map(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let filter = filter(&params)?;
    read(state, move |shared| Ok(shared.site.places(&filter)?)).await
}

async fn timeline(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let (filter, limit) = (filter(&params)?, params.number("limit", 5000, MOST)?);
    read(state, move |shared| Ok(shared.site.timeline(&filter, limit)?)).await
}

async fn documents(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let (offset, limit) = (params.number("offset", 0, usize::MAX)?, params.number("limit", 50, 1000)?);
    read(state, move |shared| Ok(shared.site.documents(params.one("q")?.unwrap_or_default(), offset, limit)?)).await
}

async fn document(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let iri = params.iri("iri")?;
    read(state, move |shared| shared.site.document(&iri)?.ok_or_else(|| unknown(&iri))).await
}

/// The bytes as they came, always as a download: a page of somebody else's must not run as one of ours.
async fn original(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let iri = params.iri("iri")?;
    let known = super::run::blocking(state, move |shared| {
        let record = shared.site.store().document(&iri)?.ok_or_else(|| unknown(&iri))?;
        let bytes = shared.site.store().original(&iri)?.ok_or_else(|| unknown(&iri))?;
        Ok((record.media_type, bytes))
    });
    let (media_type, bytes) = known.await?;
    let headers = [(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, "attachment".to_owned())];
    Ok((headers, bytes).into_response())
}

async fn review(extract::State(state): extract::State<State>, params: Params) -> Answer {
    let (offset, limit) = (params.number("offset", 0, usize::MAX)?, params.number("limit", 50, 500)?);
    read(state, move |shared| Ok(shared.site.review(offset, limit)?)).await
}

fn unknown(iri: &NamedNode) -> Problem {
    Problem::NotFound(format!("nothing is known of {iri}"))
}
