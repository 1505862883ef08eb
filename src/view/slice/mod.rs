//! One endpoint: the five files of its slice.

mod changes;
mod checks;
pub mod command;
mod contract;
mod db;
mod fields;
mod guard;
mod handler;
pub mod inserts;
mod judged;
mod links;
mod list_reads;
mod lists;
mod logic;
mod part_rows;
mod parts;
pub mod pieces;
mod problems;
mod refusals;
mod refused;
mod reread;
mod respond;
mod rows;
mod samples;
mod schema;
pub mod statements;
mod states;
mod tenants;

pub use contract::rules;
pub use problems::constant as problem_constant;

use super::imports::Imports;
use super::{Draft, World, naming, types, visible};
use crate::ir::{
    Action, Column, Endpoint, EndpointId, Entity, EntityId, Include, Link, Meaning, Method, Output,
    Parameter, Segment, Type, Versioning,
};
use crate::plan::Owner;

/// An endpoint with what its views ask of it.
pub struct Slice<'w> {
    pub world: &'w World<'w>,
    pub endpoint: &'w Endpoint,
}

/// How the statements of an endpoint are bound together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Read,
    Statement,
    Transaction,
}

pub fn drafts(world: &World<'_>, id: EndpointId) -> Vec<Draft> {
    let slice = Slice {
        world,
        endpoint: &world.service[id],
    };
    let feature = &world.service[slice.endpoint.feature].name;
    let folder = format!("src/features/{feature}/{}", slice.endpoint.name);
    let owner_of_db = match slice.endpoint.action {
        Action::Free(_) => Owner::Yours,
        _ => Owner::Generated,
    };
    vec![
        contract::draft(&slice, format!("{folder}/mod.rs")),
        handler::draft(&slice, format!("{folder}/handler.rs")),
        schema::draft(&slice, format!("{folder}/schema.rs")),
        logic::draft(&slice, format!("{folder}/logic.rs")),
        match slice.endpoint.change() {
            Some(change) => changes::draft(&slice, change, format!("{folder}/db.rs")),
            None => db::draft(&slice, format!("{folder}/db.rs"), owner_of_db),
        },
    ]
}

impl<'w> Slice<'w> {
    /// `POST /api/v1/books`
    pub fn heading(&self) -> String {
        format!(
            "{} {}",
            verb(self.endpoint.method),
            self.world.route(self.endpoint)
        )
    }

    pub fn entity_id(&self) -> Option<EntityId> {
        self.endpoint.entity()
    }

    /// The entity of an endpoint that is about one.
    pub fn entity(&self) -> &'w Entity {
        let id = self
            .entity_id()
            .expect("BUG: asked a free-form endpoint for its entity");
        &self.world.service[id]
    }

    pub fn includes(&self) -> &'w [Include] {
        self.endpoint.includes()
    }

    pub fn unit(&self) -> Unit {
        match &self.endpoint.action {
            Action::List(_) | Action::Get(_) => Unit::Read,
            Action::Free(_) if self.endpoint.method == Method::Get => Unit::Read,
            Action::Create(_)
                if self.writes_links()
                    || !self.parts().is_empty()
                    || self.parents().next().is_some() =>
            {
                Unit::Transaction
            }
            Action::Update(_) if self.writes_links() || self.rereads() => Unit::Transaction,
            Action::Create(_) | Action::Update(_) | Action::Delete(_) => Unit::Statement,
            Action::Command(it) if it.change.is_some() && !self.rereads() => Unit::Statement,
            Action::Command(_) | Action::Free(_) => Unit::Transaction,
        }
    }

    /// Whether it takes a JSON body.
    pub fn has_body(&self) -> bool {
        self.endpoint.has_body()
    }

    /// Whether it writes one row that `If-Match` may guard.
    pub fn guarded(&self) -> bool {
        self.endpoint.guard(self.world.service) != Versioning::None
    }

    /// The n:m relations that a create or an update writes.
    pub fn links(&self) -> impl Iterator<Item = (usize, &'w crate::ir::Many)> {
        let written = match self.endpoint.action {
            Action::Create(_) | Action::Update(_) => self.entity().many.as_slice(),
            _ => &[],
        };
        written
            .iter()
            .enumerate()
            .filter(|(_, many)| matches!(many.link, Link::Plain { .. }))
    }

    pub fn writes_links(&self) -> bool {
        self.links().next().is_some()
    }

    pub fn parameters(&self) -> impl Iterator<Item = &'w Parameter> {
        self.endpoint
            .path
            .segments
            .iter()
            .filter_map(|segment| match segment {
                Segment::Parameter(parameter) => Some(parameter),
                Segment::Literal(_) => None,
            })
    }

    /// The parents that the path names: parameter, field of the entity, key column of the parent.
    pub fn parents(&self) -> impl Iterator<Item = (&'w Parameter, usize, Column)> {
        self.parameters()
            .filter_map(|parameter| match parameter.means {
                Meaning::Parent { field, key } => Some((parameter, field, key)),
                _ => None,
            })
    }

    /// The parameter that names the row.
    pub fn row_parameter(&self) -> Option<&'w Parameter> {
        self.parameters()
            .find(|parameter| parameter.means == Meaning::Row)
    }

    /// The member of the command that holds a path parameter; a field of the body keeps its own name.
    pub fn path_member(&self, parameter: &Parameter) -> String {
        let name = naming::ident(&parameter.name);
        let fields = self.endpoint.body_fields(self.world.service);
        let taken = fields.iter().any(|field| self.world.member(field) == name)
            || self
                .endpoint
                .query_fields()
                .iter()
                .any(|field| self.world.member(field) == name);
        if taken {
            format!("current_{}", parameter.name)
        } else {
            name
        }
    }

    /// The type of the entity's key.
    pub fn key_type(&self, id: EntityId, key: Column, imports: &mut Imports) -> String {
        let from = self.endpoint.feature;
        match key {
            Column::Field(index) => types::plain(
                self.world.service,
                &self.world.service[id].fields[index].ty,
                from,
                imports,
            ),
            _ => types::entity_id(self.world.service, id, from, imports),
        }
    }

    /// The type of a path parameter.
    pub fn parameter_type(&self, parameter: &Parameter, imports: &mut Imports) -> String {
        match &parameter.means {
            Meaning::Row => {
                let id = self
                    .entity_id()
                    .expect("BUG: a row parameter without an entity");
                let key = self.entity().key_column();
                self.key_type(id, key, imports)
            }
            Meaning::Parent { field, key } => self.key_type(self.parent(*field), *key, imports),
            Meaning::Value(ty) => {
                types::plain(self.world.service, ty, self.endpoint.feature, imports)
            }
        }
    }

    /// The entity that a reference of this one leads to.
    pub fn parent(&self, field: usize) -> EntityId {
        match &self.entity().fields[field].ty {
            Type::Reference(reference) => reference.target,
            _ => unreachable!("BUG: a parent that is no reference"),
        }
    }

    pub fn output(&self) -> Option<&'w Output> {
        match &self.endpoint.action {
            Action::Command(it) => Some(&it.output),
            Action::Free(it) => Some(&it.output),
            _ => None,
        }
    }

    /// The row type, or its view where something may be included.
    pub fn representation(&self, imports: &mut Imports) -> String {
        let id = self
            .entity_id()
            .expect("BUG: only entities have representations");
        if self.endpoint.embeds().is_empty() {
            return types::entity(self.world.service, id, self.endpoint.feature, imports);
        }
        let path = types::model_path(
            self.world.service,
            self.entity().feature,
            self.endpoint.feature,
        );
        imports.name(&format!("{path}::{}View", self.entity().name))
    }

    /// Whether some callers see the rows of the answer in part.
    pub fn is_shown_in_part(&self) -> bool {
        let service = self.world.service;
        let answered = service.answered(self.endpoint);
        answered.is_some_and(|id| match self.endpoint.embeds().is_empty() {
            true => service.has_readers(id),
            false => visible::is_partial(self.world, id),
        })
    }

    /// The type of a row in the answer: the row or its view, or what callers see of it.
    pub fn shown(&self, imports: &mut Imports) -> String {
        let service = self.world.service;
        let id = service.answered(self.endpoint);
        let id = id.expect("BUG: an answer without a row");
        let from = self.endpoint.feature;
        let partial = self.is_shown_in_part();
        let before = if partial { "Visible" } else { "" };
        let after = if self.endpoint.embeds().is_empty() {
            ""
        } else {
            "View"
        };
        let path = types::model_path(service, service[id].feature, from);
        imports.name(&format!("{path}::{before}{}{after}", service[id].name))
    }

    /// The Rust name of the row in this file: `book`.
    pub fn variable(&self) -> String {
        naming::variable(&self.entity().snake())
    }
}

pub fn verb(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}
