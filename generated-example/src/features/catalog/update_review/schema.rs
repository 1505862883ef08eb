//! `PATCH /api/v1/books/{book}/reviews/{id}`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::Review;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let book = form.path("book");
        let id = form.path("id");
        let expected = form.if_match();
        let stars = form.patch("stars", rule::number().min(1).max(5));
        let text = form.patch_optional("text", rule::text().max(2000).trim().empty_as_null());
        let quotes = form.patch("quotes", rule::list(rule::text().max(200)).max_items(5));
        form.finish(|| {
            Some(Self {
                book: book?,
                id: id?,
                expected: expected?,
                stars: stars?,
                text: text?,
                quotes: quotes?,
            })
        })
    }
}

pub(super) fn respond(review: &Review) -> Reply {
    Reply::ok(&Data { data: review }).version(review.version)
}
