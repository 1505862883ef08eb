//! `POST /api/v1/customers`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::accounts::model::Customer;
use crate::features::accounts::wire;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let subject = form.required("subject", rule::text().max(200));
        let email = form.optional("email", rule::email());
        let name = form.optional("name", rule::text().min(1).max(120).trim());
        let birthday = form.optional("birthday", rule::any());
        let newsletter = form.or("newsletter", rule::any(), false);
        let address = form.optional("address", wire::address);
        form.finish(|| {
            Some(Self {
                subject: subject?,
                email: email?,
                name: name?,
                birthday: birthday?,
                newsletter: newsletter?,
                address: address?,
            })
        })
    }
}

pub(super) fn respond(customer: &Customer) -> Reply {
    Reply::created(
        format_args!("/api/v1/customers/{}", customer.id),
        &Data { data: customer },
    )
    .version(customer.version)
}
