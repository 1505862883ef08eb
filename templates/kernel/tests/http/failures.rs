//! What goes wrong, each time as a problem.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::Request;
use hyper::body::Frame;
use kernel::contract::{Contract, Method, Unit};
use kernel::http::{self, Call, Reply};
use kernel::problem::Problem;

use crate::support::{GET, Journal, POST, Service, service};

const SLOW: Contract = Contract {
    path: "/api/slow",
    deadline: Duration::from_millis(50),
    ..GET
};
const PANIC: Contract = Contract {
    path: "/api/panic",
    ..GET
};
const PANIC_IN_WRITE: Contract = Contract {
    method: Method::Post,
    unit: Unit::Statement,
    ..PANIC
};
const UNWRITABLE: Contract = Contract {
    path: "/api/unwritable",
    ..GET
};

async fn read(call: Call<Journal>) -> Result<Reply, Problem> {
    Ok(Reply::ok(&call.path::<i64>("name")?))
}

async fn write(call: Call<Journal>) -> Result<Reply, Problem> {
    call.form()?;
    call.if_match()?;
    Ok(Reply::created("/", &()))
}

async fn slow(_: Call<Journal>) -> Result<Reply, Problem> {
    tokio::time::sleep(Duration::from_secs(5)).await;
    Ok(Reply::no_content())
}

#[expect(clippy::panic, reason = "the subject of the test")]
async fn panic(_: Call<Journal>) -> Result<Reply, Problem> {
    tokio::task::yield_now().await;
    panic!("secret")
}

async fn unwritable(_: Call<Journal>) -> Result<Reply, Problem> {
    Ok(Reply::ok(&std::collections::BTreeMap::from([(vec![1], 1)])))
}

async fn things() -> Service {
    let routes = Router::new()
        .merge(http::route(&GET, read))
        .merge(http::route(&POST, write))
        .merge(http::route(&SLOW, slow))
        .merge(http::route(&PANIC, panic))
        .merge(http::route(&PANIC_IN_WRITE, panic))
        .merge(http::route(&UNWRITABLE, unwritable));
    service(routes, |settings| settings.server.max_in_flight = 1).await
}

#[tokio::test]
async fn nothing_is_found_where_nothing_is() {
    let service = things().await;
    for path in [
        "/",
        "/api",
        "/api/thing",
        "/api/things/",
        "/api/things/1/2",
        "/api/things/x",
        "/problems/X",
        "/metrics",
    ] {
        let answer = service.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json"),
            "{path}"
        );
    }
    assert_eq!(service.get("/api/things/%").await.problem(400), "malformed");
    assert_eq!(
        service.get("/api/things/%ff").await.problem(400),
        "malformed"
    );
}

#[tokio::test]
async fn other_methods_are_refused_with_those_that_are_not() {
    let service = things().await;
    for (method, path, allowed) in [
        ("POST", "/api/things/1", "GET,HEAD"),
        ("TRACE", "/api/things", "POST"),
        ("OPTIONS", "/api/things", "POST"),
        ("MADEUP", "/api/panic", "GET,HEAD,POST"),
        ("DELETE", "/health/live", "GET,HEAD"),
    ] {
        let answer = service
            .ask(
                Request::builder()
                    .method(method)
                    .uri(path)
                    .body(Body::empty())
                    .unwrap(),
            )
            .await;
        assert_eq!(answer.problem(405), "method_not_allowed");
        assert_eq!(answer.header("allow"), Some(allowed), "{method} {path}");
    }
}

#[tokio::test]
async fn bodies_have_a_type_and_a_size() {
    let service = things().await;
    let plain = Request::post("/api/things")
        .header("content-type", "text/plain")
        .body("{}".into())
        .unwrap();
    assert_eq!(
        service.ask(plain).await.problem(415),
        "unsupported_media_type"
    );
    let bare = Request::post("/api/things").body("{}".into()).unwrap();
    assert_eq!(
        service.ask(bare).await.problem(415),
        "unsupported_media_type"
    );
    assert_eq!(
        service.post("/api/things", "").await.problem(400),
        "malformed"
    );

    assert_eq!(
        service
            .post("/api/things", " ".repeat(65))
            .await
            .problem(413),
        "body_too_large"
    );
    let chunks = chunked(vec![" ".repeat(60), " ".repeat(60)]);
    assert_eq!(
        service.post("/api/things", chunks).await.problem(413),
        "body_too_large"
    );
    let just = chunked(vec!["{".into(), " ".repeat(62), "}".into()]);
    assert_eq!(service.post("/api/things", just).await.status, 201);
}

/// A body without a declared length.
struct Chunks(std::vec::IntoIter<String>);

impl HttpBody for Chunks {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(
            self.0
                .next()
                .map(|chunk| Ok(Frame::data(Bytes::from(chunk)))),
        )
    }
}

fn chunked(chunks: Vec<String>) -> Body {
    Body::new(Chunks(chunks.into_iter()))
}

#[tokio::test]
async fn conditions_are_well_formed() {
    let request = Request::post("/api/things")
        .header("content-type", "application/json")
        .header("if-match", "7");
    assert_eq!(
        things()
            .await
            .ask(request.body("{}".into()).unwrap())
            .await
            .problem(400),
        "malformed"
    );
}

#[tokio::test]
async fn addresses_have_a_length() {
    let uri = format!("/api/things/1?{}", "x".repeat(9000));
    assert_eq!(things().await.get(&uri).await.problem(414), "uri_too_long");
}

#[tokio::test]
async fn a_read_ends_at_its_deadline() {
    let answer = things().await.get("/api/slow").await;
    assert_eq!(answer.problem(503), "timeout");
    assert_eq!(answer.header("retry-after"), Some("1"));
}

#[tokio::test]
async fn more_than_the_service_takes_on_is_refused_at_once() {
    let service = things().await;
    let (slow, refused) = tokio::join!(service.get("/api/slow"), async {
        tokio::task::yield_now().await;
        service.get("/api/things/1").await
    });
    assert_eq!(slow.problem(503), "timeout");
    assert_eq!(refused.problem(503), "unavailable");
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(service.get("/api/things/1").await.status, 200);
}

#[tokio::test]
async fn a_panic_is_a_problem_of_ours() {
    let service = things().await;
    for answer in [
        service.get("/api/panic").await,
        service.post("/api/panic", "{}").await,
    ] {
        assert_eq!(answer.problem(500), "internal");
        assert!(!answer.body.contains("secret"));
    }
    assert_eq!(
        service.get("/api/things/1").await.status,
        200,
        "the slot was given back"
    );
}

#[tokio::test]
async fn what_cannot_be_written_is_a_problem_of_ours() {
    assert_eq!(
        things().await.get("/api/unwritable").await.problem(500),
        "internal"
    );
}
