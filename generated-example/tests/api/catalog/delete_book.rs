//! `DELETE /api/v1/books/{slug}`

use support::Place;
use support::access::Rule;
use support::delete::Delete;

use super::entity_tables::{BOOK, REVIEW};
use crate::service_under_test::service;

static DELETE: Delete = Delete {
    method: "DELETE",
    status: 204,
    place: Place {
        path: "/api/v1/books/{slug}",
        entity: &BOOK,
        key: ("slug", "slug"),
        parents: &[],
    },
};

static RULES: &[Rule] = &[Rule::Role("admin")];

#[tokio::test]
async fn succeeds() {
    DELETE.succeeds(&service().await).await;
}

#[tokio::test]
async fn finds_nothing_elsewhere() {
    DELETE.finds_nothing_elsewhere(&service().await).await;
}

#[tokio::test]
async fn checks_the_version() {
    DELETE.checks_the_version(&service().await).await;
}

#[tokio::test]
async fn takes_along_reviews_by_book() {
    DELETE
        .takes_along(&service().await, &REVIEW, "book_id")
        .await;
}

#[tokio::test]
async fn refuses_while_referred_to_by_book_of_lines() {
    DELETE
        .refuses_while_referred_to(
            &service().await,
            &crate::orders::entity_tables::LINE,
            "book_id",
            "book_still_referenced",
        )
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    DELETE.lets_in(&service().await, RULES).await;
}
