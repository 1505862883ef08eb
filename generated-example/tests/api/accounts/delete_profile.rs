//! `DELETE /api/v1/profiles/{id}`

use support::Place;
use support::access::{Piece, Rule};
use support::delete::Delete;

use super::entity_tables::PROFILE;
use crate::service_under_test::service;

static DELETE: Delete = Delete {
    method: "DELETE",
    status: 204,
    place: Place {
        path: "/api/v1/profiles/{id}",
        entity: &PROFILE,
        key: ("id", "id"),
        parents: &[],
    },
};

static RULES: &[Rule] = &[
    Rule::Role("admin"),
    Rule::When(&[Piece::Sql("profiles.customer_id = "), Piece::Id]),
];

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
