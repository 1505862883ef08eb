//! Relations: the ways back along references, and n:m.

use super::columns::column;
use super::entities::claim_relation;
use super::keys;
use super::names;
use super::scope::{Cx, Member};
use crate::ast::{self, Name, Path};
use crate::diagnostic::relations as report;
use crate::ir::{Back, Column, EntityId, Link, Many, Scalar, Type};

pub(super) fn relations(cx: &mut Cx<'_>) {
    for id in cx.entity_ids() {
        for field in 0..cx.entity(id).fields.len() {
            back(cx, id, field);
        }
    }
    for id in cx.entity_ids() {
        let ast = cx.draft(id).ast;
        for entry in ast.many.get().into_iter().flat_map(|map| map.iter()) {
            let made = entry
                .value
                .get()
                .and_then(|ast| many(cx, id, &entry.name, ast));
            let what = format!("the n:m relation `{}`", entry.name.value);
            let good = names::snake(cx, &entry.name, "a relation")
                && claim_relation(cx, id, &entry.name, &what);
            let draft = &mut cx.drafts[id.0];
            let member = match made.filter(|_| good) {
                Some(made) => {
                    draft.entity.many.push(made);
                    Member::Many(draft.entity.many.len() - 1)
                }
                None => Member::Bad,
            };
            draft
                .members
                .entry(entry.name.value.clone())
                .or_insert(member);
        }
    }
}

/// Tells the target of a reference about it.
fn back(cx: &mut Cx<'_>, id: EntityId, index: usize) {
    let field = &cx.entity(id).fields[index];
    let Type::Reference(reference) = &field.ty else {
        return;
    };
    let (target, single) = (reference.target, field.unique);
    let back = Back {
        entity: id,
        field: index,
        name: reference.back.clone(),
        single,
    };
    let name = (!reference.back.is_empty()).then(|| field.name.clone());
    let incoming = &mut cx.drafts[target.0].entity.referenced_by;
    incoming.push(back);
    let member = Member::Back(incoming.len() - 1);
    let Some(name) = name else { return };
    let ast = cx
        .draft(id)
        .ast
        .fields
        .get()
        .and_then(|map| map.good().find(|(key, _)| key.value == name));
    let Some(back) = ast.and_then(|(_, field)| field.r#as.get()) else {
        return;
    };
    let what = format!("`as` of `{}.{name}`", cx.draft(id).name.value);
    if names::snake(cx, back, "a relation") && claim_relation(cx, target, back, &what) {
        cx.drafts[target.0]
            .members
            .insert(back.value.clone(), member);
    }
}

fn many<'a>(cx: &mut Cx<'a>, id: EntityId, name: &'a Name, ast: &'a ast::Many) -> Option<Many> {
    let path = ast.entity.get()?;
    let target = cx.find_entity(cx.entity(id).feature, path)?;
    let link = match ast.through.get() {
        Some(through) => through_link(cx, id, target, ast, through)?,
        None => plain_link(cx, id, target, name, ast)?,
    };
    Some(Many {
        name: name.value.clone(),
        description: String::new(),
        target,
        link,
    })
}

fn plain_link<'a>(
    cx: &mut Cx<'a>,
    id: EntityId,
    target: EntityId,
    name: &'a Name,
    ast: &'a ast::Many,
) -> Option<Link> {
    let create = ast.create.given().filter(|(create, _)| **create);
    let Some(by) = ast.by.get() else {
        if let (Some((_, span)), true) = (create, ast.by.is_absent()) {
            cx.report(report::many_keys(
                "create",
                "rows named by their ids cannot be made up",
                span,
            ));
        }
        return Some(Link::Plain {
            by: Column::Id,
            create: false,
        });
    };
    let column = column(cx, target, by)?;
    let other = cx.entity(target).feature;
    if other != cx.entity(id).feature {
        let what = format!("the natural key of `{}`", name.value);
        let why = "the rows there are known by their ids only";
        let diagnostic = report::crosses_feature(
            &what,
            cx.scope(other).name,
            why,
            "remove `by` to use ids",
            by.span,
        );
        cx.report(diagnostic);
        return None;
    }
    if let Some(why) = not_natural(cx, target, column) {
        let diagnostic =
            report::natural_key(&by.value, &cx.draft(target).name.value, &why, by.span);
        cx.report(diagnostic);
        return None;
    }
    if let Some((_, span)) = create {
        let unset = unset(cx, target, Some(column), |_| false);
        cannot_create(
            cx,
            &format!("the relation `{}`", name.value),
            target,
            &unset,
            span,
        );
    }
    Some(Link::Plain {
        by: column,
        create: create.is_some(),
    })
}

/// Why a column cannot name rows, if so.
fn not_natural(cx: &Cx<'_>, target: EntityId, column: Column) -> Option<String> {
    let field = match column {
        Column::Id => return None,
        Column::Field(index) => &cx.entity(target).fields[index],
        Column::CreatedAt | Column::UpdatedAt | Column::Version => {
            return Some("it is not text".to_owned());
        }
    };
    if !matches!(
        field.ty,
        Type::Scalar(Scalar::Text(_) | Scalar::Slug | Scalar::Email)
    ) {
        Some(format!("it is {}", keys::words(&field.ty)))
    } else if field.optional {
        Some("it may be null".to_owned())
    } else if !field.unique {
        Some("it is not unique".to_owned())
    } else {
        None
    }
}

/// The required fields that a new row would lack, besides those that are `given` a value.
pub(super) fn unset(
    cx: &Cx<'_>,
    id: EntityId,
    named: Option<Column>,
    given: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let fields = cx.entity(id).fields.iter().enumerate();
    let lacking = fields.filter(|(index, field)| {
        let has_value = field.optional || field.default.is_some() || field.derived_from.is_some();
        !has_value && named != Some(Column::Field(*index)) && !given(*index)
    });
    lacking.map(|(index, _)| index).collect()
}

pub(super) fn cannot_create(
    cx: &mut Cx<'_>,
    who: &str,
    id: EntityId,
    unset: &[usize],
    span: crate::source::Span,
) {
    let Some(first) = unset.first() else { return };
    let draft = cx.draft(id);
    let names: Vec<&str> = unset
        .iter()
        .map(|index| draft.entity.fields[*index].name.as_str())
        .collect();
    let diagnostic =
        report::cannot_create(who, &draft.name.value, &names, span, draft.spans[*first]);
    cx.report(diagnostic);
}

fn through_link<'a>(
    cx: &mut Cx<'a>,
    id: EntityId,
    target: EntityId,
    ast: &'a ast::Many,
    path: &'a Path,
) -> Option<Link> {
    for (key, span) in [("by", ast.by.span()), ("create", ast.create.span())] {
        if let Some(span) = span {
            let why = "a relation through an entity is written through that entity";
            cx.report(report::many_keys(key, why, span));
        }
    }
    let feature = cx.entity(id).feature;
    let entity = cx.find_entity(feature, path)?;
    for (other, what) in [
        (entity, "`through`"),
        (target, "an n:m relation through an entity"),
    ] {
        let other = cx.entity(other).feature;
        if other != feature {
            let why = "tables of two features are not joined";
            let help = "use an entity of this feature, or an endpoint with logic of its own";
            let diagnostic =
                report::crosses_feature(what, cx.scope(other).name, why, help, path.span());
            cx.report(diagnostic);
            return None;
        }
    }
    if target == id {
        let why = "of a relation of an entity with itself, the two sides cannot be told apart";
        cx.report(report::many_keys("through", why, path.span()));
        return None;
    }
    let near = reference_to(cx, entity, id, path);
    let far = reference_to(cx, entity, target, path);
    Some(Link::Through {
        entity,
        near: near?,
        far: far?,
    })
}

/// The one reference of `through` to `side`.
fn reference_to(cx: &mut Cx<'_>, through: EntityId, side: EntityId, path: &Path) -> Option<usize> {
    let fields = cx.entity(through).fields.iter().enumerate();
    let to_side = |ty: &Type| matches!(ty, Type::Reference(reference) if reference.target == side);
    let found: Vec<usize> = fields
        .filter(|(_, field)| to_side(&field.ty))
        .map(|(index, _)| index)
        .collect();
    if let [only] = found.as_slice() {
        return Some(*only);
    }
    if found.is_empty()
        && cx
            .draft(through)
            .members
            .values()
            .any(|member| *member == Member::Bad)
    {
        return None;
    }
    let (name, side) = (&cx.draft(through).name.value, &cx.draft(side).name.value);
    let diagnostic = report::through_references(name, side, found.len(), path.span());
    cx.report(diagnostic);
    None
}
