//! `POST /api/v1/books/{slug}/restock`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::Book;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let slug = form.path("slug");
        let expected = form.if_match();
        let quantity = form.required("quantity", rule::number().min(1).max(10000));
        form.finish(|| {
            Some(Self {
                slug: slug?,
                expected: expected?,
                quantity: quantity?,
            })
        })
    }
}

pub(super) fn respond(book: &Book) -> Reply {
    Reply::ok(&Data { data: book }).state(book.version)
}
