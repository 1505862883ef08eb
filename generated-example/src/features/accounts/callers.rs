//! The rows behind callers.

use kernel::app::{Clock, SystemClock};
use kernel::auth::Found;
use kernel::db::{self, Connection};

const FIND: &str = "select id from customers where subject = $1";

const MAKE: &str = "\
insert into customers (id, subject, newsletter, created_at, updated_at, version)
values ($1, $2, $3, $4, $4, 1)
on conflict (subject) do update set subject = excluded.subject
returning id";

/// The row behind a token's subject.
pub fn find_caller<'c>(conn: &'c mut Connection, subject: &'c str) -> Found<'c> {
    Box::pin(async move {
        let id = sqlx::query_scalar(FIND)
            .bind(subject)
            .fetch_optional(conn)
            .await?;
        Ok(id)
    })
}

/// Makes a row for a subject that is seen for the first time; none for one that the table does not take.
pub fn make_caller<'c>(conn: &'c mut Connection, subject: &'c str) -> Found<'c> {
    Box::pin(async move {
        let now = SystemClock.now();
        let statement = sqlx::query_as(MAKE)
            .bind(SystemClock.new_id())
            .bind(subject)
            .bind(false)
            .bind(now);
        match db::written(statement, conn).await {
            Ok((id,)) => Ok(Some(id)),
            Err(error) if db::violated(&error).is_some() => Ok(None),
            Err(error) => Err(error.into()),
        }
    })
}
