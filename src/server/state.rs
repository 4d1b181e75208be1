//! What all requests share.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Client, ServerError, Settings, error::Problem, memory::Watched, metrics::Metrics};
use crate::{
    export::Context,
    profile::Profile,
    query::{self, QueryError, Saved},
    search::Index,
    site::{Overview, Site, schema_org::SchemaOrg},
    store::Store,
};

/// What requests get at.
pub type State = Arc<Shared>;

/// The file of a profile that says how JSON-LD looks.
const CONTEXT: &str = "ontology/context.jsonld";

/// What all requests share.
pub struct Shared {
    /// The store as something to look at.
    pub site: Arc<Site>,
    /// The graph in terms of schema.org.
    pub schema: SchemaOrg,
    /// The questions that have a name.
    pub queries: Vec<Saved>,
    /// How JSON-LD looks; none if the profile's context cannot be used.
    context: Option<Context>,
    /// How the server behaves.
    pub settings: Settings,
    /// What else answers depend on, beside the store: program and profile.
    pub identity: String,
    /// Figures.
    pub metrics: Metrics,
    /// The queries that are running, for the memory that they take.
    pub watched: Arc<Watched>,
    /// One writes at a time.
    pub writing: tokio::sync::Mutex<()>,
    overview: RwLock<Option<(u64, Arc<Overview>)>>,
    index: Mutex<Option<Arc<Index>>>,
    running: Arc<Running>,
    /// The threads that evaluate queries, as many as may run at a time: to make one for each query costs more than many queries do.
    pub evaluators: ThreadPool,
}

/// Evaluation is recursive: deep expressions need more than a thread's usual 2 MiB.
const STACK: usize = 64 << 20;

/// The queries that are running.
struct Running {
    all: Arc<Semaphore>,
    by_client: Mutex<BTreeMap<IpAddr, usize>>,
}

impl Shared {
    /// Everything that is made once.
    ///
    /// # Errors
    /// If the ontology or a query of the profile cannot be used, or no threads can be had.
    pub fn new(store: Store, profile: Profile, settings: Settings) -> Result<State, ServerError> {
        let site = Arc::new(Site::new(Arc::new(store), &profile)?);
        let files = profile.files("queries", "rq").filter_map(|(path, _)| Some((path, profile.text(path).ok()?)));
        let evaluators = ThreadPoolBuilder::new()
            .num_threads(settings.queries)
            .stack_size(STACK)
            .thread_name(|number| format!("evaluator-{number}"))
            // The query's client sees that no answer comes.
            .panic_handler(|_| tracing::error!("a query ended by a mistake in the program"))
            .build()?;
        let running =
            Arc::new(Running { all: Arc::new(Semaphore::new(settings.queries)), by_client: Mutex::default() });
        Ok(Arc::new(Shared {
            identity: format!("{} {}", env!("CARGO_PKG_VERSION"), profile.digest()),
            metrics: Metrics::new(),
            schema: SchemaOrg::new(&profile)?,
            watched: Arc::default(),
            writing: tokio::sync::Mutex::default(),
            overview: RwLock::default(),
            index: Mutex::default(),
            queries: query::saved(files),
            context: profile.text(CONTEXT).ok().and_then(|text| Context::parse(text).ok()),
            site,
            settings,
            running,
            evaluators,
        }))
    }

    /// How JSON-LD looks.
    ///
    /// # Errors
    /// If the profile's context cannot be used.
    pub fn context(&self) -> Result<&Context, Problem> {
        self.context.as_ref().ok_or_else(|| Problem::Internal("the JSON-LD context cannot be read".to_owned()))
    }

    /// What the graph holds, counted once a commit.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn overview(&self) -> Result<Arc<Overview>, Problem> {
        let commit = self.site.store().commit_number()?;
        if let Some((at, overview)) = &*self.overview.read().unwrap_or_else(PoisonError::into_inner)
            && *at == commit
        {
            return Ok(Arc::clone(overview));
        }
        let overview = Arc::new(self.site.overview()?);
        *self.overview.write().unwrap_or_else(PoisonError::into_inner) = Some((commit, Arc::clone(&overview)));
        Ok(overview)
    }

    /// The full-text index as the store stands. Made, or brought up to date, by the first who needs it; others wait.
    ///
    /// # Errors
    /// If it cannot be.
    pub fn index(&self) -> Result<Arc<Index>, Problem> {
        let commit = self.site.store().commit_number()?;
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        match &*index {
            Some(known) if known.commit() == commit => Ok(Arc::clone(known)),
            _ => {
                let made = Arc::new(Index::open(self.site.store()).map_err(QueryError::Index)?);
                *index = Some(Arc::clone(&made));
                Ok(made)
            }
        }
    }

    /// Refuses updates on a server that only reads.
    ///
    /// # Errors
    /// If it does.
    pub fn may_update(&self) -> Result<(), Problem> {
        if self.settings.allow_update {
            return Ok(());
        }
        let message = "this server only reads; `urbi serve --allow-update` lets those who have its token write";
        Err(Problem::Forbidden(message.to_owned()))
    }

    /// Lets a query of a client begin: waits for its turn behind the queries of all, not behind the client's own.
    ///
    /// # Errors
    /// If the client has as many running as it may have, or no turn comes within the time that a query may take.
    pub async fn begin(&self, client: Client) -> Result<Turn, Problem> {
        let running = Arc::clone(&self.running);
        let of_client = OfClient::new(running, client.0, self.settings.per_client)?;
        let turn = Arc::clone(&self.running.all).acquire_owned();
        let turn = match self.settings.limits.timeout {
            Some(timeout) => tokio::time::timeout(timeout, turn).await.map_err(|_| Problem::Busy)?,
            None => turn.await,
        };
        // The semaphore is never closed.
        Ok(Turn { _all: turn.map_err(|_| Problem::Busy)?, _of_client: of_client })
    }
}

/// A query's turn; it ends when this is dropped.
pub struct Turn {
    _all: OwnedSemaphorePermit,
    _of_client: OfClient,
}

/// One of the queries that a client has running.
struct OfClient {
    running: Arc<Running>,
    client: IpAddr,
}

impl OfClient {
    fn new(running: Arc<Running>, client: IpAddr, limit: usize) -> Result<OfClient, Problem> {
        let mut by_client = running.by_client.lock().unwrap_or_else(PoisonError::into_inner);
        let count = by_client.entry(client).or_default();
        if *count >= limit {
            return Err(Problem::TooMany(limit));
        }
        *count += 1;
        drop(by_client);
        Ok(OfClient { running, client })
    }
}

impl Drop for OfClient {
    fn drop(&mut self) {
        let mut by_client = self.running.by_client.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = by_client.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                by_client.remove(&self.client);
            }
        }
    }
}
