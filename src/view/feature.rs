//! One feature: its face, its problems, its wire forms, and a slice for each endpoint.

use std::collections::BTreeSet;

use serde::Serialize;

use super::imports::Imports;
use super::wire::{ObjectReader, Pattern, Reader};
use super::{Draft, World, model, naming, query, slice, text};
use crate::ir::{
    Action, EntityId, Feature, FeatureId, Field, OnDelete, Output, Reference, Service, Type,
};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct Face {
    doc: String,
    endpoints: Vec<String>,
    model: bool,
    problems: bool,
    query: bool,
    wire: bool,
    shares_wire: bool,
    exports: Vec<String>,
    queries: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Problems {
    feature: String,
    kinds: Vec<KindView>,
}

#[derive(Debug, Serialize)]
struct KindView {
    doc: String,
    name: String,
    code: String,
    status: u16,
    title: String,
}

#[derive(Debug, Serialize)]
struct Wire {
    imports: String,
    patterns: Vec<Pattern>,
    objects: Vec<ObjectReader>,
}

pub fn drafts(world: &World<'_>, id: FeatureId) -> Vec<Draft> {
    let feature = &world.service[id];
    let folder = format!("src/features/{}", feature.name);
    let mut drafts = model::drafts(world, id);
    let has_model = !drafts.is_empty();
    let problems = problems(world, id);
    let wire = wire(world, id);
    let query = query::draft(world, id);
    let face = Face {
        doc: doc(world, id),
        endpoints: feature
            .endpoints
            .iter()
            .map(|it| naming::ident(&world.service[*it].name))
            .collect(),
        model: has_model,
        problems: !problems.kinds.is_empty(),
        query: query.is_some(),
        wire: wire.is_some(),
        shares_wire: shares_wire(world, id),
        exports: exports(world, id),
        queries: query::offered(world, id)
            .iter()
            .map(|it| format!("{}_by_id", world.service[*it].plural))
            .collect(),
    };
    drafts.push(Draft::new(
        format!("{folder}/mod.rs"),
        Owner::Generated,
        "src/features/__feature__/mod.rs.j2",
        &face,
    ));
    if !problems.kinds.is_empty() {
        let template = "src/features/__feature__/problems.rs.j2";
        drafts.push(Draft::new(
            format!("{folder}/problems.rs"),
            Owner::Generated,
            template,
            &problems,
        ));
    }
    if let Some(wire) = wire {
        drafts.push(Draft::new(
            format!("{folder}/wire.rs"),
            Owner::Generated,
            "src/features/__feature__/wire.rs.j2",
            &wire,
        ));
    }
    drafts.extend(query);
    for endpoint in &feature.endpoints {
        drafts.extend(slice::drafts(world, *endpoint));
    }
    drafts
}

fn doc(world: &World<'_>, id: FeatureId) -> String {
    let feature = &world.service[id];
    if feature.description.is_empty() {
        format!("//! The feature `{}`.", feature.name)
    } else {
        text::doc("//!", &feature.description)
    }
}

/// What neighbours name: ids, and the rows and words that come with what they ask for.
fn exports(world: &World<'_>, id: FeatureId) -> Vec<String> {
    let service = world.service;
    let mut names = BTreeSet::new();
    for other in service
        .features
        .iter()
        .filter(|other| other.name != service[id].name)
    {
        for ty in named_types(world, other) {
            match ty {
                Type::Enum(it) if service[it].feature == id => {
                    names.insert(naming::pascal(&service[it].name))
                }
                Type::Object(it) if service[it].feature == id => {
                    names.insert(naming::pascal(&service[it].name))
                }
                Type::Entity(it) if service[it].feature == id => {
                    names.insert(service[it].name.clone())
                }
                Type::Reference(it) if service[it.target].feature == id => {
                    names.insert(format!("{}Id", service[it.target].name))
                }
                _ => false,
            };
        }
    }
    for target in query::offered(world, id) {
        names.insert(service[target].name.clone());
    }
    names.into_iter().collect()
}

/// Every type that the code of a feature names.
fn named_types(world: &World<'_>, feature: &Feature) -> Vec<Type> {
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
fn shares_wire(world: &World<'_>, id: FeatureId) -> bool {
    let service = world.service;
    let mut others = service
        .features
        .iter()
        .filter(|other| other.name != service[id].name);
    others.any(|other| {
        let mut types = named_types(world, other).into_iter();
        types.any(|ty| matches!(ty, Type::Object(it) if service[it].feature == id && world.usage.decoded.contains(&it)))
    })
}

fn problems(world: &World<'_>, id: FeatureId) -> Problems {
    let service = world.service;
    let mut kinds: Vec<KindView> = Vec::new();
    for endpoint in &service[id].endpoints {
        for refusal in service[*endpoint].refusals(service) {
            let kind = service.problem_kind(&refusal);
            let name = slice::problem_constant(service, &refusal);
            if kind.kernel || kinds.iter().any(|known| known.name == name) {
                continue;
            }
            kinds.push(KindView {
                doc: text::doc("///", &kind.title),
                name,
                code: text::string(&kind.code),
                status: kind.status,
                title: text::string(&kind.title),
            });
        }
    }
    kinds.sort_by(|a, b| a.name.cmp(&b.name));
    Problems {
        feature: service[id].name.clone(),
        kinds,
    }
}

fn wire(world: &World<'_>, id: FeatureId) -> Option<Wire> {
    let mut reader = Reader::new(world, id);
    reader.imports().all(&["kernel::decode::Form"]);
    let objects = world.service[id]
        .objects
        .iter()
        .filter(|it| world.usage.decoded.contains(it));
    let objects: Vec<_> = objects.filter(|it| world.service[**it].named).collect();
    let objects: Vec<_> = objects
        .into_iter()
        .map(|it| reader.object_reader(*it, true))
        .collect();
    if objects.is_empty() {
        return None;
    }
    let (imports, patterns) = reader.finish();
    let own = format!(
        "crate::features::{}::wire",
        naming::ident(&world.service[id].name)
    );
    let mut printed = Imports::default();
    printed.all(&imports.except(std::slice::from_ref(&own)));
    let mut objects = objects;
    for read in objects
        .iter_mut()
        .flat_map(|object| object.reads.iter_mut())
    {
        read.expression = read.expression.replace("wire::", "");
    }
    Some(Wire {
        imports: printed.print(),
        patterns,
        objects,
    })
}
