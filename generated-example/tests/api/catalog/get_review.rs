//! `GET /api/v1/books/{book}/reviews/{id}`

use support::get::Get;
use support::{Include, Place, one, parent};

use super::entity_tables::{BOOK, REVIEW};
use crate::service_under_test::service;

static GET: Get = Get {
    place: Place {
        path: "/api/v1/books/{book}/reviews/{id}",
        entity: &REVIEW,
        key: ("id", "id"),
        parents: &[parent("book", "book_id", &BOOK, "slug")],
    },
    one: "data",
    include: &[Include {
        name: "book",
        hop: one("book_id", &BOOK),
        by: "",
        single: true,
    }],
};

#[tokio::test]
async fn succeeds() {
    GET.succeeds(&service().await).await;
}

#[tokio::test]
async fn spares_what_is_known() {
    GET.spares_what_is_known(&service().await).await;
}

#[tokio::test]
async fn finds_nothing_elsewhere() {
    GET.finds_nothing_elsewhere(&service().await).await;
}

#[tokio::test]
async fn refuses_strangers() {
    GET.refuses_strangers(&service().await).await;
}

#[tokio::test]
async fn embeds() {
    GET.embeds(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    GET.lets_in(&service().await, &[]).await;
}
