//! What is noted of each request: an event, and the figures.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use tokio::time::Instant;

use super::{Client, metrics::Asked, state::State as Shared};

/// Notes a request and its answer.
pub async fn note(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().as_str().to_owned();
    let path = request.uri().path().to_owned();
    let client = request.extensions().get::<Client>().map(|client| client.0.to_string()).unwrap_or_default();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let after = started.elapsed();
    // What clients send is written as a value, with its control characters escaped.
    tracing::info!(%client, %method, ?path, status, ms = after.as_millis() as u64, "request");
    let asked = Asked { method: known_method(&method), path: kind(&path, status), status };
    shared.metrics.requests.get_or_create(&asked).inc();
    shared.metrics.times.observe(after.as_secs_f64());
    response
}

/// One of the few methods that there are figures for.
fn known_method(method: &str) -> String {
    let known = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"].contains(&method);
    if known { method.to_owned() } else { "other".to_owned() }
}

/// One of the few kinds of paths that there are figures for.
fn kind(path: &str, status: u16) -> String {
    let mut parts = path.trim_start_matches('/').split('/');
    match (parts.next().unwrap_or_default(), parts.next()) {
        ("api", Some(part)) if status != 404 => format!("/api/{part}"),
        (own @ ("sparql" | "update" | "graphs" | "health" | "metrics" | "resource" | "assets" | "api"), _) => {
            format!("/{own}")
        }
        _ => "page".to_owned(),
    }
}
