//! What the tests of a service share: tables state what entities and endpoints promise, the checks prove it.
//!
//! Enters: the service's router, its migrations, its `openapi.json`, and the tables in `tests/api`. Leaves: nothing but
//! panics, each with the request and the answer. Deliberately absent: anything of one service; a fake database.

#[cfg(feature = "auth")]
mod callers;
mod checks;
mod database;
mod document;
mod entity;
mod kind;
mod logic;
mod schema;
mod seed;
mod service;
#[cfg(feature = "tenancy")]
mod tenancy;

#[cfg(feature = "auth")]
pub use callers::{Callers, Rows};
pub use checks::*;
pub use database::Database;
pub use entity::{
    Entity, Field, Hop, Many, Parent, Part, back, field, many, one, optional, parent, through,
};
pub use kind::{
    Kind, bigint, boolean, bytes, choice, date, decimal, duration, email, float, int, json, list,
    object, serial, slug, text, time, timestamp, to, url, uuid,
};
pub use logic::{NOW, environment, value};
pub use seed::Row;
pub use service::{Answer, Service};
#[cfg(feature = "tenancy")]
pub use tenancy::Tenants;
