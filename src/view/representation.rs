//! A row with what may be included in it, as answers carry it.

use serde::Serialize;

use super::imports::Imports;
use super::model::rename;
use super::{World, included, naming, visible};
use crate::ir::{Access, Action, Column, Entity, EntityId, Include};

#[derive(Debug, Serialize)]
pub struct RowView {
    row: String,
    /// The type that carries the row in an answer.
    shown: String,
    /// Whether some callers see the row itself in part.
    restricted: bool,
    /// Whether some callers see it in part, be it for what is included.
    partial: bool,
    /// Whether an answer of one row with includes needs the version.
    versioned: bool,
    /// What clients may ask for.
    flags: Vec<String>,
    includes: Vec<Included>,
}

#[derive(Debug, Serialize)]
struct Included {
    name: String,
    ty: String,
    rename: Option<String>,
    /// The type in an answer.
    shown: String,
    /// Whether what it holds is shown in part to some callers.
    partial: bool,
    /// The rule of the reference that it follows, and its path; empty where everyone reads that.
    rule: String,
    decides: String,
}

/// Whether some answer carries the row.
pub fn is_shown(world: &World<'_>, id: EntityId) -> bool {
    let service = world.service;
    service.endpoints.iter().any(|endpoint| {
        let mut includes = endpoint.embeds().into_iter();
        let from = endpoint.entity();
        let embeds = |it: &Include| from.is_some_and(|from| service.embeds_rows(from, it));
        service.answered(endpoint) == Some(id) || includes.any(|it| it.target == id && embeds(it))
    })
}

pub fn of(world: &World<'_>, id: EntityId, imports: &mut Imports) -> RowView {
    let service = world.service;
    let entity = &service[id];
    let partial = visible::is_partial(world, id);
    if partial {
        imports.all(&["kernel::auth::Reach", "kernel::auth::Visible"]);
    }
    let flags = included::includes_of_entity(world, id).into_iter();
    let includes = included::embeds_of_entity(world, id);
    let includes = includes.iter().map(|include| {
        let rows = service.embeds_rows(id, include) && service.has_readers(include.target);
        let rule = service.include_reader(id, include);
        Included {
            name: naming::ident(&include.name),
            ty: included::included_type(world, id, include, false, imports),
            rename: rename(world, &include.name),
            shown: if partial {
                included::included_type(world, id, include, rows, imports)
            } else {
                String::new()
            },
            partial: rows,
            decides: rule
                .map(|(field, access)| decides(entity, field, access))
                .unwrap_or_default(),
            rule: rule
                .map(|(field, _)| visible::rule_name(entity, Column::Field(field)))
                .unwrap_or_default(),
        }
    });
    RowView {
        row: naming::ident(&entity.snake()),
        shown: if service.has_readers(id) {
            format!("Visible{}", entity.name)
        } else {
            entity.name.clone()
        },
        restricted: service.has_readers(id),
        partial,
        versioned: entity.has_version() && answers_one_with_includes(world, id),
        flags: flags.map(|it| naming::ident(&it.name)).collect(),
        includes: includes.collect(),
    }
}

/// `self.ticket.shows_assignee_id`, or `Ticket::…` where the row has no say.
fn decides(entity: &Entity, field: usize, access: &Access) -> String {
    let rule = visible::rule_name(entity, Column::Field(field));
    if access.asks_rows() {
        format!("self.{}.{rule}", naming::ident(&entity.snake()))
    } else {
        format!("{}::{rule}", entity.name)
    }
}

fn answers_one_with_includes(world: &World<'_>, id: EntityId) -> bool {
    world.service.endpoints.iter().any(|endpoint| {
        let one = !matches!(endpoint.action, Action::List(_));
        one && endpoint.entity() == Some(id) && !endpoint.embeds().is_empty()
    })
}
