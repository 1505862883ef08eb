//! backgen: a compiler from declarative feature specs to complete axum and sqlx services.
//!
//! Flow: disk -> `source` -> `parse` -> `ast` -> `resolve` -> `ir` -> `view` -> `plan` -> `render` -> `emit` -> disk.
//! Each stage finishes, reports all of its faults, then stops the run if there were any.

pub mod ast;
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod emit;
pub mod expr;
pub mod ir;
pub mod openapi;
mod parallel;
pub mod parse;
pub mod plan;
pub mod render;
pub mod resolve;
pub mod schema;
pub mod source;
pub mod view;
