//! URL paths: their parts, and what the parameters in them stand for.

use std::collections::BTreeSet;

use super::names::is_snake;
use super::scope::{Cx, Member};
use crate::diagnostic::{endpoints as report, relations};
use crate::ir::{
    Column, EntityId, FeatureId, Field, Key, Meaning, Parameter, Path, Scalar, Segment, Text, Type,
};
use crate::source::Span;

/// The most characters of a path as written.
const MAX_PATH: usize = 200;

/// What parameters of a path may stand for.
pub(super) struct About {
    pub feature: FeatureId,
    /// The entity whose rows, or parents of whose rows, the path may name.
    pub entity: Option<EntityId>,
    /// Whether the path names one row of it.
    pub row: bool,
    /// For messages: "creates a row".
    pub does: &'static str,
    /// Whether a parameter that nothing declares is plain text.
    pub free: bool,
}

/// The path as the service knows it; parameters that `query` declares are taken out of it.
pub(super) fn path(
    cx: &mut Cx<'_>,
    text: &str,
    span: Span,
    about: &About,
    query: &mut Vec<Field>,
) -> Option<Path> {
    let parts = match parts(text) {
        Ok(parts) => parts,
        Err(why) => {
            cx.report(report::malformed_path(text, why, span));
            return None;
        }
    };
    let mut seen = BTreeSet::new();
    let mut segments = Vec::new();
    let mut good = true;
    for part in parts {
        match part {
            Part::Literal(word) => segments.push(Segment::Literal(word.to_owned())),
            Part::Parameter(name) if !seen.insert(name) => {
                cx.report(report::path_parameter(name, "there twice", span, []));
                good = false;
            }
            Part::Parameter(name) => match meaning(cx, name, span, about, query) {
                Some(means) => segments.push(Segment::Parameter(Parameter {
                    name: name.to_owned(),
                    means,
                })),
                None => good = false,
            },
        }
    }
    if let (true, true, Some(entity)) = (good, about.row, about.entity) {
        let is_row = |segment: &Segment| matches!(segment, Segment::Parameter(it) if it.means == Meaning::Row);
        if !segments.iter().any(is_row) {
            let key = cx
                .entity(entity)
                .column_name(cx.entity(entity).key_column());
            let diagnostic = report::path_lacks_row(text, &cx.entity(entity).name, &key, span);
            cx.report(diagnostic);
            return None;
        }
    }
    good.then_some(Path { segments })
}

enum Part<'a> {
    Literal(&'a str),
    Parameter(&'a str),
}

/// The parts of a path, or what is wrong with it.
fn parts(text: &str) -> Result<Vec<Part<'_>>, &'static str> {
    if text.len() > MAX_PATH {
        return Err("it is longer than 200 characters");
    }
    let Some(rest) = text.strip_prefix('/') else {
        return Err("it does not begin with `/`");
    };
    let part = |part| match part {
        "" => Err("a part of it is empty"),
        "." | ".." => Err("`.` and `..` lead elsewhere"),
        _ => match part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
        {
            Some(name) if is_snake(name) => Ok(Part::Parameter(name)),
            Some(_) => {
                Err("the name of a parameter has small letters, digits and single `_` between them")
            }
            None if part.chars().all(is_unreserved) => Ok(Part::Literal(part)),
            None if part.contains(['{', '}']) => {
                Err("a parameter is a whole part: `/books/{slug}`")
            }
            None => Err("a part has letters, digits, `-`, `_`, `.` and `~` of ASCII only"),
        },
    };
    rest.split('/').map(part).collect()
}

fn is_unreserved(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.' | '~')
}

/// Whether the text can stand before every path.
pub(super) fn is_prefix(text: &str) -> bool {
    text.is_empty()
        || parts(text).is_ok_and(|parts| parts.iter().all(|part| matches!(part, Part::Literal(_))))
}

fn meaning(
    cx: &mut Cx<'_>,
    name: &str,
    span: Span,
    about: &About,
    query: &mut Vec<Field>,
) -> Option<Meaning> {
    if let Some(at) = query.iter().position(|field| field.name == name) {
        let field = query.remove(at);
        let fits = matches!(field.ty, Type::Scalar(_) | Type::Enum(_))
            && !field.optional
            && field.default.is_none();
        if !fits {
            let about = "optional, or not a scalar; without it the path is another";
            cx.report(report::path_parameter(name, about, span, []));
        }
        return fits.then_some(Meaning::Value(field.ty));
    }
    let Some(entity) = about.entity else {
        return about.free.then(plain_text);
    };
    let key = cx
        .entity(entity)
        .column_name(cx.entity(entity).key_column());
    if name == key {
        if about.row {
            return Some(Meaning::Row);
        }
        cx.report(report::path_names_row(name, about.does, &key, span));
        return None;
    }
    let member = cx.draft(entity).members.get(name).copied();
    if let Some(Member::Bad) = member {
        return None;
    }
    if let Some(Member::Column(Column::Field(field))) = member
        && let Type::Reference(reference) = &cx.entity(entity).fields[field].ty
        && cx.entity(entity).fields[field].name == name
    {
        let target = reference.target;
        return parent(cx, about.feature, field, target, span);
    }
    unknown(cx, name, entity, &key, about, span);
    None
}

/// A text of its own, without a declaration.
fn plain_text() -> Meaning {
    Meaning::Value(Type::Scalar(Scalar::Text(Text {
        min: 1,
        max: 255,
        pattern: None,
        long: false,
    })))
}

fn parent(
    cx: &mut Cx<'_>,
    feature: FeatureId,
    field: usize,
    target: EntityId,
    span: Span,
) -> Option<Meaning> {
    let parent = cx.entity(target);
    if parent.feature != feature && parent.key != Key::Id {
        let why = "there, rows are known by their ids only, and paths carry the key";
        let help = "use a query parameter or a filter for the reference";
        let diagnostic =
            relations::crosses_feature("the path", cx.scope(parent.feature).name, why, help, span);
        cx.report(diagnostic);
        return None;
    }
    Some(Meaning::Parent {
        field,
        key: parent.key_column(),
    })
}

/// A parameter that is none: says what was probably meant.
fn unknown(cx: &mut Cx<'_>, name: &str, entity: EntityId, key: &str, about: &About, span: Span) {
    let it = cx.entity(entity);
    let references = it
        .fields
        .iter()
        .filter(|field| matches!(field.ty, Type::Reference(_)));
    let parents: Vec<&str> = references.map(|field| field.name.as_str()).collect();
    let singular = heck::ToSnakeCase::to_snake_case(it.name.as_str());
    let is_row_by_another_name = about.row && (name == "id" || name == singular);
    let diagnostic = if is_row_by_another_name {
        report::write_parameter(name, &format!("not the key of `{}`", it.name), key, span)
    } else if let Some(parent) = name
        .strip_suffix("_id")
        .filter(|parent| parents.contains(parent))
    {
        report::write_parameter(
            name,
            &format!("not the name of a reference of `{}`", it.name),
            parent,
            span,
        )
    } else {
        let what = format!("neither the key nor a reference of `{}`", it.name);
        let key = Some(key).filter(|_| about.row);
        report::path_parameter(name, &what, span, parents.into_iter().chain(key))
    };
    cx.report(diagnostic);
}
