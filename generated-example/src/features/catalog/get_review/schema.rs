//! `GET /api/v1/books/{book}/reviews/{id}`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::{ReviewInclude, ReviewView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let book = query.path("book");
        let id = query.path("id");
        let include = query.include(["book"]);
        query.finish(|| {
            let [with_book] = include?;
            Some(Self {
                book: book?,
                id: id?,
                include: ReviewInclude { book: with_book },
            })
        })
    }
}

pub(super) fn respond(review: &ReviewView) -> Reply {
    Reply::ok(&Data { data: review }).version(review.version())
}
