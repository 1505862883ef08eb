//! How the query string of a list is read.

use super::super::imports::Imports;
use super::super::wire::{Read, Reader};
use super::super::{naming, text, types};
use super::{Slice, command, fields};
use crate::ir::{Column, Filter, ListAction, Operator, PageBy};

/// How the query string of a list is read.
pub fn reads(slice: &Slice<'_>, list: &ListAction, reader: &mut Reader<'_>) -> Vec<Read> {
    let mut reads = Vec::new();
    for filter in &list.filters {
        let operators = operators(slice, filter);
        reader.imports().all(&["kernel::decode::Operators"]);
        let key = text::string(&slice.world.json(&filter.name));
        let expression = match fields::filter_gate(slice, filter) {
            Some(readable) => format!("query.filter_where({readable}, {key}, {operators})"),
            None => format!("query.filter({key}, {operators})"),
        };
        reads.push(read(&command::filter_name(filter), expression));
    }
    if !list.search.is_empty() {
        reads.push(read("search", "query.search()".into()));
    }
    if !list.sort.is_empty() {
        reads.push(read("order", order(slice, list, reader.imports())));
    }
    let (default, max) = (list.paging.default, list.paging.max);
    let page = match list.paging.by {
        PageBy::Keyset => {
            let id = types::entity_id(
                slice.world.service,
                list.entity,
                slice.endpoint.feature,
                reader.imports(),
            );
            format!("query.keyset::<{id}>({default}, {max})")
        }
        PageBy::Offset => format!("query.offset({default}, {max})"),
    };
    reads.push(read("page", page));
    reads
}

fn read(name: &str, expression: String) -> Read {
    Read {
        name: name.into(),
        expression,
    }
}

fn operators(slice: &Slice<'_>, filter: &Filter) -> String {
    let target = &slice.world.service[filter.path.entity];
    let optional = target.is_optional(filter.path.column);
    let all = crate::ir::operators(&target.column_type(filter.path.column), optional);
    let base = if all.contains(&Operator::Less) {
        "Operators::ORDERED"
    } else {
        "Operators::EXACT"
    };
    let nullable = if all.contains(&Operator::Null) {
        ".nullable()"
    } else {
        ""
    };
    format!("{base}{nullable}")
}

fn order(slice: &Slice<'_>, list: &ListAction, imports: &mut Imports) -> String {
    imports.all(&["kernel::page::KeyType", "super::super::Sort"]);
    let entity = slice.entity();
    let from = slice.endpoint.feature;
    let (mut open, mut gated) = (Vec::new(), Vec::new());
    for key in &list.sort {
        let name = entity.column_name(key.column);
        let plain = match key.column {
            Column::Id => types::entity_id(slice.world.service, list.entity, from, imports),
            column => types::plain(
                slice.world.service,
                &entity.column_type(column),
                from,
                imports,
            ),
        };
        let ty = if entity.is_optional(key.column) {
            format!("Option<{plain}>")
        } else {
            plain
        };
        let word = text::string(&slice.world.json(&name));
        let variant = naming::pascal(&name);
        let sort = format!("({word}, Sort::{variant}, KeyType::of::<{ty}>())");
        match fields::sort_gate(slice, key.column) {
            Some(readable) => gated.push(format!("if {readable} {{ sorts.push({sort}); }}")),
            None => open.push(sort),
        }
    }
    let open = open.join(", ");
    if gated.is_empty() {
        return format!("query.order(&[{open}], Sort::Id)");
    }
    let gated = gated.concat();
    format!("{{ let mut sorts = vec![{open}]; {gated} query.order(&sorts, Sort::Id) }}")
}
