//! Rows that come along with others: whoever reads them for themselves sees them there too, and nobody else.

use serde::Serialize;

use super::imports::Imports;
use super::rows::Rows;
use super::slice::rules;
use super::{World, included, naming, sql};
use crate::ir::{Entity, EntityId, FeatureId};

/// Who sees which rows: a constant.
#[derive(Debug, Serialize)]
pub struct Sight {
    plural: String,
    constant: String,
    /// `&[Rule::Row("owner")]`
    rules: String,
}

/// The rows that the caller sees.
#[derive(Debug, Serialize)]
pub struct Narrow {
    /// Of the rules.
    constant: String,
    /// `sql.push(" and customer_id = ").push_bind(…);`
    push: String,
}

/// The rules of the entities whose rows the feature narrows.
pub fn sights(world: &World<'_>, feature: FeatureId, imports: &mut Imports) -> Vec<Sight> {
    let entities = included::narrowed(world, feature).into_iter();
    let sights = entities.filter_map(|id| {
        let entity = &world.service[id];
        Some(Sight {
            plural: entity.plural.replace('_', " "),
            constant: readers(entity),
            rules: rules(entity.sight.as_ref()?, imports),
        })
    });
    sights.collect()
}

/// `LINE_READERS`
fn readers(entity: &Entity) -> String {
    naming::shouty(&format!("{}_readers", entity.snake()))
}

/// How a statement keeps to the rows that the caller sees; `None` where that is all.
pub fn narrow(
    world: &World<'_>,
    id: EntityId,
    from: FeatureId,
    alias: Option<&str>,
    imports: &mut Imports,
) -> Option<Narrow> {
    let entity = &world.service[id];
    let sight = entity.sight.as_ref()?;
    imports.all(&["kernel::auth::Reach"]);
    let rows = Rows {
        world,
        entity: id,
        table: alias.map_or_else(|| sql::table(entity), Into::into),
        from,
    };
    Some(Narrow {
        constant: readers(entity),
        push: rows.narrow(&rows.conditions(sight), "reach", imports),
    })
}
