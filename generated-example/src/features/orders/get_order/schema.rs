//! `GET /api/v1/orders/{id}`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::orders::model::{OrderInclude, OrderView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let id = query.path("id");
        let include = query.include(["lines", "customer"]);
        query.finish(|| {
            let [with_lines, with_customer] = include?;
            Some(Self {
                id: id?,
                include: OrderInclude {
                    lines: with_lines,
                    customer: with_customer,
                },
            })
        })
    }
}

pub(super) fn respond(order: &OrderView) -> Reply {
    Reply::ok(&Data { data: order }).version(order.version())
}
