//! `POST /api/v1/books`: the SQL.

use std::collections::BTreeSet;

use kernel::db::{self, Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::types::{Timestamp, slug};
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::app::Context;
use crate::features::catalog::model::{Book, BookId, TagId};

pub trait Store: Send {
    /// Makes the row.
    fn insert(
        &mut self,
        id: BookId,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Book, Error>> + Send;

    /// Sets the tags of a row to exactly these.
    fn set_tags(
        &mut self,
        id: BookId,
        keys: &[String],
        ctx: &Context<'_>,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const INSERT: &str = "\
insert into books (id, isbn, title, slug, author_id, category_id, format, price, stock, published,
    size, blurb, created_at, updated_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12, $12, 1)
on conflict (slug) do nothing
returning id, isbn, title, slug, author_id, category_id, format, price, stock, published, size,
    blurb, created_at, updated_at, version,
    (select count(*) from reviews r1 where r1.book_id = books.id)";

impl Store for Db<'_> {
    async fn insert(
        &mut self,
        id: BookId,
        now: Timestamp,
        command: &Command,
    ) -> Result<Book, Error> {
        for slug in slug::candidates(&command.title, id) {
            let statement = sqlx::query_as(INSERT)
                .bind(id)
                .bind(&command.isbn)
                .bind(&command.title)
                .bind(&slug)
                .bind(command.author_id)
                .bind(command.category_id)
                .bind(command.format)
                .bind(command.price)
                .bind(command.published)
                .bind(command.size.as_ref().map(Json))
                .bind(&command.blurb)
                .bind(now);
            let row = db::written_if_any(statement, &mut *self.0).await;
            let row: Option<Book> = match row {
                Ok(row) => row,
                Err(error) => return Err(refuse(&mut *self.0, error, command).await),
            };
            if let Some(book) = row {
                return Ok(book);
            }
        }
        Err(Failure::from(sqlx::Error::RowNotFound).into())
    }

    async fn set_tags(
        &mut self,
        id: BookId,
        keys: &[String],
        ctx: &Context<'_>,
    ) -> Result<(), Error> {
        if keys.is_empty() {
            return Ok(());
        }
        let keys: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
        let keys: Vec<&str> = keys.into_iter().collect();
        // In one order everywhere, so that two requests never wait for one another.
        let mut sql =
            QueryBuilder::new("insert into tags (id, name, created_at, updated_at, version) ");
        sql.push_values(&keys, |mut row, key| {
            row.push_bind::<TagId>(ctx.new_id());
            row.push_bind(key);
            row.push_bind(ctx.now()).push_bind(ctx.now());
            row.push("1");
        });
        sql.push(" on conflict (name) do nothing");
        sql.build()
            .persistent(false)
            .execute(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let mut sql = QueryBuilder::new("select id from tags where true");
        db::within(&mut sql, "name", &keys);
        let ids: Vec<TagId> = sql
            .build_query_scalar()
            .fetch_all(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let mut sql = QueryBuilder::new("insert into book_tags (book_id, tag_id) ");
        sql.push_values(&ids, |mut row, far| {
            row.push_bind(id).push_bind(*far);
        });
        sql.push(" on conflict do nothing");
        let linked = sql.build().persistent(false).execute(&mut *self.0).await;
        linked.map_err(Failure::from)?;
        Ok(())
    }
}

/// Which error a broken constraint is.
async fn refuse(conn: &mut Connection, error: sqlx::Error, command: &Command) -> Error {
    match db::violated(&error) {
        Some("books.isbn") => Error::IsbnTaken,
        Some("books.author_id, books.title") => Error::AuthorTitleTaken,
        Some("books_only_ebooks_are_free_check") => Error::OnlyEbooksAreFreeBroken,
        Some("FOREIGN KEY") => missing(conn, command).await.unwrap_or_else(Error::from),
        _ => Failure::from(error).into(),
    }
}

const MISSING: &str = "\
select
    $1 is not null and not exists (select 1 from authors where id = $1)";

/// SQLite does not say which reference leads nowhere, so it is asked.
async fn missing(conn: &mut Connection, command: &Command) -> Result<Error, Failure> {
    let (author,): (bool,) = sqlx::query_as(MISSING)
        .bind(command.author_id)
        .fetch_one(conn)
        .await?;
    Ok(if author {
        Error::AuthorMissing
    } else {
        Error::CategoryMissing
    })
}
