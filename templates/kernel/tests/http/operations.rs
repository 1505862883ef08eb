//! Health and documentation.

use axum::Router;

use crate::support::service;

#[tokio::test]
async fn readiness_follows_the_database_and_the_stop() {
    let service = service(Router::new(), |_| {}).await;
    assert_eq!(service.get("/health/ready").await.status, 200);
    service.app.drain();
    assert_eq!(service.get("/health/ready").await.status, 503);
    assert_eq!(service.get("/health/live").await.status, 200);
}

#[tokio::test]
async fn readiness_ends_with_the_database() {
    let service = service(Router::new(), |_| {}).await;
    service.app.pool().close();
    let answer = service.get("/health/ready").await;
    assert_eq!(answer.status, 503);
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    assert_eq!(service.get("/health/live").await.status, 200);
}

#[tokio::test]
async fn the_documentation_loads_nothing_from_elsewhere() {
    let service = service(Router::new(), |_| {}).await;
    assert_eq!(
        service.get("/openapi.json").await.json()["openapi"],
        "3.1.0"
    );
    let page = service.get("/docs").await;
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .starts_with("default-src 'none'; script-src 'self'")
    );
    for path in ["/docs/page.js", "/docs/page.css"] {
        assert!(page.body.contains(path));
        assert_eq!(service.get(path).await.status, 200);
    }
    for foreign in [
        "http://",
        "https://",
        "//cdn",
        "<style",
        "innerHTML",
        "onclick",
    ] {
        let script = service.get("/docs/page.js").await.body;
        assert!(
            !page.body.contains(foreign) && !script.contains(foreign),
            "{foreign}"
        );
    }
}

#[tokio::test]
async fn the_type_of_a_problem_leads_to_its_place() {
    let service = service(Router::new(), |_| {}).await;
    let answer = service.get("/problems/isbn_taken").await;
    assert_eq!(answer.header("location"), Some("/docs#problem-isbn_taken"));
    assert_eq!(
        service.get("/problems/%0d%0aset-cookie:a").await.status,
        404
    );
}
