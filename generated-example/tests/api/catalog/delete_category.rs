//! `DELETE /api/v1/categories/{slug}`

use support::Place;
use support::access::Rule;
use support::delete::Delete;

use super::entity_tables::{BOOK, CATEGORY};
use crate::service_under_test::service;

static DELETE: Delete = Delete {
    method: "DELETE",
    status: 204,
    place: Place {
        path: "/api/v1/categories/{slug}",
        entity: &CATEGORY,
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
async fn refuses_while_referred_to_by_parent_of_categories() {
    DELETE
        .refuses_while_referred_to(
            &service().await,
            &CATEGORY,
            "parent_id",
            "category_still_referenced",
        )
        .await;
}

#[tokio::test]
async fn lets_go_of_books_by_category() {
    DELETE
        .lets_go_of(&service().await, &BOOK, "category_id")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    DELETE.lets_in(&service().await, RULES).await;
}
