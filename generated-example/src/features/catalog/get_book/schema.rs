//! `GET /api/v1/books/{slug}`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::{BookInclude, BookView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let slug = query.path("slug");
        let include = query.include(["author", "category", "tags", "reviews"]);
        query.finish(|| {
            let [with_author, with_category, with_tags, with_reviews] = include?;
            Some(Self {
                slug: slug?,
                include: BookInclude {
                    author: with_author,
                    category: with_category,
                    tags: with_tags,
                    reviews: with_reviews,
                },
            })
        })
    }
}

pub(super) fn respond(book: &BookView) -> Reply {
    Reply::ok(&Data { data: book }).state(book.version())
}
