//! The types of fields: how each is read from the wire, written to it and kept in a column.
//!
//! A type parses what a client sends ([`Scalar`]), serializes to what clients see, and has sqlx's traits for the one
//! database that the service is built for. Rules that differ from field to field live in [`crate::decode::rule`].

mod bigint;
mod bytes;
mod calendar;
mod choice;
#[cfg(feature = "decimal")]
mod decimal;
mod duration;
mod id;
mod patch;
mod scalar;
pub mod slug;
mod timestamp;

pub use bigint::BigInt;
pub use bytes::Bytes;
pub use calendar::{Date, Time};
#[cfg(feature = "decimal")]
pub use decimal::Decimal;
pub use duration::Duration;
pub use id::{Id, Serial};
pub use patch::Patch;
pub use scalar::{MAX_INT, Refused, Scalar, Shape};
pub use timestamp::Timestamp;
pub use uuid::Uuid;

/// A JSON document without a declared shape.
pub type Json = serde_json::Value;
