//! Fields, wherever they stand.

use super::keys;
use super::literals;
use super::names::{self, Taken};
use super::scope::{Cx, text};
use super::types;
use crate::ast::{self, F, Map, Name};
use crate::diagnostic::{relations, types as report};
use crate::ir::{FeatureId, Field, Literal, OnDelete, Scalar, Type, Write};

/// Where a field stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Entity,
    Object,
    Error,
    Input,
    Output,
    Query,
}

impl Place {
    /// For messages, with its article.
    pub fn words(self) -> &'static str {
        match self {
            Self::Entity => "an entity",
            Self::Object => "a value object",
            Self::Error => "an error",
            Self::Input => "an input",
            Self::Output => "an output",
            Self::Query => "a query",
        }
    }
}

/// What a group of fields belongs to.
pub(super) struct Owner<'n> {
    pub feature: FeatureId,
    pub place: Place,
    /// Begins the names of types that fields bring along: `Order` makes `OrderStatus`.
    pub prefix: &'n str,
    /// Whether it is a value inside of another, which is read without the request around it.
    pub nested: bool,
    /// For messages: "the entity `Order`".
    pub words: String,
}

/// The fields of anything but an entity; those that are wrong are left out.
pub(super) fn plain<'a>(
    cx: &mut Cx<'a>,
    owner: &Owner<'_>,
    map: &'a Map<ast::Field>,
) -> Vec<Field> {
    let mut taken = Taken::default();
    let mut fields = Vec::new();
    for entry in map.iter() {
        let good = names::snake(cx, &entry.name, "a field");
        let Some(ast) = entry.value.get() else {
            continue;
        };
        let Some(field) = field(cx, owner, &entry.name, ast) else {
            continue;
        };
        let what = format!("the field `{}`", field.name);
        let json = field.column_name();
        if good && names::claim(cx, &mut taken, &json, &what, entry.name.span, &owner.words) {
            fields.push(field);
        }
    }
    fields
}

/// One field, without regard to those beside it.
pub(super) fn field<'a>(
    cx: &mut Cx<'a>,
    owner: &Owner<'_>,
    name: &'a Name,
    ast: &'a ast::Field,
) -> Option<Field> {
    let ty = types::resolve(cx, owner, name, ast)?;
    keys::check(cx, owner.place, ast, &ty);
    let optional = ast.optional.is_true();
    if let Some((true, span)) = ast.empty_as_null.given()
        && !optional
        && !ast.optional.is_bad()
    {
        cx.report(report::null_needs_optional(span));
    }
    set_null(cx, name, ast, &ty, optional);
    let slug = matches!(ty, Type::Scalar(Scalar::Slug)) && owner.place == Place::Entity;
    if let (true, Some((_, span)), true) = (slug, ast.default.given(), ast.from.given().is_some()) {
        cx.report(report::default_is_pointless(
            "the slug is made from another field",
            span,
        ));
    }
    let default = value(cx, "default", &ast.default, &ty);
    if default == Some(Literal::Now)
        && owner.nested
        && let Some(span) = ast.default.span()
    {
        cx.report(report::now_is_unknown(span));
    }
    let example = value(cx, "example", &ast.example, &ty);
    if !matches!(owner.place, Place::Output | Place::Error) {
        sample(cx, ast, &ty, example.as_ref());
    }
    Some(Field {
        name: name.value.clone(),
        description: text(&ast.description),
        optional,
        default,
        unique: owner.place == Place::Entity && (slug || ast.unique.is_true()),
        write: match ast.write.get() {
            Some(ast::Write::When(ast::WriteRule::Never)) => Write::Never,
            Some(ast::Write::When(ast::WriteRule::Create)) => Write::Create,
            _ => Write::Always,
        },
        // Rules of entities speak of callers, who are not known yet.
        readers: None,
        writers: None,
        trim: ast.trim.is_true(),
        empty_as_null: ast.empty_as_null.is_true(),
        search: ast.search.is_true(),
        derived_from: None,
        example,
        ty,
    })
}

fn value(cx: &mut Cx<'_>, key: &str, given: &F<ast::Literal>, ty: &Type) -> Option<Literal> {
    let (given, span) = given.given()?;
    literals::literal(cx, key, given, span, ty)
}

/// What a client may send, tests send: a text that the pattern matches must be known.
fn sample(cx: &mut Cx<'_>, ast: &ast::Field, ty: &Type, example: Option<&Literal>) {
    let item = match ty {
        Type::List(list) => &list.item,
        plain => plain,
    };
    let Type::Scalar(Scalar::Text(text)) = item else {
        return;
    };
    let refused = example.is_none() && ast.example.span().is_some();
    let given = example.is_some_and(|it| *it != Literal::List(Vec::new()));
    if let Some((_, span)) = ast.pattern.given()
        && text.pattern.is_some()
        && !refused
        && !given
        && text.samples().is_empty()
    {
        cx.report(report::no_sample(text.min, text.max, span));
    }
}

fn set_null(cx: &mut Cx<'_>, name: &Name, ast: &ast::Field, ty: &Type, optional: bool) {
    let Type::Reference(reference) = ty else {
        return;
    };
    if reference.on_delete == OnDelete::SetNull
        && !optional
        && !ast.optional.is_bad()
        && let Some(span) = ast.on_delete.span()
    {
        cx.report(relations::set_null_on_required(&name.value, span));
    }
}
