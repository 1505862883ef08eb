//! Checks of the entity that a request can be held to before the database is asked: those of which it brings every field.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::wire::Read;
use super::super::{naming, text, types};
use super::{Slice, command};
use crate::expr::rust::{Printer, Variable};
use crate::ir::{Action, Column, Entity, Field, Node, Part, Refusal, Scalar, Type};

/// One `if let … && … { form.refuse(…) }`.
#[derive(Debug, Serialize)]
pub struct Check {
    /// `(Some(price), Some(format))`
    pattern: String,
    /// `(&price, &format)`
    values: String,
    conditions: Vec<String>,
    field: String,
    message: String,
    /// The variables and their types, which nothing else says before this.
    #[serde(skip)]
    types: Vec<(String, String)>,
}

impl Check {
    /// Names the type that a variable is read as, where its rule could read several.
    pub fn names_types(&self, reads: &mut [Read]) {
        for read in reads {
            let ty = self.types.iter().find(|(name, _)| *name == read.name);
            if let (Some((_, ty)), false) = (ty, read.expression.contains("::<")) {
                read.expression = read.expression.replacen('(', &format!("::<{ty}>("), 1);
            }
        }
    }
}

pub fn checks(slice: &Slice<'_>, imports: &mut Imports) -> Vec<Check> {
    let (fields, patch) = match slice.endpoint.action {
        Action::Create(_) => (command::created(slice), false),
        Action::Update(_) => (command::updated(slice), true),
        _ => return Vec::new(),
    };
    let refusals = slice.endpoint.refusals(slice.world.service).into_iter();
    let found = refusals.filter_map(|refusal| match refusal {
        Refusal::Broken {
            entity,
            check,
            field,
        } if slice.entity_id() == Some(entity) => {
            let of = (slice.entity(), check, field);
            one(slice, of, (&fields, patch), imports)
        }
        _ => None,
    });
    let found: Vec<Check> = found.collect();
    import(&found, imports);
    found
}

/// Those that a part is held to.
pub fn of_part(slice: &Slice<'_>, part: &Part, imports: &mut Imports) -> Vec<Check> {
    let service = slice.world.service;
    let fields = part.fields(service);
    let refusals = slice.endpoint.refusals(service).into_iter();
    let found = refusals.filter_map(|refusal| match refusal {
        Refusal::Broken {
            entity,
            check,
            field,
        } if entity == part.entity() => {
            let of = (&service[entity], check, field);
            one(slice, of, (&fields, false), imports)
        }
        _ => None,
    });
    let found: Vec<Check> = found.collect();
    import(&found, imports);
    found
}

fn import(found: &[Check], imports: &mut Imports) {
    if !found.is_empty() {
        imports.all(&["kernel::types::Refused"]);
    }
}

fn one(
    slice: &Slice<'_>,
    (entity, check, field): (&Entity, usize, usize),
    (fields, patch): (&[(usize, &Field)], bool),
    imports: &mut Imports,
) -> Option<Check> {
    let check = &entity.checks[check];
    let known = |column: Column| match column {
        Column::Field(index) => fields.iter().find(|(it, _)| *it == index).map(|it| it.1),
        _ => None,
    };
    let variable = |node: &Node| {
        let Node::Column(column) = node else {
            return None;
        };
        let field = known(*column)?;
        Some(Variable {
            name: slice.world.member(field),
            ty: field.ty.clone(),
            // A patch is judged here only where it sets a value.
            nullable: field.optional && !patch,
        })
    };
    let columns: Option<Vec<&Field>> = check.condition.columns().into_iter().map(known).collect();
    let (service, feature) = (slice.world.service, slice.endpoint.feature);
    let conditions = Printer {
        variable: &variable,
        word: &mut |id, word| {
            let name = types::enumeration(service, id, feature, imports);
            format!("{name}::{}", naming::pascal(word))
        },
        text: text::string,
    }
    .broken(&check.condition)
    .filter(|conditions| !conditions.is_empty())?;
    let bound = |field: &Field, imports: &mut Imports| {
        let mut name = slice.world.member(field);
        if !conditions.iter().any(|it| mentions(it, &name)) {
            name = "_".into();
        }
        match (patch, field.optional) {
            (false, _) => format!("Some({name})"),
            (true, false) => format!("Some(Some({name}))"),
            (true, true) => format!(
                "Some({}::Set({name}))",
                imports.name("kernel::types::Patch")
            ),
        }
    };
    let columns = columns?;
    let patterns: Vec<String> = columns.iter().map(|it| bound(it, imports)).collect();
    let values: Vec<String> = columns
        .iter()
        .map(|it| format!("&{}", slice.world.member(it)))
        .collect();
    let types = columns.iter().filter(|it| !is_plain(&it.ty));
    let types = types.map(|it| {
        let plain = types::plain(service, &it.ty, feature, imports);
        (slice.world.member(it), plain)
    });
    Some(Check {
        types: types.collect(),
        pattern: tuple(&patterns),
        values: tuple(&values),
        conditions,
        field: text::string(&slice.world.json(&entity.fields[field].column_name())),
        message: text::string(&check.message()),
    })
}

/// Whether the rule of a type reads no other.
fn is_plain(ty: &Type) -> bool {
    use Scalar::{Decimal, Email, Slug, Text, Url};
    matches!(ty, Type::Scalar(Text(_) | Email | Url | Slug | Decimal(_)))
}

/// Whether a variable is in a text of Rust.
fn mentions(text: &str, name: &str) -> bool {
    let is_name = |it: char| it.is_alphanumeric() || it == '_' || it == '#';
    text.split(|it| !is_name(it)).any(|it| it == name)
}

fn tuple(parts: &[String]) -> String {
    match parts {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    }
}
