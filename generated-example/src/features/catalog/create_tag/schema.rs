//! `POST /api/v1/tags`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::Tag;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let name = form.required("name", rule::text().min(1).max(40));
        form.finish(|| Some(Self { name: name? }))
    }
}

pub(super) fn respond(tag: &Tag) -> Reply {
    Reply::created(format_args!("/api/v1/tags/{}", tag.id), &Data { data: tag })
        .version(tag.version)
}
