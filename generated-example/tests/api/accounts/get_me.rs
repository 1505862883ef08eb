//! `GET /api/v1/me`

use support::access::Rule;
use support::get::Get;
use support::{Include, Place, back};

use super::entity_tables::{CUSTOMER, PROFILE};
use crate::service_under_test::service;

static GET: Get = Get {
    place: Place {
        path: "/api/v1/me",
        entity: &CUSTOMER,
        key: ("", ""),
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

static RULES: &[Rule] = &[Rule::Authenticated];

#[tokio::test]
async fn shows_the_caller() {
    GET.shows_the_caller(&service().await).await;
}

#[tokio::test]
async fn refuses_strangers() {
    GET.refuses_strangers(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    GET.lets_in(&service().await, RULES).await;
}
