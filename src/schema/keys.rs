//! Unique constraints and indexes of a table.
//!
//! Enters: an entity, and by which columns its lists are read. Leaves: the keys of its table, none that another serves.

use std::collections::BTreeMap;

use super::build::key;
use super::model::Table;
use super::names::Names;
use super::tenants;
use crate::ir::{self, Column, Entity, EntityId, Rule, Service};

/// Unique constraints, then indexes: those of the spec, of sorted lists and of foreign keys, each unless one serves already.
pub(super) fn add(
    table: &mut Table,
    entity: &Entity,
    names: &mut Names,
    sorted: Option<&Vec<Vec<Column>>>,
) {
    // Of the rows of one tenant, and no others.
    let named = |columns: &[Column]| -> Vec<String> {
        let names = columns.iter().map(|column| entity.column_name(*column));
        entity.tenant.iter().cloned().chain(names).collect()
    };
    for ir::Unique { columns } in &entity.uniques {
        let columns = named(columns);
        table.uniques.push(key(&table.name, columns, "key", names));
    }
    table.uniques.extend(tenants::key(entity, &table.name));
    let mut wanted: Vec<Vec<String>> = Vec::new();
    wanted.extend(entity.indexes.iter().map(|index| named(&index.columns)));
    for columns in sorted.into_iter().flatten() {
        let columns = match columns.as_slice() {
            [Column::Id] => continue,
            // A unique column needs no tie-break, unless nulls tie.
            [column] if is_unique(table, entity, *column) => continue,
            [.., Column::Id] => columns.clone(),
            columns => [columns, &[Column::Id]].concat(),
        };
        wanted.push(named(&columns));
    }
    let references = table.foreign_keys.iter();
    wanted.extend(references.map(|key| {
        let columns = key.tenant.iter().chain([&key.column]);
        columns.cloned().collect()
    }));
    for (index, columns) in wanted.iter().enumerate() {
        let mut later = wanted[index + 1..].iter();
        let is_prefix = later.any(|it| it.len() > columns.len() && it.starts_with(columns));
        if !is_prefix && !serves(table, columns) {
            let columns = columns.clone();
            table.indexes.push(key(&table.name, columns, "idx", names));
        }
    }
}

/// Whether a key of the table starts with these columns.
fn serves(table: &Table, columns: &[String]) -> bool {
    let keys = table.uniques.iter().chain(&table.indexes);
    keys.chain([&table.primary_key])
        .any(|key| key.columns.starts_with(columns))
}

/// Whether no two rows have the same value, nulls included.
fn is_unique(table: &Table, entity: &Entity, column: Column) -> bool {
    let alone = entity.tenant.iter().cloned();
    let alone: Vec<String> = alone.chain([entity.column_name(column)]).collect();
    let unique = table.uniques.iter().any(|key| key.columns == alone);
    unique && !entity.is_optional(column)
}

/// What lists of each entity are cut down to and sorted by, for each order that a client may ask for.
pub(super) fn sorted(service: &Service) -> BTreeMap<EntityId, Vec<Vec<Column>>> {
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for endpoint in &service.endpoints {
        let ir::Action::List(list) = &endpoint.action else {
            continue;
        };
        let access = &endpoint.access;
        let owner = service[list.entity].owner.map(Column::Field);
        let owner = owner.filter(|_| access.rules.contains(&Rule::Owner));
        let wanted: &mut Vec<_> = all.entry(list.entity).or_default();
        let columns = list.sort.iter().map(|key| key.column);
        for column in columns.clone() {
            if access.rules != [Rule::Owner] {
                wanted.push(vec![column]);
            }
        }
        // Of a large table, one owner's rows in their order.
        if let Some(owner) = owner {
            let sorts = columns.filter(|column| *column != Column::Id);
            wanted.extend(sorts.map(|column| vec![owner, column]));
            wanted.push(vec![owner, Column::Id]);
        }
    }
    all
}
