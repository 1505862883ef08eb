//! `GET /api/v1/reports/stock`: what its logic does. This file is yours.

use serde_json::{Value, json};
use support::Service;

use super::entity_tables::BOOK;
use crate::service_under_test::service;

async fn report(service: &Service, query: &str) -> Value {
    let uri = format!("/api/v1/reports/stock?{query}");
    service.get(&uri).await.is(200).under("data")["rows"].clone()
}

#[tokio::test]
async fn counts_by_format_what_was_published_within_the_days() {
    let service = service().await;
    for (format, price, stock, published) in [
        ("paperback", "10.00", 3, "2026-01-01"),
        ("paperback", "2.50", 2, "2026-01-31"),
        ("hardcover", "30.10", 1, "2026-01-15"),
        ("hardcover", "99.00", 9, "2026-02-01"),
        ("hardcover", "99.00", 9, "2025-12-31"),
    ] {
        let columns = [
            ("format", json!(format)),
            ("price", json!(price)),
            ("stock", json!(stock)),
            ("published", json!(published)),
        ];
        service.row(&BOOK, &columns).await;
    }
    let paperbacks = json!({"format": "paperback", "titles": 2, "copies": 5, "value": "35.00"});
    let hardcovers = json!({"format": "hardcover", "titles": 1, "copies": 1, "value": "30.10"});
    let january = "from=2026-01-01&to=2026-01-31";
    assert_eq!(
        report(&service, january).await,
        json!([hardcovers, paperbacks])
    );
    let only = report(&service, &format!("{january}&format=paperback")).await;
    assert_eq!(only, json!([paperbacks]));
}

#[tokio::test]
async fn has_no_rows_without_books() {
    let service = service().await;
    assert_eq!(
        report(&service, "from=2026-01-01&to=2026-01-31").await,
        json!([])
    );
}
