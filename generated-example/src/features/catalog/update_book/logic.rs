//! `PATCH /api/v1/books/{slug}`: the rules. This file is yours.

#[path = "db.rs"]
mod db;

pub(super) use db::{open, visible};

use db::Store;

use super::{Command, Error, Outcome};
use crate::app::Context;

pub(super) async fn execute(
    store: &mut impl Store,
    ctx: &Context<'_>,
    command: Command,
) -> Result<Outcome, Error> {
    let book = store.update(ctx.now(), &command).await?;
    if let Some(tags) = &command.tags {
        store.set_tags(book.id, tags, ctx).await?;
    }
    Ok(book)
}
