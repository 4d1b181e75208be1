//! An answer goes out while it is found.
//!
//! What fits into one chunk is complete when its head is sent, so that a failure has its status; of a larger one, a failure
//! breaks off the connection, which no client takes for the end of an answer. When the client goes, the query is stopped.

use std::{
    io::{self, Write},
    pin::Pin,
    sync::atomic::Ordering,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use oxigraph::{
    io::{JsonLdProfileSet, RdfFormat},
    sparql::{CancellationToken, QueryEvaluationError, results::QueryResultsFormat},
};
use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    time::{Instant, Sleep, sleep},
};
use tokio_stream::Stream;

use crate::{
    query::{Form, Query, QueryError, StreamError},
    server::{Client, error::Problem, memory::Watch, negotiate, run, state::State},
    vocab::PREFIXES,
};

/// Bytes that are sent together; an answer that is smaller is complete before its head is sent.
const CHUNK: usize = 64 << 10;
/// Chunks that wait for the client before the query waits too.
const WAITING: usize = 4;

/// The forms of rows, the preferred first, with the media types that ask for them.
pub const RESULTS: [(&str, QueryResultsFormat); 8] = [
    ("application/sparql-results+json", QueryResultsFormat::Json),
    ("application/json", QueryResultsFormat::Json),
    ("application/sparql-results+xml", QueryResultsFormat::Xml),
    ("application/xml", QueryResultsFormat::Xml),
    ("text/csv", QueryResultsFormat::Csv),
    ("text/tab-separated-values", QueryResultsFormat::Tsv),
    ("text/xml", QueryResultsFormat::Xml),
    ("text/json", QueryResultsFormat::Json),
];

/// The forms of graphs, the preferred first, with the media types that ask for them.
pub const GRAPHS: [(&str, RdfFormat); 7] = [
    ("text/turtle", RdfFormat::Turtle),
    ("application/n-triples", RdfFormat::NTriples),
    ("application/rdf+xml", RdfFormat::RdfXml),
    ("application/ld+json", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
    ("application/xml", RdfFormat::RdfXml),
    ("application/n-quads", RdfFormat::NQuads),
    ("application/trig", RdfFormat::TriG),
];

/// Answers a query in the form that the client likes best.
///
/// # Errors
/// If no form fits, the client has too much running, or the query fails before much of its answer was sent.
pub async fn answer(state: State, client: Client, query: Query, headers: &HeaderMap) -> Result<Response, Problem> {
    let (media_type, form) = form(&query, headers)?;
    let query = match query.searches() {
        true => query.with_index(run::blocking(state.clone(), |shared| shared.index()).await?),
        false => query,
    };
    let turn = state.begin(client).await?;
    let limits = state.settings.limits;
    let token = query.token();
    let repeatable = query.is_repeatable();
    let watch = state.watched.watch(token.clone());
    let started = Instant::now();
    let (send, receive) = mpsc::channel(WAITING);
    state.metrics.running.inc();
    let shared = state.clone();
    state.evaluators.spawn(move || {
        let store = shared.site.store();
        let mut out = Chunks { sender: send, buffer: Vec::new() };
        let done = query.write_to(form, limits.rows, PREFIXES, |prepared| store.query(prepared), &mut out);
        let done = done.map_err(|error| because(error, &watch));
        shared.metrics.running.dec();
        shared.metrics.ended(outcome(&done), started.elapsed());
        // Nobody listens any more when the client has gone.
        let _ = out.sender.blocking_send(match done {
            Ok(_) => Piece::Last(out.buffer.into()),
            Err(error) => Piece::Failed(error),
        });
        drop(turn);
    });
    let deadline = limits.timeout.map(|timeout| Box::pin(sleep(timeout)));
    let mut pieces = Pieces { receive, token, time: limits.timeout, deadline };
    let body = match pieces.next().await {
        Some(Piece::Last(bytes)) => Body::from(bytes),
        Some(Piece::More(bytes)) => Body::from_stream(Answer { first: Some(bytes), pieces, ended: false }),
        Some(Piece::Failed(error)) => return Err(error.into()),
        None => return Err(QueryError::Died.into()),
    };
    let mut response = (StatusCode::OK, [(header::CONTENT_TYPE, media_type)], body).into_response();
    if !repeatable {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// A query that was stopped for the memory that it takes says so.
fn because(error: StreamError, watch: &Watch) -> StreamError {
    if watch.stopped.load(Ordering::Relaxed) { QueryError::Memory.into() } else { error }
}

fn outcome(done: &Result<usize, StreamError>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(StreamError::Query(QueryError::TooManyRows(_))) => "rows",
        Err(StreamError::Query(QueryError::Memory)) => "memory",
        // Time is over, or the client has gone.
        Err(StreamError::Query(QueryError::Evaluation(QueryEvaluationError::Cancelled)) | StreamError::Output(_)) => {
            "stopped"
        }
        Err(StreamError::Query(_)) => "failed",
    }
}

/// The form for an answer to this query, with its media type.
fn form(query: &Query, headers: &HeaderMap) -> Result<(&'static str, Form), Problem> {
    fn choose<T: Copy>(headers: &HeaderMap, offers: &[(&'static str, T)]) -> Result<(&'static str, T), Problem> {
        let types: Vec<&str> = offers.iter().map(|(media_type, _)| *media_type).collect();
        let at = negotiate::best(headers, &types).ok_or_else(|| Problem::NotAcceptable(types.join(", ")))?;
        Ok(offers[at])
    }
    if query.kind().is_graph() {
        let (media_type, format) = choose(headers, &GRAPHS)?;
        return Ok((media_type, Form::Graph(format)));
    }
    let (media_type, format) = choose(headers, &RESULTS)?;
    Ok((media_type, Form::Results(format)))
}

/// A part of an answer.
enum Piece {
    /// There is more.
    More(Bytes),
    /// It ends with this.
    Last(Bytes),
    /// It breaks off.
    Failed(StreamError),
}

/// Where the evaluation writes to.
struct Chunks {
    sender: Sender<Piece>,
    buffer: Vec<u8>,
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            let full = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK));
            let sent = self.sender.blocking_send(Piece::More(full.into()));
            sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        }
        Ok(bytes.len())
    }

    /// Chunks go when they are full.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The parts of an answer as they come, until the time is over. Dropping it stops the query.
struct Pieces {
    receive: Receiver<Piece>,
    token: CancellationToken,
    time: Option<Duration>,
    deadline: Option<Pin<Box<Sleep>>>,
}

impl Pieces {
    async fn next(&mut self) -> Option<Piece> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Piece>> {
        if let (Some(deadline), Some(time)) = (&mut self.deadline, self.time)
            && deadline.as_mut().poll(context).is_ready()
        {
            self.token.cancel();
            return Poll::Ready(Some(Piece::Failed(QueryError::TimedOut(time).into())));
        }
        self.receive.poll_recv(context)
    }
}

impl Drop for Pieces {
    fn drop(&mut self) {
        self.token.cancel();
    }
}

/// An answer that goes out while it is found.
struct Answer {
    first: Option<Bytes>,
    pieces: Pieces,
    ended: bool,
}

impl Stream for Answer {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        if self.ended {
            return Poll::Ready(None);
        }
        self.pieces.poll(context).map(|piece| {
            let item = match piece {
                Some(Piece::More(bytes)) => return Some(Ok(bytes)),
                Some(Piece::Last(bytes)) => Ok(bytes),
                Some(Piece::Failed(error)) => Err(error),
                // The evaluation went without a last word: what was sent is not the answer.
                None => Err(QueryError::Died.into()),
            };
            self.ended = true;
            if let Err(error) = &item {
                tracing::info!(%error, "an answer broke off");
            }
            Some(item)
        })
    }
}
