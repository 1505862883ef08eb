//! `GET /api/v1/lines`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::Reply;
use kernel::page::Cursor;
use serde::Serialize;

use super::super::{Command, Outcome};
use crate::features::orders::model::{Line, LineId};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let page = query.keyset::<LineId>(20, 100);
        query.finish(|| Some(Self { page: page? }))
    }
}

#[derive(Serialize)]
struct Body<'b> {
    data: &'b [Line],
    next_cursor: Option<&'b Cursor>,
}

pub(super) fn respond(page: &Outcome) -> Reply {
    Reply::ok(&Body {
        data: &page.items,
        next_cursor: page.next.as_ref(),
    })
}
