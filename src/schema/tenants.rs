//! The columns and keys by which rows belong to tenants.
//!
//! A row refers to rows of its own tenant alone, since both columns are part of the foreign key. Where deletion sets a reference
//! to null, PostgreSQL is told which of the two; SQLite cannot be, and has a key on the reference alone beside it.

use super::names::{joined, shorten};
use super::{Action, ColumnType, ForeignKey, Key, Table, TableColumn, quote_ident, quote_text};
use crate::ir::{Database, Entity, EntityId, Service};

pub(super) fn column(name: &str, table: &str) -> TableColumn {
    TableColumn {
        check: shorten(&joined(table, [name], "check")),
        name: name.into(),
        ty: ColumnType::UuidRef,
        null: false,
        default: None,
    }
}

/// The column in which a row and the one that it refers to must agree.
pub(super) fn shared(from: &Entity, to: &Entity) -> Option<String> {
    to.tenant.as_ref().and(from.tenant.clone())
}

/// To the tenant itself.
pub(super) fn foreign_key(
    service: &Service,
    entity: &Entity,
    table: &str,
    name_of: impl Fn(EntityId) -> String,
) -> Option<ForeignKey> {
    let (column, tenancy) = (entity.tenant.clone()?, service.tenancy.as_ref()?);
    Some(ForeignKey {
        name: shorten(&joined(table, [column.as_str()], "fkey")),
        table: name_of(tenancy.entity),
        on_delete: Action::Restrict,
        column,
        tenant: None,
    })
}

/// What rows of the same tenant refer to, and what a list without an order of its own is read by.
pub(super) fn key(entity: &Entity, table: &str) -> Option<Key> {
    let column = entity.tenant.as_ref()?;
    let columns = [column.as_str(), "id"];
    Some(Key {
        name: shorten(&joined(table, columns, "key")),
        columns: columns.map(str::to_owned).into(),
    })
}

/// `foreign key (company_id, topic_id) references topics (company_id, id) on delete …`, and its name. More than one where it takes
/// more than one.
pub(super) fn constraints(key: &ForeignKey, database: Database) -> Vec<(String, String)> {
    let action = match key.on_delete {
        Action::Restrict => "restrict",
        Action::Cascade => "cascade",
        Action::SetNull => "set null",
    };
    let (column, table) = (quote_ident(&key.column), quote_ident(&key.table));
    let alone = format!("foreign key ({column}) references {table} (id) on delete {action}");
    let Some(tenant) = &key.tenant else {
        return vec![(key.name.clone(), alone)];
    };
    let tenant = quote_ident(tenant);
    let both = format!("foreign key ({tenant}, {column}) references {table} ({tenant}, id)");
    match (key.on_delete, database) {
        (Action::SetNull, Database::Sqlite) => {
            vec![
                (key.name.clone(), alone),
                (shorten(&format!("{}_tenant", key.name)), both),
            ]
        }
        (Action::SetNull, Database::Postgres) => {
            vec![(
                key.name.clone(),
                format!("{both} on delete set null ({column})"),
            )]
        }
        _ => vec![(key.name.clone(), format!("{both} on delete {action}"))],
    }
}

/// What keeps the rows of other tenants from the role that statements run as, whatever they ask for.
pub(super) fn security(table: &Table) -> Option<String> {
    let role = quote_ident(table.role.as_ref()?);
    let on = quote_ident(&table.name);
    let mut sql = String::new();
    if let Some(tenant) = &table.tenant {
        let name = shorten(&joined(&table.name, [], "tenant"));
        let (name, column) = (quote_ident(&name), quote_ident(tenant));
        let own = format!("{column} = nullif(current_setting('backgen.tenant', true), '')::uuid");
        sql = format!(
            "alter table {on} enable row level security;\n\
             alter table {on} force row level security;\n\
             create policy {name} on {on}\n    using ({own})\n    with check ({own});\n"
        );
    }
    sql += &format!("grant select, insert, update, delete on {on} to {role};");
    Some(sql)
}

/// Makes the role where the cluster has none yet. Others may be at it at the same time.
pub(super) fn role(name: &str) -> String {
    let (role, text) = (quote_ident(name), quote_text(name));
    let lines = [
        "do $$".to_owned(),
        "begin".into(),
        format!("    if not exists (select from pg_roles where rolname = {text}) then"),
        "        begin".into(),
        format!("            create role {role} nologin;"),
        "        exception when duplicate_object or unique_violation then null;".into(),
        "        end;".into(),
        "    end if;".into(),
        "    if not (select rolsuper from pg_roles where rolname = current_user) then".into(),
        format!("        execute format('grant %I to %I', {text}, current_user);"),
        "    end if;".into(),
        format!("    execute format('grant usage on schema %I to %I', current_schema(), {text});"),
        "end".into(),
        "$$;".into(),
    ];
    lines.join("\n")
}
