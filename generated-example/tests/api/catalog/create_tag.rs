//! `POST /api/v1/tags`

use support::Place;
use support::access::Rule;
use support::create::Create;

use super::entity_tables::TAG;
use crate::service_under_test::service;

static CREATE: Create = Create {
    method: "POST",
    status: 201,
    place: Place {
        path: "/api/v1/tags",
        entity: &TAG,
        key: ("", ""),
        parents: &[],
    },
    one: "data",
    location: "/api/v1/tags/{id}",
    parts: &[],
};

static RULES: &[Rule] = &[Rule::Role("admin")];

#[tokio::test]
async fn succeeds() {
    CREATE.succeeds(&service().await).await;
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
async fn refuses_taken_name() {
    CREATE
        .refuses_taken(&service().await, &["name"], "tag_name_taken")
        .await;
}

#[tokio::test]
async fn lets_one_of_many_have_name() {
    CREATE
        .lets_one_of_many_win(&service().await, &["name"], "tag_name_taken")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    CREATE.lets_in(&service().await, RULES).await;
}
