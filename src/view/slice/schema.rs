//! `schema.rs` of a slice: what enters and leaves as JSON.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::wire::{Mode, ObjectReader, Pattern, Read, Reader};
use super::super::{Draft, naming, text};
use super::checks::{self, Check};
use super::fields::{self, Withheld};
use super::parts::{self, PartReader};
use super::respond::{self, Respond};
use super::{Slice, command, list_reads};
use crate::ir::{Action, Column, Link, Versioning};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct View {
    heading: String,
    imports: String,
    /// `Form` or `Query`
    source: &'static str,
    /// `form` or `query`
    variable: &'static str,
    /// Fields that not everyone may write.
    withheld: Vec<Withheld>,
    reads: Vec<Read>,
    /// Members that are not variables: `include`.
    include: Option<IncludeRead>,
    checks: Vec<Check>,
    patterns: Vec<Pattern>,
    objects: Vec<ObjectReader>,
    parts: Vec<PartReader>,
    respond: Respond,
    unit: bool,
    /// A form with parameters beside it.
    both: bool,
}

#[derive(Debug, Serialize)]
struct IncludeRead {
    ty: String,
    /// Words a client may ask for.
    words: String,
    names: Vec<String>,
    /// Whether the entity has includes that this endpoint does not offer.
    rest: bool,
}

pub fn draft(slice: &Slice<'_>, path: String) -> Draft {
    let mut reader = Reader::new(slice.world, slice.endpoint.feature);
    let variable = if slice.has_body() { "form" } else { "query" };
    let source = if slice.has_body() { "Form" } else { "Query" };
    reader.imports().all(&[
        "kernel::decode::Invalid",
        "kernel::http::Reply",
        "super::super::Command",
    ]);
    reader
        .imports()
        .all(&[&format!("kernel::decode::{source}")]);
    let mut reads = reads(slice, variable, &mut reader);
    let include = include(slice, reader.imports());
    let parts = parts::readers(slice, &mut reader);
    let objects = reader.object_readers();
    if !objects.is_empty() {
        for object in &objects {
            reader
                .imports()
                .all(&[&format!("super::super::{}", object.ty)]);
        }
        reader.imports().all(&["kernel::decode::Form"]);
    }
    let checks = checks::checks(slice, reader.imports());
    checks
        .iter()
        .for_each(|check| check.names_types(&mut reads));
    let respond = respond::respond(slice, reader.imports());
    let (imports, patterns) = reader.finish();
    let view = View {
        heading: slice.heading(),
        imports: imports.print(),
        source,
        variable,
        both: slice.has_body() && (include.is_some() || !command::queries(slice).is_empty()),
        withheld: fields::withheld(slice),
        unit: reads.is_empty() && include.is_none(),
        reads,
        include,
        checks,
        patterns,
        objects,
        parts,
        respond,
    };
    Draft::new(
        path,
        Owner::Generated,
        "src/features/__feature__/__endpoint__/schema.rs.j2",
        &view,
    )
}

fn reads(slice: &Slice<'_>, source: &str, reader: &mut Reader<'_>) -> Vec<Read> {
    let mut reads = Vec::new();
    for parameter in slice.parameters() {
        reads.push(Read {
            name: slice.path_member(parameter),
            expression: format!("{source}.path({})", text::string(&parameter.name)),
        });
    }
    if slice.guarded() {
        reads.push(Read {
            name: "expected".into(),
            expression: if slice.entity().versioning == Versioning::Required {
                format!("{source}.if_match_required()")
            } else {
                format!("{source}.if_match()")
            },
        });
    }
    match &slice.endpoint.action {
        Action::List(it) => reads.extend(list_reads::reads(slice, it, reader)),
        Action::Create(_) => {
            let fields = command::created(slice);
            reads.extend(
                fields
                    .into_iter()
                    .map(|(_, field)| reader.field(source, field, Mode::Create)),
            );
        }
        Action::Update(_) => {
            let fields = command::updated(slice);
            reads.extend(
                fields
                    .into_iter()
                    .map(|(_, field)| reader.field(source, field, Mode::Patch)),
            );
        }
        Action::Command(_) | Action::Free(_) => {
            for field in command::queries(slice) {
                reads.push(reader.field("query", field, Mode::Create));
            }
            for field in command::inputs(slice) {
                reads.push(reader.field("form", field, Mode::Create));
            }
        }
        Action::Get(_) | Action::Delete(_) => {}
    }
    for (_, many) in slice.links() {
        reads.push(link(slice, many, source, reader));
    }
    reads.extend(parts::reads(slice, reader));
    reads
}

fn link(slice: &Slice<'_>, many: &crate::ir::Many, source: &str, reader: &mut Reader<'_>) -> Read {
    let item = match many.link {
        Link::Plain {
            by: Column::Field(index),
            ..
        } => {
            let field = &slice.world.service[many.target].fields[index];
            reader.rule_of(&field.ty, &field.name)
        }
        _ => "rule::any()".into(),
    };
    reader.imports().all(&["kernel::decode::rule"]);
    let key = text::string(&slice.world.json(&many.name));
    let method = if matches!(slice.endpoint.action, Action::Update(_)) {
        "patch"
    } else {
        "or_default"
    };
    let max = text::number(crate::ir::Many::MAX_ITEMS);
    Read {
        name: naming::ident(&many.name),
        expression: format!("{source}.{method}({key}, rule::list({item}).max_items({max}))"),
    }
}

fn include(slice: &Slice<'_>, imports: &mut Imports) -> Option<IncludeRead> {
    let includes = slice.includes();
    if includes.is_empty() {
        return None;
    }
    let all = super::super::included::includes_of_entity(slice.world, slice.endpoint.entity()?);
    let words = includes
        .iter()
        .map(|include| text::string(&slice.world.json(&include.name)));
    Some(IncludeRead {
        ty: command::include_type(slice, imports),
        words: words.collect::<Vec<_>>().join(", "),
        names: includes
            .iter()
            .map(|include| naming::ident(&include.name))
            .collect(),
        rest: all.len() > includes.len(),
    })
}
