//! `PATCH /api/v1/profiles/{id}`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::accounts::model::{Profile, ProfileId};

pub trait Store: Send {
    /// Changes the row.
    fn update(
        self,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Profile, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, id: ProfileId) -> Result<(), Error> {
    find(unit.connection(), id).await
}

const EXISTS: &str = "select exists (select 1 from profiles where id = $1)";

async fn find(conn: &mut Connection, id: ProfileId) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(id)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c>(&'c mut Connection);

const UPDATE: &str = "\
update profiles set
    nickname = coalesce($3, nickname),
    website = case when $4 then $5 else website end,
    favourites = coalesce($6, favourites),
    updated_at = $7,
    version = version + 1
where id = $1 and ($2 is null or version = $2)
returning id, customer_id, nickname, website, favourites, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn update(self, now: Timestamp, command: &Command) -> Result<Profile, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(command.id)
            .bind(command.expected)
            .bind(&command.nickname)
            .bind(command.website.touches())
            .bind(command.website.value())
            .bind(command.favourites.as_ref().map(Json))
            .bind(now);
        let row = db::written_if_any(statement, &mut *self.0).await;
        let row: Option<Profile> = row.map_err(refuse)?;
        let Some(profile) = row else {
            return Err(find(&mut *self.0, command.id)
                .await
                .err()
                .unwrap_or(Error::Stale));
        };
        Ok(profile)
    }
}

/// Which error a broken constraint is.
fn refuse(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("profiles.nickname") => Error::NicknameTaken,
        _ => Failure::from(error).into(),
    }
}
