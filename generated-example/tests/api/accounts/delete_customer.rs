//! `DELETE /api/v1/customers/{id}`

use support::Place;
use support::access::Rule;
use support::delete::Delete;

use super::entity_tables::{CUSTOMER, PROFILE};
use crate::service_under_test::service;

static DELETE: Delete = Delete {
    method: "DELETE",
    status: 204,
    place: Place {
        path: "/api/v1/customers/{id}",
        entity: &CUSTOMER,
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
async fn takes_along_profiles_by_customer() {
    DELETE
        .takes_along(&service().await, &PROFILE, "customer_id")
        .await;
}

#[tokio::test]
async fn takes_along_reviews_by_author() {
    DELETE
        .takes_along(
            &service().await,
            &crate::catalog::entity_tables::REVIEW,
            "author_id",
        )
        .await;
}

#[tokio::test]
async fn refuses_while_referred_to_by_customer_of_orders() {
    DELETE
        .refuses_while_referred_to(
            &service().await,
            &crate::orders::entity_tables::ORDER,
            "customer_id",
            "customer_still_referenced",
        )
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    DELETE.lets_in(&service().await, RULES).await;
}
