//! The tests that a service carries: tables of its entities, a file for each endpoint, and the crate that they share.
//!
//! Enters: the IR. Leaves: drafts below `tests/`. Deliberately absent: what a test does, which is in
//! `templates/tests/support`; the generator says only which tests there are, and of what.

mod access;
mod acts;
mod calls;
mod checked;
mod computed;
mod endpoint;
mod fields;
mod granted;
mod kind;
mod lists;
mod names;
mod parts;
mod reach;
mod rows;
mod support;
mod tables;
mod tenants;

use serde::Serialize;

use super::{Draft, World, naming};
use crate::ir::FeatureId;
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct Project<'w> {
    name: &'w str,
    features: Vec<String>,
    auth: bool,
    /// Whether callers have rows.
    callers: bool,
    /// `["catalog.list_books"]`: what anyone may call.
    unguarded: String,
    /// Whether they call for tenants.
    tenants: bool,
}

#[derive(Debug, Serialize)]
struct Feature<'w> {
    feature: &'w str,
    modules: Vec<String>,
}

/// What belongs to no feature.
pub fn of_project(world: &World<'_>) -> Vec<Draft> {
    let features = world.service.features.iter();
    let features = features
        .filter(|feature| !feature.endpoints.is_empty() || reach::has_tables(world, feature));
    let view = Project {
        name: &world.service.name,
        features: features
            .map(|feature| naming::ident(&feature.name))
            .collect(),
        auth: world.service.auth.is_some(),
        callers: super::callers::feature(world).is_some(),
        unguarded: access::unguarded(world),
        tenants: world.service.tenancy.is_some(),
    };
    let project = [
        (
            "tests/api/main.rs",
            Owner::Generated,
            "tests/api/main.rs.j2",
        ),
        (
            "tests/api/service_under_test.rs",
            Owner::Yours,
            "tests/api/service_under_test.rs.j2",
        ),
        (
            "tests/api/whole_api.rs",
            Owner::Generated,
            "tests/api/whole_api.rs.j2",
        ),
    ];
    let unguarded = view.auth.then_some((
        "tests/api/unguarded.rs",
        Owner::Once,
        "tests/api/unguarded.rs.j2",
    ));
    let mut drafts: Vec<Draft> = project
        .into_iter()
        .chain(unguarded)
        .map(|(path, owner, template)| Draft::new(path, owner, template, &view))
        .collect();
    drafts.extend(access::callers(world));
    drafts.extend(support::drafts(world));
    drafts
}

/// The tests of one feature.
pub fn of_feature(world: &World<'_>, id: FeatureId) -> Vec<Draft> {
    let feature = &world.service[id];
    let folder = format!("tests/api/{}", feature.name);
    let mut drafts = Vec::new();
    let mut modules = Vec::new();
    if let Some(draft) = tables::draft(world, id, format!("{folder}/entity_tables.rs")) {
        drafts.push(draft);
        modules.push("pub mod entity_tables".to_owned());
    }
    for endpoint in feature.endpoints.iter().map(|id| &world.service[*id]) {
        let slice = super::slice::Slice { world, endpoint };
        let path = format!("{folder}/{}.rs", endpoint.name);
        drafts.push(endpoint::draft(&slice, path));
        modules.push(format!("mod {}", naming::ident(&endpoint.name)));
        if endpoint.owes_logic() {
            let module = format!("{}_logic", endpoint.name);
            drafts.push(endpoint::logic(&slice, format!("{folder}/{module}.rs")));
            modules.push(format!("mod {module}"));
        }
    }
    if drafts.is_empty() {
        return drafts;
    }
    let view = Feature {
        feature: &feature.name,
        modules,
    };
    drafts.push(Draft::new(
        format!("{folder}/mod.rs"),
        Owner::Generated,
        "tests/api/__feature__/mod.rs.j2",
        &view,
    ));
    drafts
}
