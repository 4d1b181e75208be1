//! The saved questions.

use axum::{
    Extension, Json,
    extract::{self, Path},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::Answer;
use crate::{
    query::{self, Query, Saved},
    server::{Client, error::Problem, params::Params, run::blocking, sparql, state::Shared, state::State},
    site::AskError,
    vocab::PREFIXES,
};

/// All of them.
pub async fn list(extract::State(state): extract::State<State>) -> Answer {
    let list = blocking(state, |shared| {
        Ok(json!({ "queries": shared.queries.iter().map(|saved| described(shared, saved)).collect::<Vec<_>>() }))
    });
    Ok(Json(list.await?).into_response())
}

fn described(shared: &Shared, saved: &Saved) -> Value {
    let kind = Query::parse(&saved.name, &saved.text, PREFIXES).map_or("select", |query| query.kind().name());
    let number: String = saved.name.chars().take_while(char::is_ascii_digit).collect();
    let parameters: Vec<Value> = saved
        .parameters
        .iter()
        .map(|parameter| json!({ "name": parameter.name, "type": parameter.kind.name(), "default": parameter.default }))
        .collect();
    // With the values that it has itself, as far as the store knows them.
    let bound = shared.site.question(&saved.name, saved, &[]).map(|query| query.to_string()).ok();
    json!({
        "name": saved.bare_name(), "number": number, "question": saved.question, "text": saved.text, "kind": kind,
        "parameters": parameters, "bound": bound,
    })
}

/// Asks one of them; what the address says beside are values for its parameters.
pub async fn run(
    extract::State(state): extract::State<State>,
    Extension(client): Extension<Client>,
    Path(name): Path<String>,
    params: Params,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = blocking(state.clone(), move |shared| {
        let saved = query::find(&shared.queries, &name).map_err(|error| Problem::NotFound(error.to_string()))?;
        Ok(shared.site.question(&saved.name, saved, params.pairs())?)
    });
    sparql::answer(state, client, query.await?, &headers).await
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Problem {
        match error {
            AskError::Query(error) => Problem::Query(error),
            AskError::Site(error) => Problem::Site(error),
            AskError::NotFound { .. } => Problem::NotFound(error.to_string()),
            AskError::Ambiguous { .. } => Problem::Ambiguous(error.to_string()),
            error => Problem::BadRequest(error.to_string()),
        }
    }
}
