//! `with` of a create: the rows that are made beside its own.

use std::collections::BTreeMap;

use super::relations::{cannot_create, unset};
use super::scope::{Cx, Member};
use super::types;
use crate::ast::{self, Name, WithPart};
use crate::diagnostic::{names as name_report, parts as report, support};
use crate::ir::{EntityId, Hop, Include, Part, Write};
use crate::source::Span;

const MOST_ITEMS: u32 = 100;
/// Values that SQLite takes in one statement (sqlite.org/limits.html, 9).
const MOST_VALUES: usize = 32_766;

pub(super) fn parts(cx: &mut Cx<'_>, entity: EntityId, ast: &ast::Endpoint) -> Vec<Part> {
    // Rows that are made along with one of a tenant would have to be told of it.
    if let (Some(span), Some(_)) = (ast.with.span(), &cx.entity(entity).tenant) {
        cx.report(support::key("with", span));
        return Vec::new();
    }
    let given = ast.with.get().map(|with| with.0.as_slice());
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let mut parts = Vec::new();
    for (name, bounds) in given.unwrap_or_default() {
        if let Some(first) = seen.insert(&name.value, name.span) {
            cx.report(name_report::listed_twice(
                &name.value,
                "with",
                name.span,
                first,
            ));
            continue;
        }
        parts.extend(part(cx, entity, name, bounds));
    }
    parts
}

fn part(cx: &mut Cx<'_>, entity: EntityId, name: &Name, bounds: &WithPart) -> Option<Part> {
    let index = match cx.draft(entity).members.get(&name.value).copied() {
        Some(Member::Back(index)) => index,
        Some(Member::Bad) => return None,
        Some(Member::Column(_) | Member::Many(_)) => {
            refuse(cx, name, "no rows refer to this one by it");
            return None;
        }
        None => {
            cx.unknown_relation(entity, name);
            return None;
        }
    };
    let back = &cx.entity(entity).referenced_by[index];
    let (target, field, single) = (back.entity, back.field, back.single);
    let what = format!("`{}`", name.value);
    let feature = cx.entity(entity).feature;
    if !types::own_entity(cx, feature, target, &what, name.span) {
        return None;
    }
    if let Some(why) = why_not(cx, entity, target, field) {
        refuse(cx, name, &why);
        return None;
    }
    let part = cx.entity(target);
    let lacking = unset(cx, target, None, |index| {
        part.fields[index].write != Write::Never || index == field || part.owner == Some(index)
    });
    cannot_create(cx, &what, target, &lacking, name.span);
    let (min_items, max_items) = items(cx, name, bounds, target, single)?;
    Some(Part {
        include: Include {
            name: name.value.clone(),
            hop: Hop::Back(index),
            target,
        },
        field,
        single,
        min_items,
        max_items,
    })
}

/// What stands in the way of rows of `target` that refer to new rows of `entity` by a field.
fn why_not(cx: &Cx<'_>, entity: EntityId, target: EntityId, field: usize) -> Option<String> {
    if entity == target {
        return Some("its rows are of the same entity".to_owned());
    }
    let part = cx.entity(target);
    if part.owner.is_some_and(|owner| owner != field) && cx.entity(entity).owner.is_none() {
        return Some("its rows belong to their caller, and the row itself to nobody".to_owned());
    }
    let mut fields = part.fields.iter();
    if let Some(field) = fields.find(|it| it.readers.is_some() || it.writers.is_some()) {
        return Some(format!("`{}` is not for everyone", field.name));
    }
    let taken = part.fields.iter().enumerate();
    let mut taken = taken.filter(|(index, it)| *index != field && it.write != Write::Never);
    let slug = taken.find(|(_, it)| it.derived_from.is_some());
    slug.map(|(_, it)| format!("`{}` is made from another field", it.name))
}

/// The bounds of the list; of one row there are none.
fn items(
    cx: &mut Cx<'_>,
    name: &Name,
    bounds: &WithPart,
    target: EntityId,
    single: bool,
) -> Option<(u32, u32)> {
    let (min, max) = (bounds.min_items.given(), bounds.max_items.given());
    if single {
        if let Some((_, span)) = min.or(max) {
            cx.report(report::one_part(&name.value, span));
            return None;
        }
        return Some((0, 1));
    }
    let least = min.map_or(0, |(value, _)| *value);
    let most = max.map_or(MOST_ITEMS.max(least), |(value, _)| *value);
    let columns = cx.entity(target).columns().len();
    let span = max.or(min).map_or(name.span, |(_, span)| span);
    if least > most {
        cx.report(report::parts_crossed(least, most, span));
        return None;
    }
    if columns * most as usize > MOST_VALUES {
        let fit = MOST_VALUES / columns;
        cx.report(report::too_many_parts(most, columns, fit, span));
        return None;
    }
    Some((least, most))
}

fn refuse(cx: &mut Cx<'_>, name: &Name, why: &str) {
    cx.report(report::not_a_part(&name.value, why, name.span));
}
