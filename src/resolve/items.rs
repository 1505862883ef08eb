//! Lists and what they hold.

use heck::ToUpperCamelCase;

use super::fields::{self, Owner, Place};
use super::names::claim_type;
use super::objects;
use super::plural::singular;
use super::scalars;
use super::scope::Cx;
use super::types::named;
use crate::ast::{self, Field, ListOf, Map, Name};
use crate::diagnostic::types as report;
use crate::ir::{self, Type};
use crate::source::Span;

/// Where a list says nothing of its own.
const MAX_ITEMS: u32 = 100;
const MOST_ITEMS: u32 = 10_000;

pub(super) fn list<'a>(
    cx: &mut Cx<'a>,
    owner: &Owner<'_>,
    name: &'a Name,
    field: &'a Field,
    item: &'a ListOf,
    span: Span,
) -> Option<Type> {
    if matches!(owner.place, Place::Query | Place::Error) {
        cx.report(report::not_allowed_here(
            "a list",
            owner.place.words(),
            "use a scalar or an enum",
            span,
        ));
        return None;
    }
    let item = match item {
        ListOf::Type(ast::Type::Scalar(scalar)) => {
            scalars::scalar(cx, field, *scalar, span).map(Type::Scalar)
        }
        ListOf::Type(ast::Type::Named(path)) => named(cx, owner, path, field),
        ListOf::Object(fields) => items(cx, owner, name, fields, span),
    };
    let (min_items, max_items) = item_bounds(cx, field);
    let item = item?;
    if matches!(item, Type::Reference(_)) && owner.place == Place::Entity {
        let help = "use `many:` for an n:m relation, or a reference in the other entity";
        cx.report(report::not_allowed_here(
            "a list of references",
            owner.place.words(),
            help,
            span,
        ));
        return None;
    }
    Some(Type::List(Box::new(ir::List {
        item,
        min_items,
        max_items,
    })))
}

/// A list of objects that have no name of their own.
fn items<'a>(
    cx: &mut Cx<'a>,
    owner: &Owner<'_>,
    name: &'a Name,
    fields: &'a Map<Field>,
    span: Span,
) -> Option<Type> {
    if !matches!(owner.place, Place::Input | Place::Output) {
        let help = "declare a value object under `types:`, and list that";
        cx.report(report::not_allowed_here(
            "objects without a name",
            owner.place.words(),
            help,
            span,
        ));
        return None;
    }
    let type_name = format!(
        "{}{}",
        owner.prefix,
        singular(&name.value).to_upper_camel_case()
    );
    let what = format!("the list `{}`", name.value);
    if !claim_type(cx, owner.feature, &type_name, &what, name.span) {
        return None;
    }
    let inner = Owner {
        feature: owner.feature,
        place: owner.place,
        prefix: &type_name,
        nested: true,
        words: what,
    };
    let fields = fields::plain(cx, &inner, fields);
    Some(Type::Object(objects::push(
        cx,
        owner.feature,
        &type_name,
        fields,
        false,
    )))
}

fn item_bounds(cx: &mut Cx<'_>, field: &Field) -> (u32, u32) {
    let least = field.min_items.given();
    let most = field.max_items.given();
    for (key, (number, span)) in [("min_items", least), ("max_items", most)]
        .into_iter()
        .filter_map(|(k, v)| Some((k, v?)))
    {
        if *number > MOST_ITEMS {
            cx.report(report::bad_bound(
                key,
                &format!("at most {MOST_ITEMS}"),
                span,
            ));
        }
    }
    let max = most.map_or(MAX_ITEMS, |(max, _)| *max);
    let min = least.map_or(0, |(min, _)| *min);
    if let Some((_, span)) = least.filter(|_| min > max) {
        let (max_text, at) = match most {
            Some((_, at)) => (max.to_string(), at),
            None => (format!("{max} where it is not given"), span),
        };
        cx.report(report::bounds_crossed(
            ("min_items", &min.to_string()),
            ("max_items", &max_text),
            at,
            span,
        ));
    }
    (min, max)
}
