//! Rows that a create makes beside its own: how they are read, and what logic does with them.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::wire::{Mode, Read, Reader};
use super::super::{naming, text};
use super::Slice;
use super::checks::{self, Check};
use super::command::{self, Member};
use crate::ir::{Entity, Field, Identity, Literal, Part, Refusal};

/// A function that reads one part.
#[derive(Debug, Serialize)]
pub struct PartReader {
    /// `new_order_line`
    function: String,
    /// What it reads: `NewOrderLine`
    name: String,
    reads: Vec<Read>,
    checks: Vec<Check>,
}

/// What logic calls.
#[derive(Debug, Serialize)]
pub struct PartCall {
    name: String,
    variable: String,
    /// `&command.lines`
    given: String,
    single: bool,
    pub ctx: bool,
}

impl<'w> Slice<'w> {
    pub fn parts(&self) -> &'w [Part] {
        self.endpoint.parts()
    }

    /// The part whose rows a refusal is about.
    pub fn part_refused(&self, refusal: &Refusal) -> Option<&'w Part> {
        self.endpoint.part_of(refusal.entity()?)
    }

    pub fn part_entity(&self, part: &Part) -> &'w Entity {
        &self.world.service[part.entity()]
    }
}

/// `NewOrderLine`
pub fn struct_name(slice: &Slice<'_>, part: &Part) -> String {
    naming::pascal(&format!("New{}", slice.part_entity(part).name))
}

fn function_name(slice: &Slice<'_>, part: &Part) -> String {
    format!("new_{}", slice.part_entity(part).snake())
}

/// The members of the command.
pub fn members<'s>(slice: &'s Slice<'_>) -> impl Iterator<Item = Member> + 's {
    slice.parts().iter().map(move |part| {
        let name = struct_name(slice, part);
        let ty = match part.single {
            true => format!("Option<{name}>"),
            false => format!("Vec<{name}>"),
        };
        Member::new(naming::ident(&part.include.name), ty)
    })
}

/// What the contract says of one part.
pub fn part_members(slice: &Slice<'_>, part: &Part, imports: &mut Imports) -> Vec<Member> {
    let fields = part.fields(slice.world.service).into_iter();
    fields
        .map(|(_, field)| command::member(slice, field, imports))
        .collect()
}

pub fn reads(slice: &Slice<'_>, reader: &mut Reader<'_>) -> Vec<Read> {
    let parts = slice.parts().iter();
    parts
        .map(|part| {
            let name = function_name(slice, part);
            let key = text::string(&slice.world.json(&part.include.name));
            let expression = if part.single {
                format!("form.optional({key}, {name})")
            } else {
                reader.imports().all(&["kernel::decode::rule"]);
                let (method, min) = match part.min_items {
                    0 => ("or_default", String::new()),
                    min => ("required", format!(".min_items({})", text::number(min))),
                };
                let max = text::number(part.max_items);
                format!("form.{method}({key}, rule::list({name}){min}.max_items({max}))")
            };
            Read {
                name: naming::ident(&part.include.name),
                expression,
            }
        })
        .collect()
}

pub fn readers(slice: &Slice<'_>, reader: &mut Reader<'_>) -> Vec<PartReader> {
    let service = slice.world.service;
    let parts = slice.parts().iter();
    parts
        .map(|part| {
            let name = struct_name(slice, part);
            reader
                .imports()
                .all(&["kernel::decode::Form", &format!("super::super::{name}")]);
            let fields = part.fields(service);
            let mut reads: Vec<Read> = fields
                .iter()
                .map(|(_, field)| reader.field("form", field, Mode::Create))
                .collect();
            let checks = checks::of_part(slice, part, reader.imports());
            checks
                .iter()
                .for_each(|check| check.names_types(&mut reads));
            PartReader {
                function: function_name(slice, part),
                name,
                reads,
                checks,
            }
        })
        .collect()
}

pub fn calls(slice: &Slice<'_>) -> Vec<PartCall> {
    let parts = slice.parts().iter();
    parts
        .map(|part| {
            let variable = naming::ident(&part.include.name);
            PartCall {
                name: part.include.name.clone(),
                given: match part.single {
                    true => format!("command.{variable}.as_slice()"),
                    false => format!("&command.{variable}"),
                },
                variable,
                single: part.single,
                ctx: needs_context(slice.part_entity(part)),
            }
        })
        .collect()
}

/// Whether making a part needs ids or the time.
pub fn needs_context(entity: &Entity) -> bool {
    let now = |field: &Field| field.default == Some(Literal::Now);
    entity.identity == Identity::Uuid || entity.timestamps || entity.fields.iter().any(now)
}
