//! Rows that a create makes beside its own: the statement that makes them all, and what their constraints are called.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, sql, text, types};
use super::parts::{needs_context, struct_name};
use super::refusals::{self, Arm};
use super::statements::bound;
use super::{Slice, problems};
use crate::ir::{
    Column, Database, Field, Identity, Literal, Part, Refusal, Type, Versioning, Write,
};

/// One relation: its method, `insert_lines`.
#[derive(Debug, Serialize)]
pub struct PartView {
    name: String,
    words: String,
    /// `id: OrderId, lines: &[NewOrderLine], ctx: &Context<'_>`
    parameters: String,
    given: String,
    /// `NewOrderLine`
    item: String,
    row: String,
    constant: String,
    insert: String,
    /// What each row binds or pushes, in order.
    values: Vec<String>,
    /// Whether a row takes nothing of what the body brings.
    bare: bool,
    owned: bool,
    returning: String,
    arms: Vec<Arm>,
    /// References of which SQLite does not say which one leads nowhere; but for the last.
    asked: Vec<Asked>,
    last: String,
}

#[derive(Debug, Serialize)]
struct Asked {
    /// `part.book_id`
    value: String,
    optional: bool,
    statement: String,
    error: String,
}

pub fn views(slice: &Slice<'_>, imports: &mut Imports) -> Vec<PartView> {
    let parts = slice.parts().iter();
    parts.map(|part| view(slice, part, imports)).collect()
}

fn view(slice: &Slice<'_>, part: &Part, imports: &mut Imports) -> PartView {
    let (service, from) = (slice.world.service, slice.endpoint.feature);
    let entity = slice.part_entity(part);
    imports.all(&["kernel::db", "kernel::db::QueryBuilder"]);
    let own = slice.entity_id().expect("BUG: a part without a whole");
    let near = types::entity_id(service, own, from, imports);
    let item = imports.name(&format!("super::super::{}", struct_name(slice, part)));
    let given = naming::ident(&part.include.name);
    let ctx = if needs_context(entity) {
        imports.all(&["crate::app::Context"]);
        ", ctx: &Context<'_>"
    } else {
        ""
    };
    let (columns, values) = values(slice, part, imports);
    let shouty = naming::shouty(&part.include.name);
    let (arms, mut missing) = refused(slice, part, imports);
    let last = missing.pop().map(|it| it.error).unwrap_or_default();
    let insert = sql::list(
        &format!("insert into {} (", sql::table(entity)),
        &columns,
        ") ",
    );
    let returning = sql::columns(slice.world, part.entity());
    PartView {
        words: part.include.name.replace('_', " "),
        name: part.include.name.clone(),
        parameters: format!("id: {near}, {given}: &[{item}]{ctx}"),
        given,
        item,
        row: types::entity(service, part.entity(), from, imports),
        insert: sql::constant(&format!("INSERT_{shouty}"), &insert),
        bare: !values.iter().any(|it| it.contains("part.")),
        owned: values.iter().any(|it| it.contains("(actor)")),
        values,
        returning: sql::constant(
            &format!("RETURNING_{shouty}"),
            &sql::list(" returning", &returning, ""),
        ),
        constant: shouty,
        arms,
        asked: missing,
        last,
    }
}

/// The columns, and what each row puts into them.
fn values(slice: &Slice<'_>, part: &Part, imports: &mut Imports) -> (Vec<String>, Vec<String>) {
    let service = slice.world.service;
    let entity = slice.part_entity(part);
    let (mut columns, mut values) = (Vec::new(), Vec::new());
    if entity.identity == Identity::Uuid {
        columns.push("id".to_owned());
        let id = types::entity_id(service, part.entity(), slice.endpoint.feature, imports);
        values.push(format!("row.push_bind::<{id}>(ctx.new_id());"));
    }
    for (index, field) in entity.fields.iter().enumerate() {
        columns.push(sql::column(entity, Column::Field(index)));
        values.push(value(slice, part, (index, field), imports));
    }
    if entity.timestamps {
        columns.extend(["created_at".into(), "updated_at".into()]);
        values.push("row.push_bind(ctx.now()).push_bind(ctx.now());".into());
    }
    if entity.versioning != Versioning::None {
        columns.push("version".into());
        values.push("row.push(\"1\");".into());
    }
    (columns, values)
}

fn value(
    slice: &Slice<'_>,
    part: &Part,
    (index, field): (usize, &Field),
    imports: &mut Imports,
) -> String {
    if index == part.field {
        return "row.push_bind(id);".into();
    }
    if slice.part_entity(part).owner == Some(index) {
        return "row.push_bind(actor);".into();
    }
    if field.write != Write::Never {
        let path = format!("part.{}", slice.world.member(field));
        return format!("row.push_bind({});", bound(&path, field, imports));
    }
    let Some(literal) = field.default.as_ref().filter(|it| **it != Literal::Null) else {
        return "row.push(\"null\");".into();
    };
    let (service, from) = (slice.world.service, slice.endpoint.feature);
    let value = match literal {
        Literal::Now => types::now("ctx.now()", &field.ty, imports),
        _ => types::literal(service, literal, &field.ty, from, imports),
    };
    match types::is_json_column(&field.ty) {
        true => format!("row.push_bind(db::as_json(&{value}));"),
        false => format!("row.push_bind({value});"),
    }
}

/// Which error a broken constraint is, and the references that must be asked after.
fn refused(slice: &Slice<'_>, part: &Part, imports: &mut Imports) -> (Vec<Arm>, Vec<Asked>) {
    let service = slice.world.service;
    let sqlite = service.database == Database::Sqlite;
    let entity = slice.part_entity(part);
    let table = slice.world.schema.of_entity(part.entity());
    let (mut arms, mut missing) = (Vec::new(), Vec::new());
    for refusal in slice.endpoint.refusals(service) {
        if slice.part_refused(&refusal) != Some(part) {
            continue;
        }
        let error = format!("Error::{}", problems::name(slice, &refusal));
        let constraint = match refusal {
            Refusal::Taken { entity, unique } => {
                Some(refusals::unique_name(slice, entity, unique, sqlite))
            }
            Refusal::Broken { check, .. } => Some(text::string(&table.checks[check].name)),
            Refusal::ReferenceMissing { field, .. } if !sqlite => {
                let column = entity.fields[field].column_name();
                let key = table.foreign_key(&column);
                Some(text::string(
                    &key.expect("BUG: a reference without a foreign key").name,
                ))
            }
            Refusal::ReferenceMissing { field, .. } => {
                missing.push(asked(slice, &entity.fields[field], error.clone()));
                None
            }
            _ => None,
        };
        arms.extend(constraint.map(|constraint| Arm { constraint, error }));
    }
    if let [only] = missing.as_slice() {
        arms.push(Arm {
            constraint: text::string("FOREIGN KEY"),
            error: only.error.clone(),
        });
        missing.clear();
    }
    if !missing.is_empty() {
        imports.all(&["std::collections::BTreeSet"]);
    }
    (arms, missing)
}

fn asked(slice: &Slice<'_>, field: &Field, error: String) -> Asked {
    let Type::Reference(reference) = &field.ty else {
        unreachable!("BUG: a missing row without a reference");
    };
    let target = &slice.world.service[reference.target];
    Asked {
        value: format!("part.{}", slice.world.member(field)),
        optional: field.optional,
        statement: text::string(&format!(
            "select count(*) from {} where true",
            sql::table(target)
        )),
        error,
    }
}
