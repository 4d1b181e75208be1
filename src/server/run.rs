//! Sockets: taking connections, watching over slow ones, and ending in good order.

use std::{convert::Infallible, future::Future, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Extension, Router, body::Body, http::Request, response::Response};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinError,
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use super::{Client, Server, error::Problem, state::Shared, state::State};

/// Connections that are open at most; more wait to be taken.
const CONNECTIONS: usize = 1024;
/// The longest time for the head of a request to come.
const HEAD: Duration = Duration::from_secs(10);
/// The longest time for a client to take the next piece of an answer.
const TAKE: Duration = Duration::from_secs(30);
/// The longest time that what is being answered may take when the server is to end.
const GRACE: Duration = Duration::from_secs(20);

/// Why the server cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be had.
    #[error("cannot listen on {address}: {source}{}", hint(source))]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
}

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => "; another program listens there: stop it, or choose another --bind",
        io::ErrorKind::PermissionDenied => "; ports below 1024 are for administrators: choose another --bind",
        _ => "",
    }
}

impl Server {
    /// Listens on `address` and answers until `end` comes; then takes no more requests, and waits up to 20 seconds for those
    /// that are being answered. `ready` is told the address, once: that of a port 0 is chosen by the system.
    ///
    /// # Errors
    /// If the address cannot be listened on.
    pub async fn run(
        &self,
        address: SocketAddr,
        ready: impl FnOnce(SocketAddr),
        end: impl Future<Output = ()>,
    ) -> Result<(), ServeError> {
        let failed = |source| ServeError::Bind { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        ready(listener.local_addr().map_err(failed)?);
        let router = self.router();
        if let Some(limit) = self.state.settings.max_memory {
            tokio::spawn(Arc::clone(&self.state.watched).guard(limit));
        }
        let graceful = GracefulShutdown::new();
        let open = Arc::new(Semaphore::new(CONNECTIONS));
        tokio::pin!(end);
        loop {
            // The semaphore is never closed.
            let Ok(turn) = Arc::clone(&open).acquire_owned().await else { break };
            let (socket, peer) = tokio::select! {
                () = &mut end => break,
                taken = listener.accept() => match taken {
                    Ok(taken) => taken,
                    Err(error) => {
                        // Too many open files, say: others may end meanwhile.
                        tracing::warn!(%error, "a connection could not be taken");
                        sleep(Duration::from_millis(100)).await;
                        continue;
                    }
                },
            };
            let connection = graceful.watch(connection(&router, socket, peer));
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, %peer, "a connection broke");
                }
                drop(turn);
            });
        }
        drop(listener);
        if timeout(GRACE, graceful.shutdown()).await.is_err() {
            tracing::warn!("some answers were not finished when the server ended");
        }
        Ok(())
    }
}

/// One connection, with the address of its client at hand for every request.
fn connection(
    router: &Router,
    socket: TcpStream,
    peer: SocketAddr,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = Box<dyn std::error::Error + Send + Sync>> + Send + use<>
{
    // A refusal costs speed only.
    let _ = socket.set_nodelay(true);
    let service = router.clone().layer(Extension(Client(peer.ip())));
    let service = service_fn(move |request: Request<Incoming>| answer(service.clone(), request));
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Some(Duration::from_secs(20)));
    // A client that does not take what it asked for is let go.
    let mut socket = TimeoutStream::new(socket);
    socket.set_write_timeout(Some(TAKE));
    builder.serve_connection(TokioIo::new(Box::pin(socket)), service).into_owned()
}

async fn answer(router: Router, request: Request<Incoming>) -> Result<Response, Infallible> {
    router.oneshot(request.map(Body::new)).await
}

/// Does what may wait (for the disk) in a thread that may.
///
/// # Errors
/// As `work`; or if it panics, which is a mistake in the program.
pub async fn blocking<T: Send + 'static>(
    state: State,
    work: impl FnOnce(&Shared) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(move || work(&state)).await;
    done.map_err(|error: JoinError| Problem::Internal(error.to_string()))?
}
