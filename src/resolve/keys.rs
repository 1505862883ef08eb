//! Which keys mean something for which type, and where.

use super::fields::Place;
use super::scope::Cx;
use crate::ast::Field;
use crate::diagnostic::types as report;
use crate::ir::{Scalar, Type};
use crate::source::Span;

/// One key of a field.
struct Key {
    name: &'static str,
    given: Option<Span>,
    /// Whether it fits the type.
    type_fits: bool,
    /// Whether it may stand where the field stands.
    place_fits: bool,
    /// What it is for, in words.
    fits: &'static str,
}

const ENTITIES: &str = "fields of entities";
const SENT: &str = "fields that clients send";

/// Reports every key that would be without effect.
pub(super) fn check(cx: &mut Cx<'_>, place: Place, field: &Field, ty: &Type) {
    for key in constraints(field, ty)
        .into_iter()
        .chain(uses(field, ty, place))
    {
        let Some(span) = key.given else { continue };
        if !key.type_fits {
            cx.report(report::not_for_this_type(
                key.name,
                words(ty),
                span,
                key.fits,
            ));
        } else if !key.place_fits {
            let fits = if key.name == "default" {
                SENT
            } else {
                ENTITIES
            };
            cx.report(report::not_for_this_type(
                key.name,
                place.words(),
                span,
                fits,
            ));
        }
    }
}

/// Keys that limit a value; on a list they limit its items.
fn constraints(field: &Field, ty: &Type) -> Vec<Key> {
    let item = match ty {
        Type::List(list) => &list.item,
        other => other,
    };
    let is_list = matches!(ty, Type::List(_));
    let key = |name, given, type_fits, fits| Key {
        name,
        given,
        type_fits,
        place_fits: true,
        fits,
    };
    let (text, bytes, number, decimal) = match item {
        Type::Scalar(Scalar::Text(_)) => (true, false, false, false),
        Type::Scalar(Scalar::Bytes { .. }) => (false, true, false, false),
        Type::Scalar(Scalar::Decimal(decimal)) => (false, false, true, !decimal.money),
        Type::Scalar(Scalar::Int(_) | Scalar::BigInt(_) | Scalar::Float(_)) => {
            (false, false, true, false)
        }
        _ => (false, false, false, false),
    };
    vec![
        key("min", field.min.span(), text || number, "text and numbers"),
        key(
            "max",
            field.max.span(),
            text || number || bytes,
            "text, numbers and bytes",
        ),
        key("pattern", field.pattern.span(), text, "`string` and `text`"),
        key("precision", field.precision.span(), decimal, "`decimal`"),
        key("scale", field.scale.span(), decimal, "`decimal`"),
        key("min_items", field.min_items.span(), is_list, "lists"),
        key("max_items", field.max_items.span(), is_list, "lists"),
        key("trim", field.trim.span(), is_text(ty), "text"),
        key(
            "empty_as_null",
            field.empty_as_null.span(),
            is_text(ty),
            "text",
        ),
    ]
}

/// Keys that say what becomes of a value.
fn uses(field: &Field, ty: &Type, place: Place) -> Vec<Key> {
    let entity = place == Place::Entity;
    let sent = !matches!(place, Place::Output | Place::Error);
    let reference = matches!(ty, Type::Reference(_));
    let constant = !matches!(ty, Type::Reference(_) | Type::Entity(_) | Type::Object(_));
    let key = |name, given, type_fits, place_fits, fits| Key {
        name,
        given,
        type_fits,
        place_fits,
        fits,
    };
    let slug = matches!(ty, Type::Scalar(Scalar::Slug));
    vec![
        key(
            "unique",
            field.unique.span(),
            is_indexable(ty),
            entity,
            "scalars (not `json` and `bytes`, nor long text), enums and references",
        ),
        key(
            "search",
            field.search.span(),
            is_text(ty) || slug,
            entity,
            "text",
        ),
        key("from", field.from.span(), slug, entity, "`slug`"),
        key("as", field.r#as.span(), reference, entity, "references"),
        key(
            "on_delete",
            field.on_delete.span(),
            reference,
            entity,
            "references",
        ),
        key("read", field.read.span(), true, entity, ENTITIES),
        key("write", field.write.span(), true, entity, ENTITIES),
        key(
            "default",
            field.default.span(),
            constant,
            sent,
            "scalars, enums and lists",
        ),
        key(
            "example",
            field.example.span(),
            constant,
            true,
            "scalars, enums and lists",
        ),
    ]
}

/// Text that white space and emptiness mean something for.
pub(super) fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Scalar(Scalar::Text(_) | Scalar::Email | Scalar::Url)
    )
}

/// PostgreSQL's b-tree takes 2,704 bytes; a character may have four.
const MOST_INDEXED: u32 = 600;

/// Whether a column of the type may be unique or indexed.
pub(super) fn is_indexable(ty: &Type) -> bool {
    match ty {
        Type::Scalar(Scalar::Text(text)) => text.max <= MOST_INDEXED,
        Type::Scalar(Scalar::Json | Scalar::Bytes { .. }) => false,
        Type::Scalar(_) | Type::Enum(_) | Type::Reference(_) => true,
        Type::Object(_) | Type::List(_) | Type::Entity(_) => false,
    }
}

/// A type with its article.
pub(super) fn words(ty: &Type) -> &'static str {
    match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::Text(text) if text.max > MOST_INDEXED => "text longer than 600 characters",
            Scalar::Text(text) if text.long => "a `text`",
            Scalar::Text(_) => "a `string`",
            Scalar::Email => "an `email`",
            Scalar::Url => "a `url`",
            Scalar::Slug => "a `slug`",
            Scalar::Int(_) => "an `int`",
            Scalar::BigInt(_) => "a `bigint`",
            Scalar::Float(_) => "a `float`",
            Scalar::Decimal(decimal) if decimal.money => "`money`",
            Scalar::Decimal(_) => "a `decimal`",
            Scalar::Bool => "a `bool`",
            Scalar::Uuid => "a `uuid`",
            Scalar::Date => "a `date`",
            Scalar::Time => "a `time`",
            Scalar::Timestamp => "a `timestamp`",
            Scalar::Duration => "a `duration`",
            Scalar::Json => "`json`",
            Scalar::Bytes { .. } => "`bytes`",
        },
        Type::Enum(_) => "an enum",
        Type::Object(_) => "a value object",
        Type::List(_) => "a list",
        Type::Reference(_) => "a reference",
        Type::Entity(_) => "an entity",
    }
}
