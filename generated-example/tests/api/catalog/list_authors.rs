//! `GET /api/v1/authors`

use support::list::{List, Page, Sort};
use support::{Filter, Include, Place, back};

use super::entity_tables::{AUTHOR, BOOK};
use crate::service_under_test::service;

static LIST: List = List {
    place: Place {
        path: "/api/v1/authors",
        entity: &AUTHOR,
        key: ("", ""),
        parents: &[],
    },
    many: "data",
    next: "next_cursor",
    total: Some("total"),
    filters: &[
        Filter {
            name: "name",
            hops: &[],
            column: "name",
            ordered: false,
            nullable: false,
        },
        Filter {
            name: "born",
            hops: &[],
            column: "born",
            ordered: true,
            nullable: true,
        },
        Filter {
            name: "title",
            hops: &[back("author_id", &BOOK)],
            column: "title",
            ordered: false,
            nullable: false,
        },
    ],
    sort: &[
        Sort {
            column: "name",
            word: "name",
            distinct: false,
        },
        Sort {
            column: "born",
            word: "born",
            distinct: false,
        },
        Sort {
            column: "created_at",
            word: "created_at",
            distinct: false,
        },
    ],
    search: &["name"],
    page: Page {
        max: 100,
        keyset: true,
    },
    include: &[Include {
        name: "books",
        hop: back("author_id", &BOOK),
        by: "",
        single: false,
    }],
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
    LIST.begins_with(&service().await, 20).await;
}

#[tokio::test]
async fn refuses_other_pages() {
    LIST.refuses_other_pages(&service().await).await;
}

#[tokio::test]
async fn filters_by_name() {
    LIST.filters(&service().await, "name").await;
}

#[tokio::test]
async fn filters_by_born() {
    LIST.filters(&service().await, "born").await;
}

#[tokio::test]
async fn filters_by_title() {
    LIST.filters(&service().await, "title").await;
}

#[tokio::test]
async fn sorts_by_name() {
    LIST.sorts(&service().await, "name").await;
}

#[tokio::test]
async fn sorts_by_born() {
    LIST.sorts(&service().await, "born").await;
}

#[tokio::test]
async fn sorts_by_created_at() {
    LIST.sorts(&service().await, "created_at").await;
}

#[tokio::test]
async fn searches_name() {
    LIST.searches(&service().await, "name").await;
}

#[tokio::test]
async fn embeds() {
    LIST.embeds(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    LIST.lets_in(&service().await, &[]).await;
}
