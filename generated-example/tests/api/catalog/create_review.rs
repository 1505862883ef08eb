//! `POST /api/v1/books/{book}/reviews`

use support::access::Rule;
use support::create::Create;
use support::{Place, parent};

use super::entity_tables::{BOOK, REVIEW};
use crate::service_under_test::service;

static CREATE: Create = Create {
    method: "POST",
    status: 201,
    place: Place {
        path: "/api/v1/books/{book}/reviews",
        entity: &REVIEW,
        key: ("", ""),
        parents: &[parent("book", "book_id", &BOOK, "slug")],
    },
    one: "data",
    location: "",
    parts: &[],
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
async fn knows_its_parents() {
    CREATE.knows_its_parents(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    CREATE.lets_in(&service().await, RULES).await;
}

#[tokio::test]
async fn belongs_to_its_maker() {
    CREATE
        .belongs_to_its_maker(&service().await, "author_id")
        .await;
}
