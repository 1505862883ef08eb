//! Clients that are slow or stay, and a service that stops.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use kernel::contract::{Contract, Method, Unit};
use kernel::http::{self, Call, Reply};
use kernel::problem::Problem;
use kernel::server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::support::{GET, Journal, POST, Service, service};

const HEADER_TIMEOUT: Duration = Duration::from_millis(400);

const WORK: Contract = Contract {
    path: "/api/work",
    ..GET
};
const WRITE: Contract = Contract {
    path: "/api/work",
    method: Method::Post,
    unit: Unit::Statement,
    ..GET
};
const UPLOAD: Contract = Contract {
    deadline: Duration::from_millis(400),
    ..POST
};
const STUCK: Contract = Contract {
    path: "/api/stuck",
    ..GET
};

async fn get(_: Call<Journal>) -> Result<Reply, Problem> {
    Ok(Reply::ok(&1))
}

async fn work(call: Call<Journal>) -> Result<Reply, Problem> {
    let journal = call.context().services().clone();
    journal.note("begun");
    sleep(Duration::from_millis(300)).await;
    journal.note("done");
    Ok(Reply::ok(&2))
}

async fn stuck(call: Call<Journal>) -> Result<Reply, Problem> {
    call.context().services().note("begun");
    std::future::pending().await
}

/// A service on a port of its own, and the way to stop it.
struct Running {
    service: Service,
    address: SocketAddr,
    stop: Arc<Notify>,
    stopped: JoinHandle<()>,
}

async fn start(drain_delay: u64, drain_timeout: u64) -> Running {
    let routes = Router::new()
        .merge(http::route(&GET, get))
        .merge(http::route(&WORK, work))
        .merge(http::route(&WRITE, work))
        .merge(http::route(&UPLOAD, get))
        .merge(http::route(&STUCK, stuck));
    let service = service(routes, |settings| {
        settings.server.header_timeout = HEADER_TIMEOUT;
        settings.server.drain_delay = Duration::from_millis(drain_delay);
        settings.server.drain_timeout = Duration::from_millis(drain_timeout);
    })
    .await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = Arc::new(Notify::new());
    let told = Arc::clone(&stop);
    let until = async move { told.notified().await };
    let stopped = tokio::spawn(server::serve_until(
        listener,
        service.router.clone(),
        service.app.clone(),
        until,
    ));
    Running {
        service,
        address,
        stop,
        stopped,
    }
}

impl Running {
    async fn connect(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }
}

/// Everything until the server closes the connection, and how long that took.
async fn until_closed(mut stream: TcpStream) -> (String, Duration) {
    let begun = Instant::now();
    let mut text = Vec::new();
    // A reset is an end as well.
    let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut text))
        .await
        .expect("the connection stays open");
    (String::from_utf8(text).unwrap(), begun.elapsed())
}

#[tokio::test]
async fn clients_that_do_not_finish_a_head_are_let_go() {
    let running = start(0, 1000).await;
    let head = "GET /api/things/1 HTTP/1.1\r\nhost: a\r\n";
    let kinds = [
        ("silent", String::new()),
        ("half a line", "GET /api/th".into()),
        ("half a head", head.into()),
        ("idle after an answer", format!("{head}\r\n")),
    ];
    for (kind, text) in kinds {
        let (_, took) = until_closed(running.connect(&text).await).await;
        assert!(
            (HEADER_TIMEOUT / 2..HEADER_TIMEOUT * 3).contains(&took),
            "{kind}: {took:?}"
        );
    }
    let mut drip = running.connect(head).await;
    let begun = Instant::now();
    while begun.elapsed() < HEADER_TIMEOUT * 4 && drip.write_all(b"x: y\r\n").await.is_ok() {
        sleep(Duration::from_millis(50)).await;
    }
    assert!(
        begun.elapsed() < HEADER_TIMEOUT * 3,
        "a drip holds its connection: {:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_body_that_does_not_come_is_a_problem() {
    let running = start(0, 1000).await;
    let head = "POST /api/things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{";
    let (answer, took) = until_closed(running.connect(head).await).await;
    assert!(
        answer.starts_with("HTTP/1.1 408 ") && answer.contains("/problems/request_timeout"),
        "{answer}"
    );
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    let running = start(0, 1000).await;
    let head = "POST /api/things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1000000000\r\n\r\n";
    let (answer, _) = until_closed(running.connect(head).await).await;
    assert!(
        answer.starts_with("HTTP/1.1 413 ") && answer.contains("/problems/body_too_large"),
        "{answer}"
    );
}

#[tokio::test]
async fn stopping_says_so_first_and_ends_what_was_begun() {
    let running = start(300, 5000).await;
    let head = |method, path| format!("{method} {path} HTTP/1.1\r\nhost: a\r\n\r\n");
    // Left alone by its client, but a write.
    let abandoned = running.connect(&head("POST", "/api/work")).await;
    running.service.journal.wait_for("begun").await;
    drop(abandoned);
    running.stop.notify_one();
    sleep(Duration::from_millis(50)).await;

    let ready = head("GET", "/health/ready").replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n");
    assert!(
        until_closed(running.connect(&ready).await)
            .await
            .0
            .starts_with("HTTP/1.1 503 ")
    );

    sleep(Duration::from_millis(150)).await;
    let (answer, _) = until_closed(running.connect(&head("GET", "/api/work")).await).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 ") && answer.ends_with('2'),
        "{answer}"
    );
    timeout(Duration::from_secs(2), running.stopped)
        .await
        .unwrap()
        .unwrap();
    assert!(TcpStream::connect(running.address).await.is_err());
    let done = running
        .service
        .journal
        .events()
        .into_iter()
        .filter(|event| *event == "done")
        .count();
    assert_eq!(done, 2);
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever() {
    let running = start(0, 200).await;
    let _stuck = running
        .connect("GET /api/stuck HTTP/1.1\r\nhost: a\r\n\r\n")
        .await;
    running.service.journal.wait_for("begun").await;
    running.stop.notify_one();
    let begun = Instant::now();
    timeout(Duration::from_secs(3), running.stopped)
        .await
        .unwrap()
        .unwrap();
    assert!(begun.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn an_address_that_is_taken_is_named() {
    let holder = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = holder.local_addr().unwrap();
    let settings = kernel::config::Server {
        port: address.port(),
        ..Default::default()
    };
    let error = server::bind(&settings).await.unwrap_err().to_string();
    assert!(error.contains(&address.to_string()), "{error}");
}
