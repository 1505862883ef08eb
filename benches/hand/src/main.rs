//! The service that an expert writes by hand when nothing but speed counts: the baseline of docs/PERFORMANCE.md.
//!
//! Enters: `DATABASE_URL`, `PORT`, `POOL` (connections). Leaves: four endpoints over `items`, whose table the generated
//! service has made. Deliberately absent: middleware, access log, problem details, timeouts.

mod handlers;
mod item;
mod pool;
mod price;
mod stamp;
#[cfg_attr(feature = "postgres", path = "postgres.rs")]
#[cfg_attr(not(feature = "postgres"), path = "sqlite.rs")]
mod store;

use axum::Router;
use axum::routing::get;
use axum::serve::ListenerExt;
use mimalloc::MiMalloc;
use tokio::net::TcpListener;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

type Error = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Error> {
    tracing_subscriber::fmt().json().init();
    let url = std::env::var("DATABASE_URL")?;
    let port: u16 = std::env::var("PORT")?.parse()?;
    let size: usize = std::env::var("POOL")?.parse()?;
    // The service lives as long as the process: a plain reference spares two atomic counts a request.
    let store: &'static store::Store = Box::leak(Box::new(store::Store::open(&url, size).await?));
    let router = Router::new()
        .route("/api/items", get(handlers::list).post(handlers::create))
        .route(
            "/api/items/{id}",
            get(handlers::find).patch(handlers::update),
        )
        .with_state(store);
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await?
        .tap_io(|socket| {
            // Small answers must not wait for an acknowledgement.
            let _ = socket.set_nodelay(true);
        });
    tracing::info!(port, "listening");
    axum::serve(listener, router)
        .with_graceful_shutdown(stopped())
        .await?;
    Ok(())
}

async fn stopped() {
    let mut terminate =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(error) => return tracing::error!(%error, "no signal handler"),
        };
    terminate.recv().await;
}
