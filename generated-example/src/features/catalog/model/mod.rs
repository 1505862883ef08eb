//! What catalog is made of: rows, ids and values.

mod author;
mod book;
mod category;
mod review;
mod tag;
mod types;

pub use author::*;
pub use book::*;
pub use category::*;
pub use review::*;
pub use tag::*;
pub use types::*;
