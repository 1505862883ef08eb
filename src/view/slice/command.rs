//! The members of a slice's `Command`.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, text, types};
use super::{Slice, parts};
use crate::ir::{Action, Column, Field, Filter, Link, PageBy, Write};

/// One field of a struct.
#[derive(Debug, Serialize)]
pub struct Member {
    pub doc: String,
    pub name: String,
    pub ty: String,
}

impl Member {
    pub fn new(name: impl Into<String>, ty: impl Into<String>) -> Self {
        Self {
            doc: String::new(),
            name: name.into(),
            ty: ty.into(),
        }
    }
}

/// A field of an object as a struct holds it.
pub fn member(slice: &Slice<'_>, field: &Field, imports: &mut Imports) -> Member {
    Member {
        doc: text::doc("///", &field.description),
        name: slice.world.member(field),
        ty: types::of_field(slice.world.service, field, slice.endpoint.feature, imports),
    }
}

/// The JSON fields that a command or a free-form endpoint takes.
pub fn inputs<'w>(slice: &Slice<'w>) -> &'w [Field] {
    match &slice.endpoint.action {
        Action::Command(it) => &it.input,
        Action::Free(it) => &it.input,
        _ => &[],
    }
}

/// The query parameters that a command or a free-form endpoint takes.
pub fn queries<'w>(slice: &Slice<'w>) -> &'w [Field] {
    match &slice.endpoint.action {
        Action::Command(it) => &it.query,
        Action::Free(it) => &it.query,
        _ => &[],
    }
}

/// The fields of the entity that a create takes from its body; those that the path fills are not among them.
pub fn created<'w>(slice: &Slice<'w>) -> Vec<(usize, &'w Field)> {
    let parents: Vec<usize> = slice.parents().map(|(_, field, _)| field).collect();
    let fields = slice.entity().fields.iter().enumerate();
    fields
        .filter(|(index, field)| {
            field.write != Write::Never && field.derived_from.is_none() && !parents.contains(index)
        })
        .collect()
}

/// The fields of the entity that an update may change.
pub fn updated<'w>(slice: &Slice<'w>) -> Vec<(usize, &'w Field)> {
    let parents: Vec<usize> = slice.parents().map(|(_, field, _)| field).collect();
    let fields = slice.entity().fields.iter().enumerate();
    fields
        .filter(|(index, field)| {
            field.write == Write::Always && field.derived_from.is_none() && !parents.contains(index)
        })
        .collect()
}

/// What JSON carries of an n:m relation: natural keys or ids.
pub fn link_item(slice: &Slice<'_>, many: &crate::ir::Many, imports: &mut Imports) -> String {
    let service = slice.world.service;
    match many.link {
        Link::Plain {
            by: Column::Field(index),
            ..
        } => types::plain(
            service,
            &service[many.target].fields[index].ty,
            slice.endpoint.feature,
            imports,
        ),
        _ => types::entity_id(service, many.target, slice.endpoint.feature, imports),
    }
}

/// All members, path first.
pub fn members(slice: &Slice<'_>, imports: &mut Imports) -> Vec<Member> {
    let mut members = Vec::new();
    for parameter in slice.parameters() {
        members.push(Member::new(
            slice.path_member(parameter),
            slice.parameter_type(parameter, imports),
        ));
    }
    if slice.guarded() {
        let mut expected = Member::new("expected", "Option<i64>");
        expected.doc = "/// The version that the row must still have.".into();
        members.push(expected);
    }
    match &slice.endpoint.action {
        Action::List(it) => {
            list_members(slice, it, imports, &mut members);
        }
        Action::Create(_) => {
            members.extend(
                created(slice)
                    .into_iter()
                    .map(|(_, field)| member(slice, field, imports)),
            );
        }
        Action::Update(_) => {
            members.extend(
                updated(slice)
                    .into_iter()
                    .map(|(_, field)| patch(slice, field, imports)),
            );
        }
        Action::Command(_) | Action::Free(_) => {
            let fields = queries(slice).iter().chain(inputs(slice));
            members.extend(fields.map(|field| member(slice, field, imports)));
        }
        Action::Get(_) | Action::Delete(_) => {}
    }
    for (_, many) in slice.links() {
        let item = link_item(slice, many, imports);
        let list = format!("Vec<{item}>");
        let update = matches!(slice.endpoint.action, Action::Update(_));
        let ty = if update {
            format!("Option<{list}>")
        } else {
            list
        };
        members.push(Member::new(naming::ident(&many.name), ty));
    }
    members.extend(parts::members(slice));
    if !slice.includes().is_empty() {
        members.push(Member::new("include", include_type(slice, imports)));
    }
    members
}

/// `BookInclude`
pub fn include_type(slice: &Slice<'_>, imports: &mut Imports) -> String {
    let entity = slice.entity();
    let path = types::model_path(slice.world.service, entity.feature, slice.endpoint.feature);
    imports.name(&format!("{path}::{}Include", entity.name))
}

fn patch(slice: &Slice<'_>, field: &Field, imports: &mut Imports) -> Member {
    let plain = types::plain(
        slice.world.service,
        &field.ty,
        slice.endpoint.feature,
        imports,
    );
    let holder = if field.optional {
        imports.name("kernel::types::Patch")
    } else {
        "Option".into()
    };
    let mut member = Member::new(slice.world.member(field), format!("{holder}<{plain}>"));
    member.doc = text::doc("///", &field.description);
    member
}

/// The member that holds a filter; the list's own members keep their names.
pub fn filter_name(filter: &Filter) -> String {
    match filter.name.as_str() {
        taken @ ("order" | "page" | "search" | "include") => format!("{taken}_filter"),
        name => naming::ident(name),
    }
}

fn list_members(
    slice: &Slice<'_>,
    list: &crate::ir::ListAction,
    imports: &mut Imports,
    members: &mut Vec<Member>,
) {
    for filter in &list.filters {
        let value = match filter.path.column {
            Column::CreatedAt | Column::UpdatedAt => imports.name("kernel::types::Timestamp"),
            Column::Version => "i64".into(),
            column => slice.key_type(filter.path.entity, column, imports),
        };
        let holder = imports.name("kernel::page::Filter");
        members.push(Member::new(
            filter_name(filter),
            format!("{holder}<{value}>"),
        ));
    }
    if !list.search.is_empty() {
        members.push(Member::new("search", "Option<String>"));
    }
    let page = match list.paging.by {
        PageBy::Keyset => "kernel::page::PageRequest",
        PageBy::Offset => "kernel::page::OffsetRequest",
    };
    if !list.sort.is_empty() {
        let order = imports.name("kernel::page::Order");
        members.push(Member::new("order", format!("{order}<Sort>")));
    }
    members.push(Member::new("page", imports.name(page)));
}

/// The variants of `Sort`: `Id`, then those of the spec; none where the list has one order only.
pub fn sort_variants(slice: &Slice<'_>) -> Vec<String> {
    let Action::List(list) = &slice.endpoint.action else {
        return Vec::new();
    };
    if list.sort.is_empty() {
        return Vec::new();
    }
    let named = list
        .sort
        .iter()
        .map(|key| naming::pascal(&slice.entity().column_name(key.column)));
    let mut variants = vec!["Id".to_owned()];
    variants.extend(named.filter(|name| name != "Id"));
    variants
}
