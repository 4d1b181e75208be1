//! SPARQL 1.1 Protocol: queries and updates.

mod answer;
mod description;

use axum::{
    Extension,
    body::Bytes,
    extract,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

pub use answer::{GRAPHS, answer};

use super::{Client, auth, error::Problem, hosts::Origin, params::Params, run, state::State};
use crate::{
    query::{Query, QueryError, Update, UpdateProblem},
    vocab::PREFIXES,
};

/// A query in the address; without one, what the service can do.
pub async fn get(
    extract::State(state): extract::State<State>,
    Extension(client): Extension<Client>,
    Origin(origin): Origin,
    params: Params,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if params.all("update").next().is_some() {
        return Err(Problem::BadRequest("an update is sent with POST".to_owned()));
    }
    match params.one("query")? {
        None if params.all("query").next().is_none() => {
            run::blocking(state, move |shared| description::describe(shared, &origin, &headers)).await
        }
        text => answer(state, client, query(&params, text.unwrap_or_default())?, &headers).await,
    }
}

/// A query or an update in the body: as it is, or in a form.
pub async fn post(
    extract::State(state): extract::State<State>,
    Extension(client): Extension<Client>,
    params: Params,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/sparql-query" => answer(state, client, query(&params, utf8(&body)?)?, &headers).await,
        "application/sparql-update" => update(state, client, &headers, &params, utf8(&body)?).await,
        "application/x-www-form-urlencoded" => {
            let form = Params::parse(&body);
            match (form.one("query")?, form.one("update")?) {
                (Some(text), None) => answer(state, client, query(&form, text)?, &headers).await,
                (None, Some(text)) => update(state, client, &headers, &form, text).await,
                _ => Err(Problem::BadRequest("send one query or one update".to_owned())),
            }
        }
        other => Err(Problem::UnsupportedMediaType(format!(
            "{other:?} is not read here; send application/sparql-query, application/sparql-update or \
             application/x-www-form-urlencoded"
        ))),
    }
}

fn utf8(body: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(body).map_err(|error| Problem::BadRequest(format!("the body is not UTF-8: {error}")))
}

/// The query with the graphs that the request names.
fn query(params: &Params, text: &str) -> Result<Query, Problem> {
    let query = Query::parse("query", text, PREFIXES)?;
    Ok(query.on_graphs(params.iris("default-graph-uri")?, params.iris("named-graph-uri")?))
}

/// Makes an update, if who sends it may.
async fn update(
    state: State,
    client: Client,
    headers: &HeaderMap,
    params: &Params,
    text: &str,
) -> Result<Response, Problem> {
    state.may_update()?;
    auth::check(headers, state.settings.token.as_ref())?;
    let update = Update::parse("update", text, PREFIXES)?
        .on_graphs(params.iris("using-graph-uri")?, params.iris("using-named-graph-uri")?)?;
    let turn = state.begin(client).await?;
    let token = update.token();
    let timeout = state.settings.limits.timeout;
    let writing = state.writing.lock().await;
    let watch = state.watched.watch(token.clone());
    let work = run::blocking(state.clone(), move |shared| {
        let _watch = watch;
        update.on_store(shared.site.store()).map_err(Problem::from)
    });
    match timeout {
        None => work.await?,
        Some(timeout) => {
            tokio::pin!(work);
            match tokio::time::timeout(timeout, &mut work).await {
                Ok(done) => done?,
                Err(_) => {
                    token.cancel();
                    // It takes back what it has done; then the next may write.
                    let _ = work.await;
                    return Err(QueryError::TimedOut(timeout).into());
                }
            }
        }
    }
    drop((writing, turn));
    Ok(StatusCode::NO_CONTENT.into_response())
}

impl From<UpdateProblem> for Problem {
    fn from(problem: UpdateProblem) -> Problem {
        match problem {
            UpdateProblem::Query(error) => Problem::Query(error),
            UpdateProblem::Load | UpdateProblem::All(_) => Problem::Forbidden(problem.to_string()),
            UpdateProblem::Using => Problem::BadRequest(problem.to_string()),
            UpdateProblem::Update(error) => error.into(),
        }
    }
}
