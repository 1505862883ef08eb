//! `GET /api/v1/profiles`

use support::Place;
use support::list::{List, Page};

use super::entity_tables::PROFILE;
use crate::service_under_test::service;

static LIST: List = List {
    place: Place {
        path: "/api/v1/profiles",
        entity: &PROFILE,
        key: ("", ""),
        parents: &[],
    },
    many: "data",
    next: "next_cursor",
    total: None,
    filters: &[],
    sort: &[],
    search: &[],
    page: Page {
        max: 100,
        keyset: true,
    },
    include: &[],
};

#[tokio::test]
async fn succeeds() {
    LIST.succeeds(&service().await).await;
}

#[tokio::test]
async fn refuses_strangers() {
    LIST.refuses_strangers(&service().await).await;
}

#[tokio::test]
async fn pages() {
    LIST.pages(&service().await).await;
}

#[tokio::test]
async fn begins_with_a_page() {
    LIST.begins_with(&service().await, 20).await;
}

#[tokio::test]
async fn refuses_other_pages() {
    LIST.refuses_other_pages(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    LIST.lets_in(&service().await, &[]).await;
}
