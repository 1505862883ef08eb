//! `DELETE /api/v1/orders/{id}`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::Reply;

use super::super::Command;

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let id = query.path("id");
        let expected = query.if_match_required();
        query.finish(|| {
            Some(Self {
                id: id?,
                expected: expected?,
            })
        })
    }
}

pub(super) fn respond() -> Reply {
    Reply::no_content()
}
