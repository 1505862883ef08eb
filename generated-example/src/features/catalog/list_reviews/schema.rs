//! `GET /api/v1/books/{book}/reviews`: what enters and leaves.

use kernel::decode::{Invalid, Operators, Query};
use kernel::http::Reply;
use kernel::page::{Cursor, KeyType};
use kernel::types::Timestamp;
use serde::Serialize;

use super::super::{Command, Outcome, Sort};
use crate::features::catalog::model::{Review, ReviewId};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let book = query.path("book");
        let stars = query.filter("stars", Operators::ORDERED);
        let created_at = query.filter("created_at", Operators::ORDERED);
        let order = query.order(
            &[
                ("stars", Sort::Stars, KeyType::of::<i64>()),
                ("created_at", Sort::CreatedAt, KeyType::of::<Timestamp>()),
            ],
            Sort::Id,
        );
        let page = query.keyset::<ReviewId>(20, 100);
        query.finish(|| {
            Some(Self {
                book: book?,
                stars: stars?,
                created_at: created_at?,
                order: order?,
                page: page?,
            })
        })
    }
}

#[derive(Serialize)]
struct Body<'b> {
    data: &'b [Review],
    next_cursor: Option<&'b Cursor>,
}

pub(super) fn respond(page: &Outcome) -> Reply {
    Reply::ok(&Body {
        data: &page.items,
        next_cursor: page.next.as_ref(),
    })
}
