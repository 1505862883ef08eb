//! The tests of endpoints that get, make, change or delete one row.

use super::super::slice::{Slice, command};
use super::super::text;
use super::endpoint::{self, Plan};
use super::names::File;
use super::{checked, computed, parts};
use crate::ir::{
    Column, Entity, Field, GetAction, Literal, OnDelete, Refusal, Type, Versioning, Write,
};

pub fn get(slice: &Slice<'_>, action: &GetAction, file: &mut File<'_>) -> Plan {
    let id = action.entity;
    let open = endpoint::open_includes(slice, id);
    let include = endpoint::includes(slice, id, &open, file);
    file.imports.all(&["support::get::Get"]);
    let mut plan = Plan {
        constant: "GET",
        ty: "Get",
        value: format!(
            "Get {{ place: {}, one: {}, include: &[{include}] }}",
            endpoint::place(slice, id, file),
            one_key(slice),
        ),
        tests: Vec::new(),
    };
    if action.by_actor {
        plan.test("shows_the_caller");
        plan.test("refuses_strangers");
        return plan;
    }
    plan.test("succeeds");
    if slice.world.service[id].has_version() {
        plan.test("spares_what_is_known");
    }
    plan.test("finds_nothing_elsewhere");
    plan.test("refuses_strangers");
    if !open.is_empty() {
        plan.test("embeds");
    }
    computed::tests(slice, id, file, &mut plan);
    plan
}

pub fn create(slice: &Slice<'_>, file: &mut File<'_>) -> Plan {
    let id = slice.entity_id().expect("BUG: a create without an entity");
    let entity = slice.entity();
    file.imports.all(&["support::create::Create"]);
    let mut plan = Plan {
        constant: "CREATE",
        ty: "Create",
        value: format!(
            "Create {{ {} place: {}, one: {}, location: {}, parts: &[{}] }}",
            endpoint::method(slice),
            endpoint::place(slice, id, file),
            one_key(slice),
            endpoint::location(slice, id),
            parts::literals(slice, file),
        ),
        tests: Vec::new(),
    };
    let fields = command::created(slice);
    plan.test("succeeds");
    if slice.writes_links() || fields.iter().any(|(_, field)| !field.is_required()) {
        plan.test("fills_in_what_is_absent");
    }
    if !fields.is_empty() || slice.writes_links() {
        plan.test("keeps_every_rule");
    }
    plan.test("refuses_strangers");
    if slice.parents().next().is_some() {
        plan.test("knows_its_parents");
    }
    conflicts(slice, &fields, file, &mut plan);
    parts::tests(slice, file, &mut plan);
    for field in &entity.fields {
        if let Some(from) = field.derived_from.filter(|from| is_free(slice, *from)) {
            let names = [&field.name, &entity.fields[from].column_name()];
            let arguments = names.map(|name| text::string(name));
            plan.test_of("tells_slugs_apart", "tells_slugs_apart", &arguments);
        }
    }
    plan
}

/// Whether two rows of a new parent each may have the same value here.
fn is_free(slice: &Slice<'_>, field: usize) -> bool {
    let entity = slice.entity();
    let alone = |columns: &[Column]| {
        columns.contains(&Column::Field(field))
            && !columns.iter().any(|column| is_reference(entity, *column))
    };
    let written = command::created(slice)
        .iter()
        .any(|(index, _)| *index == field);
    written && !entity.uniques.iter().any(|unique| alone(&unique.columns))
}

fn is_reference(entity: &Entity, column: Column) -> bool {
    matches!(column, Column::Field(index) if matches!(entity.fields[index].ty, Type::Reference(_)))
}

pub fn update(slice: &Slice<'_>, file: &mut File<'_>) -> Plan {
    let id = slice.entity_id().expect("BUG: an update without an entity");
    file.imports.all(&["support::update::Update"]);
    let mut plan = Plan {
        constant: "UPDATE",
        ty: "Update",
        value: format!(
            "Update {{ {} place: {}, one: {} }}",
            endpoint::method(slice),
            endpoint::place(slice, id, file),
            one_key(slice),
        ),
        tests: Vec::new(),
    };
    let fields = command::updated(slice);
    plan.test("succeeds");
    if !fields.is_empty() {
        plan.test("keeps_what_is_absent");
    }
    if !fields.is_empty() || slice.writes_links() {
        plan.test("keeps_every_rule");
    }
    plan.test("refuses_strangers");
    plan.test("finds_nothing_elsewhere");
    versions(slice, &mut plan);
    if slice.entity().has_version() {
        plan.test("lets_one_of_many_win");
    }
    conflicts(slice, &fields, file, &mut plan);
    plan
}

pub fn delete(slice: &Slice<'_>, file: &mut File<'_>) -> Plan {
    let id = slice.entity_id().expect("BUG: a delete without an entity");
    file.imports.all(&["support::delete::Delete"]);
    let mut plan = Plan {
        constant: "DELETE",
        ty: "Delete",
        value: format!(
            "Delete {{ {} place: {} }}",
            endpoint::method(slice),
            endpoint::place(slice, id, file),
        ),
        tests: Vec::new(),
    };
    plan.test("succeeds");
    plan.test("finds_nothing_elsewhere");
    versions(slice, &mut plan);
    let service = slice.world.service;
    let refusal = Refusal::StillReferenced { entity: id };
    let code = text::string(&service.problem_kind(&refusal).code);
    for back in &slice.entity().referenced_by {
        let child = &service[back.entity];
        let field = &child.fields[back.field];
        let Type::Reference(reference) = &field.ty else {
            continue;
        };
        let mut arguments = vec![file.entity(back.entity), text::string(&field.column_name())];
        let method = match reference.on_delete {
            OnDelete::Restrict => {
                arguments.push(code.clone());
                "refuses_while_referred_to"
            }
            OnDelete::Cascade => "takes_along",
            OnDelete::SetNull => "lets_go_of",
        };
        let name = format!("{method}_by_{}_of_{}", field.name, child.plural);
        let name = match reference.on_delete {
            OnDelete::Restrict => name,
            _ => format!("{method}_{}_by_{}", child.plural, field.name),
        };
        plan.test_of(&name, method, &arguments);
    }
    plan
}

pub fn versions(slice: &Slice<'_>, plan: &mut Plan) {
    match slice.entity().versioning {
        Versioning::None => {}
        Versioning::Optional => plan.test("checks_the_version"),
        Versioning::Required => {
            plan.test("checks_the_version");
            plan.test("needs_a_version");
        }
    }
}

/// The key of the row in an answer.
fn one_key(slice: &Slice<'_>) -> String {
    let key = slice.world.service.api.one_key(slice.entity());
    text::string(&key.unwrap_or_default())
}

/// What a request may run into that other rows, or their absence, cause.
fn conflicts(slice: &Slice<'_>, body: &[(usize, &Field)], file: &mut File<'_>, plan: &mut Plan) {
    let service = slice.world.service;
    let is_create = plan.constant == "CREATE";
    // The tester has every right, and meets no condition by right.
    let body = body.iter().filter(|(_, it)| !it.is_written_by_condition());
    let body: &[(usize, &Field)] = &body.copied().collect::<Vec<_>>();
    for refusal in slice.endpoint.refusals(service) {
        if slice.part_refused(&refusal).is_some() {
            continue;
        }
        let code = text::string(&service.problem_kind(&refusal).code);
        match refusal {
            Refusal::Taken { entity, unique } => {
                let columns = &service[entity].uniques[unique].columns;
                if is_create && !columns.iter().all(|column| can_clash(slice, body, *column)) {
                    continue;
                }
                let (_, words) = service.unique_words(entity, unique);
                let words = words.join("_and_");
                let columns = columns.iter().map(|column| file.column(entity, *column));
                let columns: Vec<String> = columns.collect();
                let arguments = [format!("&[{}]", columns.join(", ")), code];
                plan.test_of(
                    &format!("refuses_taken_{words}"),
                    "refuses_taken",
                    &arguments,
                );
                if is_create {
                    let name = format!("lets_one_of_many_have_{words}");
                    plan.test_of(&name, "lets_one_of_many_win", &arguments);
                }
            }
            Refusal::ReferenceMissing { field, .. }
                if body.iter().any(|(index, _)| *index == field) =>
            {
                let field = &slice.entity().fields[field];
                let arguments = [text::string(&field.column_name()), code];
                let name = format!("refuses_missing_{}", field.name);
                plan.test_of(&name, "refuses_missing", &arguments);
            }
            Refusal::Broken { check, field, .. } => checked::test(slice, body, check, field, plan),
            Refusal::LinkMissing { many, .. } => {
                let many = &slice.entity().many[many].name;
                let arguments = [text::string(&slice.world.json(many)), code];
                let name = format!("refuses_missing_{many}");
                plan.test_of(&name, "refuses_missing_link", &arguments);
            }
            _ => {}
        }
    }
}

/// Whether a new row can be made to have another's value in a column.
fn can_clash(slice: &Slice<'_>, body: &[(usize, &Field)], column: Column) -> bool {
    let Column::Field(index) = column else {
        return false;
    };
    let field = &slice.entity().fields[index];
    let from_path = slice.parents().any(|(_, parent, _)| parent == index);
    // The time is never the same again.
    let constant = field.default.as_ref().is_some_and(|it| *it != Literal::Now);
    let by_default = field.write == Write::Never && constant;
    from_path || by_default || body.iter().any(|(written, _)| *written == index)
}
