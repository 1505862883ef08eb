//! `GET /api/v1/orders`

use support::access::{Piece, Rule};
use support::along::Along;
use support::list::{List, Page, Sort};
use support::{Filter, Include, Place, back, one};

use super::entity_tables::{LINE, ORDER};
use crate::service_under_test::service;

static LIST: List = List {
    place: Place {
        path: "/api/v1/orders",
        entity: &ORDER,
        key: ("", ""),
        parents: &[],
    },
    many: "data",
    next: "next_cursor",
    total: None,
    filters: &[
        Filter {
            name: "status",
            hops: &[],
            column: "status",
            ordered: false,
            nullable: false,
        },
        Filter {
            name: "customer",
            hops: &[],
            column: "customer_id",
            ordered: false,
            nullable: false,
        },
        Filter {
            name: "number",
            hops: &[],
            column: "number",
            ordered: false,
            nullable: false,
        },
        Filter {
            name: "placed",
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
            column: "total",
            word: "total",
            distinct: false,
        },
    ],
    search: &[],
    page: Page {
        max: 50,
        keyset: true,
    },
    include: &[
        Include {
            name: "lines",
            hop: back("order_id", &LINE),
            by: "",
            single: false,
        },
        Include {
            name: "customer",
            hop: one("customer_id", &crate::accounts::entity_tables::CUSTOMER),
            by: "",
            single: true,
        },
    ],
};

static RULES: &[Rule] = &[Rule::Owner, Rule::Role("support")];

static ALONG: &[Along] = &[
    Along {
        include: Include {
            name: "lines",
            hop: back("order_id", &LINE),
            by: "",
            single: false,
        },
        readers: &[
            Rule::Role("support"),
            Rule::When(&[
                Piece::Sql(
                    "(select r1.customer_id from orders r1 where r1.id = lines.order_id) = ",
                ),
                Piece::Id,
            ]),
        ],
    },
    Along {
        include: Include {
            name: "customer",
            hop: one("customer_id", &crate::accounts::entity_tables::CUSTOMER),
            by: "",
            single: true,
        },
        readers: &[
            Rule::Role("support"),
            Rule::Role("admin"),
            Rule::When(&[Piece::Sql("customers.id = "), Piece::Id]),
        ],
    },
];

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
    LIST.begins_with(&service().await, 25).await;
}

#[tokio::test]
async fn refuses_other_pages() {
    LIST.refuses_other_pages(&service().await).await;
}

#[tokio::test]
async fn filters_by_status() {
    LIST.filters(&service().await, "status").await;
}

#[tokio::test]
async fn filters_by_customer() {
    LIST.filters(&service().await, "customer").await;
}

#[tokio::test]
async fn filters_by_number() {
    LIST.filters(&service().await, "number").await;
}

#[tokio::test]
async fn filters_by_placed() {
    LIST.filters(&service().await, "placed").await;
}

#[tokio::test]
async fn sorts_by_created_at() {
    LIST.sorts(&service().await, "created_at").await;
}

#[tokio::test]
async fn sorts_by_total() {
    LIST.sorts(&service().await, "total").await;
}

#[tokio::test]
async fn embeds() {
    LIST.embeds(&service().await).await;
}

#[tokio::test]
async fn lets_in_whom_it_should() {
    LIST.lets_in(&service().await, RULES).await;
}

#[tokio::test]
async fn shows_what_one_may_see_alone() {
    LIST.narrows(&service().await, RULES).await;
}

#[tokio::test]
async fn shows_along_what_one_may_see() {
    LIST.shows_along(&service().await, RULES, ALONG).await;
}
