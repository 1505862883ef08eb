//! `POST /api/v1/lines`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::orders::model::Line;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let order_id = form.required("order_id", rule::any());
        let book_id = form.required("book_id", rule::any());
        let quantity = form.or("quantity", rule::number().min(1).max(999), 1);
        let unit_price = form.required("unit_price", rule::decimal(18).min("0.00"));
        form.finish(|| {
            Some(Self {
                order_id: order_id?,
                book_id: book_id?,
                quantity: quantity?,
                unit_price: unit_price?,
            })
        })
    }
}

pub(super) fn respond(line: &Line) -> Reply {
    Reply::created(
        format_args!("/api/v1/lines/{}", line.id),
        &Data { data: line },
    )
    .version(line.version)
}
