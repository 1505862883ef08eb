//! Checks of entities as constraints.

use super::names::{joined, shorten};
use super::{Check, Schema};
use crate::expr::sql;
use crate::ir::{self, Database, EntityId, Service};

/// Over columns alone, so no other table needs to be known.
pub(super) fn checks(service: &Service, id: EntityId, table: &str) -> Vec<Check> {
    let printed = |condition: &ir::Expr, database| {
        let target = sql::Target {
            service,
            schema: &Schema::default(),
            database,
        };
        sql::alone(&target, condition, id)
    };
    let checks = service[id].checks.iter().map(|check| Check {
        name: shorten(&joined(table, [check.name.as_str()], "check")),
        sqlite: printed(&check.condition, Database::Sqlite),
        postgres: printed(&check.condition, Database::Postgres),
    });
    checks.collect()
}
