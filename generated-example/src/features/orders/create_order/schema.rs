//! `POST /api/v1/orders`: what enters and leaves.

use kernel::decode::{Form, Invalid, Pattern, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::orders::model::Order;
use crate::features::orders::wire;

static NUMBER: Pattern = Pattern::new("^[A-Z]{2}-[0-9]{6}$");

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let number = form.required("number", rule::text().max(255).pattern(&NUMBER));
        let shipping = form.optional("shipping", wire::address);
        let note = form.optional("note", rule::text().max(500).trim().empty_as_null());
        form.finish(|| {
            Some(Self {
                number: number?,
                shipping: shipping?,
                note: note?,
            })
        })
    }
}

pub(super) fn respond(order: &Order) -> Reply {
    Reply::created(
        format_args!("/api/v1/orders/{}", order.id),
        &Data { data: order },
    )
    .version(order.version)
}
