//! `POST /api/v1/orders`

use support::access::Rule;
use support::create::Create;
use support::{Part, Place};

use super::entity_tables::{LINE, ORDER};
use crate::service_under_test::service;

static CREATE: Create = Create {
    method: "POST",
    status: 201,
    place: Place {
        path: "/api/v1/orders",
        entity: &ORDER,
        key: ("", ""),
        parents: &[],
    },
    one: "data",
    location: "/api/v1/orders/{id}",
    parts: &[Part {
        key: "lines",
        entity: &LINE,
        column: "order_id",
        min: 0,
        max: 100,
        single: false,
    }],
};

static RULES: &[Rule] = &[Rule::Authenticated];

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
async fn refuses_taken_number() {
    CREATE
        .refuses_taken(&service().await, &["number"], "order_number_taken")
        .await;
}

#[tokio::test]
async fn lets_one_of_many_have_number() {
    CREATE
        .lets_one_of_many_win(&service().await, &["number"], "order_number_taken")
        .await;
}

#[tokio::test]
async fn makes_lines() {
    CREATE.makes(&service().await, "lines").await;
}

#[tokio::test]
async fn keeps_every_rule_of_lines() {
    CREATE.keeps_every_rule_of(&service().await, "lines").await;
}

#[tokio::test]
async fn refuses_taken_order_and_book_in_lines() {
    CREATE
        .refuses_taken_in(
            &service().await,
            "lines",
            &["order_id", "book_id"],
            "line_order_book_taken",
        )
        .await;
}

#[tokio::test]
async fn refuses_missing_book_in_lines() {
    CREATE
        .refuses_missing_in(&service().await, "lines", "book_id", "line_book_missing")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    CREATE.lets_in(&service().await, RULES).await;
}

#[tokio::test]
async fn belongs_to_its_maker() {
    CREATE
        .belongs_to_its_maker(&service().await, "customer_id")
        .await;
}
