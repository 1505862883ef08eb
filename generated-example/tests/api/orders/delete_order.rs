//! `DELETE /api/v1/orders/{id}`

use support::Place;
use support::access::Rule;
use support::delete::Delete;

use super::entity_tables::{LINE, ORDER};
use crate::service_under_test::service;

static DELETE: Delete = Delete {
    method: "DELETE",
    status: 204,
    place: Place {
        path: "/api/v1/orders/{id}",
        entity: &ORDER,
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
async fn needs_a_version() {
    DELETE.needs_a_version(&service().await).await;
}

#[tokio::test]
async fn takes_along_lines_by_order() {
    DELETE
        .takes_along(&service().await, &LINE, "order_id")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    DELETE.lets_in(&service().await, RULES).await;
}
