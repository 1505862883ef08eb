//! `PATCH /api/v1/customers/{id}`: the SQL.

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

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, id: CustomerId) -> Result<(), Error> {
    find(unit.connection(), id).await
}

const EXISTS: &str = "select exists (select 1 from customers where id = $1)";

async fn find(conn: &mut Connection, id: CustomerId) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(id)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c>(&'c mut Connection);

const UPDATE: &str = "\
update customers set
    email = coalesce($3, email),
    name = coalesce($4, name),
    birthday = case when $5 then $6 else birthday end,
    newsletter = coalesce($7, newsletter),
    address = case when $8 then $9 else address end,
    updated_at = $10,
    version = version + 1
where id = $1 and ($2 is null or version = $2)
returning id, email, name, birthday, newsletter, address, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn update(self, now: Timestamp, command: &Command) -> Result<Customer, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(command.id)
            .bind(command.expected)
            .bind(&command.email)
            .bind(&command.name)
            .bind(command.birthday.touches())
            .bind(command.birthday.value())
            .bind(command.newsletter)
            .bind(command.address.touches())
            .bind(command.address.value().map(Json))
            .bind(now);
        let row = db::written_if_any(statement, &mut *self.0).await;
        let row: Option<Customer> = row.map_err(refuse)?;
        let Some(customer) = row else {
            return Err(find(&mut *self.0, command.id)
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
