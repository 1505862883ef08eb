//! `PATCH /api/v1/authors/{id}`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::Author;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let id = form.path("id");
        let expected = form.if_match();
        let name = form.patch("name", rule::text().min(1).max(120).trim());
        let born = form.patch_optional("born", rule::any());
        form.finish(|| {
            Some(Self {
                id: id?,
                expected: expected?,
                name: name?,
                born: born?,
            })
        })
    }
}

pub(super) fn respond(author: &Author) -> Reply {
    Reply::ok(&Data { data: author }).version(author.version)
}
