//! `POST /api/v1/books`

use support::Place;
use support::access::Rule;
use support::create::Create;

use super::entity_tables::BOOK;
use crate::service_under_test::service;

static CREATE: Create = Create {
    method: "POST",
    status: 201,
    place: Place {
        path: "/api/v1/books",
        entity: &BOOK,
        key: ("", ""),
        parents: &[],
    },
    one: "data",
    location: "/api/v1/books/{slug}",
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
async fn refuses_taken_isbn() {
    CREATE
        .refuses_taken(&service().await, &["isbn"], "book_isbn_taken")
        .await;
}

#[tokio::test]
async fn lets_one_of_many_have_isbn() {
    CREATE
        .lets_one_of_many_win(&service().await, &["isbn"], "book_isbn_taken")
        .await;
}

#[tokio::test]
async fn refuses_taken_author_and_title() {
    CREATE
        .refuses_taken(
            &service().await,
            &["author_id", "title"],
            "book_author_title_taken",
        )
        .await;
}

#[tokio::test]
async fn lets_one_of_many_have_author_and_title() {
    CREATE
        .lets_one_of_many_win(
            &service().await,
            &["author_id", "title"],
            "book_author_title_taken",
        )
        .await;
}

#[tokio::test]
async fn refuses_missing_author() {
    CREATE
        .refuses_missing(&service().await, "author_id", "book_author_missing")
        .await;
}

#[tokio::test]
async fn refuses_missing_category() {
    CREATE
        .refuses_missing(&service().await, "category_id", "book_category_missing")
        .await;
}

#[tokio::test]
async fn refuses_what_breaks_only_ebooks_are_free() {
    CREATE
        .refuses_broken(
            &service().await,
            &[("format", "\"hardcover\""), ("price", "\"0.00\"")],
            "price",
        )
        .await;
}

#[tokio::test]
async fn tells_slugs_apart() {
    CREATE
        .tells_slugs_apart(&service().await, "slug", "title")
        .await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    CREATE.lets_in(&service().await, RULES).await;
}
