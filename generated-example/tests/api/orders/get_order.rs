//! `GET /api/v1/orders/{id}`

use support::access::{Piece, Rule};
use support::along::Along;
use support::get::Get;
use support::{Include, Place, back, one};

use super::entity_tables::{LINE, ORDER};
use crate::service_under_test::service;

static GET: Get = Get {
    place: Place {
        path: "/api/v1/orders/{id}",
        entity: &ORDER,
        key: ("id", "id"),
        parents: &[],
    },
    one: "data",
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
async fn lets_in_whom_it_should() {
    GET.lets_in(&service().await, RULES).await;
}

#[tokio::test]
async fn hides_what_one_may_not_see() {
    GET.hides(&service().await, RULES).await;
}

#[tokio::test]
async fn shows_along_what_one_may_see() {
    GET.shows_along(&service().await, RULES, ALONG).await;
}
