//! What goes well.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use kernel::contract::Contract;
use kernel::http::{self, Call, Data, Reply};
use kernel::problem::Problem;

use crate::support::{GET, Journal, POST, Service, service};

async fn get(call: Call<Journal>) -> Result<Reply, Problem> {
    let name: String = call.path("name")?;
    let reply = Reply::ok(&Data { data: &name }).version(7);
    Ok(if name == "page" {
        reply.link(Some(&"Zm8"))
    } else {
        reply
    })
}

async fn post(call: Call<Journal>) -> Result<Reply, Problem> {
    call.form()?;
    Ok(Reply::created(format_args!("/api/things/{}", 3), &"made"))
}

const DELETE: Contract = Contract {
    id: "test.delete",
    method: kernel::contract::Method::Delete,
    success: 204,
    unit: kernel::contract::Unit::Statement,
    ..GET
};

async fn delete(call: Call<Journal>) -> Result<Reply, Problem> {
    let version = call.if_match()?;
    if version == Some(7) {
        Ok(Reply::no_content())
    } else {
        Err(kernel::problem::STALE_VERSION.into())
    }
}

async fn things() -> Service {
    let routes = Router::new()
        .merge(http::route(&GET, get))
        .merge(http::route(&POST, post))
        .merge(http::route(&DELETE, delete));
    service(routes, |_| {}).await
}

#[tokio::test]
async fn a_read_has_a_body_and_a_version() {
    let answer = things().await.get("/api/things/caf%C3%A9").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, r#"{"data":"café"}"#);
    assert_eq!(answer.header("etag"), Some("\"7\""));
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(
        answer.header("content-security-policy"),
        Some("default-src 'none'; frame-ancestors 'none'")
    );
}

#[tokio::test]
async fn what_the_client_holds_is_not_sent_again() {
    let service = things().await;
    for (known, status) in [("\"7\"", 304), ("W/\"7\"", 304), ("*", 304), ("\"6\"", 200)] {
        let request = Request::get("/api/things/a").header("if-none-match", known);
        let answer = service.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, status, "{known}");
        assert_eq!(answer.body.is_empty(), status == 304);
        assert_eq!(answer.header("etag"), Some("\"7\""));
        assert_eq!(answer.header("content-type").is_some(), status == 200);
    }
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let service = things().await;
    let get = service.get("/api/things/a").await;
    let head = service
        .ask(Request::head("/api/things/a").body(Body::empty()).unwrap())
        .await;
    assert_eq!(head.status, 200);
    assert_eq!(head.body, "");
    assert_eq!(head.header("etag"), get.header("etag"));
    assert_eq!(
        head.header("content-length"),
        Some(get.body.len().to_string().as_str())
    );
}

#[tokio::test]
async fn writes_answer_as_their_contract_says() {
    let service = things().await;
    let created = service.post("/api/things", "{}").await;
    assert_eq!(created.status, 201);
    assert_eq!(created.header("location"), Some("/api/things/3"));
    assert_eq!(created.header("cache-control"), Some("no-store"));

    let request = Request::delete("/api/things/a").header("if-match", "\"7\"");
    let deleted = service.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(deleted.status, 204);
    assert_eq!(
        (deleted.body.as_str(), deleted.header("content-type")),
        ("", None)
    );
    let request = Request::delete("/api/things/a").header("if-match", "\"8\"");
    assert_eq!(
        service
            .ask(request.body(Body::empty()).unwrap())
            .await
            .problem(412),
        "stale_version"
    );
}

#[tokio::test]
async fn a_page_links_to_the_next() {
    let answer = things()
        .await
        .get("/api/things/page?limit=2&cursor=old")
        .await;
    assert_eq!(
        answer.header("link"),
        Some("</api/things/page?limit=2&cursor=Zm8>; rel=\"next\"")
    );
}

#[tokio::test]
async fn each_request_leaves_one_line_with_its_ids() {
    let mut service = things().await;
    let request = Request::get("/api/things/a?secret=1")
        .header("x-request-id", "mine-1")
        .header(
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        );
    let answer = service.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("x-request-id"), Some("mine-1"));
    let unmatched = service.get("/nowhere").await;

    let lines = service.lines();
    assert_eq!(lines.len(), 2);
    let line = &lines[0];
    assert_eq!(line["contract"], "test.get");
    assert_eq!(
        (&line["method"], &line["path"], &line["status"]),
        (&"GET".into(), &"/api/things/a".into(), &200.into())
    );
    assert_eq!(line["request_id"], "mine-1");
    assert_eq!(line["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
    assert_eq!(line["bytes"], answer.body.len());
    assert!(line["duration_us"].is_u64() && line["timestamp"].is_string());
    assert_eq!(lines[1]["contract"], "unmatched");
    assert_eq!(
        lines[1]["request_id"].as_str(),
        unmatched.header("x-request-id")
    );
}
