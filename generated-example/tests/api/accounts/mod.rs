//! The endpoints of accounts.

mod create_customer;
mod create_profile;
mod delete_customer;
mod delete_profile;
pub mod entity_tables;
mod get_customer;
mod get_me;
mod get_profile;
mod list_customers;
mod list_profiles;
mod update_customer;
mod update_profile;
