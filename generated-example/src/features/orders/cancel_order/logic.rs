//! `POST /api/v1/orders/{id}/cancel`: the rules. This file is yours.

#[path = "db.rs"]
mod db;

pub(super) use db::open;

use db::Store;

use super::{Command, Error, Outcome};
use crate::app::Context;

pub(super) async fn execute(
    store: impl Store,
    ctx: &Context<'_>,
    command: Command,
) -> Result<Outcome, Error> {
    store.apply(ctx.now(), &command).await
}
