//! What the statement that writes a row computes too early: it does not see what is written behind it, and in PostgreSQL
//! not even its own change (13.2.1, "Read Committed": a statement sees the rows as they were when it began).

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{sql, types};
use super::{Slice, statements};
use crate::ir::{Action, Computed, EntityId, Link, Relation, Service};

/// A row read once more: its method, `read`.
#[derive(Debug, Serialize)]
pub struct Reread {
    statement: String,
    /// `BookId`
    id: String,
}

impl Slice<'_> {
    /// What a statement lists to read the row.
    pub fn row_columns(&self) -> Vec<String> {
        let id = self.entity_id().expect("BUG: a row without an entity");
        sql::columns(self.world, id)
    }

    /// Whether the row has to be read again once all is written.
    pub fn rereads(&self) -> bool {
        let Some(id) = self.entity_id() else {
            return false;
        };
        let service = self.world.service;
        let mut computed = service[id].computed.iter();
        match self.endpoint.action {
            Action::Create(_) => {
                let made = |reached: &BTreeSet<_>| {
                    let mut parts = self.parts().iter();
                    parts.any(|part| reached.contains(&part.entity()))
                };
                self.computes_links() || computed.any(|it| made(&reach(service, id, it)))
            }
            Action::Update(_) | Action::Command(_) => {
                self.computes_links() || computed.any(|it| reach(service, id, it).contains(&id))
            }
            _ => false,
        }
    }

    /// Whether something is computed over an n:m relation that is written behind the row.
    fn computes_links(&self) -> bool {
        let mut relations = self.entity().computed.iter().flat_map(|it| it.relations());
        let plain = |index: usize| matches!(self.entity().many[index].link, Link::Plain { .. });
        self.writes_links()
            && relations.any(|it| matches!(it, Relation::Many(index) if plain(index)))
    }
}

fn reach(service: &Service, id: EntityId, computed: &Computed) -> BTreeSet<EntityId> {
    let mut reached = BTreeSet::new();
    computed.value.reach(service, id, &mut reached);
    reached
}

pub fn view(slice: &Slice<'_>, imports: &mut Imports) -> Option<Reread> {
    if !slice.rereads() {
        return None;
    }
    let id = slice.entity_id()?;
    let statement = statements::select(slice, "\nwhere id = $1");
    Some(Reread {
        statement: sql::constant("READ", &statement),
        id: types::entity_id(slice.world.service, id, slice.endpoint.feature, imports),
    })
}
