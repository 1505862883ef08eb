//! `GET /api/v1/customers`

use support::access::Rule;
use support::list::{List, Page, Sort};
use support::{Filter, Include, Place, back};

use super::entity_tables::{CUSTOMER, PROFILE};
use crate::service_under_test::service;

static LIST: List = List {
    place: Place {
        path: "/api/v1/customers",
        entity: &CUSTOMER,
        key: ("", ""),
        parents: &[],
    },
    many: "data",
    next: "next_cursor",
    total: None,
    filters: &[
        Filter {
            name: "email",
            hops: &[],
            column: "email",
            ordered: false,
            nullable: true,
        },
        Filter {
            name: "newsletter",
            hops: &[],
            column: "newsletter",
            ordered: false,
            nullable: false,
        },
        Filter {
            name: "birthday",
            hops: &[],
            column: "birthday",
            ordered: true,
            nullable: true,
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
            column: "created_at",
            word: "created_at",
            distinct: false,
        },
        Sort {
            column: "name",
            word: "name",
            distinct: false,
        },
        Sort {
            column: "birthday",
            word: "birthday",
            distinct: false,
        },
    ],
    search: &["name"],
    page: Page {
        max: 100,
        keyset: true,
    },
    include: &[Include {
        name: "profile",
        hop: back("customer_id", &PROFILE),
        by: "",
        single: true,
    }],
};

static RULES: &[Rule] = &[Rule::Role("support"), Rule::Role("admin")];

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
async fn filters_by_email() {
    LIST.filters(&service().await, "email").await;
}

#[tokio::test]
async fn filters_by_newsletter() {
    LIST.filters(&service().await, "newsletter").await;
}

#[tokio::test]
async fn filters_by_birthday() {
    LIST.filters(&service().await, "birthday").await;
}

#[tokio::test]
async fn filters_by_created_at() {
    LIST.filters(&service().await, "created_at").await;
}

#[tokio::test]
async fn sorts_by_created_at() {
    LIST.sorts(&service().await, "created_at").await;
}

#[tokio::test]
async fn sorts_by_name() {
    LIST.sorts(&service().await, "name").await;
}

#[tokio::test]
async fn sorts_by_birthday() {
    LIST.sorts(&service().await, "birthday").await;
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
    LIST.lets_in(&service().await, RULES).await;
}
