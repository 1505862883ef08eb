//! `POST /api/v1/profiles`

use support::Place;
use support::access::Rule;
use support::create::Create;

use super::entity_tables::PROFILE;
use crate::service_under_test::service;

static CREATE: Create = Create {
    method: "POST",
    status: 201,
    place: Place {
        path: "/api/v1/profiles",
        entity: &PROFILE,
        key: ("", ""),
        parents: &[],
    },
    one: "data",
    location: "/api/v1/profiles/{id}",
    parts: &[],
};

static RULES: &[Rule] = &[Rule::Role("admin")];

#[tokio::test]
async fn succeeds() {
    CREATE.succeeds(&service().await).await;
}

#[tokio::test]
async fn fills_in_what_is_absent() {
    CREATE.fills_in_what_is_absent(&service().await).await;
}

#[tokio::test]
async fn keeps_every_rule() {
    CREATE.keeps_every_rule(&service().await).await;
}

#[tokio::test]
async fn refuses_strangers() {
    CREATE.refuses_strangers(&service().await).await;
}

#[tokio::test]
async fn refuses_taken_customer() {
    CREATE
        .refuses_taken(&service().await, &["customer_id"], "profile_customer_taken")
        .await;
}

#[tokio::test]
async fn lets_one_of_many_have_customer() {
    CREATE
        .lets_one_of_many_win(&service().await, &["customer_id"], "profile_customer_taken")
        .await;
}

#[tokio::test]
async fn refuses_taken_nickname() {
    CREATE
        .refuses_taken(&service().await, &["nickname"], "profile_nickname_taken")
        .await;
}

#[tokio::test]
async fn lets_one_of_many_have_nickname() {
    CREATE
        .lets_one_of_many_win(&service().await, &["nickname"], "profile_nickname_taken")
        .await;
}

#[tokio::test]
async fn refuses_missing_customer() {
    CREATE
        .refuses_missing(&service().await, "customer_id", "profile_customer_missing")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    CREATE.lets_in(&service().await, RULES).await;
}
