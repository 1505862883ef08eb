//! `GET /api/v1/profiles/{id}`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::accounts::model::Profile;

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let id = query.path("id");
        query.finish(|| Some(Self { id: id? }))
    }
}

pub(super) fn respond(profile: &Profile) -> Reply {
    Reply::ok(&Data { data: profile }).version(profile.version)
}
