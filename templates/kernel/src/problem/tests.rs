use axum::body::to_bytes;
use serde_json::json;

use super::*;

const TAKEN: Kind = Kind {
    code: "isbn_taken",
    status: 409,
    title: "This isbn is taken",
};

async fn document(response: Response) -> Value {
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

#[tokio::test]
async fn a_full_problem_has_every_member() {
    let problem = Problem::new(TAKEN)
        .detail("another book has it")
        .at("isbn")
        .with("stock", 3)
        .retry_after(2);
    let response = render(
        &problem,
        Some(Origin {
            instance: "/books",
            request_id: "abc",
        }),
    );
    assert_eq!(response.status(), 409);
    assert_eq!(
        response.headers()[header::CONTENT_TYPE],
        "application/problem+json"
    );
    assert_eq!(response.headers()[header::RETRY_AFTER], "2");
    let expected = json!({
        "type": "/problems/isbn_taken", "title": "This isbn is taken", "status": 409, "detail": "another book has it",
        "instance": "/books", "request_id": "abc",
        "errors": [{"field": "isbn", "code": "isbn_taken", "message": "This isbn is taken"}], "stock": 3
    });
    assert_eq!(document(response).await, expected);
}

#[tokio::test]
async fn what_is_not_said_is_not_written() {
    let expected =
        json!({"type": "/problems/isbn_taken", "title": "This isbn is taken", "status": 409});
    assert_eq!(
        document(Problem::from(TAKEN).into_response()).await,
        expected
    );
}
