//! Tokens that were taken back before their time, by id.

use crate::app::{Clock, SystemClock};
use crate::db::{Connection, Failure, UnitOfWork};
use crate::types::Timestamp;

/// Takes a token back, by its claim `jti`. Services take notice when they ask next, after `auth.recheck_s` at the
/// latest. From `expires_at` on the token must be bad by itself: it is forgotten then.
///
/// # Errors
/// Where the database fails.
pub async fn revoke(
    unit: &mut UnitOfWork,
    jti: &str,
    expires_at: Timestamp,
) -> Result<(), Failure> {
    /// More than any leeway.
    const AFTER: i64 = 2 * 86_400 * 1_000_000;

    let connection = unit.connection();
    sqlx::query("delete from revoked_tokens where expires_at < $1")
        .bind(Timestamp::from_micros(SystemClock.now().micros() - AFTER))
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "insert into revoked_tokens (jti, expires_at) values ($1, $2) on conflict (jti) do nothing",
    )
    .bind(jti)
    .bind(expires_at)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn is_revoked(connection: &mut Connection, jti: &str) -> Result<bool, Failure> {
    let found: Option<i32> = sqlx::query_scalar("select 1 from revoked_tokens where jti = $1")
        .bind(jti)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}
