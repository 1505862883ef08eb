//! Conditions of the spec, each typed against what its place knows.

use super::scope::{Cx, Member};
use crate::ast::Expression;
use crate::diagnostic::Diagnostic;
use crate::expr::{self, Actor, Ast, Scope};
use crate::ir::{Access, Assigned, EntityId, Expr, Field, Granted, Hop};
use crate::source::Span;

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) enum Place<'p> {
    /// Of a row, for good.
    Check,
    /// Of a row and its caller.
    Rule,
    /// Of a row and those around it.
    Computed,
    /// Of a row, its caller and a request.
    Request {
        /// For messages, with its article: "a guard".
        what: &'static str,
        input: &'p [Field],
        access: &'p Access,
    },
}

impl Place<'_> {
    fn what(&self) -> &'static str {
        match self {
            Self::Check => "a check",
            Self::Rule => "an access rule",
            Self::Computed => "a computed field",
            Self::Request { what, .. } => what,
        }
    }

    /// Whether somebody calls, and whether that is known for certain.
    fn asks_actor(&self) -> (bool, bool) {
        match self {
            Self::Check | Self::Computed => (false, false),
            Self::Rule => (true, false),
            // Where anyone may call, nobody is asked who they are.
            Self::Request { access, .. } => (
                !access.is_public(),
                access.to_anonymous() == Granted::Unauthenticated,
            ),
        }
    }
}

pub(super) fn condition(
    cx: &mut Cx<'_>,
    place: Place<'_>,
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

/// What a field becomes, and the condition that this is within its bounds, where nothing proves that.
pub(super) fn assigned(
    cx: &mut Cx<'_>,
    place: Place<'_>,
    entity: EntityId,
    (expression, span): (&Expression, Span),
    field: &Field,
) -> Option<(Assigned, Option<Expr>)> {
    let check = |ast: &Ast, scope: &Scope<'_>, found: &mut Vec<Diagnostic>| {
        expr::assigned(ast, field, scope, found)
    };
    typed(cx, place, entity, expression, span, check)
}

fn typed<T>(
    cx: &mut Cx<'_>,
    place: Place<'_>,
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
    let (asks, is_known) = place.asks_actor();
    let auth = cx.auth.as_ref().filter(|_| asks);
    let input = match place {
        Place::Request { input, .. } => Some(input),
        Place::Check | Place::Rule | Place::Computed => None,
    };
    let scope = Scope {
        what: place.what(),
        features: &features,
        entities: &entities,
        enums: &cx.enums,
        entity: Some(entity),
        rows: !matches!(place, Place::Check),
        input,
        actor: auth.map(|auth| Actor {
            entity: auth.actor.map(|actor| actor.entity),
            roles: &auth.roles,
            is_known,
        }),
        now: input.is_some(),
        reported: &reported,
        computed: &computed,
    };
    let typed = ast.and_then(|ast| check(&ast, &scope, &mut found));
    for diagnostic in found {
        cx.report(diagnostic);
    }
    typed
}
