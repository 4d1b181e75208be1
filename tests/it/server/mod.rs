//! The server as its clients see it, over the sample announcements.

mod api;
mod clients;
mod graphs;
mod linked;
mod protocol;
mod security;
mod sockets;
mod web;

use std::{
    fs,
    net::{IpAddr, Ipv4Addr},
    path::Path,
    sync::LazyLock,
};

use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use serde_json::Value;
use tower::ServiceExt;
use urbi::{
    engine::Engine,
    profile::Profile,
    server::{Client, Server, Settings, Token},
    source,
    store::Store,
    view::Schema,
    vocab::Base,
};

/// A store in memory that holds the sample announcements.
pub fn sample_store(base: &Base) -> Store {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/announcements");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("samples").map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    store_of(base, files.iter().map(|file| (file.display().to_string(), fs::read(file).expect("a sample"))))
}

/// A store in memory that holds these files, given by name and content.
pub fn store_of(base: &Base, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Store {
    let profile = Profile::embedded();
    let engine = Engine::new(&profile, base).expect("the embedded profile is sound");
    let schema = Schema::from(engine.ontology());
    let store = Store::in_memory(base).expect("memory");
    for (name, bytes) in files {
        let announcement = source::read(&name, &bytes, None).expect("a sample").remove(0);
        store.ingest(&schema, &engine.extract(&announcement), &bytes, &name).expect("memory");
    }
    store
}

/// A server over the samples that only reads.
static SAMPLES: LazyLock<Server> = LazyLock::new(|| {
    Server::new(sample_store(&Base::default()), Profile::embedded(), Settings::default()).expect("a sound profile")
});

/// What a client got.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Got {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(&name).map(|value| value.to_str().expect("ASCII")).unwrap_or_default()
    }

    pub fn ok(self) -> Got {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self
    }
}

/// A request, sent to a router as a socket would.
pub fn send(router: Router, request: Request<Body>) -> Got {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("threads");
    runtime.block_on(async move {
        let client = Client(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let response = router.layer(Extension(client)).oneshot(request).await.expect("no failure");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the whole body").to_vec();
        Got { status: parts.status, headers: parts.headers, body }
    })
}

/// The token of servers that take updates.
pub const TOKEN: &str = "0123456789abcdef0123";

/// A server over a few statements of its own that takes updates. The store is in memory.
pub fn writable() -> Server {
    let settings =
        Settings { token: Some(Token::new(TOKEN).expect("a token")), allow_update: true, ..Settings::default() };
    let store = Store::in_memory(&Base::default()).expect("memory");
    Server::new(store, Profile::embedded(), settings).expect("a sound profile")
}

/// Asks a server; `headers` are names and values.
pub fn ask_server(server: &Server, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Got {
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    send(server.router(), request(method, target, headers, body))
}

fn request(method: Method, target: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(target);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "127.0.0.1:7878");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).expect("a request")
}

/// Asks the server over the samples.
pub fn ask(method: Method, target: &str, headers: &[(&str, &str)], body: &str) -> Got {
    send(SAMPLES.router(), request(method, target, headers, body))
}

pub fn get(target: &str, accept: &str) -> Got {
    let headers: &[(&str, &str)] = if accept.is_empty() { &[] } else { &[("accept", accept)] };
    ask(Method::GET, target, headers, "")
}

pub fn json(target: &str) -> Value {
    get(target, "").ok().json()
}

/// `text` as it stands in a query string.
pub fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
