//! Under which name the server is asked for.
//!
//! A page from elsewhere can make a browser take a foreign name for an address of this machine (DNS rebinding) and then read
//! what it may not. So a server that listens on this machine only answers to the names of this machine, and one that knows
//! its public name to that one too.

use axum::{
    extract::{FromRequestParts, State},
    http::{StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{error::Problem, state::State as Shared};

/// The address that the server is asked under, ending in `/`: `http://127.0.0.1:7878/`, or the public one.
pub struct Origin(pub String);

impl FromRequestParts<Shared> for Origin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Origin, Problem> {
        if let Some(public) = &shared.settings.public_url {
            return Ok(Origin(public.clone()));
        }
        let host = host(parts).ok_or_else(|| Problem::BadRequest("the request names no host".to_owned()))?;
        Ok(Origin(format!("http://{host}/")))
    }
}

/// The name and port that a request is for.
fn host(parts: &Parts) -> Option<String> {
    let of_header = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
    parts.uri.authority().map(|authority| authority.as_str().to_owned()).or(of_header.map(str::to_owned))
}

/// Refuses requests for other names.
pub async fn check(State(shared): State<Shared>, request: axum::extract::Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let name = host(&parts).unwrap_or_default();
    if !may_be_asked_as(&name, shared.settings.only_here, shared.settings.public_url.as_deref()) {
        let message = format!("this server does not answer to the name {name:?}; --public-url says which it has\n");
        return (StatusCode::MISDIRECTED_REQUEST, message).into_response();
    }
    next.run(axum::extract::Request::from_parts(parts, body)).await
}

/// Whether a server answers to a name, given with or without a port.
fn may_be_asked_as(host: &str, only_here: bool, public: Option<&str>) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let here =
        name.eq_ignore_ascii_case("localhost") || name == "[::1]" || name.starts_with("127.") && is_address(name);
    let public = public.and_then(|url| url.parse::<Uri>().ok());
    match public.as_ref().and_then(Uri::host) {
        Some(public) => here || name.eq_ignore_ascii_case(public),
        None => here || !only_here && !name.is_empty(),
    }
}

fn is_address(name: &str) -> bool {
    name.parse::<std::net::Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::may_be_asked_as;

    #[test]
    fn a_server_answers_to_its_own_names() {
        for host in ["localhost", "LOCALHOST:7878", "127.0.0.1:1", "127.9.9.9", "[::1]:80"] {
            assert!(may_be_asked_as(host, true, None), "{host}");
        }
        for host in ["evil.example", "127.evil.example", "localhost.evil.example:7878", ""] {
            assert!(!may_be_asked_as(host, true, None), "{host}");
        }
        assert!(may_be_asked_as("data.example.org", false, None));
        assert!(may_be_asked_as("data.example.org:8080", false, Some("https://data.example.org/")));
        assert!(!may_be_asked_as("evil.example", false, Some("https://data.example.org/")));
    }
}
