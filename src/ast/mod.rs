//! The spec as written, with a place for everything.
//!
//! Enters: the decoding of `parse`. Leaves: [`Spec`], the input of `resolve`; its JSON Schema ([`schema`]) and its reference
//! ([`reference`]), both made from the same declarations, whose doc comments are text for users.
//! Deliberately absent: meaning. Names are not looked up, defaults are not filled in, types of different places are not compared.
//!
//! Short forms are already written out: `born: date?` is the same [`Field`] as `born: { type: date, optional: true }`.

#[macro_use]
mod block;
mod access;
mod endpoint;
mod entity;
mod expression;
mod feature;
mod field;
mod print;
mod project;
mod reference;
mod schema;
mod tenancy;
mod values;

pub use access::{Access, ActorSource, Auth, Conditional, Grant, Tokens};
pub use block::Block;
pub use endpoint::{
    By, Crud, Endpoint, FieldPath, Filter, Operation, Output, Page, PageBy, Target, UrlPath, Verb,
    With, WithPart,
};
pub use entity::{ColumnSet, Entity, IdKind, Many, Names, Transition, Versioned};
pub use expression::{Expression, Value};
pub use feature::{EnumDecl, ErrorDecl, Feature};
pub use field::{Field, ListOf, OnDelete, ScalarType, Shape, Type, Write, WriteRule};
pub use project::{Api, Case, Database, Envelope, Project, Telemetry, Traces};
pub use reference::reference;
pub use schema::schema;
pub use tenancy::{Tenancy, TenantFrom, TenantScope};
pub use values::{Entry, F, Literal, Map, Name, Number, Path, Spanned};

use crate::source::FileId;

/// A whole project as written.
#[derive(Clone, Debug)]
pub struct Spec {
    pub project: Project,
    /// In the order of their names.
    pub features: Vec<FeatureSpec>,
}

/// One feature file; the name is the file's stem.
#[derive(Clone, Debug)]
pub struct FeatureSpec {
    pub name: String,
    pub file: FileId,
    pub body: Feature,
}
