//! The tests of lists.

use std::collections::BTreeMap;

use super::super::slice::Slice;
use super::super::text;
use super::endpoint::{self, Plan};
use super::names::File;
use crate::ir::{
    Column, Entity, EntityId, Filter, Hop, ListAction, Operator, PageBy, Scalar, Service, Type,
    operators,
};

/// The largest page that a test fills.
const LARGEST: u32 = 60;

pub fn plan(slice: &Slice<'_>, list: &ListAction, file: &mut File<'_>) -> Plan {
    let mut plan = Plan {
        constant: "LIST",
        ty: "List",
        value: value(slice, list, file),
        tests: Vec::new(),
    };
    plan.test("succeeds");
    if slice.parents().next().is_some() {
        plan.test("knows_its_parents");
    }
    plan.test("refuses_strangers");
    plan.test("pages");
    if list.paging.default <= LARGEST
        && room(slice.world.service, list.entity) > list.paging.default
    {
        plan.test_of(
            "begins_with_a_page",
            "begins_with",
            &[list.paging.default.to_string()],
        );
    }
    plan.test("refuses_other_pages");
    for filter in list
        .filters
        .iter()
        .filter(|filter| is_testable(slice, filter))
    {
        let name = text::string(&slice.world.json(&filter.name));
        plan.test_of(&format!("filters_by_{}", filter.name), "filters", &[name]);
    }
    for column in sorts(slice, list) {
        let name = slice.entity().column_name(column);
        let word = text::string(&slice.world.json(&name));
        plan.test_of(&format!("sorts_by_{name}"), "sorts", &[word]);
    }
    for column in &list.search {
        let column = slice.entity().column_name(*column);
        plan.test_of(
            &format!("searches_{column}"),
            "searches",
            &[text::string(&column)],
        );
    }
    if !endpoint::open_includes(slice, list.entity).is_empty() {
        plan.test("embeds");
    }
    plan
}

fn value(slice: &Slice<'_>, list: &ListAction, file: &mut File<'_>) -> String {
    let api = &slice.world.service.api;
    let entity = slice.entity();
    file.imports
        .all(&["support::list::List", "support::list::Page"]);
    let keyset = list.paging.by == PageBy::Keyset;
    let total = match (list.paging.total, api.total_key(entity)) {
        (false, _) => "None".into(),
        (true, key) => format!("Some({})", text::string(&key.unwrap_or_default())),
    };
    let filters = list.filters.iter().filter(|it| is_testable(slice, it));
    let filters: Vec<String> = filters.map(|it| filter(slice, list, it, file)).collect();
    let sort = sorts(slice, list).into_iter().map(|column| {
        let name = entity.column_name(column);
        let word = slice.world.json(&name);
        let distinct = is_distinct(slice, column);
        let (name, word) = (text::string(&name), text::string(&word));
        format!("Sort {{ column: {name}, word: {word}, distinct: {distinct} }}")
    });
    let sort: Vec<String> = sort.collect();
    if !sort.is_empty() {
        file.imports.all(&["support::list::Sort"]);
    }
    let search = list
        .search
        .iter()
        .map(|column| file.column(list.entity, *column));
    let search: Vec<String> = search.collect();
    format!(
        "List {{ place: {}, many: {}, next: {}, total: {total}, filters: &[{}], sort: &[{}], search: &[{}], \
         page: Page {{ max: {}, keyset: {keyset} }}, include: &[{}] }}",
        endpoint::place(slice, list.entity, file),
        text::string(&api.many_key(entity).unwrap_or_default()),
        text::string(&api.next_key().filter(|_| keyset).unwrap_or_default()),
        filters.join(", "),
        sort.join(", "),
        search.join(", "),
        list.paging.max,
        endpoint::includes(
            slice,
            list.entity,
            &endpoint::open_includes(slice, list.entity),
            file
        ),
    )
}

fn filter(slice: &Slice<'_>, list: &ListAction, filter: &Filter, file: &mut File<'_>) -> String {
    let service = slice.world.service;
    let target = &service[filter.path.entity];
    let column = filter.path.column;
    let known = operators(&target.column_type(column), target.is_optional(column));
    let mut at = list.entity;
    let mut hops = Vec::new();
    for hop in &filter.path.hops {
        hops.push(file.hop(at, *hop));
        at = super::reach::target(service, at, *hop);
    }
    // The id of an `id: int` can be ordered, that of a reference to one cannot.
    format!(
        "{} {{ name: {}, hops: &[{}], column: {}, ordered: {}, nullable: {} }}",
        file.name("Filter"),
        text::string(&slice.world.json(&filter.name)),
        hops.join(", "),
        file.column(filter.path.entity, column),
        known.contains(&Operator::Less),
        known.contains(&Operator::Null),
    )
}

/// Whether rows can be made that differ in what is filtered by: not in a parent of the path, nor in ids that come to
/// be with the row.
fn is_testable(slice: &Slice<'_>, filter: &Filter) -> bool {
    let fixed = slice.parents().any(|(_, field, _)| {
        filter.path.hops.is_empty() && filter.path.column == Column::Field(field)
    });
    let along_path = matches!(filter.path.hops.first(), Some(Hop::One(index)) if slice.parents().any(|(_, field, _)| field == *index));
    let of_back =
        matches!(filter.path.hops.last(), Some(Hop::Back(_))) && filter.path.column == Column::Id;
    !fixed && !along_path && !of_back
}

/// Whether rows under the same parents must differ in a column.
fn is_distinct(slice: &Slice<'_>, column: Column) -> bool {
    let fixed = |it: &Column| {
        slice
            .parents()
            .any(|(_, field, _)| *it == Column::Field(field))
    };
    let uniques = slice.entity().uniques.iter();
    let mut with_it = uniques.filter(|unique| unique.columns.contains(&column));
    with_it.any(|unique| unique.columns.iter().all(|it| *it == column || fixed(it)))
}

/// How many rows the tests can make, each with rows of its own for its required references.
fn room(service: &Service, entity: EntityId) -> u32 {
    let mut made = BTreeMap::new();
    count(service, entity, &mut made);
    let rooms = made
        .into_iter()
        .map(|(id, times)| distinct(&service[id]) / times);
    rooms.min().unwrap_or(u32::MAX)
}

/// How many rows of each entity one row takes. Required references make no cycle.
fn count(service: &Service, entity: EntityId, made: &mut BTreeMap<EntityId, u32>) {
    *made.entry(entity).or_default() += 1;
    for field in &service[entity].fields {
        if let (Type::Reference(it), false) = (&field.ty, field.optional) {
            count(service, it.target, made);
        }
    }
}

/// How many rows the tests can tell apart in every unique field.
fn distinct(entity: &Entity) -> u32 {
    let unique = entity.fields.iter().filter(|field| field.unique);
    let counts = unique.map(|field| match &field.ty {
        Type::Scalar(Scalar::Text(text)) if text.pattern.is_some() => {
            u32::try_from(text.samples().len().max(1)).unwrap_or(u32::MAX)
        }
        Type::Enum(_) | Type::Scalar(Scalar::Bool) => 0,
        Type::Scalar(Scalar::Int(bounds)) => {
            let (min, max) = bounds.within(crate::ir::MAX_INT);
            u32::try_from(max - min).unwrap_or(u32::MAX)
        }
        _ => u32::MAX,
    });
    counts.min().unwrap_or(u32::MAX)
}

/// Columns whose values a test may choose.
fn sorts(slice: &Slice<'_>, list: &ListAction) -> Vec<Column> {
    let entity = slice.entity();
    let columns = list.sort.iter().map(|key| key.column);
    columns
        .filter(|column| *column != Column::Id)
        .filter(|column| !matches!(entity.column_type(*column), Type::Reference(_)))
        .collect()
}
