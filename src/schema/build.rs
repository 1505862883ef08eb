//! IR -> tables.

use super::checks::checks;
use super::columns::column_type;
use super::keys;
use super::names::{Names, joined, shorten};
use super::order::creation_order;
use super::tenants;
use super::{Action, ColumnType, ForeignKey, Key, Schema, Table, TableColumn};
use crate::ir::{Column, Entity, EntityId, Identity, Link, Service, Type};
use std::collections::BTreeMap;

/// Whose tables are no feature's; no feature can have this name.
const KERNEL: &str = "kernel";
/// No entity can have this table.
const REVOKED_TOKENS: &str = "revoked_tokens";

impl Schema {
    /// The tables of a service.
    pub fn of(service: &Service) -> Self {
        let mut names = Names::default();
        let mut tables: Vec<Table> = Vec::new();
        for entity in &service.entities {
            let name = names.claim(&entity.plural);
            tables.push(empty_table(service, entity, name));
        }
        let sorts = keys::sorted(service);
        for (index, entity) in service.entities.iter().enumerate() {
            let id = EntityId(index);
            let target = |id: EntityId| tables[id.0].name.clone();
            let foreign_keys = foreign_keys(service, entity, &tables[index].name, target);
            let table = &mut tables[index];
            table.foreign_keys = foreign_keys;
            table.columns = columns(service, entity, &table.name);
            table.tenant = entity.tenant.clone();
            table.checks = checks(service, id, &table.name);
            keys::add(table, entity, &mut names, sorts.get(&id));
        }
        let mut joins = BTreeMap::new();
        for (index, entity) in service.entities.iter().enumerate() {
            for (many, relation) in entity.many.iter().enumerate() {
                if matches!(relation.link, Link::Plain { .. }) {
                    let sides = [&tables[index], &tables[relation.target.0]];
                    let table = join_table(service, entity, many, sides, &mut names);
                    joins.insert((EntityId(index), many), tables.len());
                    tables.push(table);
                }
            }
        }
        if service.auth.is_some() {
            tables.push(revoked_tokens());
        }
        if let Some(role) = service.tenant_role() {
            let all = tables.iter_mut();
            all.for_each(|table| table.role = Some(role.clone()));
        }
        ordered(tables, service.entities.len(), joins)
    }
}

/// What the kernel remembers of tokens; its statements are in `kernel/src/auth/revoked.rs`.
fn revoked_tokens() -> Table {
    let column = |name: &str, ty| TableColumn {
        name: name.into(),
        ty,
        null: false,
        default: None,
        check: format!("{REVOKED_TOKENS}_{name}_check"),
    };
    Table {
        name: REVOKED_TOKENS.into(),
        feature: KERNEL.into(),
        comment: "Tokens that were taken back before their time, by their claim `jti`.".into(),
        columns: vec![
            column("jti", ColumnType::Text { min: 1, max: 255 }),
            column("expires_at", ColumnType::Timestamp),
        ],
        tenant: None,
        role: None,
        primary_key: Key {
            name: format!("{REVOKED_TOKENS}_pkey"),
            columns: vec!["jti".into()],
        },
        uniques: vec![],
        checks: vec![],
        foreign_keys: vec![],
        indexes: vec![],
    }
}

fn ordered(
    tables: Vec<Table>,
    entities: usize,
    mut joins: BTreeMap<(EntityId, usize), usize>,
) -> Schema {
    let order = creation_order(&tables);
    let mut place = vec![0; order.len()];
    for (position, index) in order.iter().enumerate() {
        place[*index] = position;
    }
    for table in joins.values_mut() {
        *table = place[*table];
    }
    let mut slots: Vec<Option<Table>> = tables.into_iter().map(Some).collect();
    let tables = order
        .iter()
        .filter_map(|index| slots[*index].take())
        .collect();
    Schema {
        tables,
        entities: (0..entities)
            .map(|index| (EntityId(index), place[index]))
            .collect(),
        joins,
    }
}

fn empty_table(service: &Service, entity: &Entity, name: String) -> Table {
    Table {
        primary_key: Key {
            name: shorten(&joined(&name, [], "pkey")),
            columns: vec!["id".into()],
        },
        feature: service[entity.feature].name.clone(),
        comment: entity.description.clone(),
        name,
        columns: vec![],
        tenant: None,
        role: None,
        uniques: vec![],
        checks: vec![],
        foreign_keys: vec![],
        indexes: vec![],
    }
}

fn columns(service: &Service, entity: &Entity, table: &str) -> Vec<TableColumn> {
    let mut all = Vec::new();
    for column in entity.columns() {
        let name = entity.column_name(column);
        let ty = match (column, entity.identity) {
            (Column::Id, Identity::Int) => ColumnType::Serial,
            // The service alone counts it up: a check would only be noise.
            (Column::Version, _) => ColumnType::Int {
                min: i64::MIN,
                max: i64::MAX,
            },
            _ => column_type(service, &entity.column_type(column)),
        };
        all.push(TableColumn {
            check: shorten(&joined(table, [name.as_str()], "check")),
            null: entity.is_optional(column),
            default: (column == Column::Version).then_some(1),
            name,
            ty,
        });
    }
    if let Some(tenant) = &entity.tenant {
        // Behind the id, which is the first of every table.
        all.insert(1, tenants::column(tenant, table));
    }
    all
}

fn foreign_keys(
    service: &Service,
    entity: &Entity,
    table: &str,
    name_of: impl Fn(EntityId) -> String,
) -> Vec<ForeignKey> {
    let references = entity.fields.iter().filter_map(|field| match &field.ty {
        Type::Reference(it) => Some((field.column_name(), it)),
        _ => None,
    });
    let keys = references.map(|(column, reference)| ForeignKey {
        name: shorten(&joined(table, [column.as_str()], "fkey")),
        table: name_of(reference.target),
        on_delete: reference.on_delete.into(),
        column,
        tenant: tenants::shared(entity, &service[reference.target]),
    });
    let tenant = tenants::foreign_key(service, entity, table, &name_of);
    keys.chain(tenant).collect()
}

pub(super) fn key(table: &str, columns: Vec<String>, kind: &str, names: &mut Names) -> Key {
    let name = joined(table, columns.iter().map(String::as_str), kind);
    Key {
        name: names.claim(&name),
        columns,
    }
}

fn join_table(
    service: &Service,
    entity: &Entity,
    many: usize,
    [near, far]: [&Table; 2],
    names: &mut Names,
) -> Table {
    let relation = &entity.many[many];
    let target = &service[relation.target];
    let name = names.claim(&format!("{}_{}", entity.singular(), relation.name));
    let near_column = format!("{}_id", entity.singular());
    let mut far_column = format!("{}_id", target.singular());
    if far_column == near_column {
        far_column = format!("related_{far_column}");
    }
    let column = |column: &str, identity| TableColumn {
        name: column.into(),
        ty: match identity {
            Identity::Uuid => ColumnType::UuidRef,
            Identity::Int => ColumnType::IntRef,
        },
        null: false,
        default: None,
        check: shorten(&joined(&name, [column], "check")),
    };
    let foreign_key = |column: &str, table: &Table, to: &Entity| ForeignKey {
        name: shorten(&joined(&name, [column], "fkey")),
        column: column.into(),
        tenant: tenants::shared(entity, to),
        table: table.name.clone(),
        on_delete: Action::Cascade,
    };
    let tenant = entity.tenant.as_ref();
    let sides = [
        column(&near_column, entity.identity),
        column(&far_column, target.identity),
    ];
    let tenant = tenant.map(|tenant| tenants::column(tenant, &name));
    Table {
        feature: near.feature.clone(),
        comment: relation.description.clone(),
        columns: sides.into_iter().chain(tenant).collect(),
        tenant: entity.tenant.clone(),
        role: None,
        primary_key: Key {
            name: shorten(&joined(&name, [], "pkey")),
            columns: vec![near_column.clone(), far_column.clone()],
        },
        uniques: vec![],
        checks: vec![],
        foreign_keys: vec![
            foreign_key(&near_column, near, entity),
            foreign_key(&far_column, far, target),
        ],
        // The primary key serves the way there, this one the way back.
        indexes: vec![key(&name, vec![far_column, near_column], "idx", names)],
        name,
    }
}
