//! What accounts is made of: rows, ids and values.

mod customer;
mod profile;
mod types;

pub use customer::*;
pub use profile::*;
pub use types::*;
