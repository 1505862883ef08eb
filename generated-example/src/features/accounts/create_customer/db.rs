//! `POST /api/v1/customers`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::accounts::model::{Customer, CustomerId};

pub trait Store: Send {
    /// Makes the row.
    fn insert(
        self,
        id: CustomerId,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Customer, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const INSERT: &str = "\
insert into customers (id, subject, email, name, birthday, newsletter, address, created_at,
    updated_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)
returning id, subject, email, name, birthday, newsletter, address, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn insert(
        self,
        id: CustomerId,
        now: Timestamp,
        command: &Command,
    ) -> Result<Customer, Error> {
        let statement = sqlx::query_as(INSERT)
            .bind(id)
            .bind(&command.subject)
            .bind(&command.email)
            .bind(&command.name)
            .bind(command.birthday)
            .bind(command.newsletter)
            .bind(command.address.as_ref().map(Json))
            .bind(now);
        let row = db::written(statement, &mut *self.0).await;
        let customer: Customer = row.map_err(refuse)?;
        Ok(customer)
    }
}

/// Which error a broken constraint is.
fn refuse(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("customers.subject") => Error::SubjectTaken,
        Some("customers.email") => Error::EmailTaken,
        _ => Failure::from(error).into(),
    }
}
