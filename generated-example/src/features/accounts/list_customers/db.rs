//! `GET /api/v1/customers`: the SQL.

use kernel::db::{self, Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::page::Cursor;

use super::super::{Command, Error, Outcome, Sort};
use crate::features::accounts::model::{Customer, CustomerView};
use crate::features::accounts::query;

pub trait Store: Send {
    /// The page that is asked for.
    fn page(self, command: &Command) -> impl Future<Output = Result<Outcome, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const SELECT: &str = "\
select id, subject, email, name, birthday, newsletter, address, created_at, updated_at, version
from customers
where true";

impl Store for Db<'_> {
    async fn page(self, command: &Command) -> Result<Outcome, Error> {
        let mut sql = QueryBuilder::new(SELECT);
        filter(&mut sql, command);
        let column = match command.order.by {
            Sort::Id => "customers.id",
            Sort::CreatedAt => "customers.created_at",
            Sort::Name => "customers.name",
            Sort::Birthday => "customers.birthday",
        };
        command.page.push(&mut sql, column, "customers.id");
        let rows: Vec<Customer> = sql
            .build_query_as()
            .fetch_all(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let page = command.page.cut(rows, |customer| match command.order.by {
            Sort::Id => Cursor::id(customer.id),
            Sort::CreatedAt => Cursor::new(&customer.created_at, customer.id),
            Sort::Name => Cursor::new(&customer.name, customer.id),
            Sort::Birthday => Cursor::new(&customer.birthday, customer.id),
        });
        let mut page = page.map(CustomerView::from);
        query::include_in_customers(&mut *self.0, &mut page.items, command.include).await?;
        Ok(page)
    }
}

fn filter(sql: &mut QueryBuilder, command: &Command) {
    command.email.push(sql, "customers.email");
    command.newsletter.push(sql, "customers.newsletter");
    command.birthday.push(sql, "customers.birthday");
    command.created_at.push(sql, "customers.created_at");
    db::search(sql, command.search.as_deref(), &["customers.name"]);
}
