//! `DELETE /api/v1/lines/{id}`

use support::Place;
use support::access::{Granted, Piece, Rule};
use support::delete::Delete;

use super::entity_tables::{LINE, ORDER};
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

static RULES: &[Rule] = &[Rule::When(&[
    Piece::Sql("(select r1.customer_id from orders r1 where r1.id = lines.order_id) = "),
    Piece::Id,
    Piece::Sql(" and (select r2.status from orders r2 where r2.id = lines.order_id) = 'draft'"),
])];

static GRANTED: &[Granted] = &[
    Granted {
        entity: &ORDER,
        column: "customer_id",
        value: None,
    },
    Granted {
        entity: &ORDER,
        column: "status",
        value: Some("\"draft\""),
    },
];

#[tokio::test]
async fn succeeds() {
    DELETE.succeeds(&service().await.granting(GRANTED)).await;
}

#[tokio::test]
async fn finds_nothing_elsewhere() {
    DELETE
        .finds_nothing_elsewhere(&service().await.granting(GRANTED))
        .await;
}

#[tokio::test]
async fn checks_the_version() {
    DELETE
        .checks_the_version(&service().await.granting(GRANTED))
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    DELETE.lets_in(&service().await, RULES).await;
}

#[tokio::test]
async fn hides_what_one_may_not_see() {
    DELETE.hides(&service().await, RULES).await;
}
