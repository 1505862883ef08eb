//! Endpoints: what a client may ask for.

use super::{Access, Change, Column, EntityId, ErrorId, FeatureId, Field, Part, Type};
use serde::Serialize;

/// One operation of the API: one slice of the service.
#[derive(Debug, Clone, Serialize)]
pub struct Endpoint {
    pub feature: FeatureId,
    /// `snake_case`: the folder, the contract id and the `operationId`.
    pub name: String,
    /// One line; filled in where the spec gives none ("Lists books.").
    pub summary: String,
    pub description: String,
    pub method: Method,
    /// Behind `api.prefix`.
    pub path: Path,
    /// Of success.
    pub status: u16,
    pub access: Access,
    /// Whether a row that the caller does not reach is 403, where it is there; else it is 404 like any that is not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub tells: bool,
    pub action: Action,
    /// Declared errors of the spec that logic may return.
    pub errors: Vec<ErrorId>,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// As HTTP writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// `/books/{slug}/restock`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    pub segments: Vec<Segment>,
}

/// One part of a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Letters, digits, `-`, `_`, `.`.
    Literal(String),
    Parameter(Parameter),
}

/// As routers and OpenAPI write it: `/books/{slug}`.
impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for segment in &self.segments {
            match segment {
                Segment::Literal(word) => write!(f, "/{word}")?,
                Segment::Parameter(parameter) => write!(f, "/{{{}}}", parameter.name)?,
            }
        }
        Ok(())
    }
}

/// A named part of a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    pub name: String,
    pub means: Meaning,
}

/// What a path parameter stands for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The key of the row that the endpoint is about.
    Row,
    /// The key of a parent: the reference (index into the entity's `fields`) must point at the row with that key. On
    /// create it fills the reference.
    Parent {
        field: usize,
        /// The parent's key column.
        key: Column,
    },
    /// A plain value of a free-form endpoint.
    Value(Type),
}

/// What an endpoint does.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    List(ListAction),
    Get(GetAction),
    Create(CreateAction),
    Update(UpdateAction),
    Delete(DeleteAction),
    Command(CommandAction),
    Free(FreeAction),
}

#[derive(Debug, Clone, Serialize)]
pub struct ListAction {
    pub entity: EntityId,
    pub filters: Vec<Filter>,
    /// Besides `id`, by which a list is sorted unless asked otherwise.
    pub sort: Vec<SortKey>,
    /// Text columns of the entity.
    pub search: Vec<Column>,
    pub paging: Paging,
    pub include: Vec<Include>,
}

#[derive(Debug, Clone, Serialize)]
pub struct GetAction {
    pub entity: EntityId,
    /// Whether it is the caller's own row, which the path does not name.
    pub by_actor: bool,
    pub include: Vec<Include>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CreateAction {
    pub entity: EntityId,
    pub include: Vec<Include>,
    /// Rows that are made with it, and that the answer carries.
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone, Serialize)]
pub struct UpdateAction {
    pub entity: EntityId,
    pub include: Vec<Include>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DeleteAction {
    pub entity: EntityId,
}

/// A command on one row.
#[derive(Debug, Clone, Serialize)]
pub struct CommandAction {
    pub entity: EntityId,
    pub query: Vec<Field>,
    pub input: Vec<Field>,
    pub output: Output,
    /// What it does; `None` where its logic is written by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// A free-form endpoint; logic and SQL are written by hand.
#[derive(Debug, Clone, Serialize)]
pub struct FreeAction {
    pub query: Vec<Field>,
    pub input: Vec<Field>,
    pub output: Output,
}

/// What a command or a free-form endpoint answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Output {
    /// 204.
    Empty,
    /// The representation of an entity.
    Entity(EntityId),
    /// A list of an entity's representations, unpaged.
    Entities(EntityId),
    /// An anonymous object.
    Object(super::ObjectId),
}

/// One filter of a list: a query parameter and what it is compared with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filter {
    /// `snake_case`, before `api.case`.
    pub name: String,
    pub path: FieldPath,
}

/// A column of the entity, or of one that relations lead to (within the feature).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldPath {
    /// From the entity of the list outwards; empty for its own columns.
    pub hops: Vec<Hop>,
    /// The entity that holds the column.
    pub entity: EntityId,
    pub column: Column,
}

/// One step along a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hop {
    /// Along a reference: index into `fields`.
    One(usize),
    /// Back along a reference to this entity: index into `referenced_by`.
    Back(usize),
    /// Along an n:m relation: index into `many`.
    Many(usize),
}

/// A column that a list may be sorted by; its name is the value of `sort`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SortKey {
    pub column: Column,
}

/// How a list is cut into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Paging {
    pub by: PageBy,
    /// Rows a page unless `limit` says otherwise.
    pub default: u32,
    /// The largest `limit`.
    pub max: u32,
    /// Whether a count of all rows goes with each page.
    pub total: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageBy {
    Keyset,
    Offset,
}

/// A relation that a client may ask for with `include`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Include {
    /// `snake_case`: the value in `include` and the key in JSON.
    pub name: String,
    pub hop: Hop,
    /// What is embedded: one row, a list of rows, or a list of natural keys.
    pub target: EntityId,
}
