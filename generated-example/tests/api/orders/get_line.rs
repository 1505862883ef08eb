//! `GET /api/v1/lines/{id}`

use support::Place;
use support::access::{Piece, Rule};
use support::get::Get;

use super::entity_tables::LINE;
use crate::service_under_test::service;

static GET: Get = Get {
    place: Place {
        path: "/api/v1/lines/{id}",
        entity: &LINE,
        key: ("id", "id"),
        parents: &[],
    },
    one: "data",
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
    GET.lets_in(&service().await, RULES).await;
}

#[tokio::test]
async fn hides_what_one_may_not_see() {
    GET.hides(&service().await, RULES).await;
}
