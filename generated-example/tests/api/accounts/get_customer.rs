//! `GET /api/v1/customers/{id}`

use support::access::{Piece, Rule};
use support::get::Get;
use support::{Include, Place, back};

use super::entity_tables::{CUSTOMER, PROFILE};
use crate::service_under_test::service;

static GET: Get = Get {
    place: Place {
        path: "/api/v1/customers/{id}",
        entity: &CUSTOMER,
        key: ("id", "id"),
        parents: &[],
    },
    one: "data",
    include: &[Include {
        name: "profile",
        hop: back("customer_id", &PROFILE),
        by: "",
        single: true,
    }],
};

static RULES: &[Rule] = &[
    Rule::Role("support"),
    Rule::Role("admin"),
    Rule::When(&[Piece::Sql("customers.id = "), Piece::Id]),
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
async fn embeds() {
    GET.embeds(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    GET.lets_in(&service().await, RULES).await;
}

#[tokio::test]
async fn hides_what_one_may_not_see() {
    GET.hides(&service().await, RULES).await;
}
