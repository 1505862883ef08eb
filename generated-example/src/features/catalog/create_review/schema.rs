//! `POST /api/v1/books/{book}/reviews`: what enters and leaves.

use kernel::decode::{Form, Invalid, rule};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::Review;

impl TryFrom<Form<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut form: Form<'_>) -> Result<Self, Invalid> {
        let book = form.path("book");
        let stars = form.required("stars", rule::number().min(1).max(5));
        let text = form.optional("text", rule::text().max(2000).trim().empty_as_null());
        let quotes = form.or(
            "quotes",
            rule::list(rule::text().max(200)).max_items(5),
            vec![],
        );
        form.finish(|| {
            Some(Self {
                book: book?,
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
