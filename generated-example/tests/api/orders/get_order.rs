//! `GET /api/v1/orders/{id}`

use support::get::Get;
use support::{Include, Place, back, one};

use super::entity_tables::{LINE, ORDER};
use crate::service_under_test::service;

static GET: Get = Get {
    place: Place {
        path: "/api/v1/orders/{id}",
        entity: &ORDER,
        key: ("id", "id"),
        parents: &[],
    },
    one: "data",
    include: &[
        Include {
            name: "lines",
            hop: back("order_id", &LINE),
            by: "",
            single: false,
        },
        Include {
            name: "customer",
            hop: one("customer_id", &crate::accounts::entity_tables::CUSTOMER),
            by: "",
            single: true,
        },
    ],
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
async fn embeds() {
    GET.embeds(&service().await).await;
}
