//! Tables as SQL, as a person would write it.

use super::ident::quote_all;
use super::tenants::{constraints, role, security};
use super::{ColumnType, ForeignKey, Key, Schema, Table, TableColumn};
use super::{check, quote_ident, sql_type};
use crate::ir::Database;
use std::collections::BTreeSet;

/// Something to run, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub feature: String,
    pub table: String,
    /// The index that it adds to a table that exists; `None` for a table.
    pub index: Option<String>,
    /// One or more statements, each ended by `;`.
    pub sql: String,
}

/// Everything that a new database needs, in an order that it can be made in.
pub fn ddl(schema: &Schema, database: Database) -> Vec<Step> {
    create(schema, |_| true, database)
}

/// The tables that `is_new` accepts; the others exist.
pub(super) fn create(
    schema: &Schema,
    is_new: impl Fn(&Table) -> bool,
    database: Database,
) -> Vec<Step> {
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    missing.extend(
        schema
            .tables
            .iter()
            .filter(|it| is_new(it))
            .map(|it| it.name.as_str()),
    );
    let mut waiting: Vec<(&Table, &ForeignKey)> = Vec::new();
    let mut steps: Vec<Step> = Vec::new();
    let mut tables = schema.tables.iter().filter(|it| is_new(it)).peekable();
    while let Some(table) = tables.next() {
        missing.remove(table.name.as_str());
        // SQLite asks for the parent only when a row is written, and cannot add a constraint later.
        let (late, inline): (Vec<_>, Vec<_>) = table.foreign_keys.iter().partition(|key| {
            database == Database::Postgres && missing.contains(key.table.as_str())
        });
        waiting.extend(late.into_iter().map(|key| (table, key)));
        let mut sql = create_table(table, &inline, database);
        let begins = steps
            .last()
            .is_none_or(|last| last.feature != table.feature);
        if let Some(name) = table.role.as_ref().filter(|_| begins) {
            sql = format!("{}\n\n{sql}", role(name));
        }
        steps.push(step(table, sql));
        if tables
            .peek()
            .is_none_or(|next| next.feature != table.feature)
        {
            let (ready, rest): (Vec<_>, Vec<_>) = waiting
                .into_iter()
                .partition(|(_, key)| !missing.contains(key.table.as_str()));
            waiting = rest;
            for (child, key) in ready {
                let mut step = step(child, add_foreign_key(child, key, database));
                step.feature.clone_from(&table.feature);
                steps.push(step);
            }
        }
    }
    steps
}

fn step(table: &Table, sql: String) -> Step {
    Step {
        feature: table.feature.clone(),
        table: table.name.clone(),
        index: None,
        sql,
    }
}

/// An index more on a table that exists, in the place of those that it makes needless.
pub(super) fn add_index(table: &Table, index: &Key, needless: &[&Key]) -> Step {
    let mut sql = String::new();
    for old in needless {
        sql += &format!("drop index {};\n", quote_ident(&old.name));
    }
    sql += &create_index(table, index);
    Step {
        index: Some(index.name.clone()),
        ..step(table, sql)
    }
}

fn create_table(table: &Table, inline: &[&ForeignKey], database: Database) -> String {
    let mut lines = column_lines(table, database);
    if !is_serial(&table.columns[0], database) {
        lines.push(constraint(&table.primary_key, "primary key"));
    }
    lines.extend(table.uniques.iter().map(|key| constraint(key, "unique")));
    for (name, text) in inline.iter().flat_map(|key| constraints(key, database)) {
        lines.push(format!("constraint {} {text}", quote_ident(&name)));
    }
    for column in &table.columns {
        if let Some(condition) = check(column, database) {
            let name = quote_ident(&column.check);
            lines.push(format!("constraint {name} check ({condition})"));
        }
    }
    for rule in &table.checks {
        let condition = match database {
            Database::Sqlite => &rule.sqlite,
            Database::Postgres => &rule.postgres,
        };
        let name = quote_ident(&rule.name);
        lines.push(format!("constraint {name} check ({condition})"));
    }
    let mut sql = comment(&table.comment);
    sql += &format!("create table {} (\n    ", quote_ident(&table.name));
    sql += &lines.join(",\n    ");
    sql += match database {
        Database::Postgres => "\n);",
        // Both columns are the key: a second tree would only repeat it.
        Database::Sqlite if table.is_join() => "\n) strict, without rowid;",
        Database::Sqlite => "\n) strict;",
    };
    for index in &table.indexes {
        sql += &format!("\n\n{}", create_index(table, index));
    }
    if let Some(security) = security(table) {
        sql += &format!("\n\n{security}");
    }
    sql
}

/// Names, types and `not null` in three aligned columns.
fn column_lines(table: &Table, database: Database) -> Vec<String> {
    let rows: Vec<(String, String, String)> = table
        .columns
        .iter()
        .map(|column| {
            let name = quote_ident(&column.name).into_owned();
            let ty = sql_type(&column.ty, database);
            (name, ty, column_rest(table, column, database))
        })
        .collect();
    let names = rows.iter().map(|row| row.0.len()).max().unwrap_or(0);
    let types = rows.iter().map(|row| row.1.len()).max().unwrap_or(0);
    rows.iter()
        .map(|(name, ty, rest)| {
            format!("{name:names$} {ty:types$} {rest}")
                .trim_end()
                .to_owned()
        })
        .collect()
}

fn column_rest(table: &Table, column: &TableColumn, database: Database) -> String {
    if is_serial(column, database) {
        let name = quote_ident(&table.primary_key.name);
        // Without `autoincrement` the id of a deleted last row would come back.
        return format!("constraint {name} primary key autoincrement");
    }
    let mut rest = String::new();
    if !column.null {
        rest += "not null";
    }
    if let Some(default) = column.default {
        rest += &format!(" default {default}");
    }
    rest
}

/// Whether SQLite wants the primary key in the column's own line.
fn is_serial(column: &TableColumn, database: Database) -> bool {
    database == Database::Sqlite && column.ty == ColumnType::Serial
}

fn constraint(key: &Key, kind: &str) -> String {
    let name = quote_ident(&key.name);
    format!("constraint {name} {kind} ({})", quote_all(&key.columns))
}

fn add_foreign_key(table: &Table, key: &ForeignKey, database: Database) -> String {
    let on = quote_ident(&table.name);
    let all = constraints(key, database).into_iter().map(|(name, text)| {
        let name = quote_ident(&name);
        format!("alter table {on}\n    add constraint {name} {text};")
    });
    all.collect::<Vec<_>>().join("\n")
}

fn create_index(table: &Table, index: &Key) -> String {
    let (name, on) = (quote_ident(&index.name), quote_ident(&table.name));
    format!(
        "create index {name} on {on} ({});",
        quote_all(&index.columns)
    )
}

/// Text of the spec as comment lines, from which nothing can escape.
pub(super) fn comment(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let lines = text.trim().lines().map(|line| {
        let line = line.replace(is_break, " ");
        format!("-- {}", line.trim_end()).trim_end().to_owned() + "\n"
    });
    lines.collect()
}

impl Table {
    /// Whether its columns are its key, but for that of the tenant.
    pub(super) fn is_join(&self) -> bool {
        let own = self.columns.len() - usize::from(self.tenant.is_some());
        own == self.primary_key.columns.len()
    }
}
