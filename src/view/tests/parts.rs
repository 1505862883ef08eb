//! Tests of rows that a create makes beside its own.

use super::super::slice::Slice;
use super::super::text;
use super::checked::json;
use super::endpoint::Plan;
use super::names::File;
use crate::expr::samples;
use crate::ir::{Column, Part, Refusal, Type};

/// `Part { … }` for each.
pub fn literals(slice: &Slice<'_>, file: &mut File<'_>) -> String {
    let parts = slice.parts().iter().map(|part| {
        format!(
            "{} {{ key: {}, entity: {}, column: {}, min: {}, max: {}, single: {} }}",
            file.name("Part"),
            key(slice, part),
            file.entity(part.entity()),
            file.column(part.entity(), Column::Field(part.field)),
            part.min_items,
            part.max_items,
            part.single,
        )
    });
    parts.collect::<Vec<_>>().join(", ")
}

pub fn tests(slice: &Slice<'_>, file: &mut File<'_>, plan: &mut Plan) {
    for part in slice.parts() {
        let name = &part.include.name;
        let key = [key(slice, part)];
        plan.test_of(&format!("makes_{name}"), "makes", &key);
        let rules = format!("keeps_every_rule_of_{name}");
        plan.test_of(&rules, "keeps_every_rule_of", &key);
        for refusal in slice.endpoint.refusals(slice.world.service) {
            if slice.part_refused(&refusal) == Some(part) {
                refused(slice, part, &refusal, file, plan);
            }
        }
    }
}

fn key(slice: &Slice<'_>, part: &Part) -> String {
    text::string(&slice.world.json(&part.include.name))
}

fn refused(
    slice: &Slice<'_>,
    part: &Part,
    refusal: &Refusal,
    file: &mut File<'_>,
    plan: &mut Plan,
) {
    let service = slice.world.service;
    let entity = &service[part.entity()];
    let name = &part.include.name;
    let code = text::string(&service.problem_kind(refusal).code);
    match refusal {
        Refusal::Taken { unique, .. } => {
            let columns = &entity.uniques[*unique].columns;
            let fields = part.fields(service);
            let given = |column: &Column| match column {
                Column::Field(index) => {
                    *index == part.field || fields.iter().any(|(it, _)| it == index)
                }
                _ => false,
            };
            if part.max_items < 2 || !columns.iter().all(given) {
                return;
            }
            let (_, words) = service.unique_words(part.entity(), *unique);
            let columns = columns.iter();
            let columns = columns.map(|column| file.column(part.entity(), *column));
            let columns = format!("&[{}]", columns.collect::<Vec<_>>().join(", "));
            let test = format!("refuses_taken_{}_in_{name}", words.join("_and_"));
            plan.test_of(
                &test,
                "refuses_taken_in",
                &[key(slice, part), columns, code],
            );
        }
        Refusal::ReferenceMissing { field, .. } => {
            let field = &entity.fields[*field];
            let column = text::string(&field.column_name());
            let test = format!("refuses_missing_{}_in_{name}", field.name);
            plan.test_of(
                &test,
                "refuses_missing_in",
                &[key(slice, part), column, code],
            );
        }
        Refusal::Broken { check, field, .. } => broken(slice, part, (*check, *field), plan),
        _ => {}
    }
}

fn broken(slice: &Slice<'_>, part: &Part, (check, at): (usize, usize), plan: &mut Plan) {
    let service = slice.world.service;
    let entity = &service[part.entity()];
    let fields = part.fields(service);
    let in_body = |index: usize| fields.iter().any(|(it, _)| *it == index);
    let known = |column: Column| match column {
        Column::Field(index) => {
            in_body(index) && !matches!(entity.fields[index].ty, Type::Reference(_))
        }
        _ => false,
    };
    let check_of = &entity.checks[check];
    if !check_of.condition.columns().into_iter().all(known) {
        return;
    }
    let Some(broken) = samples::broken(entity, &service.enums, check, in_body) else {
        return;
    };
    let json_key = |index: usize| {
        let field = &entity.fields[index];
        text::string(&slice.world.json(&field.column_name()))
    };
    let sent = broken.row.iter().filter(|(index, _)| in_body(**index));
    let sent = sent.map(|(index, value)| {
        let value = json(value, &entity.fields[*index].ty);
        format!("({}, {value})", json_key(*index))
    });
    let values = format!("&[{}]", sent.collect::<Vec<_>>().join(", "));
    let name = format!(
        "refuses_what_breaks_{}_in_{}",
        check_of.name, part.include.name
    );
    plan.test_of(
        &name,
        "refuses_broken_in",
        &[key(slice, part), values, json_key(at)],
    );
}
