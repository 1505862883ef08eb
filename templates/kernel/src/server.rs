//! Sockets: from a listener to a drained stop.
//!
//! An accept loop of our own, because axum's has no time limit on a request's head: a client that sends half of one, or
//! nothing, would hold its connection, and the stop of the service, for ever. HTTP/1.1 only; TLS ends at the proxy.
//! What is no HTTP at all is answered by hyper itself, without a body.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{interval, sleep, timeout};
use tower::Service;

use crate::app::App;
use crate::config;

/// The longest head of a request, in bytes; more is 431.
const LONGEST_HEAD: usize = 64 * 1024;
/// How long to wait when the system has no socket left to give.
const BREATH: Duration = Duration::from_millis(100);
/// How often histograms are compacted.
const UPKEEP: Duration = Duration::from_secs(5);

/// Takes the address that the settings name.
///
/// # Errors
/// The address, and why it is not to be had.
pub async fn bind(settings: &config::Server) -> io::Result<TcpListener> {
    let address = SocketAddr::new(settings.host, settings.port);
    TcpListener::bind(address).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })
}

/// Serves until the process is told to stop, then drains; a second signal ends it at once.
///
/// # Errors
/// Signals cannot be listened to.
pub async fn serve<S>(listener: TcpListener, router: Router, app: App<S>) -> io::Result<()>
where
    S: Send + Sync + 'static,
{
    let mut terminate = terminate()?;
    let (count, mut signals) = watch::channel(0);
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                () = terminate.next() => {}
            }
            count.send_modify(|count| *count += 1);
        }
    });
    let mut again = signals.clone();
    let stop = async move { _ = signals.wait_for(|count| *count >= 1).await };
    tokio::select! {
        () = serve_until(listener, router, app, stop) => {}
        _ = again.wait_for(|count| *count >= 2) => tracing::warn!("told twice to stop: not waiting for requests"),
    }
    Ok(())
}

/// Serves until `stop` is done, then drains: says that it is not ready, serves on for a while, takes no more connections,
/// and ends what is under way.
pub async fn serve_until<S>(
    listener: TcpListener,
    router: Router,
    app: App<S>,
    stop: impl Future<Output = ()>,
) where
    S: Send + Sync + 'static,
{
    let settings = app.settings().server.clone();
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, "listening");
    }
    let upkeep = tokio::spawn(keep_up(app.clone()));
    let slots = Arc::new(Semaphore::new(settings.max_connections));
    let (closing, closed) = watch::channel(false);
    let accept = async {
        loop {
            let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
                return;
            };
            let stream = accept(&listener).await;
            let connection = connection(
                stream,
                router.clone(),
                settings.header_timeout,
                closed.clone(),
            );
            tokio::spawn(async move {
                connection.await;
                drop(slot);
            });
        }
    };
    let drain = async {
        stop.await;
        app.drain();
        tracing::info!(delay = ?settings.drain_delay, "stopping: no longer ready");
        sleep(settings.drain_delay).await;
    };
    tokio::select! {
        () = accept => {}
        () = drain => {}
    }
    drop(listener);
    closing.send_replace(true);

    let connections = u32::try_from(settings.max_connections).unwrap_or(u32::MAX);
    let rest = async { tokio::join!(slots.acquire_many(connections), app.idle()) };
    if timeout(settings.drain_timeout, rest).await.is_err() {
        tracing::warn!(waited = ?settings.drain_timeout, "stopped with requests under way");
    }
    upkeep.abort();
    app.pool().close();
    #[cfg(feature = "otlp")]
    if let Some(traces) = app.traces() {
        traces.stop().await;
    }
    tracing::info!("stopped");
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            // The client's doing, and over.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                sleep(BREATH).await;
            }
        }
    }
}

/// Serves one connection until it ends, or until the service stops and nothing is under way on it.
async fn connection(
    stream: TcpStream,
    router: Router,
    header_timeout: Duration,
    mut closed: watch::Receiver<bool>,
) {
    // Small answers are not to wait for more.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        router.clone().call(request.map(Body::new))
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(header_timeout)
        .max_buf_size(LONGEST_HEAD);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service));
    let stopping = async { _ = closed.wait_for(|closed| *closed).await };
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = stopping => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "connection ended");
    }
}

async fn keep_up<S>(app: App<S>) {
    let mut ticks = interval(UPKEEP);
    while let Some(metrics) = app.metrics() {
        ticks.tick().await;
        metrics.run_upkeep();
    }
}

/// The signal by which service managers stop a process.
struct Terminate(#[cfg(unix)] tokio::signal::unix::Signal);

#[cfg(unix)]
fn terminate() -> io::Result<Terminate> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).map(Terminate)
}

#[cfg(not(unix))]
fn terminate() -> io::Result<Terminate> {
    Ok(Terminate())
}

impl Terminate {
    async fn next(&mut self) {
        #[cfg(unix)]
        self.0.recv().await;
        #[cfg(not(unix))]
        std::future::pending::<()>().await;
    }
}
