//! `PATCH /api/v1/profiles/{id}`: the SQL.

use kernel::auth::Reach;
use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::accounts::model::{CustomerId, Profile, ProfileId};

pub trait Store: Send {
    /// Changes the row.
    fn update(
        self,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Profile, Error>> + Send;
}

pub fn open<'c>(unit: &'c mut UnitOfWork, reach: &'c Reach) -> impl Store {
    Db {
        conn: unit.connection(),
        reach,
    }
}

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, reach: &Reach, id: ProfileId) -> Result<(), Error> {
    find(unit.connection(), reach, id).await
}

const EXISTS: &str = "\
select exists (select 1 from profiles where id = $1 and ($2 or profiles.customer_id = $3))";

async fn find(conn: &mut Connection, reach: &Reach, id: ProfileId) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(id)
        .bind(reach.all())
        .bind(reach.id::<CustomerId>())
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c> {
    conn: &'c mut Connection,
    reach: &'c Reach,
}

const UPDATE: &str = "\
update profiles set
    nickname = coalesce($5, nickname),
    website = case when $6 then $7 else website end,
    favourites = coalesce($8, favourites),
    updated_at = $9,
    version = version + 1
where id = $1 and ($2 or profiles.customer_id = $3) and ($4 is null or version = $4)
returning id, customer_id, nickname, website, favourites, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn update(self, now: Timestamp, command: &Command) -> Result<Profile, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(command.id)
            .bind(self.reach.all())
            .bind(self.reach.id::<CustomerId>())
            .bind(command.expected)
            .bind(&command.nickname)
            .bind(command.website.touches())
            .bind(command.website.value())
            .bind(command.favourites.as_ref().map(Json))
            .bind(now);
        let row = db::written_if_any(statement, &mut *self.conn).await;
        let row: Option<Profile> = row.map_err(refuse)?;
        let Some(profile) = row else {
            return Err(find(&mut *self.conn, self.reach, command.id)
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
