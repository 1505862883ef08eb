//! Sells books online.

pub mod app;
mod features;
mod migrations;

pub use features::contracts;
pub use migrations::MIGRATIONS;
