//! The shared kernel: all that every endpoint does alike. It knows no feature and holds no business rule.

pub mod app;
pub mod auth;
pub mod config;
pub mod contract;
pub mod db;
pub mod decode;
pub mod http;
pub mod page;
pub mod problem;
pub mod server;
pub mod telemetry;
pub mod types;
