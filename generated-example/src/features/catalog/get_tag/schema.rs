//! `GET /api/v1/tags/{id}`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::catalog::model::Tag;

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let id = query.path("id");
        query.finish(|| Some(Self { id: id? }))
    }
}

pub(super) fn respond(tag: &Tag) -> Reply {
    Reply::ok(&Data { data: tag }).version(tag.version)
}
