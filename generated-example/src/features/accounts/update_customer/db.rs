//! `PATCH /api/v1/customers/{id}`: the SQL.

use kernel::auth::Reach;
use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::accounts::model::{Customer, CustomerId};

pub trait Store: Send {
    /// Changes the row.
    fn update(
        self,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Customer, Error>> + Send;
}

pub fn open<'c>(unit: &'c mut UnitOfWork, reach: &'c Reach) -> impl Store {
    Db {
        conn: unit.connection(),
        reach,
    }
}

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, reach: &Reach, id: CustomerId) -> Result<(), Error> {
    find(unit.connection(), reach, id).await
}

const EXISTS: &str = "\
select exists (select 1 from customers where id = $1 and ($2 or customers.id = $3))";

async fn find(conn: &mut Connection, reach: &Reach, id: CustomerId) -> Result<(), Error> {
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
update customers set
    email = case when $5 then $6 else email end,
    name = case when $7 then $8 else name end,
    birthday = case when $9 then $10 else birthday end,
    newsletter = coalesce($11, newsletter),
    address = case when $12 then $13 else address end,
    updated_at = $14,
    version = version + 1
where id = $1 and ($2 or customers.id = $3) and ($4 is null or version = $4)
returning id, subject, email, name, birthday, newsletter, address, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn update(self, now: Timestamp, command: &Command) -> Result<Customer, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(command.id)
            .bind(self.reach.all())
            .bind(self.reach.id::<CustomerId>())
            .bind(command.expected)
            .bind(command.email.touches())
            .bind(command.email.value())
            .bind(command.name.touches())
            .bind(command.name.value())
            .bind(command.birthday.touches())
            .bind(command.birthday.value())
            .bind(command.newsletter)
            .bind(command.address.touches())
            .bind(command.address.value().map(Json))
            .bind(now);
        let row = db::written_if_any(statement, &mut *self.conn).await;
        let row: Option<Customer> = row.map_err(refuse)?;
        let Some(customer) = row else {
            return Err(find(&mut *self.conn, self.reach, command.id)
                .await
                .err()
                .unwrap_or(Error::Stale));
        };
        Ok(customer)
    }
}

/// Which error a broken constraint is.
fn refuse(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("customers.email") => Error::EmailTaken,
        _ => Failure::from(error).into(),
    }
}
