//! Rows that a writing statement gives back.
//!
//! On SQLite a statement commits when it has been run to its end. sqlx's `fetch_one` and `fetch_optional` stop at the
//! first row and take no notice of what the commit says: a full disk would go unseen, and the write-ahead log would
//! never be folded into the file. So all rows are asked for, of which there is one.

use sqlx::query::QueryAs;

use super::{Arguments, Connection, Database, Row};
use crate::db::FromRow;

/// The row that was written.
///
/// # Errors
/// The statement's or its commit's, and `RowNotFound` where nothing was written.
pub async fn written<T>(
    statement: QueryAs<'_, Database, T, Arguments>,
    connection: &mut Connection,
) -> Result<T, sqlx::Error>
where
    T: for<'r> FromRow<'r, Row> + Send + Unpin,
{
    let row = written_if_any(statement, connection).await?;
    row.ok_or(sqlx::Error::RowNotFound)
}

/// The row that was written, where there was one to write.
///
/// # Errors
/// The statement's or its commit's.
pub async fn written_if_any<T>(
    statement: QueryAs<'_, Database, T, Arguments>,
    connection: &mut Connection,
) -> Result<Option<T>, sqlx::Error>
where
    T: for<'r> FromRow<'r, Row> + Send + Unpin,
{
    Ok(statement.fetch_all(connection).await?.pop())
}
