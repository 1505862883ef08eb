//! Who calls, and whom rows belong to.

use std::collections::BTreeMap;

use super::names;
use super::scope::{Cx, Draft, Member};
use crate::ast::{self, Grant, Name, WriteRule};
use crate::diagnostic::{access as report, names as name_report, support};
use crate::ir::{self, ActorSource, Auth, Column, EntityId, Identity, Scalar, Tokens, Type, Write};
use crate::source::Span;

/// The `auth` block of the project; `None` where it is absent or bad.
pub(super) fn auth(cx: &mut Cx<'_>) {
    let Some(ast) = cx.spec.project.auth.get() else {
        return;
    };
    let roles = roles(cx, ast);
    let actor = ast.actor.get().and_then(|actor| source(cx, actor));
    let tokens = match ast.tokens.given() {
        Some((ast::Tokens::Jwt, _)) => Tokens::Jwt,
        Some((ast::Tokens::Paseto, _)) | None => Tokens::Paseto,
    };
    cx.auth = Some(Auth {
        tokens,
        roles,
        actor,
    });
}

fn roles(cx: &mut Cx<'_>, ast: &ast::Auth) -> Vec<String> {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let mut roles = Vec::new();
    for role in ast.roles.get().into_iter().flatten() {
        let word = role.value.as_str();
        if Grant::WORDS.contains(&word) || WriteRule::WORDS.contains(&word) {
            cx.report(report::role_reserved(&role.value, role.span));
        } else if let Some(first) = seen.insert(&role.value, role.span) {
            cx.report(name_report::listed_twice(
                &role.value,
                "roles",
                role.span,
                first,
            ));
        } else if names::snake(cx, role, "a role") {
            roles.push(role.value.clone());
        }
    }
    roles
}

/// The entity behind callers.
fn source(cx: &mut Cx<'_>, ast: &ast::ActorSource) -> Option<ActorSource> {
    let path = ast.entity.get()?;
    // Without a feature before it, the name is one of any feature: the project file is in none.
    let feature = match &path.feature {
        Some(feature) => cx.feature(feature)?,
        None => {
            let why = "its feature is missing";
            let help = "write `feature.Entity`, such as `accounts.User`";
            cx.report(report::wrong_actor(
                &format!("`{}`", path.name.value),
                why,
                path.span(),
                help,
            ));
            return None;
        }
    };
    let entity = cx.find_entity(feature, path)?;
    if cx.entity(entity).identity == Identity::Int {
        let (what, why) = (words(cx, entity), "its ids are numbers");
        let help = "leave out `id: int`: callers are known by UUIDs";
        cx.report(report::wrong_actor(&what, why, path.span(), help));
        return None;
    }
    let name = ast.by.get()?;
    let Member::Column(by) = cx.member(entity, name)? else {
        cx.unknown_field(entity, name);
        return None;
    };
    if !is_subject(cx.entity(entity), by) {
        let why = "the field that holds the subject must be a required `string` that is `unique`";
        let help = "add `subject: { type: string, unique: true }` and name it under `by`";
        cx.report(report::wrong_actor(
            &words(cx, entity),
            why,
            name.span,
            help,
        ));
        return None;
    }
    let provision = ast.provision.get().copied().unwrap_or_default();
    if provision {
        check_provision(cx, entity, by, ast.provision.span().unwrap_or(path.span()))?;
    }
    Some(ActorSource {
        entity,
        by,
        provision,
    })
}

pub(super) fn words(cx: &Cx<'_>, entity: EntityId) -> String {
    format!("the entity `{}`", cx.entity(entity).name)
}

fn is_subject(entity: &ir::Entity, by: Column) -> bool {
    let Column::Field(index) = by else {
        return false;
    };
    let field = &entity.fields[index];
    let text = matches!(&field.ty, Type::Scalar(Scalar::Text(text)) if !text.long);
    text && field.unique && !field.optional
}

/// A row that is made of a subject alone.
fn check_provision(cx: &mut Cx<'_>, id: EntityId, by: Column, span: Span) -> Option<()> {
    let entity = cx.entity(id);
    let fields = entity.fields.iter().enumerate();
    let lacking = fields
        .filter(|(index, field)| {
            let has_value = field.optional || field.default.is_some();
            !has_value && by != Column::Field(*index)
        })
        .map(|(_, field)| format!("`{}`", field.name));
    let lacking: Vec<String> = lacking.collect();
    if lacking.is_empty() {
        return Some(());
    }
    let why = format!(
        "a new row would lack {}, since a token brings a subject alone",
        lacking.join(", ")
    );
    let help = "let these be null (`?`), give them a `default`, or leave `provision` out";
    cx.report(report::wrong_actor(&words(cx, id), &why, span, help));
    None
}

/// The owners of rows; `auth` and the fields are known.
pub(super) fn owners(cx: &mut Cx<'_>) {
    for id in cx.entity_ids() {
        let Some(name) = cx.draft(id).ast.owner.get() else {
            continue;
        };
        let Some(owner) = owner(cx, id, name) else {
            continue;
        };
        let entity = &mut cx.drafts[id.0].entity;
        entity.owner = Some(owner);
        entity.fields[owner].write = Write::Never;
    }
}

fn owner(cx: &mut Cx<'_>, id: EntityId, name: &Name) -> Option<usize> {
    let Some(actor) = cx.auth.as_ref().and_then(|auth| auth.actor) else {
        // Where `auth` is bad, that has been reported.
        if !cx.has_errors() {
            let why = "the service knows no callers";
            let help =
                "add `auth: { actor: { entity: accounts.User, by: subject } }` to the project file";
            cx.report(report::wrong_owner(&name.value, why, name.span, help));
        }
        return None;
    };
    let found = match cx.member(id, name)? {
        Member::Column(Column::Field(index)) => match &cx.entity(id).fields[index].ty {
            Type::Reference(reference) if reference.target == actor.entity => Some(index),
            _ => None,
        },
        _ => None,
    };
    if found.is_none() {
        let callers = &cx.entity(actor.entity).name;
        let help = format!("name a reference to `{callers}`, whose rows are callers");
        let why = "it is no reference to a caller";
        cx.report(report::wrong_owner(&name.value, why, name.span, &help));
    }
    found.filter(|index| fits(cx, id, *index, name))
}

/// Whether the generated service can hold the rule.
fn fits(cx: &mut Cx<'_>, id: EntityId, index: usize, name: &Name) -> bool {
    let draft = cx.draft(id);
    let Draft { ast, entity, .. } = draft;
    let field = &entity.fields[index];
    let written = ast.fields.get().into_iter().flat_map(|map| map.iter());
    let said = written
        .filter(|entry| entry.name.value == field.name)
        .find_map(|entry| entry.value.get()?.write.span());
    let unique = field.unique;
    if let Some(span) = said {
        let why = "it has a `write` rule of its own";
        let help = "leave `write` out: the owner is filled in from the caller, and stays";
        cx.report(report::wrong_owner(&name.value, why, span, help));
        return false;
    }
    if unique {
        cx.report(support::owner_of_one(name.span));
        return false;
    }
    true
}
