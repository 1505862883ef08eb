//! `GET /api/v1/profiles/{id}`

use support::Place;
use support::get::Get;

use super::entity_tables::PROFILE;
use crate::service_under_test::service;

static GET: Get = Get {
    place: Place {
        path: "/api/v1/profiles/{id}",
        entity: &PROFILE,
        key: ("id", "id"),
        parents: &[],
    },
    one: "data",
    include: &[],
};

#[tokio::test]
async fn succeeds() {
    GET.succeeds(&service().await).await;
}

#[tokio::test]
async fn spares_what_is_known() {
    GET.spares_what_is_known(&service().await).await;
}

#[tokio::test]
async fn finds_nothing_elsewhere() {
    GET.finds_nothing_elsewhere(&service().await).await;
}

#[tokio::test]
async fn refuses_strangers() {
    GET.refuses_strangers(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    GET.lets_in(&service().await, &[]).await;
}
