//! Entities and the relations between them.

use super::{Access, Check, Computed, EntityId, FeatureId, Field, Transition, Type};
use serde::Serialize;

/// One table and its type.
#[derive(Debug, Clone, Serialize)]
pub struct Entity {
    pub feature: FeatureId,
    /// `PascalCase`.
    pub name: String,
    /// `snake_case`: the table, the path segment (with `-`) and the key of a named list.
    pub plural: String,
    pub description: String,
    /// What URLs carry.
    pub key: Key,
    pub identity: Identity,
    /// Whether it has `created_at` and `updated_at`.
    pub timestamps: bool,
    pub versioning: Versioning,
    /// The reference to the caller whom a row belongs to: index into `fields`.
    pub owner: Option<usize>,
    /// Who sees which of its rows where they come along with others: by the rules of its own reads. `None` where these
    /// give every row to whomever they let in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sight: Option<Access>,
    /// The column that says to which tenant a row belongs, and that no client sees; `None` where rows are shared. Unique
    /// constraints and indexes begin with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    pub fields: Vec<Field>,
    pub many: Vec<Many>,
    /// Shared unique constraints, and those of single fields; in the order of the spec.
    pub uniques: Vec<Unique>,
    pub indexes: Vec<Index>,
    /// What every row keeps to, in the order of the spec.
    pub checks: Vec<Check>,
    /// What is read with every row and stored nowhere, in the order of the spec.
    pub computed: Vec<Computed>,
    /// Moves of its state machines, in the order of the spec.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
    /// References to this entity, from any feature, in the order of the spec.
    pub referenced_by: Vec<Back>,
}

/// What identifies a row in a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    Id,
    /// A unique, required field: index into `fields`.
    Field(usize),
}

/// The type of `id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// UUIDv7, made by the service.
    Uuid,
    /// A sequence of the database.
    Int,
}

/// Whether concurrent updates are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Versioning {
    /// No `version` column.
    None,
    /// `If-Match` is checked where it is sent.
    Optional,
    /// A write without `If-Match` is 428; `*` is any version.
    Required,
}

/// A column that an entity has in any case, or one of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    Id,
    /// Index into `fields`.
    Field(usize),
    CreatedAt,
    UpdatedAt,
    Version,
}

/// A unique constraint over one or more columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unique {
    pub columns: Vec<Column>,
}

/// An index that the spec asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Index {
    pub columns: Vec<Column>,
}

/// An n:m relation as one side sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Many {
    /// `snake_case`, plural by habit: `tags`.
    pub name: String,
    pub description: String,
    pub target: EntityId,
    pub link: Link,
}

/// How the two sides of an n:m relation are joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// A join table of its own, owned by the side that declares it; written with create and update.
    Plain {
        /// The column of the target that JSON carries.
        by: Column,
        /// Whether an unknown natural key makes a new row of the target.
        create: bool,
    },
    /// An entity with fields of its own; read-only here, written through that entity.
    Through {
        entity: EntityId,
        /// The field of the join entity that refers to this side.
        near: usize,
        /// The field of the join entity that refers to the target.
        far: usize,
    },
}

/// An incoming reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Back {
    pub entity: EntityId,
    /// The referring field: index into its `fields`.
    pub field: usize,
    /// `as:` of that reference; empty where it has none.
    pub name: String,
    /// One row at most (the reference is unique): 1:1.
    pub single: bool,
}

/// The column that names a tenant: `company_id`.
pub fn tenant_column(tenants: &Entity) -> String {
    format!("{}_id", tenants.snake())
}

impl Entity {
    /// Every column in table order: `id`, the fields, then `created_at`, `updated_at`, `version` where it has them.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns = vec![Column::Id];
        columns.extend((0..self.fields.len()).map(Column::Field));
        if self.timestamps {
            columns.extend([Column::CreatedAt, Column::UpdatedAt]);
        }
        if self.versioning != Versioning::None {
            columns.push(Column::Version);
        }
        columns
    }

    /// The name of a column in the database and, before `api.case`, in JSON: a reference ends in `_id`.
    pub fn column_name(&self, column: Column) -> String {
        match column {
            Column::Id => "id".into(),
            Column::CreatedAt => "created_at".into(),
            Column::UpdatedAt => "updated_at".into(),
            Column::Version => "version".into(),
            Column::Field(index) => self.fields[index].column_name(),
        }
    }

    /// The name in `snake_case`.
    pub fn snake(&self) -> String {
        heck::ToSnakeCase::to_snake_case(self.name.as_str())
    }

    /// The column that URLs carry.
    pub fn key_column(&self) -> Column {
        match self.key {
            Key::Id => Column::Id,
            Key::Field(index) => Column::Field(index),
        }
    }
}

impl Field {
    /// `author` is `author_id` where it is a reference.
    pub fn column_name(&self) -> String {
        match self.ty {
            Type::Reference(_) => format!("{}_id", self.name),
            _ => self.name.clone(),
        }
    }
}

impl super::Service {
    /// The entity's name and the fields of one of its unique constraints, all in `snake_case`.
    pub fn unique_words(&self, entity: EntityId, unique: usize) -> (String, Vec<String>) {
        let entity = &self[entity];
        let columns = entity.uniques[unique].columns.iter();
        let words = columns.map(|column| match column {
            Column::Field(index) => entity.fields[*index].name.clone(),
            other => entity.column_name(*other),
        });
        (entity.snake(), words.collect())
    }
}
