//! `GET /api/v1/reports/stock`: what enters and leaves.

use kernel::decode::{Invalid, Query, rule};
use kernel::http::{Data, Reply};

use super::super::{Command, Outcome};

impl TryFrom<Query<'_>> for Command {
    type Error = Invalid;

    fn try_from(mut query: Query<'_>) -> Result<Self, Invalid> {
        let format = query.optional("format", rule::any());
        let from = query.required("from", rule::any());
        let to = query.required("to", rule::any());
        query.finish(|| {
            Some(Self {
                format: format?,
                from: from?,
                to: to?,
            })
        })
    }
}

pub(super) fn respond(outcome: &Outcome) -> Reply {
    Reply::ok(&Data { data: outcome })
}
