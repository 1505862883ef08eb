//! `POST /api/v1/orders`: the rules. This file is yours.

#[path = "db.rs"]
mod db;

pub(super) use db::open;

use db::Store;

use super::{Command, Error, Outcome};
use crate::app::Context;

pub(super) async fn execute(
    store: &mut impl Store,
    ctx: &Context<'_>,
    command: Command,
) -> Result<Outcome, Error> {
    let order = store.insert(ctx.new_id(), ctx.now(), &command).await?;
    let lines = store.insert_lines(order.id, &command.lines, ctx).await?;
    let mut order = Outcome::from(order);
    order.lines = Some(lines);
    Ok(order)
}
