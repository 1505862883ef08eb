//! `PATCH /api/v1/categories/{slug}`

use support::Place;
use support::access::Rule;
use support::update::Update;

use super::entity_tables::CATEGORY;
use crate::service_under_test::service;

static UPDATE: Update = Update {
    method: "PATCH",
    status: 200,
    place: Place {
        path: "/api/v1/categories/{slug}",
        entity: &CATEGORY,
        key: ("slug", "slug"),
        parents: &[],
    },
    one: "data",
};

static RULES: &[Rule] = &[Rule::Role("admin")];

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
async fn refuses_missing_parent() {
    UPDATE
        .refuses_missing(&service().await, "parent_id", "category_parent_missing")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    UPDATE.lets_in(&service().await, RULES).await;
}
