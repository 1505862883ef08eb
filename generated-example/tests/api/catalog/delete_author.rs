//! `DELETE /api/v1/authors/{id}`

use support::Place;
use support::access::Rule;
use support::delete::Delete;

use super::entity_tables::{AUTHOR, BOOK};
use crate::service_under_test::service;

static DELETE: Delete = Delete {
    method: "DELETE",
    status: 204,
    place: Place {
        path: "/api/v1/authors/{id}",
        entity: &AUTHOR,
        key: ("id", "id"),
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
async fn refuses_while_referred_to_by_author_of_books() {
    DELETE
        .refuses_while_referred_to(
            &service().await,
            &BOOK,
            "author_id",
            "author_still_referenced",
        )
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    DELETE.lets_in(&service().await, RULES).await;
}
