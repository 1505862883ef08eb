//! Types of fields, with every constraint that the spec puts on them.

use super::{Access, EntityId, EnumId, FeatureId, ObjectId};
use serde::Serialize;

/// The type of a field, a parameter or an item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    Scalar(Scalar),
    Enum(EnumId),
    Object(ObjectId),
    List(Box<List>),
    /// A foreign key; only fields of entities, inputs and outputs hold one. JSON carries the id.
    Reference(Reference),
    /// The whole representation of an entity; only in the output of an endpoint.
    Entity(EntityId),
}

/// A bounded list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct List {
    pub item: Type,
    pub min_items: u32,
    pub max_items: u32,
}

/// A scalar with its constraints.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scalar {
    /// `string` (at most 255 characters unless said) and `text` (at most 65,536).
    Text(Text),
    Email,
    Url,
    /// Lower-case ASCII words joined by `-`.
    Slug,
    /// Within +-(2^53 - 1), so that every JSON reader holds it exactly.
    Int(Bounds<i64>),
    /// Any i64; a JSON string.
    BigInt(Bounds<i64>),
    /// Finite.
    Float(Bounds<f64>),
    Decimal(Decimal),
    Bool,
    Uuid,
    Date,
    Time,
    Timestamp,
    Duration,
    Json,
    Bytes {
        /// In bytes.
        max: u32,
    },
}

/// Bounds of a text, in characters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Text {
    pub min: u32,
    pub max: u32,
    /// A regular expression that is found in the value, anchored only where it says so (checked to be valid).
    pub pattern: Option<String>,
    /// Whether it was written `text`, not `string`.
    pub long: bool,
}

/// Inclusive bounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bounds<T> {
    pub min: Option<T>,
    pub max: Option<T>,
}

/// An exact number of at most 18 digits. `money` is `decimal(18, 2)`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decimal {
    /// Digits in all, 1 to 18.
    pub precision: u32,
    /// Digits behind the point, at most `precision`.
    pub scale: u32,
    /// In units of the last digit (`10.50` with scale 2 is 1050).
    pub bounds: Bounds<i64>,
    pub money: bool,
}

/// A foreign key to one row of another entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    pub target: EntityId,
    /// The name of the way back (`as: books`); empty where it has none.
    pub back: String,
    pub on_delete: OnDelete,
}

/// What happens to the child when its parent is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    Restrict,
    Cascade,
    /// Only where the reference is optional.
    SetNull,
}

/// A closed set of words. Inline enums are named after their entity and field (`OrderStatus`).
#[derive(Debug, Clone, Serialize)]
pub struct Enum {
    pub feature: FeatureId,
    /// `PascalCase`.
    pub name: String,
    pub description: String,
    pub values: Vec<EnumValue>,
}

/// One word of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnumValue {
    /// As in JSON and in the database.
    pub word: String,
    pub description: String,
}

/// A group of fields: a value object (`types:`), or the anonymous input or output of an endpoint.
#[derive(Debug, Clone, Serialize)]
pub struct Object {
    pub feature: FeatureId,
    /// `PascalCase`, unique in its feature (anonymous ones are named after their endpoint and place: `StockReportRow`).
    pub name: String,
    pub description: String,
    pub fields: Vec<Field>,
    /// Whether it was named under `types:`.
    pub named: bool,
}

/// A field of an entity, an object, an error, an input or a query.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// `snake_case`, as written: `author`, also where JSON says `author_id`.
    pub name: String,
    pub description: String,
    pub ty: Type,
    /// May be null (and, in a request, absent).
    pub optional: bool,
    pub default: Option<Literal>,
    /// Its own unique constraint; `None` where it has none, or only a shared one.
    pub unique: bool,
    pub write: Write,
    /// Who may read it, of an entity; `None` for whoever sees the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readers: Option<Access>,
    /// Who may write it when `write` lets clients do so; `None` for whoever may write the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writers: Option<Access>,
    /// White space at both ends is cut off before validation.
    pub trim: bool,
    /// An empty text becomes null before validation.
    pub empty_as_null: bool,
    /// Part of the default search vocabulary.
    pub search: bool,
    /// For a slug: index of the field in the same entity that it is derived from on create.
    pub derived_from: Option<usize>,
    /// For docs and tests; a valid value.
    pub example: Option<Literal>,
}

/// Who may set a field through create and update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Write {
    /// Only logic sets it.
    Never,
    /// Set on create, fixed afterwards.
    Create,
    Always,
}

/// A constant of the spec, checked against its type.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Literal {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// Texts, and the exact text of dates, times, timestamps, durations, decimals and uuids.
    Text(String),
    /// A word of the enum of the field's type.
    Word(String),
    /// `default: now` for timestamps and dates.
    Now,
    List(Vec<Literal>),
    /// For `json`.
    Json(serde_json::Value),
}
