//! `POST /api/v1/authors`

use support::Place;
use support::access::Rule;
use support::create::Create;

use super::entity_tables::AUTHOR;
use crate::service_under_test::service;

static CREATE: Create = Create {
    method: "POST",
    status: 201,
    place: Place {
        path: "/api/v1/authors",
        entity: &AUTHOR,
        key: ("", ""),
        parents: &[],
    },
    one: "data",
    location: "/api/v1/authors/{id}",
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
async fn lets_in_whom_it_should() {
    CREATE.lets_in(&service().await, RULES).await;
}
