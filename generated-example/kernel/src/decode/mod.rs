//! From the bytes of a request to a command.
//!
//! A [`Form`] (a JSON body) or a [`Query`] enters; a value with every rule checked leaves, or [`Invalid`] with all
//! faults at once. There is deliberately no serde derive on the way: its errors stop at the first fault and speak Rust.

mod form;
mod invalid;
mod json;
mod operators;
mod parameters;
mod query;
pub mod rule;
mod site;

pub use form::Form;
pub use invalid::Invalid;
pub use operators::Operators;
pub use query::Query;
pub use rule::{Pattern, Rule};
pub use site::{Read, Reported, Site, Value};

use crate::http::Input;
use crate::problem::{NOT_FOUND, Problem};
use crate::types::Scalar;

/// Reads a path parameter.
///
/// # Errors
/// 404 where it is no `T`: nothing can be there. 400 where its encoding is bad.
pub fn path<T: Scalar>(input: &Input<'_>, name: &str) -> Result<T, Problem> {
    T::parse(&input.path(name)?).map_err(|_| Problem::new(NOT_FOUND))
}
