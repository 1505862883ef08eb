//! `PATCH /api/v1/orders/{id}`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::orders::model::Order;
use crate::features::orders::wire;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let id = form.path("id");
        let expected = form.if_match_required();
        let shipping = form.patch_optional("shipping", wire::address);
        let note = form.patch_optional("note", rule::text().max(500).trim().empty_as_null());
        form.finish(|| {
            Some(Self {
                id: id?,
                expected: expected?,
                shipping: shipping?,
                note: note?,
            })
        })
    }
}

pub(super) fn respond(order: &Order) -> Reply {
    Reply::ok(&Data { data: order }).version(order.version)
}
