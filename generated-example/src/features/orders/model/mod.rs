//! What orders is made of: rows, ids and values.

mod line;
mod order;
mod types;

pub use line::*;
pub use order::*;
pub use types::*;
