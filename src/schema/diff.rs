//! What became of the schema since the last run.

use super::print::{add_index, create};
use super::{Key, Schema, Step, Table, TableColumn, check, sql_type};
use crate::ir::Database;
use std::fmt;

/// A change of a table that exists, for which there is no step yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub table: String,
    pub what: What,
}

/// What changed; names are those of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    TableRemoved,
    ColumnAdded(String),
    ColumnRemoved(String),
    /// Its type or a bound that the database checks, as SQL.
    ColumnType {
        column: String,
        old: String,
        new: String,
    },
    /// `null`: whether it may be null now.
    ColumnNull {
        column: String,
        null: bool,
    },
    ConstraintAdded(String),
    ConstraintRemoved(String),
    ConstraintChanged(String),
    IndexRemoved(String),
}

/// The steps from `old` to `new`, or every change that has none.
pub fn diff(old: &Schema, new: &Schema, database: Database) -> Result<Vec<Step>, Vec<Change>> {
    let mut changes = Vec::new();
    for table in &old.tables {
        let whats = match new.find(&table.name) {
            None => vec![What::TableRemoved],
            Some(new) => compare(table, new, database),
        };
        changes.extend(whats.into_iter().map(|what| Change {
            table: table.name.clone(),
            what,
        }));
    }
    if changes.is_empty() {
        let mut steps = create(new, |table| old.find(&table.name).is_none(), database);
        steps.extend(new.tables.iter().flat_map(|table| added(old, table)));
        Ok(steps)
    } else {
        Err(changes)
    }
}

/// The indexes that a table which exists has not had yet.
fn added(old: &Schema, new: &Table) -> Vec<Step> {
    let Some(old) = old.find(&new.name) else {
        return Vec::new();
    };
    let mut needless = missing(&old.indexes, &new.indexes);
    let added = missing(&new.indexes, &old.indexes);
    let steps = added.into_iter().map(|index| {
        let replaced: Vec<_> = needless.extract_if(.., |it| serves(index, it)).collect();
        add_index(new, index, &replaced)
    });
    steps.collect()
}

/// Whether an index finds all that another finds, and more.
fn serves(index: &Key, other: &Key) -> bool {
    index.columns.len() > other.columns.len() && index.columns.starts_with(&other.columns)
}

fn missing<'k>(keys: &'k [Key], from: &[Key]) -> Vec<&'k Key> {
    keys.iter().filter(|key| !from.contains(key)).collect()
}

fn compare(old: &Table, new: &Table, database: Database) -> Vec<What> {
    let mut whats = Vec::new();
    for column in &old.columns {
        match new.column(&column.name) {
            None => whats.push(What::ColumnRemoved(column.name.clone())),
            Some(new) => whats.extend(compare_column(column, new, database)),
        }
    }
    let added = new
        .columns
        .iter()
        .filter(|it| old.column(&it.name).is_none());
    whats.extend(added.map(|column| What::ColumnAdded(column.name.clone())));
    compare_constraints(old, new, &mut whats);
    compare_indexes(old, new, &mut whats);
    whats
}

fn compare_column(old: &TableColumn, new: &TableColumn, database: Database) -> Vec<What> {
    let mut whats = Vec::new();
    if old.ty != new.ty {
        whats.push(What::ColumnType {
            column: old.name.clone(),
            old: describe(old, database),
            new: describe(new, database),
        });
    }
    if old.null != new.null {
        whats.push(What::ColumnNull {
            column: old.name.clone(),
            null: new.null,
        });
    }
    whats
}

fn describe(column: &TableColumn, database: Database) -> String {
    let ty = sql_type(&column.ty, database);
    match check(column, database) {
        Some(condition) => format!("{ty} check ({condition})"),
        None => ty,
    }
}

/// Constraints by name: their columns, and for foreign keys what they point at.
fn compare_constraints(old: &Table, new: &Table, whats: &mut Vec<What>) {
    let (old, new) = (constraints(old), constraints(new));
    for (name, meaning) in &old {
        match new.iter().find(|it| it.0 == *name) {
            None => whats.push(What::ConstraintRemoved((*name).into())),
            Some(new) if new.1 != *meaning => {
                whats.push(What::ConstraintChanged((*name).into()));
            }
            Some(_) => {}
        }
    }
    let added = new
        .iter()
        .filter(|(name, _)| old.iter().all(|it| it.0 != *name));
    whats.extend(added.map(|(name, _)| What::ConstraintAdded((*name).into())));
}

fn constraints(table: &Table) -> Vec<(&str, String)> {
    let keys = std::iter::once(&table.primary_key).chain(&table.uniques);
    let keys = keys.map(|key| (key.name.as_str(), format!("{:?}", key.columns)));
    let foreign = table.foreign_keys.iter();
    let foreign = foreign.map(|key| (key.name.as_str(), format!("{key:?}")));
    let checks = table.checks.iter();
    let checks = checks.map(|check| (check.name.as_str(), check.postgres.clone()));
    keys.chain(foreign).chain(checks).collect()
}

/// An index more is no such change, nor is one less that another stands in for: it only costs what it is not worth.
fn compare_indexes(old: &Table, new: &Table, whats: &mut Vec<What>) {
    let added = missing(&new.indexes, &old.indexes);
    let removed = missing(&old.indexes, &new.indexes).into_iter();
    let removed = removed.filter(|key| !added.iter().any(|index| serves(index, key)));
    whats.extend(removed.map(|key| What::IndexRemoved(key.name.clone())));
}

impl fmt::Display for Change {
    /// A sentence without its full stop: "column `books.price` is new".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = &self.table;
        match &self.what {
            What::TableRemoved => write!(f, "table `{table}` is gone"),
            What::ColumnAdded(column) => write!(f, "column `{table}.{column}` is new"),
            What::ColumnRemoved(column) => write!(f, "column `{table}.{column}` is gone"),
            What::ColumnType { column, old, new } => {
                write!(f, "column `{table}.{column}` was `{old}` and is `{new}`")
            }
            What::ColumnNull { column, null: true } => {
                write!(f, "column `{table}.{column}` may now be null")
            }
            What::ColumnNull { column, .. } => {
                write!(f, "column `{table}.{column}` may no longer be null")
            }
            What::ConstraintAdded(name) => write!(f, "constraint `{name}` of `{table}` is new"),
            What::ConstraintRemoved(name) => write!(f, "constraint `{name}` of `{table}` is gone"),
            What::ConstraintChanged(name) => write!(f, "constraint `{name}` of `{table}` changed"),
            What::IndexRemoved(name) => write!(f, "index `{name}` of `{table}` is gone"),
        }
    }
}
