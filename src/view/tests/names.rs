//! What the files of the tests call things.

use super::super::imports::Imports;
use super::super::{World, naming, text};
use crate::ir::{Column, EntityId, FeatureId, Hop, Link};

/// A file of one feature's tests, as far as it is written.
pub struct File<'w> {
    pub world: &'w World<'w>,
    pub feature: FeatureId,
    pub imports: Imports,
    /// Whether the tables of the feature are in this file.
    pub has_tables: bool,
}

impl<'w> File<'w> {
    pub fn new(world: &'w World<'w>, feature: FeatureId, has_tables: bool) -> Self {
        Self {
            world,
            feature,
            imports: Imports::default(),
            has_tables,
        }
    }

    /// A name of the shared crate.
    pub fn name(&mut self, name: &str) -> String {
        self.imports.name(&format!("support::{name}"))
    }

    /// `&BOOK`
    pub fn entity(&mut self, id: EntityId) -> String {
        let entity = &self.world.service[id];
        let constant = naming::shouty(&entity.name);
        if entity.feature != self.feature {
            let feature = naming::ident(&self.world.service[entity.feature].name);
            return format!("&crate::{feature}::entity_tables::{constant}");
        }
        if !self.has_tables {
            self.imports
                .all(&[&format!("super::entity_tables::{constant}")]);
        }
        format!("&{constant}")
    }

    /// `"author_id"`
    pub fn column(&self, id: EntityId, column: Column) -> String {
        text::string(&self.world.service[id].column_name(column))
    }

    /// `one("author_id", &AUTHOR)`
    pub fn hop(&mut self, at: EntityId, hop: Hop) -> String {
        let service = self.world.service;
        let entity = &service[at];
        let target = super::reach::target(service, at, hop);
        let to = self.entity(target);
        match hop {
            Hop::One(field) => {
                let column = self.column(at, Column::Field(field));
                format!("{}({column}, {to})", self.name("one"))
            }
            Hop::Back(index) => {
                let column = self.column(target, Column::Field(entity.referenced_by[index].field));
                format!("{}({column}, {to})", self.name("back"))
            }
            Hop::Many(index) => match entity.many[index].link {
                Link::Plain { .. } => {
                    let join = self.world.schema.of_many(at, index);
                    let names = [&join.name, &join.columns[0].name, &join.columns[1].name];
                    let names = names.map(|name| text::string(name)).join(", ");
                    format!("{}({names}, {to})", self.name("many"))
                }
                Link::Through {
                    entity: via,
                    near,
                    far,
                } => {
                    let (near, far) = (
                        self.column(via, Column::Field(near)),
                        self.column(via, Column::Field(far)),
                    );
                    let via = self.entity(via);
                    format!("{}({via}, {near}, {far}, {to})", self.name("through"))
                }
            },
        }
    }
}
