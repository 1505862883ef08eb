//! Which entities the tests name: the rest has no table in them.

use std::collections::BTreeSet;

use super::super::World;
use crate::ir::{Action, EntityId, Feature, Field, Hop, Link, Rule, Service, Type};

/// The entities of a service that some test makes rows of.
pub fn entities(service: &Service) -> BTreeSet<EntityId> {
    let mut found = BTreeSet::new();
    if let Some(tenants) = service.tenants() {
        add(service, tenants, &mut found);
    }
    for endpoint in &service.endpoints {
        if let Some(id) = endpoint.entity() {
            add(service, id, &mut found);
            for include in endpoint.embeds() {
                hop(service, id, include.hop, &mut found);
            }
            for rule in &endpoint.access.rules {
                if let Rule::Member { way, .. } = rule {
                    let mut at = id;
                    for step in way {
                        at = hop(service, at, *step, &mut found);
                    }
                }
            }
        }
        match &endpoint.action {
            Action::List(list) => {
                for filter in &list.filters {
                    let mut at = list.entity;
                    for step in &filter.path.hops {
                        at = hop(service, at, *step, &mut found);
                    }
                }
            }
            Action::Delete(it) => {
                for back in &service[it.entity].referenced_by {
                    add(service, back.entity, &mut found);
                }
            }
            Action::Command(it) => fields(service, it.query.iter().chain(&it.input), &mut found),
            Action::Free(it) => fields(service, it.query.iter().chain(&it.input), &mut found),
            Action::Get(_) | Action::Create(_) | Action::Update(_) => {}
        }
    }
    found
}

pub fn has_tables(world: &World<'_>, feature: &Feature) -> bool {
    let found = entities(world.service);
    feature.entities.iter().any(|id| found.contains(id))
}

fn add(service: &Service, id: EntityId, found: &mut BTreeSet<EntityId>) {
    if !found.insert(id) {
        return;
    }
    let entity = &service[id];
    fields(service, &entity.fields, found);
    for many in &entity.many {
        if matches!(many.link, Link::Plain { .. }) {
            add(service, many.target, found);
        }
    }
}

fn fields<'f>(
    service: &Service,
    all: impl IntoIterator<Item = &'f Field>,
    found: &mut BTreeSet<EntityId>,
) {
    for field in all {
        ty(service, &field.ty, found);
    }
}

fn ty(service: &Service, of: &Type, found: &mut BTreeSet<EntityId>) {
    match of {
        Type::Reference(reference) => add(service, reference.target, found),
        Type::List(list) => ty(service, &list.item, found),
        Type::Object(id) => fields(service, &service[*id].fields, found),
        Type::Scalar(_) | Type::Enum(_) | Type::Entity(_) => {}
    }
}

fn hop(service: &Service, at: EntityId, hop: Hop, found: &mut BTreeSet<EntityId>) -> EntityId {
    let next = target(service, at, hop);
    add(service, next, found);
    if let Hop::Many(index) = hop
        && let Link::Through { entity, .. } = service[at].many[index].link
    {
        add(service, entity, found);
    }
    next
}

/// The entity that a hop leads to.
pub fn target(service: &Service, at: EntityId, hop: Hop) -> EntityId {
    match hop {
        Hop::One(field) => match &service[at].fields[field].ty {
            Type::Reference(reference) => reference.target,
            _ => unreachable!("BUG: a hop along what is no reference"),
        },
        Hop::Back(index) => service[at].referenced_by[index].entity,
        Hop::Many(index) => service[at].many[index].target,
    }
}
