//! `GET /api/v1/categories`: what enters and leaves.

use kernel::decode::{Invalid, Operators, Query};
use kernel::http::Reply;
use kernel::page::KeyType;
use serde::Serialize;

use super::super::{Command, Outcome, Sort};
use crate::features::catalog::model::{CategoryInclude, CategoryView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let parent = query.filter("parent", Operators::EXACT);
        let position = query.filter("position", Operators::ORDERED);
        let order = query.order(
            &[
                ("position", Sort::Position, KeyType::of::<i64>()),
                ("name", Sort::Name, KeyType::of::<String>()),
            ],
            Sort::Id,
        );
        let page = query.offset(50, 200);
        let include = query.include(["parent", "children"]);
        query.finish(|| {
            let [with_parent, with_children] = include?;
            Some(Self {
                parent: parent?,
                position: position?,
                order: order?,
                page: page?,
                include: CategoryInclude {
                    parent: with_parent,
                    children: with_children,
                },
            })
        })
    }
}

#[derive(Serialize)]
struct Body<'b> {
    data: &'b [CategoryView],
    total: Option<i64>,
}

pub(super) fn respond(page: &Outcome) -> Reply {
    Reply::ok(&Body {
        data: &page.items,
        total: page.total,
    })
}
