//! `GET /api/v1/me`: what enters and leaves.

use kernel::decode::{Invalid, Query};
use kernel::http::{Data, Reply};

use super::super::Command;
use crate::features::accounts::model::{CustomerInclude, CustomerView};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let include = query.include(["profile"]);
        query.finish(|| {
            let [with_profile] = include?;
            Some(Self {
                include: CustomerInclude {
                    profile: with_profile,
                },
            })
        })
    }
}

pub(super) fn respond(customer: &CustomerView) -> Reply {
    Reply::ok(&Data { data: customer }).version(customer.version())
}
