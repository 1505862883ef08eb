//! `GET /api/v1/books/{slug}`

use support::get::Get;
use support::{Include, Place, back, many, one, step};

use super::entity_tables::{AUTHOR, BOOK, CATEGORY, REVIEW, TAG};
use crate::service_under_test::service;

static GET: Get = Get {
    place: Place {
        path: "/api/v1/books/{slug}",
        entity: &BOOK,
        key: ("slug", "slug"),
        parents: &[],
    },
    one: "data",
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
        Include {
            name: "reviews",
            hop: back("book_id", &REVIEW),
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
async fn computes_review_count() {
    GET.computes(
        &service().await,
        "review_count",
        &[],
        "0",
        &[
            step(back("book_id", &REVIEW), &[], "1"),
            step(back("book_id", &REVIEW), &[], "2"),
            step(back("book_id", &REVIEW), &[], "3"),
        ],
    )
    .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    GET.lets_in(&service().await, &[]).await;
}
