//! `GET /api/v1/books`

use support::list::{List, Page, Sort};
use support::{Filter, Include, Place, back, many, one};

use super::entity_tables::{AUTHOR, BOOK, CATEGORY, REVIEW, TAG};
use crate::service_under_test::service;

static LIST: List = List {
    place: Place {
        path: "/api/v1/books",
        entity: &BOOK,
        key: ("", ""),
        parents: &[],
    },
    many: "data",
    next: "next_cursor",
    total: None,
    filters: &[
        Filter {
            name: "format",
            hops: &[],
            column: "format",
            ordered: false,
            nullable: false,
        },
        Filter {
            name: "price",
            hops: &[],
            column: "price",
            ordered: true,
            nullable: false,
        },
        Filter {
            name: "published",
            hops: &[],
            column: "published",
            ordered: true,
            nullable: true,
        },
        Filter {
            name: "in_stock",
            hops: &[],
            column: "stock",
            ordered: true,
            nullable: false,
        },
        Filter {
            name: "by",
            hops: &[one("author_id", &AUTHOR)],
            column: "name",
            ordered: false,
            nullable: false,
        },
        Filter {
            name: "category",
            hops: &[one("category_id", &CATEGORY)],
            column: "slug",
            ordered: false,
            nullable: false,
        },
        Filter {
            name: "tag",
            hops: &[many("book_tags", "book_id", "tag_id", &TAG)],
            column: "name",
            ordered: false,
            nullable: false,
        },
        Filter {
            name: "stars",
            hops: &[back("book_id", &REVIEW)],
            column: "stars",
            ordered: true,
            nullable: false,
        },
    ],
    sort: &[
        Sort {
            column: "created_at",
            word: "created_at",
            distinct: false,
        },
        Sort {
            column: "price",
            word: "price",
            distinct: false,
        },
        Sort {
            column: "title",
            word: "title",
            distinct: false,
        },
        Sort {
            column: "published",
            word: "published",
            distinct: false,
        },
    ],
    search: &["title"],
    page: Page {
        max: 100,
        keyset: true,
    },
    include: &[
        Include {
            name: "author",
            hop: one("author_id", &AUTHOR),
            by: "",
            single: true,
        },
        Include {
            name: "category",
            hop: one("category_id", &CATEGORY),
            by: "",
            single: true,
        },
        Include {
            name: "tags",
            hop: many("book_tags", "book_id", "tag_id", &TAG),
            by: "name",
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
    LIST.begins_with(&service().await, 20).await;
}

#[tokio::test]
async fn refuses_other_pages() {
    LIST.refuses_other_pages(&service().await).await;
}

#[tokio::test]
async fn filters_by_format() {
    LIST.filters(&service().await, "format").await;
}

#[tokio::test]
async fn filters_by_price() {
    LIST.filters(&service().await, "price").await;
}

#[tokio::test]
async fn filters_by_published() {
    LIST.filters(&service().await, "published").await;
}

#[tokio::test]
async fn filters_by_in_stock() {
    LIST.filters(&service().await, "in_stock").await;
}

#[tokio::test]
async fn filters_by_by() {
    LIST.filters(&service().await, "by").await;
}

#[tokio::test]
async fn filters_by_category() {
    LIST.filters(&service().await, "category").await;
}

#[tokio::test]
async fn filters_by_tag() {
    LIST.filters(&service().await, "tag").await;
}

#[tokio::test]
async fn filters_by_stars() {
    LIST.filters(&service().await, "stars").await;
}

#[tokio::test]
async fn sorts_by_created_at() {
    LIST.sorts(&service().await, "created_at").await;
}

#[tokio::test]
async fn sorts_by_price() {
    LIST.sorts(&service().await, "price").await;
}

#[tokio::test]
async fn sorts_by_title() {
    LIST.sorts(&service().await, "title").await;
}

#[tokio::test]
async fn sorts_by_published() {
    LIST.sorts(&service().await, "published").await;
}

#[tokio::test]
async fn searches_title() {
    LIST.searches(&service().await, "title").await;
}

#[tokio::test]
async fn embeds() {
    LIST.embeds(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    LIST.lets_in(&service().await, &[]).await;
}
