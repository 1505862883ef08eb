//! `GET /api/v1/customers`: what enters and leaves.

use kernel::decode::{Invalid, Operators, Query};
use kernel::http::Reply;
use kernel::page::{Cursor, KeyType};
use kernel::types::{Date, Timestamp};
use serde::Serialize;

use super::super::{Command, Outcome, Sort};
use crate::features::accounts::model::{CustomerId, CustomerInclude, CustomerView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let email = query.filter("email", Operators::EXACT.nullable());
        let newsletter = query.filter("newsletter", Operators::EXACT);
        let birthday = query.filter("birthday", Operators::ORDERED.nullable());
        let created_at = query.filter("created_at", Operators::ORDERED);
        let search = query.search();
        let order = query.order(
            &[
                ("created_at", Sort::CreatedAt, KeyType::of::<Timestamp>()),
                ("name", Sort::Name, KeyType::of::<Option<String>>()),
                ("birthday", Sort::Birthday, KeyType::of::<Option<Date>>()),
            ],
            Sort::Id,
        );
        let page = query.keyset::<CustomerId>(20, 100);
        let include = query.include(["profile"]);
        query.finish(|| {
            let [with_profile] = include?;
            Some(Self {
                email: email?,
                newsletter: newsletter?,
                birthday: birthday?,
                created_at: created_at?,
                search: search?,
                order: order?,
                page: page?,
                include: CustomerInclude {
                    profile: with_profile,
                },
            })
        })
    }
}

#[derive(Serialize)]
struct Body<'b> {
    data: &'b [CustomerView],
    next_cursor: Option<&'b Cursor>,
}

pub(super) fn respond(page: &Outcome) -> Reply {
    Reply::ok(&Body {
        data: &page.items,
        next_cursor: page.next.as_ref(),
    })
}
