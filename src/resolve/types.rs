//! What a field holds: from the keys `type`, `ref`, `enum` and `list_of` to a type of the IR.

use heck::ToUpperCamelCase;

use super::enums;
use super::fields::{Owner, Place};
use super::items;
use super::names::claim_type;
use super::objects;
use super::scalars;
use super::scope::{Cx, SymbolKind};
use crate::ast::{self, Field, Name, Path, Shape};
use crate::diagnostic::{names, relations, types as report};
use crate::ir::{self, EntityId, FeatureId, OnDelete, Reference, Type};
use crate::source::Span;

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
        Shape::List(item, span) => items::list(cx, owner, name, field, item, span),
    }
}

pub(super) fn named<'a>(
    cx: &mut Cx<'a>,
    owner: &Owner<'_>,
    path: &'a Path,
    field: &'a Field,
) -> Option<Type> {
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
            objects::object(cx, feature, &path.name.value, fields, made, span).map(Type::Object)
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
