//! `count`, `sum` and `exists` over the rows that a relation leads to.

use super::names::relations_of;
use super::numbers::scale;
use super::range::of_sum;
use super::{Checker, truth};
use crate::diagnostic::{expr as report, names};
use crate::expr::ast::{Ast, Word, Written};
use crate::ir::{EntityId, Expr, Kind, Node, Relation, Sum};
use crate::source::Span;

const FUNCTIONS: [&str; 3] = ["count", "sum", "exists"];

impl Checker<'_, '_> {
    pub(super) fn call(&mut self, name: &Word, arguments: &[Ast], span: Span) -> Option<Expr> {
        if !FUNCTIONS.contains(&name.text.as_str()) {
            self.report(report::unknown_function(&name.text, name.span, FUNCTIONS));
            return None;
        }
        let most = match name.text.as_str() {
            "sum" => 2..=2,
            _ => 1..=2,
        };
        if !most.contains(&arguments.len()) {
            self.report(report::wrong_arguments(&name.text, span));
            return None;
        }
        if !self.scope.rows {
            let why = "a database checks a row when it is written, not when another one changes";
            self.report(report::other_rows(self.scope.what, why, span));
            return None;
        }
        let (relation, to) = self.relation(&arguments[0])?;
        match (name.text.as_str(), arguments.get(1)) {
            ("sum", Some(value)) => self.sum(relation, to, value),
            ("count", condition) => {
                let condition = self.condition(to, condition)?;
                let node = Node::Count {
                    relation,
                    condition,
                };
                Some(number(node, 0))
            }
            (_, condition) => {
                let condition = self.condition(to, condition)?;
                let node = Node::Exists {
                    relation,
                    condition,
                };
                Some(truth(node, false))
            }
        }
    }

    /// The relation, and the entity that it leads to.
    fn relation(&mut self, ast: &Ast) -> Option<(Relation, EntityId)> {
        let (Written::Name(words), Some(from)) = (&ast.node, self.entity) else {
            self.report(report::not_a_relation(ast.span));
            return None;
        };
        let [word] = words.as_slice() else {
            self.report(report::not_a_relation(ast.span));
            return None;
        };
        let entity = self.scope.entities[from.0];
        let mut back = entity.referenced_by.iter();
        if let Some(index) = back.position(|it| !it.name.is_empty() && it.name == word.text) {
            let to = entity.referenced_by[index].entity;
            self.same_feature(to, &format!("`{}`", word.text), word.span)?;
            return Some((Relation::Back(index), to));
        }
        if let Some(index) = entity.many.iter().position(|it| it.name == word.text) {
            return Some((Relation::Many(index), entity.many[index].target));
        }
        if !(self.scope.reported)(from, &word.text) {
            let all = relations_of(entity);
            self.report(names::unknown_relation(
                &word.text,
                &entity.name,
                word.span,
                all,
            ));
        }
        None
    }

    fn sum(&mut self, relation: Relation, to: EntityId, value: &Ast) -> Option<Expr> {
        self.same_feature(to, "the sum", value.span)?;
        let (expr, range) = self.other(to, |it| {
            let expr = it.expr(value)?;
            if !matches!(expr.kind, Kind::Number { .. }) {
                it.report(report::sum_of_a_number(value.span));
                return None;
            }
            let range = it.range(&expr);
            Some((expr, range))
        })?;
        let scale = scale(&expr);
        let Some((range, fits)) = of_sum(range, scale) else {
            self.report(report::may_overflow(scale, value.span));
            return None;
        };
        let sum = Sum {
            relation,
            value: Box::new(expr),
            range,
            fits,
        };
        Some(number(Node::Sum(sum), scale))
    }

    /// A condition on the other row, where there is one; `None` where it is bad.
    fn condition(&mut self, to: EntityId, ast: Option<&Ast>) -> Option<Option<Box<Expr>>> {
        let Some(ast) = ast else {
            return Some(None);
        };
        let condition = self.other(to, |it| it.truth(ast))?;
        // Of a row of another feature its id is known here, and no more.
        if condition.reads_beyond_id() {
            self.same_feature(to, "the condition", ast.span)?;
        }
        Some(Some(Box::new(condition)))
    }

    /// With the other row as the one at hand.
    fn other<T>(&mut self, to: EntityId, work: impl FnOnce(&mut Self) -> T) -> T {
        let outer = (self.entity.replace(to), self.inside);
        self.inside = true;
        let done = work(self);
        (self.entity, self.inside) = outer;
        done
    }
}

fn number(node: Node, scale: u32) -> Expr {
    Expr {
        node,
        kind: Kind::Number { scale },
        nullable: false,
    }
}
