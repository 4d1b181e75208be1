//! The web interface: files that the program was built with.

use axum::{
    body::Bytes,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};

/// The files of the web interface, sorted by path: path, content, SHA-256.
static FILES: &[(&str, &[u8], [u8; 32])] = include!(concat!(env!("OUT_DIR"), "/web.rs"));

/// The folder that they lie in.
const FOLDER: &str = "web/dist/";

/// Nothing from elsewhere, and no script or style that does not come in a file of its own.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
                      connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'";

/// What stands where the web interface would be.
const MISSING: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Urbi</title>\
    <h1>Urbi</h1><p>The web interface is not part of this program: it was built without <code>web/dist</code>. \
    <code>scripts/start</code> builds both. SPARQL is answered at <a href=\"/sparql\">/sparql</a>.</p></html>\n";

/// Whether the program has the web interface.
pub fn is_built() -> bool {
    !FILES.is_empty()
}

/// The file for a path of an address: `/` and what lies below `/app/` is the interface itself. None if there is no such file.
pub fn file(path: &str) -> Option<Response> {
    let path = path.trim_start_matches('/');
    let page = path.is_empty() || path == "app" || path.starts_with("app/");
    let path = if page { "index.html" } else { path };
    let find = |(known, ..): &(&str, &[u8], [u8; 32])| known.strip_prefix(FOLDER).unwrap_or(known).cmp(path);
    let Ok(at) = FILES.binary_search_by(find) else {
        return page.then(|| Html(MISSING).into_response());
    };
    let (_, bytes, _) = FILES[at];
    let media_type = mime_guess::from_path(path).first_or_octet_stream();
    let media_type = match media_type.type_() {
        mime_guess::mime::TEXT => format!("{media_type}; charset=utf-8"),
        _ => media_type.to_string(),
    };
    let mut response = ([(header::CONTENT_TYPE, media_type)], Bytes::from_static(bytes)).into_response();
    // The names of these files hold a digest of their content.
    let kept = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    Some(response)
}

/// Adds to an answer what keeps foreign scripts from using it.
pub async fn protect(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
