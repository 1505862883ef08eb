//! Names of components: the spec's own, told apart where two features use the same.

use crate::ir::{EntityId, EnumId, ErrorId, FeatureId, ObjectId, Service};
use heck::ToUpperCamelCase;
use std::collections::{BTreeMap, BTreeSet};

/// What a component describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Entity(EntityId),
    /// An entity with what may be included.
    View(EntityId),
    Enum(EnumId),
    /// An object in an answer.
    Object(ObjectId),
    /// The same in a request, where what has a default may be absent.
    Input(ObjectId),
    /// The body of a request, by the endpoint's index.
    Body(usize),
    /// A problem with members of its own.
    Error(ErrorId),
    /// The problem of a state that allows no move; the field of the state.
    State(EntityId, usize),
}

/// The name of every part, whether it is used or not.
#[derive(Debug)]
pub struct Names {
    parts: BTreeMap<Part, String>,
    operations: Vec<String>,
}

impl Names {
    pub fn of(service: &Service) -> Self {
        let parts = wanted(service);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, _, name) in &parts {
            *counts.entry(name).or_default() += 1;
        }
        let mut taken = BTreeSet::from(["Problem".to_owned(), "Fault".to_owned()]);
        let mut names = BTreeMap::new();
        for (part, feature, name) in &parts {
            let feature = service[*feature].name.to_upper_camel_case();
            let mut name = match counts[name.as_str()] {
                1 => name.clone(),
                _ => format!("{feature}{name}"),
            };
            while !taken.insert(name.clone()) {
                name.push('_');
            }
            names.insert(*part, name);
        }
        Self {
            parts: names,
            operations: operations(service),
        }
    }

    /// The `operationId` of an endpoint, by its index.
    pub fn operation(&self, endpoint: usize) -> &str {
        &self.operations[endpoint]
    }

    pub fn name(&self, part: Part) -> &str {
        &self.parts[&part]
    }
}

/// The endpoint's name, with its feature's before it where another has the same.
fn operations(service: &Service) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for endpoint in &service.endpoints {
        *counts.entry(&endpoint.name).or_default() += 1;
    }
    let ids = service
        .endpoints
        .iter()
        .map(|endpoint| match counts[endpoint.name.as_str()] {
            1 => endpoint.name.clone(),
            _ => format!("{}_{}", service[endpoint.feature].name, endpoint.name),
        });
    ids.collect()
}

fn wanted(service: &Service) -> Vec<(Part, FeatureId, String)> {
    let mut all = Vec::new();
    for (index, entity) in service.entities.iter().enumerate() {
        let id = EntityId(index);
        all.push((Part::Entity(id), entity.feature, entity.name.clone()));
        all.push((
            Part::View(id),
            entity.feature,
            format!("{}View", entity.name),
        ));
    }
    for (index, it) in service.enums.iter().enumerate() {
        all.push((Part::Enum(EnumId(index)), it.feature, it.name.clone()));
    }
    for (index, object) in service.objects.iter().enumerate() {
        let id = ObjectId(index);
        all.push((Part::Object(id), object.feature, object.name.clone()));
        all.push((
            Part::Input(id),
            object.feature,
            format!("{}Input", object.name),
        ));
    }
    for (index, error) in service.errors.iter().enumerate() {
        let name = format!("{}Problem", error.name);
        all.push((Part::Error(ErrorId(index)), error.feature, name));
    }
    for (index, entity) in service.entities.iter().enumerate() {
        let states = entity.transitions.iter().map(|it| it.field);
        for field in states.collect::<BTreeSet<_>>() {
            let name = entity.fields[field].name.to_upper_camel_case();
            let name = format!("{}{name}Problem", entity.name);
            all.push((Part::State(EntityId(index), field), entity.feature, name));
        }
    }
    for (index, endpoint) in service.endpoints.iter().enumerate() {
        let name = endpoint.name.to_upper_camel_case();
        all.push((Part::Body(index), endpoint.feature, name));
    }
    all
}
