//! What is proved of endpoints, one file for each kind of them.

#[cfg(feature = "auth")]
pub mod access;
pub mod act;
#[cfg(feature = "auth")]
pub mod along;
pub mod api;
#[cfg(feature = "auth")]
mod ask;
pub(crate) mod body;
pub mod call;
#[cfg(feature = "computed")]
mod computed;
pub mod create;
pub mod delete;
#[cfg(feature = "auth")]
mod fields;
mod filter;
pub mod get;
mod include;
pub mod list;
#[cfg(feature = "parts")]
mod parts;
mod place;
#[cfg(feature = "auth")]
mod sorts;
#[cfg(feature = "tenancy")]
pub mod tenants;
pub mod update;

#[cfg(feature = "computed")]
pub use computed::{Step, step};
pub use filter::Filter;
pub use include::Include;
pub use place::{Place, Placed};
