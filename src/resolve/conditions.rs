//! Conditions of the spec, each typed against what its place knows.

use super::scope::{Cx, Member};
use crate::ast::Expression;
use crate::expr::{self, Actor, Scope};
use crate::ir::{EntityId, Expr};
use crate::source::Span;

/// Where a condition stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Of a row, for good.
    Check,
    /// Of a row and its caller.
    Rule,
}

pub(super) fn condition(
    cx: &mut Cx<'_>,
    place: Place,
    entity: EntityId,
    expression: &Expression,
    span: Span,
) -> Option<Expr> {
    let mut found = Vec::new();
    let exact = expression.exact.is_some();
    let at = expression.exact.unwrap_or(span);
    let ast = expr::parse(&expression.text, at, exact, &mut found);
    let features: Vec<&str> = cx.scopes.iter().map(|scope| scope.name).collect();
    let entities: Vec<_> = cx.drafts.iter().map(|draft| &draft.entity).collect();
    let reported = |entity: EntityId, name: &str| {
        let draft = cx.draft(entity);
        draft.has_unread() || draft.members.get(name) == Some(&Member::Bad)
    };
    let rule = place == Place::Rule;
    let auth = cx.auth.as_ref().filter(|_| rule);
    let scope = Scope {
        what: if rule { "an access rule" } else { "a check" },
        features: &features,
        entities: &entities,
        enums: &cx.enums,
        entity: Some(entity),
        rows: rule,
        input: None,
        actor: auth.map(|auth| Actor {
            entity: auth.actor.map(|actor| actor.entity),
            roles: &auth.roles,
        }),
        now: false,
        reported: &reported,
    };
    let condition = ast.and_then(|ast| expr::condition(&ast, &scope, &mut found));
    for diagnostic in found {
        cx.report(diagnostic);
    }
    condition
}
