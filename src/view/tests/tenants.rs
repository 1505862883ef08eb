//! The tests of rows that belong to tenants.

use super::super::slice::{Slice, command};
use super::super::{World, naming, sql, tenants, text};
use super::endpoint::Plan;
use super::names::File;
use crate::ir::{Action, Column, Entity, EntityId, Link, Refusal, Type};

/// `, tenant: Some("company_id")` of an entity; nothing in a service without tenants.
pub fn column(world: &World<'_>, entity: &Entity) -> String {
    if world.service.tenancy.is_none() {
        return String::new();
    }
    match &entity.tenant {
        None => ", tenant: None".into(),
        Some(column) => format!(", tenant: Some({})", text::string(column)),
    }
}

/// `, tenants: Tenants { … }`, what all tests know of them; nothing in a service without tenants.
pub fn known(world: &World<'_>) -> String {
    let service = world.service;
    let Some(tenancy) = &service.tenancy else {
        return String::new();
    };
    let entity = &service[tenancy.entity];
    let members = tenancy.members.map(|many| {
        let link = sql::link_table(world, tenancy.entity, many);
        let names =
            [link.table, link.near, link.far].map(|name| text::string(name.trim_matches('"')));
        format!("[{}]", names.join(", "))
    });
    let endpoints = service.endpoints.iter().filter(|it| it.access.tenant);
    let endpoints = endpoints.map(|it| {
        let path = text::string(&world.route(it));
        format!("({}, {path})", text::string(it.method.name()))
    });
    let endpoints: Vec<String> = endpoints.collect();
    format!(
        "tenants: Tenants {{ entity: &crate::{}::entity_tables::{}, by: {}, members: {}, tenancy: {}::TENANCY, endpoints: &[{}] }},",
        naming::ident(&service[entity.feature].name),
        naming::shouty(&entity.name),
        text::string(&entity.column_name(tenants::key(world, tenancy))),
        members.map_or_else(|| "None".into(), |members| format!("Some({members})")),
        service.name,
        endpoints.join(", "),
    )
}

/// Adds the tests of an endpoint that works for one tenant.
pub fn tests(slice: &Slice<'_>, file: &mut File<'_>, plan: &mut Plan) {
    still_needed(slice, file, plan);
    if !slice.of_tenant() {
        return;
    }
    plan.test("keeps_to_its_tenant");
    let service = slice.world.service;
    let fields = match slice.endpoint.action {
        Action::Create(_) => command::created(slice),
        Action::Update(_) => command::updated(slice),
        _ => return,
    };
    for refusal in slice.endpoint.refusals(service) {
        let code = text::string(&service.problem_kind(&refusal).code);
        match refusal {
            Refusal::ReferenceMissing { field, .. }
                if owned(slice, slice.parent(field))
                    && fields.iter().any(|(index, _)| *index == field) =>
            {
                let field = &slice.entity().fields[field];
                let arguments = [text::string(&field.column_name()), code];
                let name = format!("refuses_{}_of_others", field.name);
                plan.test_of(&name, "refuses_foreign", &arguments);
            }
            Refusal::LinkMissing { many, .. } if owned(slice, slice.entity().many[many].target) => {
                let many = &slice.entity().many[many].name;
                let arguments = [text::string(&slice.world.json(many)), code];
                let name = format!("refuses_{many}_of_others");
                plan.test_of(&name, "refuses_foreign_link", &arguments);
            }
            Refusal::Taken { entity, unique } if plan.constant == "CREATE" => {
                shared(slice, (entity, unique), file, plan);
            }
            _ => {}
        }
    }
    if plan.constant == "CREATE" {
        made(slice, plan);
    }
}

fn owned(slice: &Slice<'_>, id: EntityId) -> bool {
    slice.world.service[id].tenant.is_some()
}

/// A value that is taken elsewhere, where it says nothing of rows that belong to a tenant themselves.
fn shared(
    slice: &Slice<'_>,
    (entity, unique): (EntityId, usize),
    file: &mut File<'_>,
    plan: &mut Plan,
) {
    let service = slice.world.service;
    let columns = &service[entity].uniques[unique].columns;
    let written = command::created(slice);
    let free = |column: &Column| match column {
        Column::Field(index) => {
            let sent = written.iter().any(|(field, _)| field == index);
            sent && !matches!(service[entity].fields[*index].ty, Type::Reference(_))
        }
        _ => false,
    };
    if !columns.iter().all(free) {
        return;
    }
    let (_, words) = service.unique_words(entity, unique);
    let columns: Vec<String> = columns.iter().map(|it| file.column(entity, *it)).collect();
    let name = format!("lets_tenants_share_{}", words.join("_and_"));
    let arguments = [format!("&[{}]", columns.join(", "))];
    plan.test_of(&name, "lets_tenants_share", &arguments);
}

/// What a create makes beside its row: slugs, and rows that a relation names.
fn made(slice: &Slice<'_>, plan: &mut Plan) {
    let entity = slice.entity();
    let written = command::created(slice);
    for field in &entity.fields {
        let from = field.derived_from.filter(|from| {
            let column = Column::Field(*from);
            let is_unique = entity.uniques.iter().any(|it| it.columns.contains(&column));
            !is_unique && written.iter().any(|(index, _)| index == from)
        });
        if let (Some(from), None) = (from, slice.parents().next()) {
            let names = [&field.name, &entity.fields[from].column_name()];
            let arguments = names.map(|name| text::string(name));
            plan.test_of(
                "lets_tenants_share_slugs",
                "lets_tenants_share_slugs",
                &arguments,
            );
        }
    }
    for many in &entity.many {
        if matches!(many.link, Link::Plain { create: true, .. }) && owned(slice, many.target) {
            let name = format!("makes_{}_of_its_own", many.name);
            let arguments = [text::string(&slice.world.json(&many.name))];
            plan.test_of(&name, "makes_its_own", &arguments);
        }
    }
}

/// A tenant is kept by the rows that belong to it.
fn still_needed(slice: &Slice<'_>, file: &mut File<'_>, plan: &mut Plan) {
    let service = slice.world.service;
    let deletes = matches!(slice.endpoint.action, Action::Delete(_));
    if !deletes || service.tenants() != slice.entity_id() {
        return;
    }
    let of = super::reach::entities(service);
    let Some(of) = of.into_iter().find(|id| owned(slice, *id)) else {
        return;
    };
    let refusal = Refusal::StillReferenced {
        entity: slice.entity_id().expect("BUG: a tenant without an entity"),
    };
    let code = text::string(&service.problem_kind(&refusal).code);
    let arguments = [file.entity(of), code];
    plan.test_of(
        "refuses_while_it_has_rows",
        "refuses_while_it_has",
        &arguments,
    );
}
