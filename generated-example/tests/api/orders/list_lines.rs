//! `GET /api/v1/lines`

use support::Place;
use support::access::{Piece, Rule};
use support::list::{List, Page};

use super::entity_tables::LINE;
use crate::service_under_test::service;

static LIST: List = List {
    place: Place {
        path: "/api/v1/lines",
        entity: &LINE,
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

static RULES: &[Rule] = &[
    Rule::Role("support"),
    Rule::When(&[
        Piece::Sql("(select r1.customer_id from orders r1 where r1.id = lines.order_id) = "),
        Piece::Id,
    ]),
];

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
    LIST.lets_in(&service().await, RULES).await;
}

#[tokio::test]
async fn shows_what_one_may_see_alone() {
    LIST.narrows(&service().await, RULES).await;
}
