//! `GET /api/v1/books/{book}/reviews`

use support::list::{List, Page, Sort};
use support::{Filter, Place, parent};

use super::entity_tables::{BOOK, REVIEW};
use crate::service_under_test::service;

static LIST: List = List {
    place: Place {
        path: "/api/v1/books/{book}/reviews",
        entity: &REVIEW,
        key: ("", ""),
        parents: &[parent("book", "book_id", &BOOK, "slug")],
    },
    many: "data",
    next: "next_cursor",
    total: None,
    filters: &[
        Filter {
            name: "stars",
            hops: &[],
            column: "stars",
            ordered: true,
            nullable: false,
        },
        Filter {
            name: "created_at",
            hops: &[],
            column: "created_at",
            ordered: true,
            nullable: false,
        },
    ],
    sort: &[
        Sort {
            column: "stars",
            word: "stars",
            distinct: false,
        },
        Sort {
            column: "created_at",
            word: "created_at",
            distinct: false,
        },
    ],
    search: &[],
    page: Page {
        max: 100,
        keyset: true,
    },
    include: &[],
};

#[tokio::test]
async fn succeeds() {
    LIST.succeeds(&service().await).await;
}

#[tokio::test]
async fn knows_its_parents() {
    LIST.knows_its_parents(&service().await).await;
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
async fn filters_by_stars() {
    LIST.filters(&service().await, "stars").await;
}

#[tokio::test]
async fn filters_by_created_at() {
    LIST.filters(&service().await, "created_at").await;
}

#[tokio::test]
async fn sorts_by_stars() {
    LIST.sorts(&service().await, "stars").await;
}

#[tokio::test]
async fn sorts_by_created_at() {
    LIST.sorts(&service().await, "created_at").await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    LIST.lets_in(&service().await, &[]).await;
}
