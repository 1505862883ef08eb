//! Tests of checks: a request that breaks one of them, and no other.

use super::super::slice::Slice;
use super::super::text;
use super::endpoint::Plan;
use crate::expr::json::of_field;
use crate::expr::samples::{self, Broken};
use crate::ir::{Column, Constant, Field, Type};

/// The test of a check, where a row is found that breaks it. A create is told by the request, which knows all; an update
/// by the database, which alone knows what the row holds.
pub fn test(slice: &Slice<'_>, body: &[(usize, &Field)], check: usize, at: usize, plan: &mut Plan) {
    let entity = slice.entity();
    let in_body = |index: usize| body.iter().any(|(it, _)| *it == index);
    let scalar = |column: &Column| match column {
        Column::Field(index) => !matches!(entity.fields[*index].ty, Type::Reference(_)),
        _ => true,
    };
    let columns = entity.checks[check].condition.columns();
    if !columns.iter().all(scalar) {
        return;
    }
    let enums = &slice.world.service.enums;
    let Some(broken) = samples::broken(entity, enums, check, in_body) else {
        return;
    };
    let key = |index: usize| text::string(&slice.world.json(&entity.fields[index].column_name()));
    let name = format!("refuses_what_breaks_{}", entity.checks[check].name);
    let arguments = if plan.constant == "CREATE" {
        let all = columns
            .iter()
            .all(|column| matches!(column, Column::Field(index) if in_body(*index)));
        if !all {
            return;
        }
        let sent = broken.row.iter().filter(|(index, _)| in_body(**index));
        let sent = sent.map(|(index, value)| {
            format!(
                "({}, {})",
                key(*index),
                json(value, &entity.fields[*index].ty)
            )
        });
        [
            format!("&[{}]", sent.collect::<Vec<_>>().join(", ")),
            key(at),
        ]
        .to_vec()
    } else {
        let Broken { row, field, mended } = &broken;
        let held = row.iter().map(|(index, value)| {
            let value = if index == field { mended } else { value };
            let of = &entity.fields[*index];
            format!(
                "({}, {})",
                text::string(&of.column_name()),
                json(value, &of.ty)
            )
        });
        let sent = json(&row[field], &entity.fields[*field].ty);
        [
            format!("&[{}]", held.collect::<Vec<_>>().join(", ")),
            format!("({}, {sent})", key(*field)),
            key(at),
        ]
        .to_vec()
    };
    plan.test_of(&name, "refuses_broken", &arguments);
}

/// A value as JSON text, as a literal.
pub fn json(value: &Constant, ty: &Type) -> String {
    text::string(&of_field(value, ty).to_string())
}
