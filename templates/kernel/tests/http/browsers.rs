//! Web pages on other origins.

use axum::body::Body;
use axum::http::Request;
use kernel::http::{self, Call, Origins, Reply};
use kernel::problem::Problem;

use crate::support::{Answer, Journal, POST, Service, service};

async fn post(_: Call<Journal>) -> Result<Reply, Problem> {
    Ok(Reply::ok(&()))
}

async fn things(origins: &[&'static str]) -> Service {
    let origins = Origins::new(origins.iter().copied()).unwrap();
    service(http::route(&POST, post), |settings| {
        settings.server.cors_origins = origins
    })
    .await
}

async fn ask(service: &Service, method: &str, uri: &str, origin: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(uri)
        .header("origin", origin);
    service
        .ask(
            request
                .header("access-control-request-method", "POST")
                .body(Body::empty())
                .unwrap(),
        )
        .await
}

#[tokio::test]
async fn a_page_that_may_call_is_told_so() {
    let service = things(&["https://a.example", "https://b.example"]).await;
    let preflight = ask(&service, "OPTIONS", "/api/things", "https://b.example").await;
    assert_eq!(preflight.status, 204);
    assert_eq!(
        preflight.header("access-control-allow-origin"),
        Some("https://b.example")
    );
    assert!(
        preflight
            .header("access-control-allow-methods")
            .unwrap()
            .contains("PATCH")
    );
    assert!(
        preflight
            .header("access-control-allow-headers")
            .unwrap()
            .contains("if-match")
    );

    for (method, uri) in [("POST", "/api/things"), ("GET", "/nowhere")] {
        let answer = ask(&service, method, uri, "https://b.example").await;
        assert_eq!(
            answer.header("access-control-allow-origin"),
            Some("https://b.example"),
            "{uri}"
        );
        assert!(
            answer
                .header("access-control-expose-headers")
                .unwrap()
                .contains("etag")
        );
        assert_eq!(answer.header("vary"), Some("origin"));
    }
}

#[tokio::test]
async fn another_page_is_not() {
    let service = things(&["https://a.example"]).await;
    for origin in ["https://a.example.evil", "http://a.example", "null"] {
        assert_eq!(
            ask(&service, "OPTIONS", "/api/things", origin)
                .await
                .problem(405),
            "method_not_allowed"
        );
        let answer = ask(&service, "POST", "/api/things", origin).await;
        assert_eq!(
            (
                answer.status.as_u16(),
                answer.header("access-control-allow-origin")
            ),
            (201, None)
        );
        assert_eq!(answer.header("vary"), Some("origin"));
    }
}

#[tokio::test]
async fn without_origins_nothing_is_said() {
    let answer = ask(
        &things(&[]).await,
        "POST",
        "/api/things",
        "https://a.example",
    )
    .await;
    assert_eq!(
        (
            answer.header("access-control-allow-origin"),
            answer.header("vary")
        ),
        (None, None)
    );
    let answer = ask(
        &things(&["*"]).await,
        "POST",
        "/api/things",
        "https://a.example",
    )
    .await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
}
