//! A small service, and a way to ask it without a socket.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use kernel::app::{App, Environment};
use kernel::config::Settings;
use kernel::contract::{Contract, Method, Unit};
use kernel::db::{self, Pool};
use kernel::http;
use kernel::problem;
use kernel::telemetry::{Guard, Sink, Telemetry};
use serde_json::Value;
use tower::ServiceExt;

/// What the test's own endpoints share: what happened, in order.
#[derive(Debug, Clone, Default)]
pub struct Journal(Arc<Mutex<Vec<&'static str>>>);

impl Journal {
    pub fn note(&self, event: &'static str) {
        self.0.lock().unwrap().push(event);
    }

    pub fn events(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().clone()
    }

    /// Waits for an event, two seconds at most.
    pub async fn wait_for(&self, event: &'static str) {
        for _ in 0..200 {
            if self.events().contains(&event) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{event} never happened: {:?}", self.events());
    }
}

pub const GET: Contract = Contract {
    id: "test.get",
    path: "/api/things/{name}",
    ..Contract::DEFAULT
};

pub const POST: Contract = Contract {
    id: "test.post",
    method: Method::Post,
    path: "/api/things",
    success: 201,
    unit: Unit::Transaction,
    body_limit: 64,
    ..Contract::DEFAULT
};

/// A service with a database of its own, gone with the test.
pub struct Service {
    pub router: Router,
    pub app: App<Journal>,
    pub journal: Journal,
    lines: Lines,
    guard: Option<Guard>,
    file: PathBuf,
}

impl Drop for Service {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", self.file.display()));
        }
    }
}

/// Where the access lines of a test go.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Serves these routes beside the operational ones.
pub async fn service(routes: Router<App<Journal>>, tweak: impl FnOnce(&mut Settings)) -> Service {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("kernel-http-{}-{count}.db", std::process::id()));
    let url = match std::env::var("TEST_DATABASE_URL") {
        Ok(url) if cfg!(feature = "postgres") => url,
        _ => format!("sqlite://{}?mode=rwc", file.display()),
    };

    let mut settings = Settings::default();
    settings.server.drain_delay = Duration::ZERO;
    tweak(&mut settings);
    let pool = Pool::connect(db::Settings::at(url)).await.unwrap();
    let lines = Lines::default();
    let (sink, guard) = Sink::start(lines.clone()).unwrap();
    let journal = Journal::default();
    let environment = Environment::new(settings, journal.clone());
    let app = App::new(
        environment,
        pool,
        &Telemetry::lines_to(sink),
        problem::render,
    );
    let routes = Router::new()
        .merge(routes)
        .merge(http::health())
        .merge(http::metrics())
        .merge(http::docs(r#"{"openapi":"3.1.0"}"#));
    Service {
        router: http::finish(routes, app.clone()),
        app,
        journal,
        lines,
        guard: Some(guard),
        file,
    }
}

impl Service {
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub async fn get(&self, uri: &str) -> Answer {
        self.ask(Request::get(uri).body(Body::empty()).unwrap())
            .await
    }

    pub async fn post(&self, uri: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(uri).header("content-type", "application/json");
        self.ask(request.body(body.into()).unwrap()).await
    }

    /// Ends the log and gives out its lines.
    pub fn lines(&mut self) -> Vec<Value> {
        drop(self.guard.take());
        let lines = String::from_utf8(self.lines.0.lock().unwrap().clone()).unwrap();
        lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts that this is a problem with all that each must have, and gives out its code.
    #[track_caller]
    pub fn problem(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{self:?}"
        );
        assert_eq!(self.header("x-content-type-options"), Some("nosniff"));
        let document = self.json();
        assert_eq!(document["status"], status);
        assert!(
            document["title"]
                .as_str()
                .is_some_and(|title| !title.is_empty())
        );
        assert_eq!(
            document["request_id"].as_str(),
            self.header("x-request-id"),
            "{self:?}"
        );
        assert!(
            document["instance"]
                .as_str()
                .is_some_and(|instance| instance.starts_with('/'))
        );
        document["type"]
            .as_str()
            .unwrap()
            .strip_prefix("/problems/")
            .unwrap()
            .to_owned()
    }
}
