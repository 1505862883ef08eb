//! `GET /api/v1/categories/{slug}`

use support::get::Get;
use support::{Include, Place, back, one};

use super::entity_tables::CATEGORY;
use crate::service_under_test::service;

static GET: Get = Get {
    place: Place {
        path: "/api/v1/categories/{slug}",
        entity: &CATEGORY,
        key: ("slug", "slug"),
        parents: &[],
    },
    one: "data",
    include: &[
        Include {
            name: "parent",
            hop: one("parent_id", &CATEGORY),
            by: "",
            single: true,
        },
        Include {
            name: "children",
            hop: back("parent_id", &CATEGORY),
            by: "",
            single: false,
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

#[tokio::test]
async fn lets_in_whom_it_should() {
    GET.lets_in(&service().await, &[]).await;
}
