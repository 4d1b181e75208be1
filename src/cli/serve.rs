//! `urbi serve`.

use anyhow::Context as _;
use tokio::signal;
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};
use urbi::server::Server;
use urbi::store::Store;

use super::args::Log;
use super::outcome::Outcome;
use super::plan::{Serve, Setting};
use super::screen::{self, Screen};

/// Threads that may wait for the disk: pages are read in them.
const READERS: usize = 64;

/// Answers others until it is told to end.
pub fn run(setting: &Setting, task: Serve, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let store = match task.settings.token.is_some() {
        true => Store::open(&setting.store, None)?,
        false => Store::open_read_only(&setting.store)?,
    };
    log(task.log);
    let server = Server::new(store, profile, task.settings)?;
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.enable_all().max_blocking_threads(READERS).build().context("cannot start threads")?;
    let ready = |address| {
        tracing::info!(%address, "listening");
        screen.note(&format!("listening on http://{address}/ (Ctrl-C ends it)"));
    };
    runtime.block_on(server.run(task.bind, ready, end()))?;
    // Queries that do not stop when they are told to end with the program.
    runtime.shutdown_background();
    Ok(Outcome::Done)
}

/// Events go to standard error; `RUST_LOG` says which.
fn log(form: Log) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    // It is set once, at the start of the program.
    let _ = match form {
        Log::Text => registry
            .with(fmt::layer().with_writer(std::io::stderr).with_ansi(screen::is_stderr_coloured()).with_target(false))
            .try_init(),
        Log::Json => registry.with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr)).try_init(),
    };
}

/// Ends when a person (Ctrl-C) or the system (SIGTERM) says so.
async fn end() {
    #[cfg(unix)]
    {
        let mut told = match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(told) => told,
            Err(_) => return signal::ctrl_c().await.unwrap_or_default(),
        };
        tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = told.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = signal::ctrl_c().await;
}
