//! Who outlives whom: clients, deadlines, reads and writes.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use kernel::contract::{Contract, Unit};
use kernel::http::{self, Call, Reply};
use kernel::problem::Problem;
use tokio::time::timeout;
use tower::ServiceExt;

use crate::support::{GET, Journal, POST, Service, service};

const READ: Contract = Contract {
    path: "/api/read",
    ..GET
};
const WRITE: Contract = Contract {
    path: "/api/write",
    deadline: Duration::from_millis(60),
    ..POST
};
const STATEMENT: Contract = Contract {
    path: "/api/statement",
    unit: Unit::Statement,
    ..POST
};

async fn work(call: Call<Journal>) -> Result<Reply, Problem> {
    let journal = call.context().services().clone();
    journal.note("begun");
    tokio::time::sleep(Duration::from_millis(150)).await;
    journal.note("done");
    Ok(Reply::ok(&()))
}

async fn things() -> Service {
    let routes = Router::new()
        .merge(http::route(&READ, work))
        .merge(http::route(&WRITE, work))
        .merge(http::route(&STATEMENT, work));
    service(routes, |_| {}).await
}

/// Asks, and goes away once the handler has begun.
async fn ask_and_leave(service: &Service, request: Request<Body>) {
    let asked = service.router.clone().oneshot(request);
    let begun = service.journal.wait_for("begun");
    tokio::select! {
        _ = asked => panic!("answered before the client left"),
        () = begun => {}
    }
}

#[tokio::test]
async fn a_read_ends_with_its_client() {
    let mut service = things().await;
    ask_and_leave(
        &service,
        Request::get("/api/read").body(Body::empty()).unwrap(),
    )
    .await;
    timeout(Duration::from_secs(1), service.app.idle())
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(service.journal.events(), ["begun"]);
    assert_eq!(service.lines()[0]["status"], 499);
}

#[tokio::test]
async fn a_write_outlives_its_client() {
    for path in ["/api/write", "/api/statement"] {
        let mut service = things().await;
        ask_and_leave(&service, Request::post(path).body(Body::empty()).unwrap()).await;
        // Stopping waits for it, too.
        timeout(Duration::from_secs(2), service.app.idle())
            .await
            .unwrap();
        assert_eq!(service.journal.events(), ["begun", "done"], "{path}");
        assert_eq!(service.lines()[0]["status"], 499);
    }
}

#[tokio::test]
async fn a_write_outlives_its_deadline() {
    let service = things().await;
    let answer = service.post("/api/write", "{}").await;
    assert_eq!(answer.problem(503), "timeout");
    assert_eq!(
        answer.header("retry-after"),
        None,
        "trying again might do it twice"
    );
    service.journal.wait_for("done").await;
}
