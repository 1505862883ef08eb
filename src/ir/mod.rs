//! The meaning of a spec: what every later stage reads.
//!
//! Enters: nothing but what `resolve` builds. Leaves: typed ids instead of names, every default filled in, every
//! reference resolved, everything in a fixed order (features by name, the rest as written).
//! Deliberately absent: Rust text, SQL text, spans, and any `Option` that means "not yet".

mod access;
mod change;
mod computed;
mod endpoint;
mod entity;
mod expr;
mod field_rules;
mod part;
mod pattern;
mod problem;
mod request;
mod tenancy;
mod types;
mod wire;

#[cfg(test)]
pub mod fixture;

pub use access::*;
pub use change::*;
pub use computed::*;
pub use endpoint::*;
pub use entity::*;
pub use expr::{Arithmetic, Check, Comparison, Constant, Expr, Kind, Node, Relation, Sum, Trail};
pub use field_rules::{Gate, followed};
pub use part::Part;
pub use problem::*;
pub use request::*;
pub use tenancy::*;
pub use types::*;
pub use wire::*;

use serde::Serialize;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident => $field:ident: $of:ty),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub struct $name(pub usize);

        impl std::ops::Index<$name> for Service {
            type Output = $of;

            fn index(&self, id: $name) -> &$of {
                &self.$field[id.0]
            }
        }
    )*};
}

ids! {
    /// Indexes [`Service::features`].
    FeatureId => features: Feature,
    /// Indexes [`Service::entities`].
    EntityId => entities: Entity,
    /// Indexes [`Service::enums`].
    EnumId => enums: Enum,
    /// Indexes [`Service::objects`].
    ObjectId => objects: Object,
    /// Indexes [`Service::errors`].
    ErrorId => errors: DeclaredError,
    /// Indexes [`Service::endpoints`].
    EndpointId => endpoints: Endpoint,
}

/// A whole service.
#[derive(Debug, Clone, Serialize)]
pub struct Service {
    /// `snake_case`, as in `backgen.yaml`; `-` is not allowed.
    pub name: String,
    /// Empty where the spec gives none.
    pub description: String,
    pub database: Database,
    pub api: Api,
    /// `None` where nobody signs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<Auth>,
    /// `None` where all rows are for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenancy: Option<Tenancy>,
    /// Where the spans of requests go; `None` for nowhere.
    pub traces: Option<Traces>,
    /// Sorted by name.
    pub features: Vec<Feature>,
    pub entities: Vec<Entity>,
    pub enums: Vec<Enum>,
    pub objects: Vec<Object>,
    pub errors: Vec<DeclaredError>,
    pub endpoints: Vec<Endpoint>,
}

/// The database that the service is generated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Database {
    Sqlite,
    Postgres,
}

/// What spans are exported by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Traces {
    Otlp,
}

/// What all endpoints share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Api {
    /// Starts with `/`, ends without one; empty for none.
    pub prefix: String,
    pub envelope: Envelope,
    pub case: Case,
}

/// How a body wraps what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Envelope {
    /// `{...}` and `[...]`; the next page is in a `Link` header.
    Bare,
    /// `{"data": ...}`.
    Data,
    /// `{"book": ...}` and `{"books": [...], "books_count": n}`.
    Named,
}

/// The case of JSON keys and query parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    Snake,
    Camel,
}

/// One spec file: one folder of code.
#[derive(Debug, Clone, Serialize)]
pub struct Feature {
    /// `snake_case`.
    pub name: String,
    pub description: String,
    pub uses: Vec<FeatureId>,
    pub entities: Vec<EntityId>,
    pub enums: Vec<EnumId>,
    /// Named value objects (`types:`); anonymous objects of endpoints are not listed here.
    pub objects: Vec<ObjectId>,
    pub errors: Vec<ErrorId>,
    pub endpoints: Vec<EndpointId>,
}
