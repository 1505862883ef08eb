//! `POST /api/v1/orders/{id}/place`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::orders::model::Order;

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let id = query.path("id");
        let expected = query.if_match_required();
        query.finish(|| {
            Some(Self {
                id: id?,
                expected: expected?,
            })
        })
    }
}

pub(super) fn respond(order: &Order) -> Reply {
    Reply::ok(&Data { data: order }).version(order.version)
}
