//! Figures for Prometheus.

use std::{fmt::Write as _, sync::atomic::AtomicU64, time::Duration};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

/// Upper bounds of the times that are counted together, in seconds.
const TIMES: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// What tells requests apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Asked {
    /// `GET`.
    pub method: String,
    /// The path as it is declared, such as `/api/{part}`: there are few of them.
    pub path: String,
    /// `200`.
    pub status: u16,
}

/// How a query ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Ended {
    /// `done`, `failed`, `timeout`, `rows`, `memory` or `gone`.
    pub how: &'static str,
}

/// All figures.
pub struct Metrics {
    registry: Registry,
    /// Requests that were answered.
    pub requests: Family<Asked, Counter>,
    /// How long answers took to begin.
    pub times: Histogram,
    /// Queries that are running.
    pub running: Gauge,
    /// Queries that have ended.
    pub queries: Family<Ended, Counter>,
    /// How long queries took.
    pub query_times: Histogram,
    memory: Gauge<f64, AtomicU64>,
    commit: Gauge,
}

impl Metrics {
    /// All figures at zero.
    pub fn new() -> Metrics {
        let mut registry = Registry::with_prefix("urbi");
        let metrics = Metrics {
            requests: Family::default(),
            times: Histogram::new(TIMES),
            running: Gauge::default(),
            queries: Family::default(),
            query_times: Histogram::new(TIMES),
            memory: Gauge::default(),
            commit: Gauge::default(),
            registry: Registry::default(),
        };
        registry.register("http_requests", "Requests that were answered", metrics.requests.clone());
        registry.register_with_unit(
            "http_duration",
            "Time to the head of an answer",
            Unit::Seconds,
            metrics.times.clone(),
        );
        registry.register("queries_running", "Queries that are being evaluated", metrics.running.clone());
        registry.register("queries", "Queries that have ended, by how they ended", metrics.queries.clone());
        registry.register_with_unit(
            "query_duration",
            "Time from the start to the end of a query",
            Unit::Seconds,
            metrics.query_times.clone(),
        );
        registry.register_with_unit("resident_memory", "Memory of the process", Unit::Bytes, metrics.memory.clone());
        registry.register("store_commit", "Number of the store's last commit", metrics.commit.clone());
        Metrics { registry, ..metrics }
    }

    /// All figures as text.
    pub fn text(&self, memory: Option<u64>, commit: u64) -> String {
        self.memory.set(memory.unwrap_or(0) as f64);
        self.commit.set(i64::try_from(commit).unwrap_or(i64::MAX));
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            // Writing to a string does not fail.
            let _ = writeln!(text, "# the figures cannot be written");
        }
        text
    }

    /// Notes how a query ended.
    pub fn ended(&self, how: &'static str, after: Duration) {
        self.queries.get_or_create(&Ended { how }).inc();
        self.query_times.observe(after.as_secs_f64());
    }
}
