//! `GET /api/v1/orders`: what enters and leaves.

use kernel::decode::{Invalid, Operators, Query};
use kernel::http::Reply;
use kernel::page::{Cursor, KeyType};
use kernel::types::{Decimal, Timestamp};
use serde::Serialize;

use super::super::{Command, Outcome, Sort};
use crate::features::orders::model::{OrderId, OrderInclude, OrderView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let status = query.filter("status", Operators::EXACT);
        let customer = query.filter("customer", Operators::EXACT);
        let number = query.filter("number", Operators::EXACT);
        let placed = query.filter("placed", Operators::ORDERED);
        let order = query.order(
            &[
                ("created_at", Sort::CreatedAt, KeyType::of::<Timestamp>()),
                ("total", Sort::Total, KeyType::of::<Decimal<2>>()),
            ],
            Sort::Id,
        );
        let page = query.keyset::<OrderId>(25, 50);
        let include = query.include(["lines", "customer"]);
        query.finish(|| {
            let [with_lines, with_customer] = include?;
            Some(Self {
                status: status?,
                customer: customer?,
                number: number?,
                placed: placed?,
                order: order?,
                page: page?,
                include: OrderInclude {
                    lines: with_lines,
                    customer: with_customer,
                },
            })
        })
    }
}

#[derive(Serialize)]
struct Body<'b> {
    data: &'b [OrderView],
    next_cursor: Option<&'b Cursor>,
}

pub(super) fn respond(page: &Outcome) -> Reply {
    Reply::ok(&Body {
        data: &page.items,
        next_cursor: page.next.as_ref(),
    })
}
