//! `GET /api/v1/reports/stock`

use support::access::Rule;
use support::call::Call;
use support::{choice, date, field, optional};

use crate::service_under_test::service;

pub(super) static CALL: Call = Call {
    method: "GET",
    path: "/api/v1/reports/stock",
    place: None,
    values: &[],
    query: &[
        optional("format", choice(&["ebook", "hardcover", "paperback"])),
        field("from", date()),
        field("to", date()),
    ],
    input: &[],
    held: &[],
    sent: &[],
    status: None,
};

static RULES: &[Rule] = &[Rule::Role("support"), Rule::Role("admin")];

#[tokio::test]
async fn keeps_every_rule() {
    CALL.keeps_every_rule(&service().await).await;
}

#[tokio::test]
async fn refuses_strangers() {
    CALL.refuses_strangers(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    CALL.lets_in(&service().await, RULES).await;
}
