//! Sells books online.

pub mod app;
mod features;
mod migrations;

pub use features::{contracts, find_caller, make_caller};
pub use migrations::MIGRATIONS;
