//! `PATCH /api/v1/customers/{id}`

use support::Place;
use support::access::{Piece, Rule};
use support::update::Update;

use super::entity_tables::CUSTOMER;
use crate::service_under_test::service;

static UPDATE: Update = Update {
    method: "PATCH",
    status: 200,
    place: Place {
        path: "/api/v1/customers/{id}",
        entity: &CUSTOMER,
        key: ("id", "id"),
        parents: &[],
    },
    one: "data",
};

static RULES: &[Rule] = &[
    Rule::Role("admin"),
    Rule::When(&[Piece::Sql("customers.id = "), Piece::Id]),
];

#[tokio::test]
async fn succeeds() {
    UPDATE.succeeds(&service().await).await;
}

#[tokio::test]
async fn keeps_what_is_absent() {
    UPDATE.keeps_what_is_absent(&service().await).await;
}

#[tokio::test]
async fn keeps_every_rule() {
    UPDATE.keeps_every_rule(&service().await).await;
}

#[tokio::test]
async fn refuses_strangers() {
    UPDATE.refuses_strangers(&service().await).await;
}

#[tokio::test]
async fn finds_nothing_elsewhere() {
    UPDATE.finds_nothing_elsewhere(&service().await).await;
}

#[tokio::test]
async fn checks_the_version() {
    UPDATE.checks_the_version(&service().await).await;
}

#[tokio::test]
async fn lets_one_of_many_win() {
    UPDATE.lets_one_of_many_win(&service().await).await;
}

#[tokio::test]
async fn refuses_taken_email() {
    UPDATE
        .refuses_taken(&service().await, &["email"], "customer_email_taken")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    UPDATE.lets_in(&service().await, RULES).await;
}

#[tokio::test]
async fn hides_what_one_may_not_see() {
    UPDATE.hides(&service().await, RULES).await;
}
