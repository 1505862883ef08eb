//! One feature: its face, its problems, its wire forms, and a slice for each endpoint.

use serde::Serialize;

use super::imports::Imports;
use super::wire::{ObjectReader, Pattern, Reader};
use super::{Draft, World, callers, face, included, model, naming, query, slice, tenants, text};
use crate::ir::FeatureId;
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
    /// Where callers are rows of this feature.
    callers: Option<callers::Hooks>,
    /// Whether tenants are.
    tenants: bool,
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
    let callers = callers::draft(world, id, format!("{folder}/callers.rs"));
    let tenants = tenants::draft(world, id, format!("{folder}/tenants.rs"));
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
        shares_wire: face::shares_wire(world, id),
        exports: face::exports(world, id),
        queries: included::offered(world, id)
            .iter()
            .map(|it| format!("{}_by_id", world.service[*it].plural))
            .collect(),
        callers: callers.is_some().then(|| callers::hooks(world)).flatten(),
        tenants: tenants.is_some(),
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
    drafts.extend(callers);
    drafts.extend(tenants);
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
