//! Decisions of curators.

use axum::{
    Json, extract,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use oxrdf::{Literal, NamedNode, Term};
use serde::Deserialize;
use serde_json::json;

use crate::{
    curation::{Action, Decision, Fact, is_decidable},
    server::{auth, error::Problem, run::blocking, state::State},
    view::Schema,
};

/// A decision as it is sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// `accept`, `reject`, `correct` or `undo`.
    action: String,
    /// Who decides.
    author: String,
    /// When: ISO 8601 with a zone. The server has no clock of its own to decide by.
    time: String,
    /// Why.
    reason: Option<String>,
    /// The entity that is spoken of.
    s: Option<String>,
    /// The relation.
    p: Option<String>,
    /// The value that is decided on.
    o: Option<Value>,
    /// The value that is true, for `correct`.
    value: Option<Value>,
    /// The decision that holds no more, for `undo`.
    decision: Option<String>,
}

/// A value: an IRI, or a literal.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Value {
    Iri { iri: String },
    Literal { value: String, datatype: Option<String>, language: Option<String> },
}

/// Takes a decision, if who sends it may.
pub async fn take(
    extract::State(state): extract::State<State>,
    headers: HeaderMap,
    sent: Result<Json<Sent>, axum::extract::rejection::JsonRejection>,
) -> Result<Response, Problem> {
    auth::check(&headers, state.settings.token.as_ref())?;
    let Json(sent) = sent.map_err(|error| Problem::BadRequest(error.body_text()))?;
    let decision = decision(sent)?;
    let writing = state.writing.lock().await;
    let known = blocking(state.clone(), move |shared| {
        let schema = Schema::from(shared.site.ontology());
        let iri = decision.iri(shared.site.base());
        let new = shared.site.store().decide(&schema, &[decision])?;
        Ok(json!({ "decision": iri.as_str(), "new": !new.is_empty() }))
    });
    let known = known.await?;
    drop(writing);
    Ok(Json(known).into_response())
}

fn decision(sent: Sent) -> Result<Decision, Problem> {
    let bad = |message: String| Problem::BadRequest(message);
    let need = |name: &str, value: Option<String>| value.ok_or_else(|| bad(format!("{name:?} is missing")));
    let iri = |name: &str, value: String| {
        NamedNode::new(value).map_err(|error| bad(format!("{name:?} must be a whole IRI: {error}")))
    };
    if sent.author.trim().is_empty() {
        return Err(bad("\"author\" is missing: a decision says who took it".to_owned()));
    }
    let time = sent
        .time
        .parse()
        .map_err(|error| bad(format!("\"time\" must be a time such as 2026-11-25T08:00:00Z: {error}")))?;
    let action = if sent.action == "undo" {
        Action::Undo(iri("decision", need("decision", sent.decision)?)?)
    } else {
        let object = sent.o.ok_or_else(|| bad("\"o\" is missing".to_owned()))?;
        let predicate = iri("p", need("p", sent.p)?)?;
        if !is_decidable(predicate.as_ref()) {
            return Err(bad(format!("{predicate} follows from others, and cannot be decided on")));
        }
        let fact = Fact { subject: iri("s", need("s", sent.s)?)?, predicate, object: term(object)? };
        match sent.action.as_str() {
            "accept" => Action::Accept(fact),
            "reject" => Action::Reject(fact),
            "correct" => {
                let value = term(sent.value.ok_or_else(|| bad("\"value\" is missing".to_owned()))?)?;
                Action::Correct { fact, value, naming: None }
            }
            other => return Err(bad(format!("there is no action {other:?}; known are accept, reject, correct, undo"))),
        }
    };
    Ok(Decision { author: sent.author, time, reason: sent.reason.filter(|reason| !reason.is_empty()), action })
}

fn term(value: Value) -> Result<Term, Problem> {
    let bad = |message: String| Problem::BadRequest(message);
    Ok(match value {
        Value::Iri { iri } => {
            NamedNode::new(iri).map_err(|error| bad(format!("a value is no whole IRI: {error}")))?.into()
        }
        Value::Literal { value, language: Some(language), .. } => {
            Literal::new_language_tagged_literal(value, language).map_err(|error| bad(error.to_string()))?.into()
        }
        Value::Literal { value, datatype: Some(datatype), language: None } => {
            let datatype =
                NamedNode::new(datatype).map_err(|error| bad(format!("a datatype is no whole IRI: {error}")))?;
            Literal::new_typed_literal(value, datatype).into()
        }
        Value::Literal { value, .. } => Literal::from(value).into(),
    })
}
