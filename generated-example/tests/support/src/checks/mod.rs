//! What is proved of endpoints, one file for each kind of them.

pub mod api;
mod body;
pub mod call;
mod computed;
pub mod create;
pub mod delete;
mod filter;
pub mod get;
mod include;
pub mod list;
mod place;
pub mod update;

pub use computed::{Step, step};
pub use filter::Filter;
pub use include::Include;
pub use place::{Place, Placed};
