//! Memory, watched from outside: Oxigraph does not count what a query takes.
//!
//! While queries run, the memory of the process is read ten times a second. When it is more than it may be, the query that has
//! been running longest is stopped, then the next, until it is less.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use oxigraph::sparql::CancellationToken;

/// How often it is looked.
const EVERY: Duration = Duration::from_millis(100);

/// The queries that are running, in the order in which they began.
#[derive(Default)]
pub struct Watched {
    running: Mutex<BTreeMap<u64, (CancellationToken, Arc<AtomicBool>)>>,
    next: AtomicU64,
}

/// A query that is being watched; no more when this is dropped.
pub struct Watch {
    watched: Arc<Watched>,
    number: u64,
    /// Whether it was stopped because it takes too much memory.
    pub stopped: Arc<AtomicBool>,
}

impl Watched {
    /// Watches a query.
    pub fn watch(self: &Arc<Watched>, token: CancellationToken) -> Watch {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let stopped = Arc::new(AtomicBool::new(false));
        self.lock().insert(number, (token, Arc::clone(&stopped)));
        Watch { watched: Arc::clone(self), number, stopped }
    }

    /// Stops queries, one each time it is looked, while the process has more than `limit` bytes. Never ends.
    pub async fn guard(self: Arc<Watched>, limit: u64) {
        loop {
            tokio::time::sleep(EVERY).await;
            let busy = !self.lock().is_empty();
            if busy && resident().is_some_and(|bytes| bytes > limit) {
                self.stop_first();
            }
        }
    }

    fn stop_first(&self) {
        let running = self.lock();
        let first = running.values().find(|(_, stopped)| !stopped.load(Ordering::Relaxed));
        if let Some((token, stopped)) = first {
            tracing::warn!("the process takes more memory than it may: the query that runs longest is stopped");
            stopped.store(true, Ordering::Relaxed);
            token.cancel();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, (CancellationToken, Arc<AtomicBool>)>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.watched.lock().remove(&self.number);
    }
}

/// Memory of this process in bytes. None where the system does not say (only Linux does, in `/proc`).
pub fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}
