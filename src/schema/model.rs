//! Tables as both databases have them.

use crate::ir::{EntityId, OnDelete};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All tables of a service. Its serialized form is the snapshot in the record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// In the order in which they are created.
    pub tables: Vec<Table>,
    /// Absent from a snapshot, whose entities are another run's.
    #[serde(skip)]
    pub(super) entities: BTreeMap<EntityId, usize>,
    #[serde(skip)]
    pub(super) joins: BTreeMap<(EntityId, usize), usize>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    /// The feature whose migration makes it.
    pub feature: String,
    /// Empty where the spec gives none; a comment in the migration.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    pub columns: Vec<TableColumn>,
    /// The column that says to which tenant a row belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// Of PostgreSQL: the role that sees the rows of one tenant alone; `None` where statements are trusted to ask for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    pub primary_key: Key,
    /// Of an entity: those of its `uniques`, in the same order; then what rows of the same tenant refer to.
    pub uniques: Vec<Key>,
    pub foreign_keys: Vec<ForeignKey>,
    /// Of an entity: those of its `checks`, in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    pub indexes: Vec<Key>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableColumn {
    pub name: String,
    #[serde(rename = "type")]
    pub ty: ColumnType,
    pub null: bool,
    /// Only `version` has one: defaults of the spec live in the code, where changing them needs no migration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<i64>,
    /// The name of its check, should its type need one.
    pub check: String,
}

/// A named primary key, unique constraint or index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    pub name: String,
    pub columns: Vec<String>,
}

/// A named condition on the columns of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub name: String,
    /// As SQLite reads it.
    pub sqlite: String,
    /// As PostgreSQL reads it.
    pub postgres: String,
}

/// A named foreign key to the `id` of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    pub name: String,
    pub column: String,
    /// The column in which both rows are the same: their tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    pub table: String,
    pub on_delete: Action,
}

/// What the deletion of the parent does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Restrict,
    Cascade,
    SetNull,
}

/// What a column holds, with every bound that the database checks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    Uuid,
    /// The id of another row: as `id` there, and unchecked, since the foreign key says it all.
    UuidRef,
    IntRef,
    /// An id that the database counts up and never gives twice.
    Serial,
    /// In characters.
    Text {
        min: u32,
        max: u32,
    },
    /// One of these words.
    Choice(Vec<String>),
    Int {
        min: i64,
        max: i64,
    },
    /// Finite; a bound that is missing is that of the type.
    Float {
        min: Option<f64>,
        max: Option<f64>,
    },
    /// Bounds in units of the last digit.
    Decimal {
        precision: u32,
        scale: u32,
        min: i64,
        max: i64,
    },
    Bool,
    Date,
    Time,
    Timestamp,
    Duration,
    Json,
    /// In bytes.
    Bytes {
        max: u32,
    },
}

impl Schema {
    /// The table of an entity.
    pub fn of_entity(&self, id: EntityId) -> &Table {
        &self.tables[self.entities[&id]]
    }

    /// The join table of a plain n:m relation: its first column is this side, its second the target.
    pub fn of_many(&self, entity: EntityId, many: usize) -> &Table {
        &self.tables[self.joins[&(entity, many)]]
    }

    pub(super) fn find(&self, table: &str) -> Option<&Table> {
        self.tables.iter().find(|it| it.name == table)
    }
}

impl Table {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&TableColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The foreign key on a column.
    pub fn foreign_key(&self, column: &str) -> Option<&ForeignKey> {
        self.foreign_keys.iter().find(|key| key.column == column)
    }
}

impl From<OnDelete> for Action {
    fn from(on_delete: OnDelete) -> Self {
        match on_delete {
            OnDelete::Restrict => Self::Restrict,
            OnDelete::Cascade => Self::Cascade,
            OnDelete::SetNull => Self::SetNull,
        }
    }
}
