//! `DELETE /api/v1/books/{book}/reviews/{id}`

use support::access::Rule;
use support::delete::Delete;
use support::{Place, parent};

use super::entity_tables::{BOOK, REVIEW};
use crate::service_under_test::service;

static DELETE: Delete = Delete {
    method: "DELETE",
    status: 204,
    place: Place {
        path: "/api/v1/books/{book}/reviews/{id}",
        entity: &REVIEW,
        key: ("id", "id"),
        parents: &[parent("book", "book_id", &BOOK, "slug")],
    },
};

static RULES: &[Rule] = &[Rule::Owner, Rule::Role("support")];

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
async fn lets_in_whom_it_should() {
    DELETE.lets_in(&service().await, RULES).await;
}

#[tokio::test]
async fn hides_what_one_may_not_see() {
    DELETE.hides(&service().await, RULES).await;
}
