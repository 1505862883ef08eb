//! Refusals as variants of a slice's `Error`.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, text, types};
use super::{Slice, command, states};
use crate::ir::{Literal, Refusal, Service, Type};

/// One variant of `Error`.
#[derive(Debug, Serialize)]
pub struct Variant {
    pub name: String,
    pub doc: String,
    pub fields: Vec<VariantField>,
    /// `Problem::new(problems::BOOK_ISBN_TAKEN).at("isbn")`
    pub problem: String,
    /// Makes one for the contract's table.
    pub sample: String,
}

#[derive(Debug, Serialize)]
pub struct VariantField {
    pub name: String,
    pub ty: String,
}

/// The variant of a refusal.
pub fn name(slice: &Slice<'_>, refusal: &Refusal) -> String {
    let service = slice.world.service;
    // Its own row and a part of it may have a constraint of one name.
    let part = slice.part_refused(refusal);
    let part = part.map(|part| naming::pascal(&part.include.name));
    format!("{}{}", part.unwrap_or_default(), short(service, refusal))
}

fn short(service: &Service, refusal: &Refusal) -> String {
    match refusal {
        Refusal::CallerGone => "CallerGone".into(),
        Refusal::TenantGone => "TenantGone".into(),
        Refusal::NotFound => "NotFound".into(),
        Refusal::Forbidden => "Forbidden".into(),
        Refusal::Stale => "Stale".into(),
        Refusal::VersionRequired => "VersionRequired".into(),
        Refusal::Unwritten => "Unwritten".into(),
        Refusal::StillReferenced { .. } => "StillReferenced".into(),
        Refusal::Taken { entity, unique } => naming::pascal(&format!(
            "{}_taken",
            service.unique_words(*entity, *unique).1.join("_")
        )),
        Refusal::ReferenceMissing { entity, field } => {
            naming::pascal(&format!("{}_missing", service[*entity].fields[*field].name))
        }
        Refusal::LinkMissing { entity, many } => {
            naming::pascal(&format!("{}_missing", service[*entity].many[*many].name))
        }
        Refusal::Broken { entity, check, .. } => {
            naming::pascal(&format!("{}_broken", service[*entity].checks[*check].name))
        }
        Refusal::FieldForbidden { entity, field } => naming::pascal(&format!(
            "{}_forbidden",
            service[*entity].fields[*field].name
        )),
        Refusal::WrongState { .. } => "WrongState".into(),
        Refusal::OutOfRange { entity, field, .. } => naming::pascal(&format!(
            "{}_out_of_range",
            service[*entity].fields[*field].name
        )),
        Refusal::Declared(id) => service[*id].name.clone(),
    }
}

/// The constant in `problems.rs`, or in the kernel.
pub fn constant(service: &Service, refusal: &Refusal) -> String {
    naming::shouty(&service.problem_kind(refusal).code)
}

pub fn refusal_doc(service: &Service, refusal: &Refusal) -> String {
    let kind = service.problem_kind(refusal);
    format!("{}: {}.", kind.status, text::inert(&kind.title))
}

pub fn variants(slice: &Slice<'_>, imports: &mut Imports) -> Vec<Variant> {
    let refusals = slice.endpoint.refusals(slice.world.service);
    refusals
        .iter()
        .map(|refusal| variant(slice, refusal, imports))
        .collect()
}

fn variant(slice: &Slice<'_>, refusal: &Refusal, imports: &mut Imports) -> Variant {
    let service = slice.world.service;
    let name = name(slice, refusal);
    let constant = constant(service, refusal);
    let kind = if service.problem_kind(refusal).kernel {
        imports.name(&format!("kernel::problem::{constant}"))
    } else {
        let feature = naming::ident(&service[slice.endpoint.feature].name);
        imports.all(&[&format!("crate::features::{feature}::problems")]);
        format!("problems::{constant}")
    };
    let at = place(slice, refusal).map(|field| format!(".at({})", text::string(&field)));
    let at = at.or_else(|| fault(slice, refusal, imports));
    let mut fields = declared_fields(slice, refusal, imports);
    let mut at = at;
    if let Some(state) = states::state(slice, refusal, imports) {
        at = Some(state.problem);
        fields = vec![state.field];
    }
    let with = fields
        .iter()
        .map(|(field, _, key)| format!(".with({}, {})", text::string(key), field.name));
    let problem = format!(
        "Problem::new({kind}){}{}",
        at.unwrap_or_default(),
        with.collect::<String>()
    );
    let sample = if fields.is_empty() {
        format!("Self::{name}")
    } else {
        let given = fields
            .iter()
            .map(|(field, sample, _)| format!("{}: {sample}", field.name));
        format!(
            "Self::{name} {{ {} }}",
            given.collect::<Vec<_>>().join(", ")
        )
    };
    Variant {
        doc: refusal_doc(service, refusal),
        fields: fields.into_iter().map(|(field, _, _)| field).collect(),
        name,
        problem,
        sample,
    }
}

/// A broken check, or a field of others, as validation tells it.
fn fault(slice: &Slice<'_>, refusal: &Refusal, imports: &mut Imports) -> Option<String> {
    let service = slice.world.service;
    let (entity, field, code, message) = match refusal {
        Refusal::Broken {
            entity,
            check,
            field,
        } => (
            entity,
            field,
            "check",
            service[*entity].checks[*check].message(),
        ),
        Refusal::FieldForbidden { entity, field } => (
            entity,
            field,
            "forbidden_field",
            "may not be written by you".into(),
        ),
        _ => return None,
    };
    let field = match slice.part_refused(refusal) {
        Some(part) => slice.world.json(&part.include.name),
        None => slice
            .world
            .json(&service[*entity].fields[*field].column_name()),
    };
    let fault = imports.name("kernel::problem::Fault");
    let (field, message) = (text::string(&field), text::string(&message));
    Some(format!(
        ".faults([{fault}::new({field}, \"{code}\", {message})])"
    ))
}

/// The field of the request that a refusal points at.
fn place(slice: &Slice<'_>, refusal: &Refusal) -> Option<String> {
    let service = slice.world.service;
    if let Some(part) = slice.part_refused(refusal) {
        let broken = matches!(refusal, Refusal::Broken { .. });
        return (!broken).then(|| slice.world.json(&part.include.name));
    }
    match refusal {
        Refusal::Taken { entity, unique } => {
            match service[*entity].uniques[*unique].columns.as_slice() {
                [column] => Some(slice.world.json(&service[*entity].column_name(*column))),
                _ => None,
            }
        }
        Refusal::ReferenceMissing { entity, field } => Some(
            slice
                .world
                .json(&service[*entity].fields[*field].column_name()),
        ),
        Refusal::LinkMissing { entity, many } => {
            Some(slice.world.json(&service[*entity].many[*many].name))
        }
        Refusal::OutOfRange {
            entity,
            field,
            input,
        } => {
            let sent = input.map(|index| &command::inputs(slice)[index]);
            let field = sent.unwrap_or(&service[*entity].fields[*field]);
            Some(slice.world.json(&field.column_name()))
        }
        _ => None,
    }
}

/// Fields of a declared error: the field, a sample value, the JSON key.
fn declared_fields(
    slice: &Slice<'_>,
    refusal: &Refusal,
    imports: &mut Imports,
) -> Vec<(VariantField, String, String)> {
    let Refusal::Declared(id) = refusal else {
        return Vec::new();
    };
    let service = slice.world.service;
    let fields = service[*id].fields.iter();
    fields
        .map(|field| {
            let ty = types::of_field(service, field, slice.endpoint.feature, imports);
            let name = naming::ident(&field.column_name());
            let key = slice.world.json(&field.column_name());
            let sample = sample(
                slice,
                &field.ty,
                field.optional,
                field.default.as_ref(),
                imports,
            );
            (VariantField { name, ty }, sample, key)
        })
        .collect()
}

fn sample(
    slice: &Slice<'_>,
    ty: &Type,
    optional: bool,
    default: Option<&Literal>,
    imports: &mut Imports,
) -> String {
    match (default, ty) {
        (Some(literal), _) => types::literal(
            slice.world.service,
            literal,
            ty,
            slice.endpoint.feature,
            imports,
        ),
        _ if optional => "None".into(),
        (None, Type::Enum(id)) => {
            let name =
                types::enumeration(slice.world.service, *id, slice.endpoint.feature, imports);
            let first = slice.world.service[*id].values.first();
            format!(
                "{name}::{}",
                first
                    .map(|value| naming::pascal(&value.word))
                    .unwrap_or_default()
            )
        }
        (None, Type::Reference(_)) => {
            let ty = types::plain(slice.world.service, ty, slice.endpoint.feature, imports);
            format!("{ty}::NIL")
        }
        _ => "Default::default()".into(),
    }
}
