//! `POST /api/v1/categories`

use support::Place;
use support::access::Rule;
use support::create::Create;

use super::entity_tables::CATEGORY;
use crate::service_under_test::service;

static CREATE: Create = Create {
    method: "POST",
    status: 201,
    place: Place {
        path: "/api/v1/categories",
        entity: &CATEGORY,
        key: ("", ""),
        parents: &[],
    },
    one: "data",
    location: "/api/v1/categories/{slug}",
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
async fn refuses_missing_parent() {
    CREATE
        .refuses_missing(&service().await, "parent_id", "category_parent_missing")
        .await;
}

#[tokio::test]
async fn tells_slugs_apart() {
    CREATE
        .tells_slugs_apart(&service().await, "slug", "name")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    CREATE.lets_in(&service().await, RULES).await;
}
