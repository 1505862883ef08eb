//! What endpoints may include in an entity, and whom that asks for rows.

use std::collections::BTreeSet;

use super::imports::Imports;
use super::{World, types};
use crate::ir::{Column, EntityId, FeatureId, Hop, Include, Link};

/// Everything that some endpoint may include in an entity, each once, in the order of the spec.
pub fn includes_of_entity(world: &World<'_>, id: EntityId) -> Vec<Include> {
    let mut all: Vec<Include> = Vec::new();
    for endpoint in world
        .service
        .endpoints
        .iter()
        .filter(|it| it.entity() == Some(id))
    {
        for include in endpoint.includes() {
            if !all.iter().any(|known| known.name == include.name) {
                all.push(include.clone());
            }
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// Whether something that may be included in an entity is not for every caller to see.
pub fn in_part(world: &World<'_>, id: EntityId) -> bool {
    let service = world.service;
    includes_of_entity(world, id).iter().any(|include| {
        include.sight(service, id).is_some() || service[include.target].tenant.is_some()
    })
}

/// The same, and the parts that answers carry unasked.
pub fn embeds_of_entity(world: &World<'_>, id: EntityId) -> Vec<Include> {
    let mut all = includes_of_entity(world, id);
    let endpoints = world.service.endpoints.iter();
    for endpoint in endpoints.filter(|it| it.entity() == Some(id)) {
        for include in endpoint.embeds() {
            if !all.iter().any(|known| known.name == include.name) {
                all.push(include.clone());
            }
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// Entities that includes of any feature load by id, with whether a neighbour does.
pub fn loaded_by_id(world: &World<'_>, feature: FeatureId) -> Vec<(EntityId, bool)> {
    let service = world.service;
    let mut found: Vec<(EntityId, bool)> = Vec::new();
    for id in &world.usage.views {
        for include in includes_of_entity(world, *id) {
            let by_id =
                matches!(include.hop, Hop::One(_)) && service[include.target].feature == feature;
            if by_id {
                let foreign = service[*id].feature != feature;
                match found
                    .iter_mut()
                    .find(|(target, _)| *target == include.target)
                {
                    Some((_, known)) => *known |= foreign,
                    None => found.push((include.target, foreign)),
                }
            }
        }
    }
    found.sort();
    found
}

/// Entities of whose rows the feature's includes show each caller some.
pub fn narrowed(world: &World<'_>, feature: FeatureId) -> BTreeSet<EntityId> {
    let by_id = loaded_by_id(world, feature).into_iter().map(|(id, _)| id);
    let views = world.usage.views.iter().copied();
    let own = views.filter(|id| world.service[*id].feature == feature);
    let embedded = own.flat_map(|id| {
        let includes = includes_of_entity(world, id).into_iter();
        includes
            .filter(|include| !matches!(include.hop, Hop::One(_)))
            .filter_map(move |include| include.sight(world.service, id).map(|_| include.target))
    });
    by_id
        .filter(|id| world.service[*id].sight.is_some())
        .chain(embedded)
        .collect()
}

/// Entities whose rows neighbours load by id.
pub fn offered(world: &World<'_>, feature: FeatureId) -> BTreeSet<EntityId> {
    loaded_by_id(world, feature)
        .into_iter()
        .filter(|(_, foreign)| *foreign)
        .map(|(id, _)| id)
        .collect()
}

/// The type of an included relation, as the view struct holds it; `visible` where it is what a caller sees.
pub fn included_type(
    world: &World<'_>,
    id: EntityId,
    include: &Include,
    visible: bool,
    imports: &mut Imports,
) -> String {
    let service = world.service;
    let entity = &service[id];
    let target = |imports: &mut Imports| {
        if visible {
            types::visible(service, include.target, entity.feature, imports)
        } else {
            types::entity(service, include.target, entity.feature, imports)
        }
    };
    match include.hop {
        Hop::One(field) => {
            let target = target(imports);
            if entity.fields[field].optional {
                format!("Option<Option<{target}>>")
            } else {
                format!("Option<{target}>")
            }
        }
        Hop::Back(index) => {
            let target = target(imports);
            if entity.referenced_by[index].single {
                format!("Option<Option<{target}>>")
            } else {
                format!("Option<Vec<{target}>>")
            }
        }
        Hop::Many(index) => {
            if service.embeds_rows(id, include) {
                return format!("Option<Vec<{}>>", target(imports));
            }
            let key = match entity.many[index].link {
                Link::Plain {
                    by: Column::Field(field),
                    ..
                } => types::plain(
                    service,
                    &service[include.target].fields[field].ty,
                    entity.feature,
                    imports,
                ),
                _ => String::new(),
            };
            format!("Option<Vec<{key}>>")
        }
    }
}
