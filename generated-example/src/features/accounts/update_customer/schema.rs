//! `PATCH /api/v1/customers/{id}`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::accounts::model::Customer;
use crate::features::accounts::wire;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let id = form.path("id");
        let expected = form.if_match();
        let email = form.patch_optional("email", rule::email());
        let name = form.patch_optional("name", rule::text().min(1).max(120).trim());
        let birthday = form.patch_optional("birthday", rule::any());
        let newsletter = form.patch("newsletter", rule::any());
        let address = form.patch_optional("address", wire::address);
        form.finish(|| {
            Some(Self {
                id: id?,
                expected: expected?,
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
    Reply::ok(&Data { data: customer }).version(customer.version)
}
