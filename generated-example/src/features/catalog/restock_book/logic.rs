//! `POST /books/{slug}/restock`: the rules. This file is yours.

#[path = "db.rs"]
mod db;

pub(super) use db::{open, visible};

use db::Store;

use super::{Command, Error, Outcome};
use crate::app::Context;
use crate::features::catalog::model::Book;

/// How many copies of one title the warehouse holds.
const CAPACITY: i64 = 100_000;

pub(super) async fn execute(
    store: &mut impl Store,
    ctx: &Context<'_>,
    command: Command,
) -> Result<Outcome, Error> {
    let mut book = store.find(&command).await?;
    decide(&mut book, &command)?;
    store.save(book, ctx.now()).await
}

/// The rule: what the command does to the row, or why it may not.
fn decide(book: &mut Book, command: &Command) -> Result<(), Error> {
    let stock = book.stock + command.quantity;
    if stock > CAPACITY {
        return Err(Error::WarehouseFull {
            stock: book.stock,
            capacity: CAPACITY,
        });
    }
    book.stock = stock;
    Ok(())
}
