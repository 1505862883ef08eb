//! `PATCH /api/v1/lines/{id}`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::orders::model::Line;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let id = form.path("id");
        let expected = form.if_match();
        let quantity = form.patch("quantity", rule::number().min(1).max(999));
        let unit_price = form.patch("unit_price", rule::decimal(18).min("0.00"));
        form.finish(|| {
            Some(Self {
                id: id?,
                expected: expected?,
                quantity: quantity?,
                unit_price: unit_price?,
            })
        })
    }
}

pub(super) fn respond(line: &Line) -> Reply {
    Reply::ok(&Data { data: line }).version(line.version)
}
