//! Rows by their ids, as includes of any feature ask for them.

use serde::Serialize;

use super::imports::Imports;
use super::sight::{Narrow, narrow};
use super::{World, naming, sql, types};
use crate::ir::EntityId;

/// `authors_by_id`
#[derive(Debug, Serialize)]
pub struct ById {
    function: String,
    row: String,
    id: String,
    plural: String,
    constant: String,
    statement: String,
    /// As of a part.
    tenant: String,
    /// Whether it must know who asks.
    asks: bool,
    public: bool,
    narrow: Option<Narrow>,
}

pub fn view(world: &World<'_>, id: EntityId, public: bool, imports: &mut Imports) -> ById {
    let service = world.service;
    let entity = &service[id];
    imports.all(&["kernel::db", "kernel::db::QueryBuilder"]);
    let statement = format!(
        "{}\nfrom {}\nwhere true",
        sql::list("select", &sql::columns(world, id), ""),
        sql::table(entity)
    );
    let constant = naming::shouty(&format!("{}_by_id", entity.plural));
    let narrow = narrow(world, id, entity.feature, None, imports);
    if entity.tenant.is_some() {
        imports.all(&["kernel::auth::Reach"]);
    }
    ById {
        function: format!("{}_by_id", entity.plural),
        row: types::entity(service, id, entity.feature, imports),
        id: types::entity_id(service, id, entity.feature, imports),
        plural: entity.plural.replace('_', " "),
        statement: sql::constant(&constant, &statement),
        constant,
        tenant: entity.tenant.as_deref().map(sql::name).unwrap_or_default(),
        public,
        asks: narrow.is_some() || entity.tenant.is_some(),
        narrow,
    }
}
