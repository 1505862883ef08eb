//! `PATCH /api/v1/books/{slug}`: the SQL.

use std::collections::BTreeSet;

use kernel::db::{self, Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::app::Context;
use crate::features::catalog::model::{Book, BookId, TagId};

pub trait Store: Send {
    /// Changes the row.
    fn update(
        &mut self,
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

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, slug: &str) -> Result<(), Error> {
    find(unit.connection(), slug).await
}

const EXISTS: &str = "select exists (select 1 from books where slug = $1)";

async fn find(conn: &mut Connection, slug: &str) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(slug)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c>(&'c mut Connection);

const UPDATE: &str = "\
update books set
    isbn = coalesce($3, isbn),
    title = coalesce($4, title),
    author_id = coalesce($5, author_id),
    category_id = case when $6 then $7 else category_id end,
    format = coalesce($8, format),
    price = coalesce($9, price),
    published = case when $10 then $11 else published end,
    size = case when $12 then $13 else size end,
    blurb = case when $14 then $15 else blurb end,
    updated_at = $16,
    version = version + 1
where slug = $1 and ($2 is null or version = $2)
returning id, isbn, title, slug, author_id, category_id, format, price, stock, published, size,
    blurb, created_at, updated_at, version,
    (select count(*) from reviews r1 where r1.book_id = books.id)";

impl Store for Db<'_> {
    async fn update(&mut self, now: Timestamp, command: &Command) -> Result<Book, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(&command.slug)
            .bind(command.expected)
            .bind(&command.isbn)
            .bind(&command.title)
            .bind(command.author_id)
            .bind(command.category_id.touches())
            .bind(command.category_id.value())
            .bind(command.format)
            .bind(command.price)
            .bind(command.published.touches())
            .bind(command.published.value())
            .bind(command.size.touches())
            .bind(command.size.value().map(Json))
            .bind(command.blurb.touches())
            .bind(command.blurb.value())
            .bind(now);
        let row = db::written_if_any(statement, &mut *self.0).await;
        let row: Option<Book> = match row {
            Ok(row) => row,
            Err(error) => return Err(refuse(&mut *self.0, error, command).await),
        };
        let Some(book) = row else {
            return Err(find(&mut *self.0, &command.slug)
                .await
                .err()
                .unwrap_or(Error::Stale));
        };
        Ok(book)
    }

    async fn set_tags(
        &mut self,
        id: BookId,
        keys: &[String],
        ctx: &Context<'_>,
    ) -> Result<(), Error> {
        let keys: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
        let keys: Vec<&str> = keys.into_iter().collect();
        if !keys.is_empty() {
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
        }
        let mut sql = QueryBuilder::new("select id from tags where true");
        db::within(&mut sql, "name", &keys);
        let ids: Vec<TagId> = sql
            .build_query_scalar()
            .fetch_all(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let mut sql = QueryBuilder::new("delete from book_tags where book_id = ");
        sql.push_bind(id);
        db::without(&mut sql, "tag_id", &ids);
        sql.build()
            .execute(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        if !ids.is_empty() {
            let mut sql = QueryBuilder::new("insert into book_tags (book_id, tag_id) ");
            sql.push_values(&ids, |mut row, far| {
                row.push_bind(id).push_bind(*far);
            });
            sql.push(" on conflict do nothing");
            let linked = sql.build().persistent(false).execute(&mut *self.0).await;
            linked.map_err(Failure::from)?;
        }
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
