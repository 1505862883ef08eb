//! The endpoints of orders.

mod cancel_order;
mod create_line;
mod create_order;
mod delete_line;
mod delete_order;
pub mod entity_tables;
mod get_line;
mod get_order;
mod list_lines;
mod list_orders;
mod pay_order;
mod place_order;
mod ship_order;
mod update_line;
mod update_order;
