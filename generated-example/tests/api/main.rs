//! The service from outside: every endpoint by its contract, on a real database.
//!
//! One folder per feature, one file per endpoint. `tests/support` holds what they share.

mod accounts;
mod callers;
mod catalog;
mod orders;
mod service_under_test;
mod unguarded;
mod whole_api;
