//! The store for others: SPARQL, a page for every thing, and the JSON of the web interface, by HTTP.
//!
//! A thin shell: what is shown is [`site`](crate::site)'s, what is answered [`query`](crate::query)'s. In here is what HTTP
//! adds: who may do what, in which form an answer goes out, how much one client may take, and what happens when it goes
//! away. `docs/server.md` is the reference of paths, parameters and answers.
//!
//! Three kinds of work never meet in one thread: the sockets (a runtime of a few threads that must not wait), reading pages
//! (a pool of threads that may), and queries (a pool of threads with large stacks, stopped at their limits).
//!
//! Not in here: what may be logged where (events go to `tracing`), and when to stop (the caller says).

mod api;
mod assets;
mod auth;
mod error;
mod fresh;
mod graph_store;
mod hosts;
mod log;
mod memory;
mod metrics;
mod negotiate;
mod params;
mod resource;
mod run;
mod sparql;
mod state;

use std::{net::IpAddr, time::Duration};

use axum::{
    Router,
    extract::{self, DefaultBodyLimit},
    http::{HeaderValue, Method, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer},
    timeout::RequestBodyTimeoutLayer,
};

pub use auth::Token;
pub use run::ServeError;

use crate::{ontology::OntologyError, profile::Profile, query::Limits, site::schema_org::SchemaOrgError, store::Store};
use error::Problem;
use state::{Shared, State};

/// How a server behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address under which the world sees it, ending in `/`; without it, the one that a client asks for.
    pub public_url: Option<String>,
    /// The greatest number of rows, and the longest time, of a query.
    pub limits: Limits,
    /// The greatest size of a request's body, in bytes.
    pub max_body: usize,
    /// Queries that one client (address) may have running.
    pub per_client: usize,
    /// Queries that may be running in all.
    pub queries: usize,
    /// The most memory that the process may take before queries are stopped, in bytes; Linux only.
    pub max_memory: Option<u64>,
    /// Who may write; without it, nobody.
    pub token: Option<Token>,
    /// Whether SPARQL Update and graphs are taken from who has the token.
    pub allow_update: bool,
    /// Whether it listens on this machine only, so that it has no names but this machine's.
    pub only_here: bool,
    /// The origins (`https://example.org`) whose pages may read what this server answers; `*` for all.
    pub cors: Vec<String>,
}

impl Default for Settings {
    /// For this machine, reading only; 30 seconds, a million rows, 16 MiB, 4 queries a client, 16 in all.
    fn default() -> Settings {
        Settings {
            public_url: None,
            limits: Limits { timeout: Some(Duration::from_secs(30)), ..Limits::default() },
            max_body: 16 << 20,
            per_client: 4,
            queries: 16,
            max_memory: None,
            token: None,
            allow_update: false,
            only_here: true,
            cors: Vec::new(),
        }
    }
}

/// Why a store cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The ontology of the profile.
    #[error(transparent)]
    Ontology(#[from] OntologyError),
    /// The queries of the profile.
    #[error(transparent)]
    SchemaOrg(#[from] SchemaOrgError),
    /// The system gives no more threads.
    #[error("cannot have a thread for each query that may run: {0}; allow fewer with --queries")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// The address that a client comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Client(pub IpAddr);

/// A store that is ready to be served.
#[derive(Clone)]
pub struct Server {
    state: State,
}

impl Server {
    /// Serves `store` in the words of `profile`.
    ///
    /// # Errors
    /// If the ontology or a query of the profile cannot be used.
    pub fn new(store: Store, profile: Profile, settings: Settings) -> Result<Server, ServerError> {
        Ok(Server { state: Shared::new(store, profile, settings)? })
    }

    /// The server as a service for one request after the other; each has a [`Client`] among its extensions.
    pub fn router(&self) -> Router {
        let state = self.state.clone();
        let sparql = || get(sparql::get).post(sparql::post);
        Router::new()
            .route("/sparql", sparql())
            .route("/update", sparql())
            .route("/graphs", any(graph_store::any))
            .route("/graphs/{*name}", any(graph_store::any))
            .nest("/api", api::router())
            .route("/resource", get(resource::any))
            .fallback(get(resource::page))
            .layer(middleware::from_fn_with_state(state.clone(), fresh::check))
            .route("/health", get(|| async { "ok\n" }))
            .route("/metrics", get(figures))
            .layer(DefaultBodyLimit::max(state.settings.max_body))
            .layer(RequestBodyTimeoutLayer::new(BODY))
            .layer(CompressionLayer::new().gzip(true))
            .layer(cors(&state.settings.cors))
            .layer(middleware::from_fn_with_state(state.clone(), hosts::check))
            .layer(middleware::map_response(assets::protect))
            .layer(CatchPanicLayer::custom(error::panicked))
            .layer(middleware::from_fn_with_state(state.clone(), log::note))
            .with_state(state)
    }
}

/// The longest time between two pieces of a request's body.
const BODY: Duration = Duration::from_secs(15);

/// The figures, for Prometheus.
async fn figures(extract::State(state): extract::State<State>) -> Result<Response, Problem> {
    let commit = state.site.store().commit_number()?;
    let text = state.metrics.text(memory::resident(), commit);
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response())
}

/// Who else's pages may read the answers.
fn cors(origins: &[String]) -> CorsLayer {
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([header::ACCEPT, header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_NONE_MATCH])
        .expose_headers([header::ETAG, header::LINK, header::LOCATION])
        .max_age(Duration::from_secs(3600));
    if origins.iter().any(|origin| origin == "*") {
        return layer.allow_origin(AllowOrigin::any());
    }
    layer.allow_origin(origins.iter().filter_map(|origin| HeaderValue::try_from(origin).ok()).collect::<Vec<_>>())
}
