//! Comparisons, `in`, and the questions whether something is null.

use super::constants;
use super::names::by_uuid;
use super::{Checker, known, truth, words};
use crate::diagnostic::expr as report;
use crate::expr::ast::{Ast, Written};
use crate::ir::{Comparison, Constant, Expr, Kind, Node};
use crate::source::Span;

impl Checker<'_, '_> {
    pub(super) fn compare(
        &mut self,
        op: Comparison,
        left: &Ast,
        right: &Ast,
        span: Span,
    ) -> Option<Expr> {
        match (&left.node, &right.node) {
            (Written::Null, _) => return self.is_null(op, right, span),
            (_, Written::Null) => return self.is_null(op, left, span),
            _ => {}
        }
        let (left, right) = match (is_text(left), is_text(right)) {
            (false, true) => {
                let value = self.expr(left)?;
                let text = self.text_as(right, value.kind)?;
                (value, text)
            }
            (true, false) => {
                let value = self.expr(right)?;
                (self.text_as(left, value.kind)?, value)
            }
            _ => {
                let (left, right) = (self.expr(left), self.expr(right));
                (left?, right?)
            }
        };
        let (left, right) = self.same_kind(left, right, span)?;
        self.has_order(op, left.kind, span)?;
        let nullable = left.nullable || right.nullable;
        let node = Node::Compare {
            op,
            left: Box::new(left),
            right: Box::new(right),
        };
        Some(truth(node, nullable))
    }

    fn is_null(&mut self, op: Comparison, of: &Ast, span: Span) -> Option<Expr> {
        let negated = match op {
            Comparison::Equal => false,
            Comparison::NotEqual => true,
            _ => {
                self.report(report::null_has_no_order(span));
                return None;
            }
        };
        let value = self.someone(of)?;
        if !value.nullable {
            self.report(report::never_null(of.span));
            return None;
        }
        let value = Box::new(value);
        Some(truth(Node::IsNull { value, negated }, false))
    }

    pub(super) fn within(&mut self, value: &Ast, list: &Ast, span: Span) -> Option<Expr> {
        let items = match &list.node {
            Written::List(items) => items,
            Written::Name(words)
                if words.len() == 2 && words[0].text == "actor" && words[1].text == "roles" =>
            {
                return self.role(value, list.span);
            }
            _ => {
                self.report(report::not_a_list(list.span));
                return None;
            }
        };
        if items.is_empty() {
            self.report(report::empty_list(list.span));
            return None;
        }
        let mut value = self.expr(value)?;
        let mut constants = Vec::with_capacity(items.len());
        let mut good = true;
        for item in items {
            match self.item(&value, item) {
                Some(constant) => constants.push(constant),
                None => good = false,
            }
        }
        if !good {
            return None;
        }
        if let Kind::Number { scale } = value.kind {
            let most = constants
                .iter()
                .map(super::numbers::scale)
                .fold(scale, u32::max);
            value = self.scaled(value, most, span)?;
            let scaled = constants.into_iter().map(|it| self.scaled(it, most, span));
            constants = scaled.collect::<Option<_>>()?;
        }
        let list = constants.into_iter().filter_map(|it| match it.node {
            Node::Constant(constant) => Some(constant),
            _ => None,
        });
        let list: Vec<Constant> = list.collect();
        let nullable = value.nullable;
        let value = Box::new(value);
        Some(truth(Node::In { value, list }, nullable))
    }

    /// A constant of a list, of the kind of what may be in it.
    fn item(&mut self, value: &Expr, item: &Ast) -> Option<Expr> {
        if is_text(item) {
            return self.text_as(item, value.kind);
        }
        let constant = self.expr(item)?;
        if !matches!(constant.node, Node::Constant(_)) {
            self.report(report::not_a_constant(item.span));
            return None;
        }
        let constant = match (value.kind, constant.kind) {
            (Kind::Number { .. }, Kind::Number { .. }) => constant,
            _ => self.same_kind(value.clone(), constant, item.span)?.1,
        };
        Some(constant)
    }

    /// A text where a value of some kind is expected: a word of an enum, a date, …
    pub(super) fn text_as(&mut self, ast: &Ast, kind: Kind) -> Option<Expr> {
        let Written::Text(text) = &ast.node else {
            return self.expr(ast);
        };
        let constant = match kind {
            Kind::Text => Some(Constant::Text(text.clone())),
            Kind::Enum(id) => {
                let of = &self.scope.enums[id.0];
                let all = || of.values.iter().map(|value| value.word.as_str());
                if !all().any(|word| word == text) {
                    self.report(report::unknown_word(text, &of.name, ast.span, all()));
                    return None;
                }
                Some(Constant::Word(text.clone()))
            }
            Kind::Uuid => constants::uuid(text),
            Kind::Id(entity) if by_uuid(self.scope.entities[entity.0]) => constants::uuid(text),
            Kind::Date => constants::date(text),
            Kind::Time => constants::time(text),
            Kind::Timestamp => constants::timestamp(text),
            Kind::Duration => constants::duration(text),
            _ => None,
        };
        if constant.is_none() {
            let must = words(self.scope, kind);
            self.report(report::text_does_not_fit(text, &must, ast.span));
        }
        Some(known(constant?, kind))
    }

    fn same_kind(&mut self, left: Expr, right: Expr, span: Span) -> Option<(Expr, Expr)> {
        match (left.kind, right.kind) {
            (Kind::Opaque, _) | (_, Kind::Opaque) => {
                self.report(report::not_comparable(span));
                None
            }
            (Kind::Number { .. }, Kind::Number { .. }) => self.one_scale(left, right, span),
            (Kind::Float, Kind::Number { .. }) if is_number(&right) => Some((left, float(right))),
            (Kind::Number { .. }, Kind::Float) if is_number(&left) => Some((float(left), right)),
            (a, b) if a == b => Some((left, right)),
            (a, b) => {
                let (a, b) = (words(self.scope, a), words(self.scope, b));
                self.report(report::different_kinds(&a, &b, span));
                None
            }
        }
    }

    fn has_order(&mut self, op: Comparison, kind: Kind, span: Span) -> Option<()> {
        let ordered = !matches!(kind, Kind::Bool | Kind::Enum(_) | Kind::Id(_) | Kind::Uuid);
        if ordered || matches!(op, Comparison::Equal | Comparison::NotEqual) {
            return Some(());
        }
        self.report(report::no_order(&words(self.scope, kind), span));
        None
    }
}

fn is_text(ast: &Ast) -> bool {
    matches!(ast.node, Written::Text(_))
}

fn is_number(expr: &Expr) -> bool {
    matches!(expr.node, Node::Constant(Constant::Number(_)))
}

/// A number as written, for a float to be compared with: the nearest one.
pub(super) fn float(expr: Expr) -> Expr {
    let (Node::Constant(Constant::Number(units)), Kind::Number { scale }) = (&expr.node, expr.kind)
    else {
        return expr;
    };
    let exact = crate::ir::decimal_text(*units, scale);
    let nearest = exact.parse().unwrap_or_default();
    known(Constant::Float(nearest), Kind::Float)
}
