//! `GET /api/v1/authors`: what enters and leaves.

use kernel::decode::{Invalid, Operators, Query};
use kernel::http::Reply;
use kernel::page::{Cursor, KeyType};
use kernel::types::{Date, Timestamp};
use serde::Serialize;

use super::super::{Command, Outcome, Sort};
use crate::features::catalog::model::{AuthorId, AuthorInclude, AuthorView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let name = query.filter("name", Operators::EXACT);
        let born = query.filter("born", Operators::ORDERED.nullable());
        let title = query.filter("title", Operators::EXACT);
        let search = query.search();
        let order = query.order(
            &[
                ("name", Sort::Name, KeyType::of::<String>()),
                ("born", Sort::Born, KeyType::of::<Option<Date>>()),
                ("created_at", Sort::CreatedAt, KeyType::of::<Timestamp>()),
            ],
            Sort::Id,
        );
        let page = query.keyset::<AuthorId>(20, 100);
        let include = query.include(["books"]);
        query.finish(|| {
            let [with_books] = include?;
            Some(Self {
                name: name?,
                born: born?,
                title: title?,
                search: search?,
                order: order?,
                page: page?,
                include: AuthorInclude { books: with_books },
            })
        })
    }
}

#[derive(Serialize)]
struct Body<'b> {
    data: &'b [AuthorView],
    next_cursor: Option<&'b Cursor>,
    total: Option<i64>,
}

pub(super) fn respond(page: &Outcome) -> Reply {
    Reply::ok(&Body {
        data: &page.items,
        next_cursor: page.next.as_ref(),
        total: page.total,
    })
}
