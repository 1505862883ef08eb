//! `POST /api/v1/authors`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::Author;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let name = form.required("name", rule::text().min(1).max(120).trim());
        let born = form.optional("born", rule::any());
        form.finish(|| {
            Some(Self {
                name: name?,
                born: born?,
            })
        })
    }
}

pub(super) fn respond(author: &Author) -> Reply {
    Reply::created(
        format_args!("/api/v1/authors/{}", author.id),
        &Data { data: author },
    )
    .version(author.version)
}
