//! `PATCH /api/v1/tags/{id}`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::Tag;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let id = form.path("id");
        let expected = form.if_match();
        let name = form.patch("name", rule::text().min(1).max(40));
        form.finish(|| {
            Some(Self {
                id: id?,
                expected: expected?,
                name: name?,
            })
        })
    }
}

pub(super) fn respond(tag: &Tag) -> Reply {
    Reply::ok(&Data { data: tag }).version(tag.version)
}
