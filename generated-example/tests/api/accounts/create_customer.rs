//! `POST /api/v1/customers`

use support::Place;
use support::access::Rule;
use support::create::Create;

use super::entity_tables::CUSTOMER;
use crate::service_under_test::service;

static CREATE: Create = Create {
    method: "POST",
    status: 201,
    place: Place {
        path: "/api/v1/customers",
        entity: &CUSTOMER,
        key: ("", ""),
        parents: &[],
    },
    one: "data",
    location: "/api/v1/customers/{id}",
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
async fn refuses_taken_subject() {
    CREATE
        .refuses_taken(&service().await, &["subject"], "customer_subject_taken")
        .await;
}

#[tokio::test]
async fn lets_one_of_many_have_subject() {
    CREATE
        .lets_one_of_many_win(&service().await, &["subject"], "customer_subject_taken")
        .await;
}

#[tokio::test]
async fn refuses_taken_email() {
    CREATE
        .refuses_taken(&service().await, &["email"], "customer_email_taken")
        .await;
}

#[tokio::test]
async fn lets_one_of_many_have_email() {
    CREATE
        .lets_one_of_many_win(&service().await, &["email"], "customer_email_taken")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    CREATE.lets_in(&service().await, RULES).await;
}
