//! Endpoints: those written out, then those of `crud`.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;

use super::access::{self, On};
use super::changes::{self, Command};
use super::crud;
use super::errors;
use super::fields::{self, Owner, Place};
use super::lists;
use super::names;
use super::operations::{self, Facts};
use super::outputs;
use super::parts;
use super::paths::{self, About};
use super::routes::{self, Routes};
use super::scope::{Cx, text};
use super::summary;
use super::types;
use crate::ast::{self, F, Map, Name, Operation, Path};
use crate::diagnostic::{access as access_report, endpoints as report, names as name_report};
use crate::ir::{self, Action, EntityId, ErrorId, FeatureId, Field, Output};
use crate::source::Span;

pub(super) fn endpoints(cx: &mut Cx<'_>) {
    let mut routes = Routes::default();
    let mut operations: BTreeMap<String, (FeatureId, Span)> = BTreeMap::new();
    for id in cx.feature_ids() {
        let body = cx.scope(id).body;
        let mut written = BTreeSet::new();
        for entry in body.endpoints.get().into_iter().flat_map(|map| map.iter()) {
            written.insert(entry.name.value.as_str());
            let made = entry
                .value
                .get()
                .and_then(|ast| endpoint(cx, id, &entry.name, ast, &mut routes));
            let fresh = names::folder(cx, &entry.name, "an endpoint")
                && is_fresh(cx, &mut operations, id, &entry.name);
            cx.endpoints.extend(made.filter(|_| fresh));
        }
        // Where an endpoint could not be read, `crud` may be meant to stand back.
        if body.endpoints.is_bad() {
            continue;
        }
        for entry in body.crud.get().into_iter().flat_map(|map| map.iter()) {
            for (name, made) in crud::crud(cx, id, entry, &written, &mut routes) {
                if is_fresh(cx, &mut operations, id, &name) {
                    cx.endpoints.push(made);
                }
            }
        }
    }
}

/// Whether no other feature has an endpoint of the name; within one, the spec's own map sees to it.
fn is_fresh(
    cx: &mut Cx<'_>,
    operations: &mut BTreeMap<String, (FeatureId, Span)>,
    id: FeatureId,
    name: &Name,
) -> bool {
    let Some((feature, first)) = operations.get(&name.value) else {
        operations.insert(name.value.clone(), (id, name.span));
        return true;
    };
    let diagnostic =
        report::endpoint_taken(&name.value, name.span, cx.scope(*feature).name, *first);
    cx.report(diagnostic);
    false
}

fn endpoint<'a>(
    cx: &mut Cx<'a>,
    feature: FeatureId,
    name: &'a Name,
    ast: &'a ast::Endpoint,
    routes: &mut Routes,
) -> Option<ir::Endpoint> {
    if ast.access.is_absent() {
        cx.report(access_report::no_access(&name.value, name.span));
    }
    let (operation, span) = ast.operation()?;
    let mut errors = errors_of(cx, feature, ast);
    let facts = Facts::of(&operation, ast.row.is_absent());
    operations::check_keys(cx, ast, &facts);
    let entity = match entity_path(&operation, ast) {
        Some(path) => {
            let entity = cx.find_entity(feature, path)?;
            if !types::own_entity(cx, feature, entity, "the endpoint", path.span()) {
                return None;
            }
            Some(entity)
        }
        // A bad `row` has been reported, and without it the path means nothing.
        None if ast.row.is_bad() => return None,
        None => None,
    };
    let mut query = group(cx, feature, name, &ast.query, Place::Query);
    let input = group(cx, feature, name, &ast.input, Place::Input);
    let (written, path_span) = written_path(cx, &operation, ast, entity, span);
    let by_actor = matches!(operation, Operation::Get(_)) && ast.by.get().is_some();
    let about = About {
        feature,
        entity,
        row: facts.row && !by_actor,
        does: facts.does,
        free: facts.free,
    };
    let access = access::access(cx, &ast.access, on(&operation, entity));
    if let (true, Some((_, span))) = (by_actor, ast.by.given()) {
        access::by_actor(cx, entity, &access, span);
    }
    let path = paths::path(cx, &written, path_span, &about, &mut query);
    let output = outputs::output(cx, feature, name, ast);
    let method = operations::method(cx, ast, &facts, span);
    let command = |entity| Command {
        feature,
        entity,
        ast,
        input: &input,
        access: &access,
        output,
    };
    let row = entity.filter(|_| matches!(operation, Operation::Custom(..)));
    let change = row.and_then(|row| changes::change(cx, &command(row), &mut errors));
    let given = (query, input, output, change);
    let action = action(cx, &operation, entity, ast, given);
    let (path, action) = (path?, action?);
    operations::check_writes(cx, name, &action, &path);
    let status = operations::status(cx, ast, &action);
    routes::claim(cx, routes, method, &path, &name.value, path_span);
    Some(ir::Endpoint {
        feature,
        name: name.value.clone(),
        summary: match ast.summary.get() {
            Some(summary) => summary.clone(),
            None => summary::summary(cx, &name.value, &action),
        },
        description: text(&ast.description),
        method,
        path,
        status,
        tells: access::tells(cx, &ast.hidden, &access, facts.row && !by_actor),
        access,
        action,
        errors,
    })
}

/// What the rules are asked of.
fn on(operation: &Operation<'_>, entity: Option<EntityId>) -> On {
    match (operation, entity) {
        (Operation::Create(_), Some(entity)) => On::New(entity),
        (_, Some(entity)) => On::Rows(entity),
        (_, None) => On::Nothing,
    }
}

/// The entity that an operation names.
fn entity_path<'a>(operation: &Operation<'a>, ast: &'a ast::Endpoint) -> Option<&'a Path> {
    match operation {
        Operation::List(path)
        | Operation::Get(path)
        | Operation::Create(path)
        | Operation::Update(path)
        | Operation::Delete(path) => Some(path),
        Operation::Custom(..) => ast.row.get(),
    }
}

/// The path as the spec has it, or the usual one.
fn written_path(
    cx: &Cx<'_>,
    operation: &Operation<'_>,
    ast: &ast::Endpoint,
    entity: Option<EntityId>,
    span: Span,
) -> (String, Span) {
    if let Operation::Custom(_, path) = operation {
        return ((*path).to_owned(), span);
    }
    if let Some((path, span)) = ast.path.given() {
        return (path.0.clone(), span);
    }
    if matches!(operation, Operation::Get(_)) && ast.by.get().is_some() {
        return ("/me".to_owned(), span);
    }
    let usual = entity.map(|entity| {
        let row = !matches!(operation, Operation::List(_) | Operation::Create(_));
        usual_path(cx, entity, row)
    });
    (usual.unwrap_or_default(), span)
}

/// `/order-lines`, `/books/{slug}`.
pub(super) fn usual_path(cx: &Cx<'_>, entity: EntityId, row: bool) -> String {
    let it = cx.entity(entity);
    let base = it.plural.replace('_', "-");
    if row {
        format!("/{base}/{{{}}}", it.column_name(it.key_column()))
    } else {
        format!("/{base}")
    }
}

fn group<'a>(
    cx: &mut Cx<'a>,
    feature: FeatureId,
    name: &'a Name,
    given: &'a F<Map<ast::Field>>,
    place: Place,
) -> Vec<Field> {
    let Some(map) = given.get() else {
        return Vec::new();
    };
    let prefix = name.value.to_upper_camel_case();
    let words = format!(
        "{} of `{}`",
        if place == Place::Query {
            "the query"
        } else {
            "the input"
        },
        name.value
    );
    fields::plain(
        cx,
        &Owner {
            feature,
            place,
            prefix: &prefix,
            nested: false,
            words,
        },
        map,
    )
}

/// What an endpoint does; `None` where a part of it is missing, which has been reported.
fn action(
    cx: &mut Cx<'_>,
    operation: &Operation<'_>,
    entity: Option<EntityId>,
    ast: &ast::Endpoint,
    (query, input, output, change): (Vec<Field>, Vec<Field>, Option<Output>, Option<ir::Change>),
) -> Option<Action> {
    Some(match (operation, entity) {
        (Operation::List(_), Some(entity)) => Action::List(lists::list(cx, entity, ast)),
        (Operation::Get(_), Some(entity)) => Action::Get(ir::GetAction {
            entity,
            by_actor: ast.by.get().is_some(),
            include: lists::include(cx, entity, ast),
        }),
        (Operation::Create(_), Some(entity)) => Action::Create(ir::CreateAction {
            entity,
            include: lists::include(cx, entity, ast),
            parts: parts::parts(cx, entity, ast),
        }),
        (Operation::Update(_), Some(entity)) => Action::Update(ir::UpdateAction {
            entity,
            include: lists::include(cx, entity, ast),
        }),
        (Operation::Delete(_), Some(entity)) => Action::Delete(ir::DeleteAction { entity }),
        (Operation::Custom(..), Some(entity)) => Action::Command(ir::CommandAction {
            entity,
            query,
            input,
            output: output?,
            change,
        }),
        (Operation::Custom(..), None) => Action::Free(ir::FreeAction {
            query,
            input,
            output: output?,
        }),
        (_, None) => return None,
    })
}

fn errors_of<'a>(cx: &mut Cx<'a>, feature: FeatureId, ast: &'a ast::Endpoint) -> Vec<ErrorId> {
    let mut errors = Vec::new();
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for path in ast.errors.get().into_iter().flatten() {
        let Some(error) = errors::find(cx, feature, path) else {
            continue;
        };
        match seen.insert(&path.name.value, path.span()) {
            Some(first) => cx.report(name_report::listed_twice(
                &path.name.value,
                "errors",
                path.span(),
                first,
            )),
            None => errors.push(error),
        }
    }
    errors
}
