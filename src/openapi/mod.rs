//! The description of the API, as OpenAPI.
//!
//! Enters: the IR. Leaves: a document of version 3.1, or of 3.0 for tools that read no other, in a fixed order.
//! Deliberately absent: routes that are not part of the API (health, metrics, docs), and patterns in a syntax that
//! JavaScript does not read.

mod bodies;
mod document;
mod downgrade;
mod fields;
mod links;
mod names;
mod parameters;
mod parts;
mod pattern;
mod problems;
mod requests;
mod responses;
mod samples;
mod scalars;
mod schemas;
mod states;
mod tenants;

pub use document::document;
pub use samples::{literal, of_type, sample};

use crate::ir::Service;
use serde_json::Value;

/// The same as OpenAPI 3.0.3.
pub fn document_3_0(service: &Service) -> Value {
    downgrade::downgrade(document(service))
}

#[cfg(test)]
mod tests;
