//! `POST /api/v1/profiles`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::accounts::model::{Profile, ProfileId};

pub trait Store: Send {
    /// Makes the row.
    fn insert(
        self,
        id: ProfileId,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Profile, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const INSERT: &str = "\
insert into profiles (id, customer_id, nickname, website, favourites, created_at, updated_at,
    version)
values ($1, $2, $3, $4, $5, $6, $6, 1)
returning id, customer_id, nickname, website, favourites, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn insert(
        self,
        id: ProfileId,
        now: Timestamp,
        command: &Command,
    ) -> Result<Profile, Error> {
        let statement = sqlx::query_as(INSERT)
            .bind(id)
            .bind(command.customer_id)
            .bind(&command.nickname)
            .bind(&command.website)
            .bind(Json(&command.favourites))
            .bind(now);
        let row = db::written(statement, &mut *self.0).await;
        let profile: Profile = row.map_err(refuse)?;
        Ok(profile)
    }
}

/// Which error a broken constraint is.
fn refuse(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("profiles.customer_id") => Error::CustomerTaken,
        Some("profiles.nickname") => Error::NicknameTaken,
        Some("FOREIGN KEY") => Error::CustomerMissing,
        _ => Failure::from(error).into(),
    }
}
