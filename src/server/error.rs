//! What goes wrong, as HTTP says it.

use std::any::Any;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use oxigraph::sparql::QueryEvaluationError;
use serde_json::json;

use crate::{
    query::{QueryError, StreamError},
    search::SearchError,
    site::SiteError,
    store::StoreError,
};

/// Why a request is not answered as was hoped.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The request makes no sense.
    #[error("{0}")]
    BadRequest(String),
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// There are several such things.
    #[error("{0}")]
    Ambiguous(String),
    /// None of the forms that the client takes can be had.
    #[error("this can be had as {0}")]
    NotAcceptable(String),
    /// The body is in a form that is not read here.
    #[error("{0}")]
    UnsupportedMediaType(String),
    /// Who asks has not said who they are.
    #[error("this needs the token of the server: send `Authorization: Bearer TOKEN`")]
    Unauthorized,
    /// Nobody may do this here.
    #[error("{0}")]
    Forbidden(String),
    /// The client has too much running.
    #[error("{0} queries of yours are running; wait until one has ended")]
    TooMany(usize),
    /// All have too much running.
    #[error("too many queries are running; try again later")]
    Busy,
    /// A query.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A page.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The program.
    #[error("{0}")]
    Internal(String),
}

impl Problem {
    fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Problem::BadRequest(_) => (StatusCode::BAD_REQUEST, "bad-request"),
            Problem::NotFound(_) => (StatusCode::NOT_FOUND, "not-found"),
            Problem::Ambiguous(_) => (StatusCode::CONFLICT, "ambiguous"),
            Problem::NotAcceptable(_) => (StatusCode::NOT_ACCEPTABLE, "not-acceptable"),
            Problem::UnsupportedMediaType(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type"),
            Problem::Unauthorized => (StatusCode::UNAUTHORIZED, "unauthorized"),
            Problem::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden"),
            Problem::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Problem::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Problem::Query(QueryError::Syntax(_) | QueryError::Nesting { .. }) => {
                (StatusCode::BAD_REQUEST, "bad-request")
            }
            Problem::Query(QueryError::Unbindable { .. }) => (StatusCode::BAD_REQUEST, "bad-request"),
            Problem::Query(QueryError::Search(_) | QueryError::Index(SearchError::Words { .. })) => {
                (StatusCode::BAD_REQUEST, "bad-request")
            }
            Problem::Query(QueryError::Service) => (StatusCode::FORBIDDEN, "forbidden"),
            Problem::Query(QueryError::Memory) => (StatusCode::SERVICE_UNAVAILABLE, "memory"),
            Problem::Query(QueryError::Evaluation(error)) if !matches!(error, QueryEvaluationError::Dataset(_)) => {
                (StatusCode::BAD_REQUEST, "failed")
            }
            Problem::Query(QueryError::TimedOut(_)) => (StatusCode::SERVICE_UNAVAILABLE, "timeout"),
            Problem::Query(QueryError::TooManyRows(_)) => (StatusCode::UNPROCESSABLE_ENTITY, "too-large"),
            Problem::Query(_) | Problem::Store(_) | Problem::Site(_) | Problem::Internal(_) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "internal")
            }
        }
    }
}

impl From<crate::store::UpdateError> for Problem {
    fn from(error: crate::store::UpdateError) -> Problem {
        use crate::store::UpdateError;
        match error {
            UpdateError::Own(own) => Problem::Forbidden(own.to_string()),
            UpdateError::Store(error) => Problem::Store(error),
            UpdateError::Evaluation(_) | UpdateError::Graphs(_) => Problem::BadRequest(error.to_string()),
        }
    }
}

impl From<StreamError> for Problem {
    fn from(error: StreamError) -> Problem {
        match error {
            StreamError::Query(error) => Problem::Query(error),
            StreamError::Output(error) => Problem::Internal(error.to_string()),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code) = self.status();
        // What is wrong inside is for the log; where files lie is nobody's business.
        let message = if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(error = %self, "a request failed");
            "the server could not answer; its log says why".to_owned()
        } else {
            self.to_string()
        };
        let mut response = (status, Json(json!({ "error": { "code": code, "message": message } }))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Problem::Unauthorized => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"urbi\""));
            }
            Problem::TooMany(_) | Problem::Busy | Problem::Query(QueryError::Memory) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            _ => {}
        }
        response
    }
}

/// A mistake in the program is an answer too.
pub fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Problem::Internal(format!("panic: {}", text.unwrap_or("without a message"))).into_response()
}
