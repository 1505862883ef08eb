//! `GET /api/v1/lines/{id}`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::orders::model::Line;

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let id = query.path("id");
        query.finish(|| Some(Self { id: id? }))
    }
}

pub(super) fn respond(line: &Line) -> Reply {
    Reply::ok(&Data { data: line }).version(line.version)
}
