//! Numbers: exact, of one scale on both sides, and never beyond 64 bits.

use super::range::fits;
use super::{Checker, known, words};
use crate::diagnostic::expr as report;
use crate::expr::ast::{Ast, Written};
use crate::ir::{Arithmetic, Constant, Expr, Kind, Node};
use crate::source::Span;

impl Checker<'_, '_> {
    /// `digits` as written; zeros at the end of a fraction change nothing.
    pub(super) fn number(&mut self, digits: &str, negative: bool, span: Span) -> Option<Expr> {
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let sign = if negative { "-" } else { "" };
        let units: Option<i64> = format!("{sign}{whole}{fraction}").parse().ok();
        let scale = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        match units {
            Some(units) if scale <= 18 => {
                Some(known(Constant::Number(units), Kind::Number { scale }))
            }
            _ => {
                self.report(report::number_too_long(span));
                None
            }
        }
    }

    pub(super) fn negative(&mut self, of: &Ast, span: Span) -> Option<Expr> {
        if let Written::Number(digits) = &of.node {
            return self.number(digits, true, span);
        }
        let right = self.exact(of)?;
        let zero = known(Constant::Number(0), right.kind);
        self.calculated(Arithmetic::Subtract, zero, right, span)
    }

    pub(super) fn arithmetic(
        &mut self,
        op: Arithmetic,
        left: &Ast,
        right: &Ast,
        span: Span,
    ) -> Option<Expr> {
        let (left, right) = (self.exact(left), self.exact(right));
        let (left, right) = (left?, right?);
        let (left, right) = match op {
            Arithmetic::Multiply => (left, right),
            Arithmetic::Add | Arithmetic::Subtract => self.one_scale(left, right, span)?,
        };
        self.calculated(op, left, right, span)
    }

    fn calculated(&mut self, op: Arithmetic, left: Expr, right: Expr, span: Span) -> Option<Expr> {
        let scale = match op {
            Arithmetic::Multiply => scale(&left) + scale(&right),
            Arithmetic::Add | Arithmetic::Subtract => scale(&left),
        };
        let nullable = left.nullable || right.nullable;
        let expr = Expr {
            node: Node::Arithmetic {
                op,
                left: Box::new(left),
                right: Box::new(right),
            },
            kind: Kind::Number { scale },
            nullable,
        };
        self.bounded(expr, span)
    }

    /// A number that is no float.
    fn exact(&mut self, ast: &Ast) -> Option<Expr> {
        let expr = self.expr(ast)?;
        match expr.kind {
            Kind::Number { .. } => Some(expr),
            Kind::Float => {
                self.report(report::float_arithmetic(ast.span));
                None
            }
            kind => {
                let is = words(self.scope, kind);
                self.report(report::not_a_number(&is, ast.span));
                None
            }
        }
    }

    /// Both with as many digits behind the point as the one that has more.
    pub(super) fn one_scale(
        &mut self,
        left: Expr,
        right: Expr,
        span: Span,
    ) -> Option<(Expr, Expr)> {
        let most = scale(&left).max(scale(&right));
        Some((
            self.scaled(left, most, span)?,
            self.scaled(right, most, span)?,
        ))
    }

    pub(super) fn scaled(&mut self, expr: Expr, to: u32, span: Span) -> Option<Expr> {
        let digits = to - scale(&expr);
        if digits == 0 {
            return Some(expr);
        }
        let kind = Kind::Number { scale: to };
        if let Node::Constant(Constant::Number(units)) = expr.node {
            let scaled = 10_i64
                .checked_pow(digits)
                .and_then(|by| units.checked_mul(by));
            if let Some(scaled) = scaled {
                return Some(known(Constant::Number(scaled), kind));
            }
        }
        let nullable = expr.nullable;
        let node = Node::Scaled {
            value: Box::new(expr),
            digits,
        };
        let expr = Expr {
            node,
            kind,
            nullable,
        };
        self.bounded(expr, span)
    }

    fn bounded(&mut self, expr: Expr, span: Span) -> Option<Expr> {
        let range = self.range(&expr);
        if fits(range) && scale(&expr) <= 18 {
            return Some(expr);
        }
        self.report(report::may_overflow(scale(&expr), span));
        None
    }
}

pub(super) fn scale(expr: &Expr) -> u32 {
    match expr.kind {
        Kind::Number { scale } => scale,
        _ => 0,
    }
}
