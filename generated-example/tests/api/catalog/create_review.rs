//! `POST /api/v1/books/{book}/reviews`

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
};

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
