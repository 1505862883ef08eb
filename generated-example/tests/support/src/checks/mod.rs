//! What is proved of endpoints, one file for each kind of them.

pub mod access;
pub mod act;
pub mod along;
pub mod api;
mod ask;
pub(crate) mod body;
pub mod call;
mod computed;
pub mod create;
pub mod delete;
mod fields;
mod filter;
pub mod get;
mod include;
pub mod list;
mod parts;
mod place;
mod sorts;
pub mod update;

pub use computed::{Step, step};
pub use filter::Filter;
pub use include::Include;
pub use place::{Place, Placed};
