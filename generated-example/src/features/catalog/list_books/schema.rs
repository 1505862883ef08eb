//! `GET /api/v1/books`: what enters and leaves.

use kernel::decode::{Invalid, Operators, Query};
use kernel::http::Reply;
use kernel::page::{Cursor, KeyType};
use kernel::types::{Date, Decimal, Timestamp};
use serde::Serialize;

use super::super::{Command, Outcome, Sort};
use crate::features::catalog::model::{BookId, BookInclude, BookView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let format = query.filter("format", Operators::EXACT);
        let price = query.filter("price", Operators::ORDERED);
        let published = query.filter("published", Operators::ORDERED.nullable());
        let in_stock = query.filter("in_stock", Operators::ORDERED);
        let by = query.filter("by", Operators::EXACT);
        let category = query.filter("category", Operators::EXACT);
        let tag = query.filter("tag", Operators::EXACT);
        let stars = query.filter("stars", Operators::ORDERED);
        let search = query.search();
        let order = query.order(
            &[
                ("created_at", Sort::CreatedAt, KeyType::of::<Timestamp>()),
                ("price", Sort::Price, KeyType::of::<Decimal<2>>()),
                ("title", Sort::Title, KeyType::of::<String>()),
                ("published", Sort::Published, KeyType::of::<Option<Date>>()),
            ],
            Sort::Id,
        );
        let page = query.keyset::<BookId>(20, 100);
        let include = query.include(["author", "category", "tags"]);
        query.finish(|| {
            let [with_author, with_category, with_tags] = include?;
            Some(Self {
                format: format?,
                price: price?,
                published: published?,
                in_stock: in_stock?,
                by: by?,
                category: category?,
                tag: tag?,
                stars: stars?,
                search: search?,
                order: order?,
                page: page?,
                include: BookInclude {
                    author: with_author,
                    category: with_category,
                    tags: with_tags,
                    ..Default::default()
                },
            })
        })
    }
}

#[derive(Serialize)]
struct Body<'b> {
    data: &'b [BookView],
    next_cursor: Option<&'b Cursor>,
}

pub(super) fn respond(page: &Outcome) -> Reply {
    Reply::ok(&Body {
        data: &page.items,
        next_cursor: page.next.as_ref(),
    })
}
