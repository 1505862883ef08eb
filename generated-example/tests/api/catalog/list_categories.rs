//! `GET /api/v1/categories`

use support::list::{List, Page, Sort};
use support::{Filter, Include, Place, back, one};

use super::entity_tables::CATEGORY;
use crate::service_under_test::service;

static LIST: List = List {
    place: Place {
        path: "/api/v1/categories",
        entity: &CATEGORY,
        key: ("", ""),
        parents: &[],
    },
    many: "data",
    next: "",
    total: Some("total"),
    filters: &[
        Filter {
            name: "parent",
            hops: &[one("parent_id", &CATEGORY)],
            column: "slug",
            ordered: false,
            nullable: false,
        },
        Filter {
            name: "position",
            hops: &[],
            column: "position",
            ordered: true,
            nullable: false,
        },
    ],
    sort: &[
        Sort {
            column: "position",
            word: "position",
            distinct: false,
        },
        Sort {
            column: "name",
            word: "name",
            distinct: false,
        },
    ],
    search: &[],
    page: Page {
        max: 200,
        keyset: false,
    },
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
    LIST.begins_with(&service().await, 50).await;
}

#[tokio::test]
async fn refuses_other_pages() {
    LIST.refuses_other_pages(&service().await).await;
}

#[tokio::test]
async fn filters_by_parent() {
    LIST.filters(&service().await, "parent").await;
}

#[tokio::test]
async fn filters_by_position() {
    LIST.filters(&service().await, "position").await;
}

#[tokio::test]
async fn sorts_by_position() {
    LIST.sorts(&service().await, "position").await;
}

#[tokio::test]
async fn sorts_by_name() {
    LIST.sorts(&service().await, "name").await;
}

#[tokio::test]
async fn embeds() {
    LIST.embeds(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    LIST.lets_in(&service().await, &[]).await;
}
