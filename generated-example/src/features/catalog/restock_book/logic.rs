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

#[cfg(test)]
mod tests {
    use kernel::types::{Timestamp, Uuid};
    use support::{NOW, value};

    use super::*;
    use crate::app::Services;
    use crate::features::catalog::model::Format;

    /// One book in memory, in place of the database.
    struct Fake {
        book: Book,
        saved: Option<(Book, Timestamp)>,
    }

    impl Store for Fake {
        async fn find(&mut self, _: &Command) -> Result<Book, Error> {
            Ok(self.book.clone())
        }

        async fn save(&mut self, book: Book, now: Timestamp) -> Result<Book, Error> {
            self.saved = Some((book.clone(), now));
            Ok(book)
        }
    }

    fn book(stock: i64) -> Book {
        Book {
            id: Uuid::from_u128(1).into(),
            isbn: "9780132350884".into(),
            title: "Clean Code".into(),
            slug: "clean-code".into(),
            author_id: Uuid::from_u128(2).into(),
            category_id: None,
            format: Format::Paperback,
            price: value("39.90"),
            stock,
            published: None,
            size: None,
            blurb: None,
            created_at: value("2026-01-01T00:00:00Z"),
            updated_at: value("2026-01-01T00:00:00Z"),
            version: 1,
            review_count: 0,
        }
    }

    /// What comes of so many more copies, and what was saved.
    async fn restock(
        stock: i64,
        quantity: i64,
    ) -> (Result<Outcome, Error>, Option<(Book, Timestamp)>) {
        let environment = support::environment(Services::default());
        let mut store = Fake {
            book: book(stock),
            saved: None,
        };
        let command = Command {
            slug: "clean-code".into(),
            expected: None,
            quantity,
        };
        let result = execute(&mut store, &environment.context(), command).await;
        (result, store.saved)
    }

    #[tokio::test]
    async fn the_stock_grows_up_to_the_capacity() {
        let (result, saved) = restock(CAPACITY - 10, 10).await;
        assert_eq!(result.unwrap().stock, CAPACITY);
        assert_eq!(saved, Some((book(CAPACITY), NOW)));
    }

    #[tokio::test]
    async fn a_full_warehouse_leaves_the_row_alone() {
        let (result, saved) = restock(CAPACITY - 10, 11).await;
        let Err(Error::WarehouseFull { stock, capacity }) = result else {
            panic!("{result:?}");
        };
        assert_eq!((stock, capacity), (CAPACITY - 10, CAPACITY));
        assert_eq!(saved, None);
    }
}
