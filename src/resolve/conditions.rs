//! Conditions of the spec, each typed against what its place knows.

use super::scope::{Cx, Member};
use crate::ast::Expression;
use crate::diagnostic::Diagnostic;
use crate::expr::{self, Actor, Ast, Scope};
use crate::ir::{EntityId, Expr, Hop};
use crate::source::Span;

/// Where a condition stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Of a row, for good.
    Check,
    /// Of a row and its caller.
    Rule,
    /// Of a row and those around it.
    Computed,
}

pub(super) fn condition(
    cx: &mut Cx<'_>,
    place: Place,
    entity: EntityId,
    expression: &Expression,
    span: Span,
) -> Option<Expr> {
    typed(cx, place, entity, expression, span, expr::condition)
}

/// `member of …`: the condition, and the way.
pub(super) fn member(
    cx: &mut Cx<'_>,
    entity: EntityId,
    way: &Expression,
    span: Span,
) -> Option<(Expr, Vec<Hop>)> {
    typed(cx, Place::Rule, entity, way, span, expr::member)
}

/// What a computed field gives, and, of a number, between which two it lies.
pub(super) fn value(
    cx: &mut Cx<'_>,
    entity: EntityId,
    expression: &Expression,
    span: Span,
) -> Option<(Expr, (i64, i64))> {
    typed(
        cx,
        Place::Computed,
        entity,
        expression,
        span,
        |ast, scope, found| {
            let expr = expr::check(ast, scope, found)?;
            let range = expr::range(&expr, scope);
            Some((expr, range))
        },
    )
}

fn typed<T>(
    cx: &mut Cx<'_>,
    place: Place,
    entity: EntityId,
    expression: &Expression,
    span: Span,
    check: impl FnOnce(&Ast, &Scope<'_>, &mut Vec<Diagnostic>) -> Option<T>,
) -> Option<T> {
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
    let computed = |entity: EntityId, name: &str| cx.draft(entity).is_computed(name);
    let auth = cx.auth.as_ref().filter(|_| place == Place::Rule);
    let scope = Scope {
        what: match place {
            Place::Check => "a check",
            Place::Rule => "an access rule",
            Place::Computed => "a computed field",
        },
        features: &features,
        entities: &entities,
        enums: &cx.enums,
        entity: Some(entity),
        rows: place != Place::Check,
        input: None,
        actor: auth.map(|auth| Actor {
            entity: auth.actor.map(|actor| actor.entity),
            roles: &auth.roles,
        }),
        now: false,
        reported: &reported,
        computed: &computed,
    };
    let typed = ast.and_then(|ast| check(&ast, &scope, &mut found));
    for diagnostic in found {
        cx.report(diagnostic);
    }
    typed
}
