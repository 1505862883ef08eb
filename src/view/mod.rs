//! From the meaning to exactly what each template prints: Rust names, literals, SQL text, imports.
//!
//! Enters: the IR. Leaves: [`Draft`]s, one per file: path, owner, template and a view with everything decided.
//! Deliberately absent: the disk, and any text that a template could hold.

mod by_id;
mod callers;
mod face;
mod feature;
mod imports;
mod included;
mod kernel;
mod model;
mod naming;
pub mod project;
mod query;
mod representation;
mod rows;
mod sight;
mod slice;
mod sql;
mod switches;
mod tenants;
pub mod tests;
mod text;
mod types;
mod usage;
mod values;
mod visible;
mod wire;

use serde::Serialize;

use crate::ir::{Case, Database, Endpoint, Entity, FeatureId, Field, Service, Type};
use crate::plan::Owner;
use crate::schema::Schema;
use usage::Usage;

/// One file to be rendered.
#[derive(Debug)]
pub struct Draft {
    /// Relative to the project, with `/`.
    pub path: String,
    pub owner: Owner,
    pub feature: Option<String>,
    pub body: Body,
}

/// Where a file's text comes from.
#[derive(Debug)]
pub enum Body {
    /// A template and its view.
    Template(&'static str, serde_json::Value),
    /// Text that is complete.
    Text(String),
}

impl Draft {
    fn new(
        path: impl Into<String>,
        owner: Owner,
        template: &'static str,
        view: &impl Serialize,
    ) -> Self {
        Self {
            path: path.into(),
            owner,
            feature: None,
            body: Body::Template(
                template,
                serde_json::to_value(view).expect("BUG: a view that is no JSON"),
            ),
        }
    }

    /// A file whose text is complete.
    pub fn text(path: impl Into<String>, owner: Owner, text: String) -> Self {
        Self {
            path: path.into(),
            owner,
            feature: None,
            body: Body::Text(text),
        }
    }

    /// Puts it into a feature's record.
    pub fn of(mut self, feature: &str) -> Self {
        self.feature = Some(feature.to_owned());
        self
    }
}

/// Everything that views read.
#[derive(Debug)]
pub struct World<'s> {
    pub service: &'s Service,
    pub schema: &'s Schema,
    usage: Usage,
    /// For each feature the types that its code names.
    named: Vec<Vec<Type>>,
}

impl<'s> World<'s> {
    pub fn new(service: &'s Service, schema: &'s Schema) -> Self {
        let mut world = Self {
            service,
            schema,
            usage: Usage::of(service),
            named: Vec::new(),
        };
        let features = service.features.iter();
        world.named = features.map(|it| face::named_types(&world, it)).collect();
        world
    }

    fn postgres(&self) -> bool {
        self.service.database == Database::Postgres
    }

    /// A key of JSON, or a query parameter.
    fn json(&self, name: &str) -> String {
        crate::ir::json_name(name, self.service.api.case)
    }

    fn camel(&self) -> bool {
        self.service.api.case == Case::Camel
    }

    /// The full path of an endpoint as the router takes it.
    fn route(&self, endpoint: &Endpoint) -> String {
        format!("{}{}", self.service.api.prefix, endpoint.path)
    }

    /// The Rust name of a field of an entity: as its column, safe from keywords.
    fn member(&self, field: &Field) -> String {
        naming::ident(&field.column_name())
    }

    fn entity_names(&self, entity: &Entity) -> Nouns {
        Nouns {
            one: entity.snake().replace('_', " "),
            many: entity.plural.replace('_', " "),
        }
    }
}

/// What people call an entity.
#[derive(Debug, Clone, Serialize)]
pub struct Nouns {
    pub one: String,
    pub many: String,
}

/// Every file that belongs to no feature but openapi.json, which has a printer of its own.
pub fn of_project(world: &World<'_>) -> Vec<Draft> {
    let mut drafts = project::drafts(world);
    drafts.extend(kernel::drafts(world));
    drafts.extend(tests::of_project(world));
    drafts
}

/// Every file of one feature but migrations, which have a printer of their own.
pub fn of_feature(world: &World<'_>, id: FeatureId) -> Vec<Draft> {
    let name = &world.service[id].name;
    let files = feature::drafts(world, id).into_iter();
    files
        .chain(tests::of_feature(world, id))
        .map(|draft| draft.of(name))
        .collect()
}
