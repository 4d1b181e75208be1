//! The saved questions.

use axum::{
    Extension, Json,
    extract::{self, Path},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::Answer;
use crate::{
    query::{self, Query},
    server::{Client, error::Problem, sparql, state::State},
    vocab::PREFIXES,
};

/// All of them.
pub async fn list(extract::State(state): extract::State<State>) -> Response {
    let saved = state.queries.iter().map(|saved| {
        let kind = Query::parse(&saved.name, &saved.text, PREFIXES).map(|query| query.kind().name()).unwrap_or("select");
        let number: String = saved.name.chars().take_while(char::is_ascii_digit).collect();
        json!({ "name": saved.bare_name(), "number": number, "question": saved.question, "text": saved.text, "kind": kind })
    });
    Json(json!({ "queries": saved.collect::<Vec<_>>() })).into_response()
}

/// Asks one of them.
pub async fn run(
    extract::State(state): extract::State<State>,
    Extension(client): Extension<Client>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let saved = query::find(&state.queries, &name).map_err(|error| Problem::NotFound(error.to_string()))?;
    let query = Query::parse(&saved.name, &saved.text, PREFIXES)?;
    sparql::answer(state, client, query, &headers).await
}
