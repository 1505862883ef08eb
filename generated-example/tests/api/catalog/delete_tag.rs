//! `DELETE /api/v1/tags/{id}`

use support::Place;
use support::access::Rule;
use support::delete::Delete;

use super::entity_tables::TAG;
use crate::service_under_test::service;

static DELETE: Delete = Delete {
    method: "DELETE",
    status: 204,
    place: Place {
        path: "/api/v1/tags/{id}",
        entity: &TAG,
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
async fn lets_in_whom_it_should() {
    DELETE.lets_in(&service().await, RULES).await;
}
