//! `GET /api/v1/categories/{slug}`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::{CategoryInclude, CategoryView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let slug = query.path("slug");
        let include = query.include(["parent", "children"]);
        query.finish(|| {
            let [with_parent, with_children] = include?;
            Some(Self {
                slug: slug?,
                include: CategoryInclude {
                    parent: with_parent,
                    children: with_children,
                },
            })
        })
    }
}

pub(super) fn respond(category: &CategoryView) -> Reply {
    Reply::ok(&Data { data: category }).version(category.version())
}
