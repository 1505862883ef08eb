//! Who bought what, and how far the parcel is.

mod cancel_order;
mod create_line;
mod create_order;
mod delete_line;
mod delete_order;
mod get_line;
mod get_order;
mod list_lines;
mod list_orders;
mod model;
mod pay_order;
mod place_order;
mod problems;
mod query;
mod ship_order;
mod update_line;
mod update_order;
mod wire;

use axum::Router;
use kernel::contract::Contract;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(list_orders::routes())
        .merge(get_order::routes())
        .merge(create_order::routes())
        .merge(update_order::routes())
        .merge(delete_order::routes())
        .merge(place_order::routes())
        .merge(pay_order::routes())
        .merge(ship_order::routes())
        .merge(cancel_order::routes())
        .merge(get_line::routes())
        .merge(list_lines::routes())
        .merge(update_line::routes())
        .merge(delete_line::routes())
        .merge(create_line::routes())
}

pub fn contracts() -> Vec<&'static Contract> {
    vec![
        &list_orders::CONTRACT,
        &get_order::CONTRACT,
        &create_order::CONTRACT,
        &update_order::CONTRACT,
        &delete_order::CONTRACT,
        &place_order::CONTRACT,
        &pay_order::CONTRACT,
        &ship_order::CONTRACT,
        &cancel_order::CONTRACT,
        &get_line::CONTRACT,
        &list_lines::CONTRACT,
        &update_line::CONTRACT,
        &delete_line::CONTRACT,
        &create_line::CONTRACT,
    ]
}
