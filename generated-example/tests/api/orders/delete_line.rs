//! `DELETE /api/v1/lines/{id}`

use support::Place;
use support::delete::Delete;

use super::entity_tables::LINE;
use crate::service_under_test::service;

static DELETE: Delete = Delete {
    method: "DELETE",
    status: 204,
    place: Place {
        path: "/api/v1/lines/{id}",
        entity: &LINE,
        key: ("id", "id"),
        parents: &[],
    },
};

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
