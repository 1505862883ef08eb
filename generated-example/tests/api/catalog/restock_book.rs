//! `POST /api/v1/books/{slug}/restock`

use support::access::Rule;
use support::call::Call;
use support::{Place, field, int};

use super::entity_tables::BOOK;
use crate::service_under_test::service;

pub(super) static CALL: Call = Call {
    method: "POST",
    path: "/api/v1/books/{slug}/restock",
    place: Some(Place {
        path: "/api/v1/books/{slug}/restock",
        entity: &BOOK,
        key: ("slug", "slug"),
        parents: &[],
    }),
    values: &[],
    query: &[],
    input: &[field("quantity", int(1, 10000))],
    held: &[],
    sent: &[],
    status: None,
};

static RULES: &[Rule] = &[Rule::Role("admin")];

#[tokio::test]
async fn keeps_every_rule() {
    CALL.keeps_every_rule(&service().await).await;
}

#[tokio::test]
async fn refuses_strangers() {
    CALL.refuses_strangers(&service().await).await;
}

#[tokio::test]
async fn finds_nothing_elsewhere() {
    CALL.finds_nothing_elsewhere(&service().await).await;
}

#[tokio::test]
async fn checks_the_version() {
    CALL.checks_the_version(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    CALL.lets_in(&service().await, RULES).await;
}
