//! What clients may ask of a list, and what they may have included.

use std::collections::BTreeMap;

use super::access;
use super::columns::{column, column_type};
use super::keys;
use super::names::{self, Taken};
use super::reserved::PARAMETERS;
use super::scope::{Cx, Member};
use crate::ast::{self, Name};
use crate::diagnostic::{endpoints as report, names as name_report, relations};
use crate::ir::{
    Column, EntityId, FieldPath, Filter, Hop, Include, Link, ListAction, PageBy, Paging, Scalar,
    SortKey, Type,
};
use crate::source::Span;

const MOST_HOPS: usize = 4;
const PAGE: u32 = 20;
const MOST_ROWS: u32 = 100;

pub(super) fn list(cx: &mut Cx<'_>, entity: EntityId, ast: &ast::Endpoint) -> ListAction {
    ListAction {
        entity,
        filters: filters(cx, entity, ast),
        sort: sort(cx, entity, ast),
        search: search(cx, entity, ast),
        paging: paging(cx, ast),
        include: include(cx, entity, ast),
    }
}

fn filters(cx: &mut Cx<'_>, entity: EntityId, ast: &ast::Endpoint) -> Vec<Filter> {
    let mut filters = Vec::new();
    let mut taken = Taken::default();
    for (name, path) in ast
        .filter
        .get()
        .map(|filter| filter.0.as_slice())
        .unwrap_or_default()
    {
        let mut good = names::snake(cx, name, "a filter");
        if PARAMETERS.contains(&name.value.as_str()) {
            cx.report(report::reserved_parameter(
                &name.value,
                &PARAMETERS,
                name.span,
            ));
            good = false;
        }
        let what = format!("the filter `{}`", name.value);
        good = good && names::claim(cx, &mut taken, &name.value, &what, name.span, "the query");
        if let Some(path) = field_path(cx, entity, path).filter(|_| good) {
            filters.push(Filter {
                name: name.value.clone(),
                path,
            });
        }
    }
    filters
}

/// `author.name`, from the entity of the list outwards.
fn field_path(cx: &mut Cx<'_>, start: EntityId, path: &[Name]) -> Option<FieldPath> {
    let (last, way) = path.split_last()?;
    let mut entity = start;
    let mut hops = Vec::new();
    for name in way {
        let (hop, target) = hop(cx, entity, name)?;
        hops.push(hop);
        entity = target;
    }
    let column = match cx.member(entity, last)? {
        Member::Column(column) => {
            if let Some(ty) = column_type(cx, entity, column).filter(|ty| !is_filterable(ty)) {
                let why = format!("is {}", keys::words(ty));
                cx.report(report::not_filterable(&last.value, &why, last.span));
                return None;
            }
            column
        }
        // A relation by itself means the rows that it leads to, by what clients name them by.
        Member::Many(index) => {
            let by = match cx.entity(entity).many[index].link {
                Link::Plain { by, .. } => by,
                Link::Through { .. } => Column::Id,
            };
            let (hop, target) = hop(cx, entity, last)?;
            hops.push(hop);
            entity = target;
            by
        }
        Member::Back(_) => {
            let (hop, target) = hop(cx, entity, last)?;
            hops.push(hop);
            entity = target;
            Column::Id
        }
        Member::Bad => return None,
    };
    if hops.len() > MOST_HOPS {
        let written: Vec<&str> = path.iter().map(|name| name.value.as_str()).collect();
        cx.report(report::too_many_hops(
            &written.join("."),
            MOST_HOPS,
            last.span,
        ));
        return None;
    }
    Some(FieldPath {
        hops,
        entity,
        column,
    })
}

/// One step along a relation, within the feature.
fn hop(cx: &mut Cx<'_>, entity: EntityId, name: &Name) -> Option<(Hop, EntityId)> {
    let member = cx.member(entity, name)?;
    let Some((hop, target)) = relation(cx, entity, member, &name.value) else {
        if member != Member::Bad {
            cx.report(report::not_filterable(
                &name.value,
                "is not a relation",
                name.span,
            ));
        }
        return None;
    };
    let what = format!("`{}`", name.value);
    (access::is_open(cx, target, &what, name.span) && within(cx, entity, target, &what, name.span))
        .then_some((hop, target))
}

/// The relation that a member is, and where it leads.
fn relation(cx: &Cx<'_>, entity: EntityId, member: Member, name: &str) -> Option<(Hop, EntityId)> {
    let it = cx.entity(entity);
    match member {
        Member::Column(Column::Field(index)) => match &it.fields[index].ty {
            Type::Reference(reference) if it.fields[index].name == name => {
                Some((Hop::One(index), reference.target))
            }
            _ => None,
        },
        Member::Many(index) => Some((Hop::Many(index), it.many[index].target)),
        Member::Back(index) => Some((Hop::Back(index), it.referenced_by[index].entity)),
        Member::Column(_) | Member::Bad => None,
    }
}

fn within(cx: &mut Cx<'_>, from: EntityId, to: EntityId, what: &str, span: Span) -> bool {
    let (from, to) = (cx.entity(from).feature, cx.entity(to).feature);
    if from != to {
        let why = "tables of two features are not joined";
        let help = "use the reference's id, or an endpoint with logic of its own";
        let diagnostic = relations::crosses_feature(what, cx.scope(to).name, why, help, span);
        cx.report(diagnostic);
    }
    from == to
}

fn is_filterable(ty: &Type) -> bool {
    match ty {
        Type::Scalar(Scalar::Json | Scalar::Bytes { .. }) => false,
        Type::Scalar(_) | Type::Enum(_) | Type::Reference(_) => true,
        Type::Object(_) | Type::List(_) | Type::Entity(_) => false,
    }
}

/// The names of a list of the spec, those that stand there twice reported.
pub(super) fn once<'n>(cx: &mut Cx<'_>, names: &'n [Name], list: &str) -> Vec<&'n Name> {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let mut once = Vec::new();
    for name in names {
        match seen.insert(&name.value, name.span) {
            Some(first) => cx.report(name_report::listed_twice(
                &name.value,
                list,
                name.span,
                first,
            )),
            None => once.push(name),
        }
    }
    once
}

fn sort(cx: &mut Cx<'_>, entity: EntityId, ast: &ast::Endpoint) -> Vec<SortKey> {
    let names = ast.sort.get().map(Vec::as_slice).unwrap_or_default();
    let mut keys = Vec::new();
    for name in once(cx, names, "sort") {
        match cx.member(entity, name) {
            // Every list can be sorted by it.
            None | Some(Member::Bad | Member::Column(Column::Id)) => {}
            Some(Member::Column(column)) => {
                match column_type(cx, entity, column).filter(|ty| !is_sortable(ty)) {
                    Some(ty) => {
                        let why = format!("is {}", keys::words(ty));
                        cx.report(report::not_sortable(&name.value, &why, name.span));
                    }
                    None => keys.push(SortKey { column }),
                }
            }
            Some(Member::Many(_) | Member::Back(_)) => {
                cx.report(report::not_sortable(
                    &name.value,
                    "is a relation",
                    name.span,
                ));
            }
        }
    }
    keys
}

fn is_sortable(ty: &Type) -> bool {
    matches!(ty, Type::Enum(_)) || matches!(ty, Type::Scalar(_)) && keys::is_indexable(ty)
}

/// The fields that the endpoint names; else those that say `search: true`.
fn search(cx: &mut Cx<'_>, entity: EntityId, ast: &ast::Endpoint) -> Vec<Column> {
    let Some(names) = ast.search.get() else {
        let fields = cx.entity(entity).fields.iter().enumerate();
        return fields
            .filter(|(_, field)| field.search)
            .map(|(index, _)| Column::Field(index))
            .collect();
    };
    let mut columns = Vec::new();
    for name in once(cx, names, "search") {
        let Some(column) = column(cx, entity, name) else {
            continue;
        };
        match column_type(cx, entity, column) {
            Some(Type::Scalar(Scalar::Text(_) | Scalar::Email | Scalar::Url | Scalar::Slug)) => {
                columns.push(column)
            }
            _ => cx.report(report::not_searchable(&name.value, name.span)),
        }
    }
    columns
}

fn paging(cx: &mut Cx<'_>, ast: &ast::Endpoint) -> Paging {
    let page = ast.page.get();
    let default = page.and_then(|page| page.default.given());
    let max = page.and_then(|page| page.max.given());
    let wanted = default.map(|(size, _)| *size);
    let most = max.map_or(MOST_ROWS.max(wanted.unwrap_or(0)), |(size, _)| *size);
    if let (Some((size, span)), true) = (default, wanted.is_some_and(|wanted| wanted > most)) {
        cx.report(report::page_size(
            &format!("`default` is {size} and `max` only {most}"),
            span,
        ));
    }
    Paging {
        by: match page.and_then(|page| page.by.get()) {
            Some(ast::PageBy::Offset) => PageBy::Offset,
            Some(ast::PageBy::Keyset) | None => PageBy::Keyset,
        },
        default: wanted.unwrap_or(PAGE.min(most)),
        max: most,
        total: ast.total.is_true() || page.is_some_and(|page| page.total.is_true()),
    }
}

/// The relations that clients may have included.
pub(super) fn include(cx: &mut Cx<'_>, entity: EntityId, ast: &ast::Endpoint) -> Vec<Include> {
    let names = ast.include.get().map(Vec::as_slice).unwrap_or_default();
    let mut includes = Vec::new();
    for name in once(cx, names, "include") {
        let member = cx.draft(entity).members.get(&name.value).copied();
        let found = member.and_then(|member| relation(cx, entity, member, &name.value));
        match found {
            Some((hop, target)) => {
                // A reference is followed by ids, without a join, wherever it leads.
                let what = format!("`{}`", name.value);
                let near =
                    matches!(hop, Hop::One(_)) || within(cx, entity, target, &what, name.span);
                if near {
                    includes.push(Include {
                        name: name.value.clone(),
                        hop,
                        target,
                    });
                }
            }
            None if member == Some(Member::Bad) => {}
            None => cx.unknown_relation(entity, name),
        }
    }
    includes
}
