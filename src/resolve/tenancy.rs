//! Tenants: where requests name theirs, and which rows belong to one.
//!
//! Enters: entities, relations and callers, all known. Leaves: the tenancy of the service and the tenant column of each entity;
//! no way from shared rows into those of tenants, so that a statement that begins at rows of one tenant stays there.

use super::callers::words;
use super::scope::{Cx, Member};
use crate::ast::{self, F};
use crate::diagnostic::{support, tenancy as report};
use crate::ir::{self, EntityId, Identity, Link, TenantFrom, Type};
use crate::source::Span;

/// Claims that mean something else in every token.
const CLAIMS: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];
/// Headers that mean something else in every request.
const HEADERS: [&str; 9] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "if-match",
    "if-none-match",
    "origin",
];

pub(super) fn tenancy(cx: &mut Cx<'_>) {
    let Some((ast, span)) = cx.spec.project.tenancy.given() else {
        if cx.spec.project.tenancy.is_absent() {
            none(cx);
        }
        return;
    };
    let Some(tenancy) = read(cx, ast, span) else {
        return;
    };
    let column = ir::tenant_column(cx.entity(tenancy.entity));
    for id in cx.entity_ids() {
        if !is_shared(cx, id, tenancy.entity) {
            columns(cx, id, &column);
            cx.drafts[id.0].entity.tenant = Some(column.clone());
        }
    }
    for id in cx.entity_ids() {
        borders(cx, id);
    }
    cx.tenancy = Some(tenancy);
}

/// Without tenants nothing can be shared by them.
fn none(cx: &mut Cx<'_>) {
    for id in cx.entity_ids() {
        if let Some(span) = cx.draft(id).ast.tenant.span() {
            cx.report(report::no_tenancy(span));
        }
    }
}

fn read(cx: &mut Cx<'_>, ast: &ast::Tenancy, span: Span) -> Option<ir::Tenancy> {
    let path = ast.entity.get()?;
    let Some(feature) = &path.feature else {
        let what = format!("`{}`", path.name.value);
        let help = "write `feature.Entity`, such as `companies.Company`";
        let diagnostic = report::wrong_tenancy(&what, "its feature is missing", path.span(), help);
        cx.report(diagnostic);
        return None;
    };
    let feature = cx.feature(feature)?;
    let entity = cx.find_entity(feature, path)?;
    let from = source(cx, ast);
    let is_actor = cx.auth.as_ref().and_then(|auth| auth.actor);
    let why = if cx.entity(entity).identity == Identity::Int {
        Some((
            "its ids are numbers",
            "leave out `id: int`: tenants are known by UUIDs",
        ))
    } else if is_actor.is_some_and(|actor| actor.entity == entity) {
        Some((
            "its rows stand for callers",
            "give the tenants an entity of their own",
        ))
    } else {
        None
    };
    if let Some((why, help)) = why {
        let diagnostic = report::wrong_tenancy(&words(cx, entity), why, path.span(), help);
        cx.report(diagnostic);
        return None;
    }
    if cx.auth.is_none() {
        if cx.spec.project.auth.is_absent() {
            let help = "add `auth`, with `roles` or an `actor`, to the project file";
            let diagnostic =
                report::wrong_tenancy("the rows", "the service knows no callers", span, help);
            cx.report(diagnostic);
        }
        return None;
    }
    let (from, from_span) = from?;
    let members = members(cx, ast, entity, &from, from_span)?;
    Some(ir::Tenancy {
        entity,
        from,
        members,
        row_level_security: ast.row_level_security.is_true(),
    })
}

/// Where requests name their tenant.
fn source(cx: &mut Cx<'_>, ast: &ast::Tenancy) -> Option<(TenantFrom, Span)> {
    let from = ast.from.get()?;
    if let Some((claim, span)) = from.claim.given() {
        if claim.is_empty() || CLAIMS.contains(&claim.as_str()) {
            let (what, why) = (format!("the claim `{claim}`"), "it means something else");
            let help = "name a claim of your own, such as `company`";
            cx.report(report::wrong_tenancy(&what, why, span, help));
            return None;
        }
        return Some((TenantFrom::Claim(claim.clone()), span));
    }
    if let Some((header, span)) = from.header.given() {
        let name = header.to_ascii_lowercase();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let why = if HEADERS.contains(&name.as_str()) {
            "it means something else"
        } else if name.is_empty() || !name.bytes().all(plain) {
            "its name may have letters, digits and `-`"
        } else {
            return Some((TenantFrom::Header(name), span));
        };
        let help = "name a header of your own, such as `X-Company`";
        cx.report(report::wrong_tenancy(
            &format!("the header `{header}`"),
            why,
            span,
            help,
        ));
        return None;
    }
    let span = from.path.span()?;
    if from.path.get().is_some() {
        cx.report(support::key("path", span));
    }
    None
}

/// The relation of tenants to callers. `None` where something was reported; none where whoever names a tenant is believed.
fn members(
    cx: &mut Cx<'_>,
    ast: &ast::Tenancy,
    entity: EntityId,
    from: &TenantFrom,
    from_span: Span,
) -> Option<Option<usize>> {
    let actor = cx.auth.as_ref().and_then(|auth| auth.actor);
    let Some(name) = ast.members.get() else {
        if matches!(from, TenantFrom::Claim(_)) || ast.members.is_bad() {
            return (!ast.members.is_bad()).then_some(None);
        }
        let why = "anyone could name any tenant";
        let help = "add `members:`, the n:m relation of the tenants to callers";
        cx.report(report::wrong_tenancy("the header", why, from_span, help));
        return None;
    };
    let found = match cx.member(entity, name)? {
        Member::Many(index) => {
            let target = cx.entity(entity).many[index].target;
            actor.filter(|actor| actor.entity == target).map(|_| index)
        }
        _ => None,
    };
    if found.is_none() {
        let what = format!("`{}`", name.value);
        let why = "it is no n:m relation to the entity of `auth.actor`";
        let help = "name an entry of `many` of the tenants' entity that leads to callers";
        cx.report(report::wrong_tenancy(&what, why, name.span, help));
    }
    found.map(Some)
}

/// Tenants and callers belong to no tenant.
fn is_shared(cx: &Cx<'_>, id: EntityId, tenants: EntityId) -> bool {
    let actor = cx.auth.as_ref().and_then(|auth| auth.actor);
    let callers = actor.map(|actor| actor.entity);
    id == tenants || callers == Some(id) || !cx.draft(id).ast.tenant.is_absent()
}

/// No field of the entity may be the column that says whose a row is.
fn columns(cx: &mut Cx<'_>, id: EntityId, column: &str) {
    let draft = cx.draft(id);
    let mut fields = draft.entity.fields.iter().zip(&draft.spans);
    let taken = fields.find(|(field, _)| field.column_name() == column);
    if let Some((field, span)) = taken {
        let diagnostic = report::tenant_column(&field.name, &draft.entity.name, column, *span);
        cx.report(diagnostic);
    }
}

/// From shared rows no way leads into those of tenants, whatever names it.
fn borders(cx: &mut Cx<'_>, id: EntityId) {
    let is_shared = |id: EntityId| cx.entity(id).tenant.is_none();
    let draft = cx.draft(id);
    let entity = &draft.entity;
    let mut found = Vec::new();
    for (index, field) in entity.fields.iter().enumerate() {
        let Type::Reference(reference) = &field.ty else {
            continue;
        };
        let to = reference.target;
        match (is_shared(id), is_shared(to)) {
            (true, false) => {
                let what = format!("the reference `{}`", field.name);
                let help = "leave it out, or let the row that refers belong to a tenant as well";
                found.push((what, id, to, draft.spans[index], help));
            }
            (false, true) if !reference.back.is_empty() => {
                let what = format!("`as: {}` of `{}`", reference.back, field.name);
                let help = "leave `as` out, and begin at the rows of the tenant instead";
                found.push((what, to, id, draft.spans[index], help));
            }
            _ => {}
        }
    }
    for entry in draft.ast.many.get().into_iter().flat_map(|map| map.iter()) {
        let made = entity
            .many
            .iter()
            .find(|many| many.name == entry.name.value);
        let Some(many) = made else { continue };
        let mut ways = vec![many.target];
        if let Link::Through { entity, .. } = many.link {
            ways.push(entity);
        }
        let into = ways.into_iter().find(|to| !is_shared(*to));
        if let Some(to) = into.filter(|_| is_shared(id)) {
            let what = format!("the relation `{}`", many.name);
            let help = "leave it out, or give the entity that it leads to `tenant: shared`";
            found.push((what, id, to, entry.name.span, help));
        }
    }
    for (what, from, to, span, help) in found {
        let (from, to) = (cx.entity(from).name.clone(), cx.entity(to).name.clone());
        cx.report(report::into_tenant(&what, &from, &to, span, help));
    }
}

/// Whether an endpoint works for one tenant, who must be known before it is asked for anything.
pub(super) fn is_of_one(
    cx: &mut Cx<'_>,
    entity: Option<EntityId>,
    access: &F<ast::Access>,
    rules: &[ir::Rule],
) -> bool {
    if cx.tenancy.is_none() {
        return false;
    }
    let is_public = rules.contains(&ir::Rule::Public);
    let Some(id) = entity else {
        return !is_public;
    };
    if cx.entity(id).tenant.is_none() {
        return false;
    }
    if is_public {
        let grants = access.get().into_iter().flat_map(|access| &access.grants);
        let public = grants
            .into_iter()
            .find(|(grant, _)| *grant == ast::Grant::Public);
        if let Some((_, span)) = public {
            let name = cx.entity(id).name.clone();
            cx.report(report::no_tenant("public", Some(&name), *span));
        }
    }
    true
}
