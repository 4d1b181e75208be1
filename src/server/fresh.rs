//! Answers that a client has already: `ETag` and `If-None-Match`.
//!
//! What is answered depends on the store as it stands, the address, the forms that the client takes, and the program; so does
//! the tag, which is known before the answer is. It is weak: compression may change the bytes.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use super::state::State as Shared;

/// Answers `304` where it can, and tags other answers.
pub async fn check(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let Ok(commit) = shared.site.store().commit_number() else { return next.run(request).await };
    let tag = tag(commit, &shared.identity, &request);
    if has(request.headers(), &tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag), (header::VARY, "Accept".to_owned())]).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // Files, errors and what is never the same twice say themselves how long they are good for.
    if response_is_tagged(headers) && response.status() == StatusCode::OK {
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::try_from(tag) {
            headers.insert(header::ETAG, tag);
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.append(header::VARY, HeaderValue::from_static("Accept"));
    }
    response
}

fn response_is_tagged(headers: &HeaderMap) -> bool {
    !headers.contains_key(header::CACHE_CONTROL)
}

fn tag(commit: u64, identity: &str, request: &Request) -> String {
    let mut sha = Sha256::new();
    sha.update(format!("{identity}\n{commit}\n{}\n", request.uri()));
    for name in [header::ACCEPT, header::HOST] {
        for value in request.headers().get_all(name) {
            sha.update(value.as_bytes());
            sha.update(b"\n");
        }
    }
    let digest: String = sha.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{digest}\"")
}

/// Whether the client has what this tag names.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = tag.trim_start_matches("W/");
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|list| list.split(',')).any(|one| one.trim().trim_start_matches("W/") == opaque)
}
