//! Who buys.

mod callers;
mod create_customer;
mod create_profile;
mod delete_customer;
mod delete_profile;
mod get_customer;
mod get_me;
mod get_profile;
mod list_customers;
mod list_profiles;
mod model;
mod problems;
mod query;
mod update_customer;
mod update_profile;
mod wire;

pub use callers::{find_caller, make_caller};
pub use model::{Customer, CustomerId};
pub use query::customers_by_id;

use axum::Router;
use kernel::contract::Contract;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(list_customers::routes())
        .merge(get_me::routes())
        .merge(get_customer::routes())
        .merge(create_customer::routes())
        .merge(update_customer::routes())
        .merge(delete_customer::routes())
        .merge(update_profile::routes())
        .merge(delete_profile::routes())
        .merge(list_profiles::routes())
        .merge(get_profile::routes())
        .merge(create_profile::routes())
}

pub fn contracts() -> Vec<&'static Contract> {
    vec![
        &list_customers::CONTRACT,
        &get_me::CONTRACT,
        &get_customer::CONTRACT,
        &create_customer::CONTRACT,
        &update_customer::CONTRACT,
        &delete_customer::CONTRACT,
        &update_profile::CONTRACT,
        &delete_profile::CONTRACT,
        &list_profiles::CONTRACT,
        &get_profile::CONTRACT,
        &create_profile::CONTRACT,
    ]
}
