//! `POST /api/v1/orders`: what enters and leaves.

use kernel::decode::{Form, Invalid, Pattern, rule};
use kernel::http::{Data, Reply};

use super::super::{Command, NewLine};
use crate::features::orders::model::OrderView;
use crate::features::orders::wire;

static NUMBER: Pattern = Pattern::new("^[A-Z]{2}-[0-9]{6}$");

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let number = form.required("number", rule::text().max(255).pattern(&NUMBER));
        let shipping = form.optional("shipping", wire::address);
        let note = form.optional("note", rule::text().max(500).trim().empty_as_null());
        let lines = form.or_default("lines", rule::list(new_line).max_items(100));
        form.finish(|| {
            Some(Self {
                number: number?,
                shipping: shipping?,
                note: note?,
                lines: lines?,
            })
        })
    }
}

fn new_line(form: &mut Form<'_>) -> Option<NewLine> {
    let book_id = form.required("book_id", rule::any());
    let quantity = form.or("quantity", rule::number().min(1).max(999), 1);
    let unit_price = form.required("unit_price", rule::decimal(18).min("0.00"));
    Some(NewLine {
        book_id: book_id?,
        quantity: quantity?,
        unit_price: unit_price?,
    })
}

pub(super) fn respond(order: &OrderView) -> Reply {
    Reply::created(
        format_args!("/api/v1/orders/{}", order.order.id),
        &Data { data: order },
    )
    .version(order.version())
}
