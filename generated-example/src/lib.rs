//! Sells books online.

pub mod app;
mod features;
mod migrations;

pub use migrations::MIGRATIONS;
