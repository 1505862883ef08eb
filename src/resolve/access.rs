//! The rules of endpoints: who may call them, and which rows they reach.

use std::collections::{BTreeMap, BTreeSet};

use super::callers::words;
use super::conditions::{self, Place};
use super::scope::{Cx, SymbolKind};
use super::tenancy;
use crate::ast::{self, F, Grant, Operation, Path, WriteRule};
use crate::diagnostic::{access as report, endpoints, names as name_report, support};
use crate::ir::{self, Access, Action, EntityId, FeatureId, Reach, Rule};
use crate::source::Span;

/// What a rule is asked of.
#[derive(Clone, Copy)]
pub(super) enum On {
    /// Rows that are there.
    Rows(EntityId),
    /// A row in the making.
    New(EntityId),
    /// No row that the compiler knows of.
    Nothing,
}

/// The rules of one endpoint; those of a bad or absent `access` are nobody's.
pub(super) fn access(cx: &mut Cx<'_>, given: &F<ast::Access>, on: On) -> Access {
    let mut rules = Vec::new();
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for (grant, span) in given.get().into_iter().flat_map(|access| &access.grants) {
        if let Some(first) = seen.insert(grant.word(), *span) {
            cx.report(name_report::listed_twice(
                grant.word(),
                "access",
                *span,
                first,
            ));
        } else {
            rules.extend(rule(cx, grant, *span, on));
        }
    }
    let entity = match on {
        On::Rows(id) | On::New(id) => Some(id),
        On::Nothing => None,
    };
    let tenant = tenancy::is_of_one(cx, entity, given, &rules);
    Access {
        rules,
        asks: false,
        tenant,
    }
}

fn rule(cx: &mut Cx<'_>, grant: &Grant, span: Span, on: On) -> Option<Rule> {
    if *grant == Grant::Public {
        nobody(cx, on, span);
        return Some(Rule::Public);
    }
    let Some(auth) = &cx.auth else {
        if cx.spec.project.auth.is_absent() {
            cx.report(report::no_auth(grant.word(), span));
        }
        return None;
    };
    match grant {
        Grant::Public | Grant::Authenticated => Some(Rule::Authenticated),
        Grant::Owner => owner_rule(cx, span, on),
        Grant::When(expression) => {
            let On::Rows(id) = on else {
                let help = "use `authenticated` or a role, and decide about rows in the logic";
                cx.report(report::no_row(span, help));
                return None;
            };
            let condition = conditions::condition(cx, Place::Rule, id, expression, span)?;
            Some(Rule::When {
                text: expression
                    .text
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
                condition,
            })
        }
        Grant::Member(expression) => {
            let On::Rows(id) = on else {
                let help = "use `authenticated` or a role, and decide about rows in the logic";
                cx.report(report::no_row(span, help));
                return None;
            };
            let (condition, way) = conditions::member(cx, id, expression, span)?;
            let text = expression.text.split_whitespace().collect();
            Some(Rule::Member {
                text,
                way,
                condition,
            })
        }
        Grant::Role(role) if auth.roles.contains(role) => Some(Rule::Role(role.clone())),
        Grant::Role(word) if WriteRule::from_word(word).is_some() => {
            cx.report(report::write_word(word, span));
            None
        }
        Grant::Role(role) => {
            if !cx
                .spec
                .project
                .auth
                .get()
                .is_some_and(|auth| auth.roles.is_bad())
            {
                let roles = auth.roles.iter().map(String::as_str);
                let words = Grant::WORDS.iter().chain(WriteRule::WORDS).copied();
                let known = roles.chain(words);
                let diagnostic = report::unknown_role(role, span, known);
                cx.report(diagnostic);
            }
            None
        }
    }
}

fn owner_rule(cx: &mut Cx<'_>, span: Span, on: On) -> Option<Rule> {
    let (On::Rows(id) | On::New(id)) = on else {
        let help = "use `authenticated` or a role, and decide about rows in the logic";
        cx.report(report::nobody_owns(
            "the endpoint is about no row",
            span,
            help,
        ));
        return None;
    };
    let draft = cx.draft(id);
    if draft.entity.owner.is_none() {
        // A bad `owner` has been reported.
        if draft.ast.owner.is_absent() {
            let why = format!("{} has no owner", words(cx, id));
            let help = "add `owner:` to it, with a reference to the entity of callers";
            cx.report(report::nobody_owns(&why, span, help));
        }
        return None;
    }
    // Who makes a row will own it.
    Some(match on {
        On::New(_) => Rule::Authenticated,
        _ => Rule::Owner,
    })
}

/// A row that is made by anyone would be nobody's.
fn nobody(cx: &mut Cx<'_>, on: On, span: Span) {
    let On::New(id) = on else { return };
    let draft = cx.draft(id);
    if let (Some(_), Some(owner)) = (draft.entity.owner, draft.ast.owner.span()) {
        let diagnostic = report::owned_by_nobody(&draft.entity.name, span, owner);
        cx.report(diagnostic);
    }
}

/// Whether a row that is out of reach is told from none.
pub(super) fn tells(cx: &mut Cx<'_>, hidden: &F<bool>, access: &Access, row: bool) -> bool {
    let Some((hidden, span)) = hidden.given() else {
        return false;
    };
    if !row {
        let why = "the endpoint is about no single row";
        cx.report(endpoints::hides_nothing(why, span));
    } else if !access.rules.is_empty() && access.reach() == Reach::All {
        let why = "no row is out of reach for who may call";
        cx.report(endpoints::hides_nothing(why, span));
    }
    !hidden
}

/// Whether there is a caller whose own row may be got.
pub(super) fn by_actor(cx: &mut Cx<'_>, entity: Option<EntityId>, access: &Access, span: Span) {
    let actor = cx.auth.as_ref().and_then(|auth| auth.actor);
    let why = if actor.is_none() || actor.map(|actor| actor.entity) != entity {
        "the entity is not that of callers"
    } else if access.rules.contains(&Rule::Public) {
        "anyone may call, and so nobody in particular"
    } else {
        return;
    };
    cx.report(report::no_own_row(why, span));
}

/// The entities whose rows some endpoint shows to their owners alone, so that no filter may tell of them.
pub(super) fn private(cx: &mut Cx<'_>) {
    let mut found = BTreeSet::new();
    for feature in cx.feature_ids() {
        let body = cx.scope(feature).body;
        for entry in body.endpoints.get().into_iter().flat_map(|map| map.iter()) {
            let Some(ast) = entry.value.get() else {
                continue;
            };
            if let Some((Operation::List(path) | Operation::Get(path), _)) = ast.operation()
                && owned(&ast.access)
            {
                found.extend(quietly(cx, feature, path));
            }
        }
        for entry in body.crud.get().into_iter().flat_map(|map| map.iter()) {
            if entry.value.get().is_some_and(|crud| owned(&crud.read)) {
                let path = Path {
                    feature: None,
                    name: entry.name.clone(),
                };
                found.extend(quietly(cx, feature, &path));
            }
        }
    }
    cx.private = found;
}

fn owned(access: &F<ast::Access>) -> bool {
    let grants = access.get().into_iter().flat_map(|access| &access.grants);
    grants
        .into_iter()
        .any(|(grant, _)| matches!(grant, Grant::Owner | Grant::When(_) | Grant::Member(_)))
}

/// The entity of a name, which is looked up for its faults elsewhere.
fn quietly(cx: &Cx<'_>, feature: FeatureId, path: &Path) -> Option<EntityId> {
    let feature = match &path.feature {
        Some(name) => *cx.features.get(name.value.as_str())?,
        None => feature,
    };
    match cx
        .scope(feature)
        .symbols
        .get(path.name.value.as_str())?
        .kind
    {
        SymbolKind::Entity(id) => Some(id),
        _ => None,
    }
}

/// Who sees which rows by the way: whoever some read of them gives them to.
pub(super) fn sights(service: &mut ir::Service) {
    let mut sights: BTreeMap<EntityId, Vec<Rule>> = BTreeMap::new();
    for endpoint in &service.endpoints {
        let entity = match &endpoint.action {
            Action::List(list) => list.entity,
            Action::Get(get) if !get.by_actor => get.entity,
            _ => continue,
        };
        let rules = sights.entry(entity).or_default();
        for rule in &endpoint.access.rules {
            if !rules.contains(rule) {
                rules.push(rule.clone());
            }
        }
    }
    for (entity, rules) in sights {
        if rules.iter().any(Rule::is_about_rows) && !rules.contains(&Rule::Public) {
            let entity = &mut service.entities[entity.0];
            entity.sight = Some(Access {
                rules,
                asks: true,
                tenant: entity.tenant.is_some(),
            });
        }
    }
    for index in 0..service.endpoints.len() {
        let asks = service.endpoints[index].embeds_in_part(service);
        service.endpoints[index].access.asks = asks;
    }
}

/// Whether a filter may lead to rows, which those that only their owners see are not.
pub(super) fn is_open(cx: &mut Cx<'_>, to: EntityId, what: &str, span: Span) -> bool {
    let open = !cx.private.contains(&to);
    if !open {
        let diagnostic = support::private_rows(what, &cx.entity(to).name, span);
        cx.report(diagnostic);
    }
    open
}
