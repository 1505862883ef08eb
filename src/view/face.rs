//! What a feature shows its neighbours, because they name it.

use std::collections::BTreeSet;

use super::{World, included, naming, slice};
use crate::ir::{
    Action, EntityId, Feature, FeatureId, Field, OnDelete, Output, Reference, Service, Type,
};

/// What neighbours name: ids, and the rows and words that come with what they ask for.
pub fn exports(world: &World<'_>, id: FeatureId) -> Vec<String> {
    let service = world.service;
    let mut names = BTreeSet::new();
    for other in others(world, id) {
        for ty in other {
            match ty {
                Type::Enum(it) if service[*it].feature == id => {
                    names.insert(naming::pascal(&service[*it].name))
                }
                Type::Object(it) if service[*it].feature == id => {
                    names.insert(naming::pascal(&service[*it].name))
                }
                Type::Entity(it) if service[*it].feature == id => {
                    names.insert(service[*it].name.clone())
                }
                Type::Reference(it) if service[it.target].feature == id => {
                    names.insert(format!("{}Id", service[it.target].name))
                }
                _ => false,
            };
        }
    }
    for target in included::offered(world, id) {
        names.insert(service[target].name.clone());
        if service.has_readers(target) {
            names.insert(format!("Visible{}", service[target].name));
        }
    }
    names.into_iter().collect()
}

/// What the features beside this one name.
fn others<'w>(world: &'w World<'_>, id: FeatureId) -> impl Iterator<Item = &'w Vec<Type>> {
    let all = world.named.iter().enumerate();
    all.filter(move |(index, _)| *index != id.0)
        .map(|(_, types)| types)
}

/// Every type that the code of a feature names.
pub fn named_types(world: &World<'_>, feature: &Feature) -> Vec<Type> {
    let service = world.service;
    let mut types = Vec::new();
    for id in feature
        .entities
        .iter()
        .filter(|id| world.usage.rows.contains(id))
    {
        walk_fields(service, &service[*id].fields, &mut types);
    }
    for id in &feature.endpoints {
        let endpoint = &service[*id];
        match &endpoint.action {
            Action::Command(it) => walk_call(service, &it.query, &it.input, &it.output, &mut types),
            Action::Free(it) => walk_call(service, &it.query, &it.input, &it.output, &mut types),
            _ => {}
        }
        types.extend(
            endpoint
                .body_links(service)
                .into_iter()
                .map(|many| id_of(many.target)),
        );
        types.extend(endpoint.entity().map(id_of));
        for error in &endpoint.errors {
            walk_fields(service, &service[*error].fields, &mut types);
        }
        types.extend(
            slice::Slice { world, endpoint }
                .parents()
                .map(|(_, field, _)| id_of(slice::Slice { world, endpoint }.parent(field))),
        );
    }
    types
}

/// The id of a row, as a type.
fn id_of(target: EntityId) -> Type {
    Type::Reference(Reference {
        target,
        back: String::new(),
        on_delete: OnDelete::Restrict,
    })
}

fn walk_call(
    service: &Service,
    query: &[Field],
    input: &[Field],
    output: &Output,
    types: &mut Vec<Type>,
) {
    walk_fields(service, query, types);
    walk_fields(service, input, types);
    match output {
        Output::Empty => {}
        Output::Entity(id) | Output::Entities(id) => types.push(Type::Entity(*id)),
        Output::Object(id) => walk(service, &Type::Object(*id), types),
    }
}

fn walk_fields(service: &Service, fields: &[Field], types: &mut Vec<Type>) {
    for field in fields {
        walk(service, &field.ty, types);
    }
}

fn walk(service: &Service, ty: &Type, types: &mut Vec<Type>) {
    match ty {
        Type::List(list) => walk(service, &list.item, types),
        Type::Object(id) => {
            if service[*id].named {
                types.push(ty.clone());
            } else {
                walk_fields(service, &service[*id].fields, types);
            }
        }
        _ => types.push(ty.clone()),
    }
}

/// Whether a neighbour reads value objects of this feature from requests.
pub fn shares_wire(world: &World<'_>, id: FeatureId) -> bool {
    let service = world.service;
    others(world, id)
        .flatten()
        .any(|ty| matches!(ty, Type::Object(it) if service[*it].feature == id && world.usage.decoded.contains(it)))
}
