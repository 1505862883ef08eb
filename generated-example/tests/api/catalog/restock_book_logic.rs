//! `POST /api/v1/books/{slug}/restock`: what its logic does. This file is yours.

use serde_json::{Value, json};
use support::{Row, Service};

use super::entity_tables::BOOK;
use crate::service_under_test::service;

async fn book(service: &Service, stock: u32) -> Row {
    service.row(&BOOK, &[("stock", json!(stock))]).await
}

fn restock(book: &Row) -> String {
    format!("/api/v1/books/{}/restock", book.segment("slug"))
}

async fn stock(service: &Service, book: &Row) -> Value {
    let uri = format!("/api/v1/books/{}", book.segment("slug"));
    service.get(&uri).await.is(200).under("data")["stock"].clone()
}

#[tokio::test]
async fn adds_the_copies() {
    let service = service().await;
    let book = book(&service, 5).await;
    let answer = service.post(&restock(&book), &json!({"quantity": 7})).await;
    let answered = answer.is(200).under("data");
    assert_eq!(
        (&answered["stock"], &answered["version"]),
        (&json!(12), &json!(2))
    );
    assert_eq!(stock(&service, &book).await, 12);
}

#[tokio::test]
async fn fills_the_warehouse_and_no_more() {
    let service = service().await;
    let book = book(&service, 99_990).await;
    let answer = service
        .post(&restock(&book), &json!({"quantity": 11}))
        .await;
    answer.problem(409, "warehouse_full");
    assert_eq!(
        (&answer.body["stock"], &answer.body["capacity"]),
        (&json!(99_990), &json!(100_000))
    );
    let answer = service
        .post(&restock(&book), &json!({"quantity": 10}))
        .await;
    answer.is(200);
    assert_eq!(stock(&service, &book).await, 100_000);
}

#[tokio::test]
async fn loses_no_copy_when_many_arrive_at_once() {
    let service = service().await;
    let book = book(&service, 0).await;
    let requests = vec![(restock(&book), json!({"quantity": 3})); 8];
    for answer in service.all_at_once("POST", requests, &[]).await {
        answer.is(200);
    }
    assert_eq!(stock(&service, &book).await, 24);
}
