//! What a field holds: from the keys `type`, `ref`, `enum` and `list_of` to a type of the IR.

use heck::ToUpperCamelCase;

use super::enums;
use super::fields::{self, Owner, Place};
use super::names::claim_type;
use super::plural::singular;
use super::scalars;
use super::scope::{Cx, Made, SymbolKind};
use crate::ast::{self, Field, ListOf, Map, Name, Path, Shape};
use crate::diagnostic::{names, relations, types as report};
use crate::ir::{self, EntityId, FeatureId, ObjectId, OnDelete, Reference, Type};
use crate::source::Span;

/// Value objects inside value objects; the service reads JSON to a depth of 32.
const MAX_NESTING: usize = 12;
const MAX_ITEMS: u32 = 100;
const MOST_ITEMS: u32 = 10_000;

/// `None` where it is wrong, which has been reported.
pub(super) fn resolve<'a>(
    cx: &mut Cx<'a>,
    owner: &Owner<'_>,
    name: &'a Name,
    field: &'a Field,
) -> Option<Type> {
    match field.shape()? {
        Shape::Type(ast::Type::Scalar(scalar), span) => {
            let scalar = scalars::scalar(cx, field, *scalar, span)?;
            in_place(cx, owner.place, Type::Scalar(scalar), span)
        }
        Shape::Type(ast::Type::Named(path), _) => named(cx, owner, path, field),
        Shape::Ref(path, span) => {
            let target = cx.find_entity(owner.feature, path)?;
            reference(cx, owner.place, target, field, span)
        }
        Shape::Enum(values, span) => {
            let type_name = format!("{}{}", owner.prefix, name.value.to_upper_camel_case());
            let what = format!("the enum of the field `{}`", name.value);
            let claimed = claim_type(cx, owner.feature, &type_name, &what, name.span);
            claimed.then(|| Type::Enum(enums::make(cx, owner.feature, &type_name, values, span)))
        }
        Shape::List(item, span) => list(cx, owner, name, field, item, span),
    }
}

fn named<'a>(cx: &mut Cx<'a>, owner: &Owner<'_>, path: &'a Path, field: &'a Field) -> Option<Type> {
    let span = path.span();
    let (feature, symbol) = cx.symbol(owner.feature, path, false)?;
    let kind = match symbol.kind {
        SymbolKind::Bad => return None,
        SymbolKind::Entity(target) => return entity(cx, owner, target, field, span),
        SymbolKind::Enum(..) => "an enum",
        SymbolKind::Object(..) => "a value object",
    };
    if feature != owner.feature {
        let diagnostic = names::foreign(kind, &path.name.value, cx.scope(feature).name, span);
        cx.report(diagnostic);
        return None;
    }
    match symbol.kind {
        SymbolKind::Object(fields, made) => {
            if matches!(owner.place, Place::Query | Place::Error) {
                cx.report(report::not_allowed_here(
                    kind,
                    owner.place.words(),
                    "write its fields out",
                    span,
                ));
                return None;
            }
            object(cx, feature, &path.name.value, fields, made, span).map(Type::Object)
        }
        SymbolKind::Enum(values, made) => Some(Type::Enum(match made {
            Some(id) => id,
            None => enums::named(cx, feature, &path.name.value, values, symbol.span),
        })),
        SymbolKind::Entity(_) | SymbolKind::Bad => None,
    }
}

/// An entity's name as a type: its whole row in an output, else a reference.
fn entity(
    cx: &mut Cx<'_>,
    owner: &Owner<'_>,
    target: EntityId,
    field: &Field,
    span: Span,
) -> Option<Type> {
    if owner.place != Place::Output {
        return reference(cx, owner.place, target, field, span);
    }
    own_entity(cx, owner.feature, target, "the output", span).then_some(Type::Entity(target))
}

/// Whether the entity is one of the feature's own; `what` in words needs it to be.
pub(super) fn own_entity(
    cx: &mut Cx<'_>,
    feature: FeatureId,
    target: EntityId,
    what: &str,
    span: Span,
) -> bool {
    let other = cx.entity(target).feature;
    if other == feature {
        return true;
    }
    let help = "refer to the row by its id, or put the endpoint into the other feature";
    let why = "rows of another feature are out of sight";
    let diagnostic = relations::crosses_feature(what, cx.scope(other).name, why, help, span);
    cx.report(diagnostic);
    false
}

fn reference(
    cx: &mut Cx<'_>,
    place: Place,
    target: EntityId,
    field: &Field,
    span: Span,
) -> Option<Type> {
    if !matches!(place, Place::Entity | Place::Input | Place::Output) {
        let help = match place {
            Place::Object => {
                "make the value object an entity, or move the reference to the entity that holds it"
            }
            _ => "use `uuid`, the type of the entity's id (`int` where it says `id: int`)",
        };
        cx.report(report::not_allowed_here(
            "a reference",
            place.words(),
            help,
            span,
        ));
        return None;
    }
    let on_delete = match field.on_delete.get() {
        Some(ast::OnDelete::Cascade) => OnDelete::Cascade,
        Some(ast::OnDelete::SetNull) => OnDelete::SetNull,
        Some(ast::OnDelete::Restrict) | None => OnDelete::Restrict,
    };
    let back = field.r#as.get().filter(|_| place == Place::Entity);
    let back = back.map(|name| name.value.clone()).unwrap_or_default();
    Some(Type::Reference(Reference {
        target,
        back,
        on_delete,
    }))
}

/// A value object, made when it is first used.
pub(super) fn object<'a>(
    cx: &mut Cx<'a>,
    feature: FeatureId,
    name: &str,
    fields: &'a Map<Field>,
    made: Made,
    span: Span,
) -> Option<ObjectId> {
    match made {
        Made::Done(id) => return Some(id),
        Made::InTheMaking => {
            cx.report(report::recursive(name, span));
            return None;
        }
        Made::NotYet if cx.depth == MAX_NESTING => {
            let what = format!("value objects nested more than {MAX_NESTING} deep");
            cx.report(report::not_allowed_here(
                &what,
                "a value object",
                "make one of them an entity",
                span,
            ));
            return None;
        }
        Made::NotYet => {}
    }
    cx.depth += 1;
    set(cx, feature, name, Made::InTheMaking);
    let words = format!("the value object `{name}`");
    let owner = Owner {
        feature,
        place: Place::Object,
        prefix: name,
        words,
    };
    let fields = fields::plain(cx, &owner, fields);
    let id = push(cx, feature, name, fields, true);
    set(cx, feature, name, Made::Done(id));
    cx.depth -= 1;
    Some(id)
}

fn set(cx: &mut Cx<'_>, feature: FeatureId, name: &str, state: Made) {
    let symbol = cx.scopes[feature.0].symbols.get_mut(name);
    if let Some(SymbolKind::Object(_, made)) = symbol.map(|symbol| &mut symbol.kind) {
        *made = state;
    }
}

pub(super) fn push(
    cx: &mut Cx<'_>,
    feature: FeatureId,
    name: &str,
    fields: Vec<ir::Field>,
    named: bool,
) -> ObjectId {
    cx.objects.push(ir::Object {
        feature,
        name: name.to_owned(),
        description: String::new(),
        fields,
        named,
    });
    ObjectId(cx.objects.len() - 1)
}

fn list<'a>(
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
        words: what,
    };
    let fields = fields::plain(cx, &inner, fields);
    Some(Type::Object(push(
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

/// Whether a scalar may stand there.
fn in_place(cx: &mut Cx<'_>, place: Place, ty: Type, span: Span) -> Option<Type> {
    let what = match (&ty, place) {
        (Type::Scalar(ir::Scalar::Json), Place::Query) => "`json`",
        (Type::Scalar(ir::Scalar::Bytes { .. }), Place::Query) => "`bytes`",
        _ => return Some(ty),
    };
    cx.report(report::not_allowed_here(
        what,
        place.words(),
        "take it in the body: `post` with `input`",
        span,
    ));
    None
}
