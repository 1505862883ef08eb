//! `POST /api/v1/lines`

use support::Place;
use support::access::Rule;
use support::create::Create;

use super::entity_tables::LINE;
use crate::service_under_test::service;

static CREATE: Create = Create {
    method: "POST",
    status: 201,
    place: Place {
        path: "/api/v1/lines",
        entity: &LINE,
        key: ("", ""),
        parents: &[],
    },
    one: "data",
    location: "/api/v1/lines/{id}",
    parts: &[],
};

static RULES: &[Rule] = &[Rule::Role("support")];

#[tokio::test]
async fn succeeds() {
    CREATE.succeeds(&service().await).await;
}

#[tokio::test]
async fn fills_in_what_is_absent() {
    CREATE.fills_in_what_is_absent(&service().await).await;
}

#[tokio::test]
async fn keeps_every_rule() {
    CREATE.keeps_every_rule(&service().await).await;
}

#[tokio::test]
async fn refuses_strangers() {
    CREATE.refuses_strangers(&service().await).await;
}

#[tokio::test]
async fn refuses_taken_order_and_book() {
    CREATE
        .refuses_taken(
            &service().await,
            &["order_id", "book_id"],
            "line_order_book_taken",
        )
        .await;
}

#[tokio::test]
async fn lets_one_of_many_have_order_and_book() {
    CREATE
        .lets_one_of_many_win(
            &service().await,
            &["order_id", "book_id"],
            "line_order_book_taken",
        )
        .await;
}

#[tokio::test]
async fn refuses_missing_order() {
    CREATE
        .refuses_missing(&service().await, "order_id", "line_order_missing")
        .await;
}

#[tokio::test]
async fn refuses_missing_book() {
    CREATE
        .refuses_missing(&service().await, "book_id", "line_book_missing")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    CREATE.lets_in(&service().await, RULES).await;
}
