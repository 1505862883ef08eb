//! What a field becomes: a value of its type that fits into its bounds, or of which it can be asked whether it does.

use super::names::kind_of;
use super::numbers::scale;
use super::range::of_type;
use super::{Checker, Scope, known, truth, words};
use crate::diagnostic::{Diagnostic, expr as report};
use crate::expr::ast::{Ast, Written};
use crate::ir::{
    Assigned, Bounds, Column, Comparison, Constant, Expr, Field, Kind, MAX_EMAIL, MAX_SLUG,
    MAX_URL, Node, Scalar, Text, Type,
};

/// What `field` becomes, and the condition that this lies within its bounds, where nothing proves that. Whether a text
/// that is written out fits is not judged. `None` where something was reported to `found`, now or before.
pub fn assigned(
    ast: &Ast,
    field: &Field,
    scope: &Scope<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<(Assigned, Option<Expr>)> {
    if ast.node == Written::Null {
        if !field.optional {
            found.push(report::null_for(&field.name, ast.span));
            return None;
        }
        return Some((Assigned::Null, None));
    }
    let mut checker = Checker {
        scope,
        entity: scope.entity,
        inside: false,
        found,
    };
    let value = checker.value_of(ast, &field.ty)?;
    if value.nullable && !field.optional {
        checker.report(report::null_for(&field.name, ast.span));
        return None;
    }
    let within = checker.bounds(&value, field, ast)?;
    Some((Assigned::Value(value), within))
}

impl Checker<'_, '_> {
    /// A value of the kind of a field.
    fn value_of(&mut self, ast: &Ast, ty: &Type) -> Option<Expr> {
        let wanted = kind_of(ty);
        let value = match (&ast.node, wanted) {
            // The id of a row is nothing that a spec could know.
            (Written::Text(_), kind) if !matches!(kind, Kind::Id(_)) => self.text_as(ast, kind)?,
            _ => self.expr(ast)?,
        };
        match (value.kind, wanted) {
            (Kind::Number { scale: has }, Kind::Number { scale: takes }) if has <= takes => {
                self.scaled(value, takes, ast.span)
            }
            (Kind::Number { .. }, Kind::Float) => match value.node {
                Node::Constant(_) => Some(super::compare::float(value)),
                _ => self.does_not_fit(&value, wanted, ast),
            },
            (has, wanted) if has == wanted => Some(value),
            _ => self.does_not_fit(&value, wanted, ast),
        }
    }

    fn does_not_fit(&mut self, value: &Expr, wanted: Kind, ast: &Ast) -> Option<Expr> {
        let (is, must) = (words(self.scope, value.kind), words(self.scope, wanted));
        self.report(report::another_kind(&is, &must, ast.span));
        None
    }

    /// The condition under which the value lies within the bounds of a field; `Some(None)` where it always does.
    fn bounds(&mut self, value: &Expr, field: &Field, ast: &Ast) -> Option<Option<Expr>> {
        if matches!(value.kind, Kind::Number { .. }) {
            return self.number_within(value, field, ast);
        }
        let given = match &value.node {
            Node::Input(index) => self.scope.input.map(|input| input[*index].ty.clone()),
            Node::Column(column) => self.entity.map(|id| self.type_of(id, *column)),
            Node::Trail(trail) => Some(self.type_of(trail.entity, trail.column)),
            // A text of any length.
            Node::ActorSubject => {
                self.report(report::beyond_bounds(&field.name, ast.span));
                return None;
            }
            _ => None,
        };
        if given.is_none_or(|given| fits(&given, &field.ty)) {
            return Some(None);
        }
        self.report(report::beyond_bounds(&field.name, ast.span));
        None
    }

    fn type_of(&self, id: crate::ir::EntityId, column: Column) -> Type {
        self.scope.entities[id.0].column_type(column)
    }

    fn number_within(&mut self, value: &Expr, field: &Field, ast: &Ast) -> Option<Option<Expr>> {
        let (least, greatest) = self.range(value);
        let (min, max) = of_type(&field.ty, Column::Id);
        let mut sides = Vec::new();
        for (op, bound, beyond) in [
            (Comparison::GreaterOrEqual, min, least < min),
            (Comparison::LessOrEqual, max, greatest > max),
        ] {
            let bound = i64::try_from(bound).ok().filter(|_| beyond);
            sides.extend(bound.map(|bound| compared(op, value, bound)));
        }
        if sides.is_empty() {
            return Some(None);
        }
        // What the row does not decide, the bounds of the input must.
        if greatest < min || least > max || !reads_a_row(value) {
            self.report(report::beyond_bounds(&field.name, ast.span));
            return None;
        }
        let nullable = value.nullable;
        let inside = match sides.len() {
            1 => sides.remove(0),
            _ => truth(Node::All(sides), nullable),
        };
        if !nullable {
            return Some(Some(inside));
        }
        let is_null = Node::IsNull {
            value: Box::new(value.clone()),
            negated: false,
        };
        Some(Some(truth(
            Node::Any(vec![truth(is_null, false), inside]),
            true,
        )))
    }
}

fn compared(op: Comparison, value: &Expr, bound: i64) -> Expr {
    let kind = Kind::Number {
        scale: scale(value),
    };
    let node = Node::Compare {
        op,
        left: Box::new(value.clone()),
        right: Box::new(known(Constant::Number(bound), kind)),
    };
    truth(node, value.nullable)
}

fn reads_a_row(expr: &Expr) -> bool {
    let mut reads = false;
    expr.visit(&mut |it| {
        reads |= matches!(
            it.node,
            Node::Column(_)
                | Node::Trail(_)
                | Node::Count { .. }
                | Node::Sum(_)
                | Node::Exists { .. }
        );
    });
    reads
}

/// Whether every value of one type is one of the other, which has the same kind.
fn fits(given: &Type, into: &Type) -> bool {
    let (Type::Scalar(given), Type::Scalar(into)) = (given, into) else {
        return given == into || matches!(into, Type::Enum(_) | Type::Reference(_));
    };
    match (given, into) {
        (_, Scalar::Text(into)) => is_text(given, into),
        (Scalar::Email | Scalar::Url | Scalar::Slug | Scalar::Text(_), _) => given == into,
        (Scalar::Float(given), Scalar::Float(into)) => lies_in(*given, *into),
        (Scalar::Bytes { max: given }, Scalar::Bytes { max: into }) => given <= into,
        (Scalar::Json | Scalar::Bytes { .. }, _) => given == into,
        _ => true,
    }
}

fn is_text(given: &Scalar, into: &Text) -> bool {
    let (least, most, pattern) = match given {
        Scalar::Text(it) => (it.min, it.max, it.pattern.as_ref()),
        Scalar::Email => (1, MAX_EMAIL, None),
        Scalar::Url => (1, MAX_URL, None),
        Scalar::Slug => (1, MAX_SLUG, None),
        _ => return false,
    };
    let matches = into.pattern.is_none() || into.pattern.as_ref() == pattern;
    into.min <= least && most <= into.max && matches
}

fn lies_in(given: Bounds<f64>, into: Bounds<f64>) -> bool {
    let above = into
        .min
        .is_none_or(|least| given.min.is_some_and(|it| it >= least));
    let below = into
        .max
        .is_none_or(|most| given.max.is_some_and(|it| it <= most));
    above && below
}
