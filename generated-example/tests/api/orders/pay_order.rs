//! `POST /api/v1/orders/{id}/pay`

use support::Place;
use support::access::Rule;
use support::act::{Act, Moves};
use support::call::Call;

use super::entity_tables::ORDER;
use crate::service_under_test::service;

static ACT: Act = Act {
    call: Call {
        method: "POST",
        path: "/api/v1/orders/{id}/pay",
        place: Some(Place {
            path: "/api/v1/orders/{id}/pay",
            entity: &ORDER,
            key: ("id", "id"),
            parents: &[],
        }),
        values: &[],
        query: &[],
        input: &[],
        held: &[("status", "\"placed\"")],
        sent: &[],
        status: Some(200),
    },
    status: 200,
    one: Some("data"),
    moves: Some(Moves {
        column: "status",
        from: &["placed"],
        to: "paid",
        code: "order_status_conflict",
    }),
    sets: &[],
};

static RULES: &[Rule] = &[Rule::Role("support")];

#[tokio::test]
async fn refuses_strangers() {
    ACT.refuses_strangers(&service().await).await;
}

#[tokio::test]
async fn finds_nothing_elsewhere() {
    ACT.finds_nothing_elsewhere(&service().await).await;
}

#[tokio::test]
async fn checks_the_version() {
    ACT.checks_the_version(&service().await).await;
}

#[tokio::test]
async fn needs_a_version() {
    ACT.needs_a_version(&service().await).await;
}

#[tokio::test]
async fn succeeds() {
    ACT.succeeds(&service().await).await;
}

#[tokio::test]
async fn moves_from_each_state() {
    ACT.moves_from_each_state(&service().await).await;
}

#[tokio::test]
async fn refuses_other_states() {
    ACT.refuses_other_states(&service().await).await;
}

#[tokio::test]
async fn lets_one_of_many_move() {
    ACT.lets_one_of_many_move(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    ACT.lets_in(&service().await, RULES).await;
}
