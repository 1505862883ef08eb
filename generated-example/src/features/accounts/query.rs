//! What accounts reads in batches: one statement each, whatever the number of rows.

use std::collections::BTreeMap;

use kernel::auth::Reach;
use kernel::contract::Rule;
use kernel::db::{self, Connection, Failure, QueryBuilder};

use crate::features::accounts::model::{
    Customer, CustomerId, CustomerInclude, CustomerView, Profile,
};

/// Who sees customers, here as where they are read for themselves.
const CUSTOMER_READERS: &[Rule] = &[
    Rule::Role("support"),
    Rule::Role("admin"),
    Rule::When("id == actor.id"),
];

const CUSTOMER_PROFILE: &str = "\
select id, customer_id, nickname, website, favourites, created_at, updated_at, version
from profiles
where true";

/// Adds to customers what the caller asked for.
pub(super) async fn include_in_customers(
    conn: &mut Connection,
    views: &mut [CustomerView],
    include: CustomerInclude,
) -> Result<(), Failure> {
    if include.profile {
        let ids: Vec<CustomerId> = views.iter().map(|view| view.customer.id).collect();
        let mut sql = QueryBuilder::new(CUSTOMER_PROFILE);
        db::within(&mut sql, "customer_id", &ids);
        let rows: Vec<Profile> = sql.build_query_as().fetch_all(&mut *conn).await?;
        let mut found: BTreeMap<_, _> =
            rows.into_iter().map(|row| (row.customer_id, row)).collect();
        for view in views.iter_mut() {
            let found = found.remove(&view.customer.id);
            view.profile = Some(found);
        }
    }
    Ok(())
}

const CUSTOMERS_BY_ID: &str = "\
select id, subject, email, name, birthday, newsletter, address, created_at, updated_at, version
from customers
where true";

/// The customers with these ids; those that are missing, or that the caller does not see, are left out.
pub async fn customers_by_id(
    conn: &mut Connection,
    ids: &[CustomerId],
    reach: &Reach,
) -> Result<BTreeMap<CustomerId, Customer>, Failure> {
    let mut sql = QueryBuilder::new(CUSTOMERS_BY_ID);
    db::within(&mut sql, "id", ids);
    let reach = reach.over(CUSTOMER_READERS);
    if !reach.all() {
        sql.push(" and customers.id = ")
            .push_bind(reach.id::<CustomerId>());
    }
    let rows: Vec<Customer> = sql.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
