//! Rules, rows, revocation: whatever the format of tokens.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::Request;
use kernel::auth::{Found, Issuer, revoke};
use kernel::contract::Unit;
use kernel::db::Connection;
use kernel::types::{Timestamp, Uuid};

use super::*;

const ROW: Uuid = Uuid::from_u128(7);

/// Everybody but strangers has a row.
fn find<'c>(_: &'c mut Connection, subject: &'c str) -> Found<'c> {
    Box::pin(async move { Ok((subject != "stranger").then_some(ROW)) })
}

#[tokio::test]
async fn what_is_open_reads_no_token() {
    let (service, _) = fresh().await;
    for values in [&[][..], &["Bearer nonsense"], &["a", "b"]] {
        let answer = service.with_headers("/open", values).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json()["subject"], Value::Null);
    }
}

#[tokio::test]
async fn without_a_token_only_what_is_public_answers() {
    let (service, _) = fresh().await;
    for path in ["/signed-in", "/staff", "/own"] {
        let answer = service.get(path).await;
        assert_eq!(answer.problem(401), "unauthenticated");
        assert_eq!(
            answer.header("www-authenticate"),
            Some(r#"Bearer realm="api""#)
        );
    }
    let answer = service.get("/welcome").await;
    assert_eq!(
        answer.json(),
        json!({ "subject": null, "rows": "all", "row": null })
    );
}

#[tokio::test]
async fn a_header_that_carries_no_token_is_a_bad_token() {
    let (service, issuer) = fresh().await;
    let good = format!("Bearer {}", issuer.token("ann", &[], 60));
    let lower = good.replacen("Bearer", "bearer", 1);
    assert_eq!(
        service.with_headers("/welcome", &[&lower]).await.status,
        200
    );
    let mut claims = issuer.claims("ann", &[], 60);
    claims["more"] = json!("x".repeat(8 * 1024));
    let long = format!("Bearer {}", issuer.sign(&claims));
    let other = good.replacen("Bearer", "Basic", 1);
    let huge = format!("Bearer {}", "a".repeat(1024 * 1024));
    for values in [
        &[good.as_str(), good.as_str()][..],
        &[""],
        &["Bearer"],
        &["Bearer "],
        &["Basic YTpi"],
        &[&other],
        &[&good["Bearer ".len()..]],
        &["Bearer a b"],
        &[&long],
        &[&huge],
    ] {
        let answer = service.with_headers("/welcome", values).await;
        is_bad(&answer, &format!("{:.60?}", values));
    }
}

#[tokio::test]
async fn the_first_rule_that_holds_lets_in() {
    let (service, issuer) = fresh().await;
    let _ = service.app.clone().actors(find);
    let (ann, bob) = (
        issuer.token("ann", &["other"], 60),
        issuer.token("bob", &["admin", "staff"], 60),
    );
    let expected = [
        ("/welcome", 200, "all", 200, "all"),
        ("/signed-in", 200, "all", 200, "all"),
        ("/staff", 403, "", 200, "all"),
        ("/own", 200, "own", 200, "own"),
        ("/own-or-staff", 200, "own", 200, "all"),
    ];
    for (path, of_ann, rows_of_ann, of_bob, rows_of_bob) in expected {
        for (token, status, rows) in [(&ann, of_ann, rows_of_ann), (&bob, of_bob, rows_of_bob)] {
            let answer = service.with_token(path, token).await;
            assert_eq!(answer.status, status, "{path} {answer:?}");
            if status == 403 {
                assert_eq!(answer.problem(403), "forbidden");
                assert_eq!(answer.header("www-authenticate"), None);
                continue;
            }
            let rows = if rows == "own" {
                json!(ROW)
            } else {
                json!(rows)
            };
            assert_eq!(answer.json()["rows"], rows, "{path}");
            assert_eq!(answer.json()["row"], json!(ROW), "{path}");
        }
    }
}

/// A row rule gives nothing to somebody without a row.
#[tokio::test]
async fn without_rows_of_actors_no_row_rule_holds() {
    let (service, issuer) = fresh().await;
    let ann = issuer.token("ann", &[], 60);
    assert_eq!(
        service.with_token("/own", &ann).await.problem(403),
        "forbidden"
    );
    assert_eq!(
        service.with_token("/signed-in", &ann).await.json()["subject"],
        "ann"
    );
}

#[tokio::test]
async fn a_subject_without_a_row_is_nobody() {
    let (service, issuer) = fresh().await;
    let app = service.app.clone().actors(find);
    refused(
        &service,
        &issuer.token("stranger", &["staff"], 60),
        "no row",
    )
    .await;
    let _ = app.provision(|_, _| Box::pin(async { Ok(Some(ROW)) }));
    let answer = service
        .with_token("/own", &issuer.token("stranger", &[], 60))
        .await;
    assert_eq!(answer.json()["rows"], json!(ROW));
}

#[tokio::test]
async fn who_calls_comes_before_what_is_asked() {
    let (service, issuer) = fresh().await;
    let post = |token: Option<String>| {
        let request = Request::post("/api/things").header("content-type", "text/plain");
        let request = match token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        };
        service.ask(request.body("x".repeat(1000).into()).unwrap())
    };
    assert_eq!(post(None).await.problem(401), "unauthenticated");
    assert_eq!(post(Some("x".into())).await.problem(401), "unauthenticated");
    assert_eq!(
        post(Some(issuer.token("ann", &[], 60))).await.problem(413),
        "body_too_large"
    );
}

async fn take_back(service: &Service, claims: &Value) {
    let mut unit = service.app.pool().begin(Unit::Transaction).await.unwrap();
    let result = revoke(&mut unit, claims["jti"].as_str().unwrap(), Timestamp::MAX).await;
    unit.finish(result).await.unwrap();
}

#[tokio::test]
async fn a_revoked_token_is_bad() {
    let (service, issuer) = fresh().await;
    let [one, other] = [(); 2].map(|()| issuer.claims("ann", &[], 60));
    assert_eq!(
        service
            .with_token("/signed-in", &issuer.sign(&one))
            .await
            .status,
        200
    );
    take_back(&service, &one).await;
    take_back(&service, &one).await;
    refused(&service, &issuer.sign(&one), "revoked").await;
    assert_eq!(
        service
            .with_token("/signed-in", &issuer.sign(&other))
            .await
            .status,
        200
    );
}

/// Between two looks at the database a token is believed as it was.
#[tokio::test]
async fn a_token_is_verified_once_in_a_while() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let issuer = Issuer::fresh();
    let mut settings = issuer.settings();
    settings.recheck_s = 30;
    let service = believing(settings).await;
    let _ = service.app.clone().actors(|_, subject| {
        ASKED.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move { Ok((subject != "stranger").then_some(ROW)) })
    });
    let claims = issuer.claims("ann", &[], 60);
    let token = issuer.sign(&claims);
    for _ in 0..3 {
        assert_eq!(
            service.with_token("/own", &token).await.json()["subject"],
            "ann"
        );
        take_back(&service, &claims).await;
    }
    assert_eq!(ASKED.load(Ordering::Relaxed), 1);
    // Another token of the same subject, and a bad one that begins as the good one does.
    assert_eq!(
        service
            .with_token("/own", &issuer.token("ann", &[], 60))
            .await
            .status,
        200
    );
    is_bad(
        &service.with_token("/own", &token[..token.len() - 1]).await,
        "truncated",
    );
    // What is bad is never remembered as good.
    for _ in 0..2 {
        is_bad(
            &service
                .with_token("/own", &issuer.token("stranger", &[], 60))
                .await,
            "no row",
        );
    }
}

#[tokio::test]
async fn what_was_taken_back_is_noticed_in_time() {
    let issuer = Issuer::fresh();
    let mut settings = issuer.settings();
    settings.recheck_s = 1;
    let service = believing(settings).await;
    let claims = issuer.claims("ann", &[], 60);
    let token = issuer.sign(&claims);
    assert_eq!(service.with_token("/signed-in", &token).await.status, 200);
    take_back(&service, &claims).await;
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    is_bad(&service.with_token("/signed-in", &token).await, "revoked");
}

#[tokio::test]
async fn nobody_is_let_in_while_the_database_is_away() {
    let (service, issuer) = fresh().await;
    service.app.pool().close();
    let answer = service
        .with_token("/signed-in", &issuer.token("ann", &[], 60))
        .await;
    assert_eq!(answer.problem(503), "unavailable");
}

#[tokio::test]
async fn what_one_caller_was_shown_is_not_kept_for_another() {
    let (service, issuer) = fresh().await;
    let ann = issuer.token("ann", &[], 60);
    for (path, varies) in [("/open", None), ("/welcome", Some("authorization"))] {
        assert_eq!(service.get(path).await.header("vary"), varies);
        let answer = service.with_token(path, &ann).await;
        assert_eq!(answer.header("vary"), varies);
        let request = Request::get(path).header("if-none-match", "\"1\"");
        let known = service.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!((known.status.as_u16(), known.header("vary")), (304, varies));
    }
}
