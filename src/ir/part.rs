//! Rows that a create makes beside its own.

use super::{Action, Endpoint, Entity, EntityId, Field, Include, Refusal, Service, Type, Write};
use serde::Serialize;

/// Rows at the end of a relation back, whose reference is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What they are in the answer; its name is the key in the body as well.
    pub include: Include,
    /// The field of the part that refers to the row.
    pub field: usize,
    /// One row at most, which stands there by itself.
    pub single: bool,
    pub min_items: u32,
    pub max_items: u32,
}

impl Part {
    pub fn entity(&self) -> EntityId {
        self.include.target
    }

    /// The fields that the body brings.
    pub fn fields<'s>(&self, service: &'s Service) -> Vec<(usize, &'s Field)> {
        let entity = &service[self.entity()];
        let fields = entity.fields.iter().enumerate();
        fields
            .filter(|(index, field)| self.takes(entity, *index, field))
            .collect()
    }

    fn takes(&self, entity: &Entity, index: usize, field: &Field) -> bool {
        index != self.field && entity.owner != Some(index) && field.write != Write::Never
    }

    /// Constraints that its rows may break.
    pub(super) fn refusals(&self, service: &Service) -> Vec<Refusal> {
        let id = self.entity();
        let entity = &service[id];
        let fields = self.fields(service);
        let written = |index: usize| fields.iter().any(|(it, _)| *it == index);
        let in_body = |column: &super::Column| matches!(column, super::Column::Field(index) if written(*index));
        let mut all = Vec::new();
        for (unique, constraint) in entity.uniques.iter().enumerate() {
            if constraint.columns.iter().any(in_body) {
                all.push(Refusal::Taken { entity: id, unique });
            }
        }
        for (field, found) in &fields {
            if matches!(found.ty, Type::Reference(_)) {
                all.push(Refusal::ReferenceMissing {
                    entity: id,
                    field: *field,
                });
            }
        }
        for (check, found) in entity.checks.iter().enumerate() {
            let columns = found.condition.columns();
            let field = columns.iter().find_map(|column| match column {
                super::Column::Field(index) if written(*index) => Some(*index),
                _ => None,
            });
            all.extend(field.map(|field| Refusal::Broken {
                entity: id,
                check,
                field,
            }));
        }
        all
    }
}

/// Adds what the parts may run into, each once: two relations may lead to one entity.
pub(super) fn add_refusals(parts: &[Part], service: &Service, all: &mut Vec<Refusal>) {
    for refusal in parts.iter().flat_map(|part| part.refusals(service)) {
        if !all.contains(&refusal) {
            all.push(refusal);
        }
    }
}

impl Endpoint {
    /// The rows that it makes beside its own.
    pub fn parts(&self) -> &[Part] {
        match &self.action {
            Action::Create(it) => &it.parts,
            _ => &[],
        }
    }

    /// The part that an entity's rows are, where the endpoint makes such beside its own.
    pub fn part_of(&self, entity: EntityId) -> Option<&Part> {
        let part = self.parts().iter().find(|part| part.entity() == entity);
        part.filter(|_| self.entity() != Some(entity))
    }

    /// All that its answer may embed: what clients ask for, and the parts that it made.
    pub fn embeds(&self) -> Vec<&Include> {
        let parts = self.parts().iter().map(|part| &part.include);
        let mut all: Vec<&Include> = self.includes().iter().collect();
        all.extend(parts.filter(|part| self.includes().iter().all(|it| it.name != part.name)));
        all
    }
}

impl Refusal {
    /// The entity whose constraint is broken.
    pub fn entity(&self) -> Option<EntityId> {
        match self {
            Self::Taken { entity, .. }
            | Self::ReferenceMissing { entity, .. }
            | Self::LinkMissing { entity, .. }
            | Self::Broken { entity, .. } => Some(*entity),
            _ => None,
        }
    }
}
