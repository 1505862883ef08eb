//! `count`, `sum` and `exists` over the rows that a relation leads to.

use super::names::relations_of;
use super::{Checker, truth};
use crate::diagnostic::{expr as report, names};
use crate::expr::ast::{Ast, Word, Written};
use crate::ir::{Column, EntityId, Expr, Kind, Node, Relation, Scalar, Type};
use crate::source::Span;

const FUNCTIONS: [&str; 3] = ["count", "sum", "exists"];

impl Checker<'_, '_> {
    pub(super) fn call(&mut self, name: &Word, arguments: &[Ast], span: Span) -> Option<Expr> {
        if !FUNCTIONS.contains(&name.text.as_str()) {
            self.report(report::unknown_function(&name.text, name.span, FUNCTIONS));
            return None;
        }
        let most = match name.text.as_str() {
            "count" => 1..=1,
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
            ("count", _) => Some(Expr {
                node: Node::Count(relation),
                kind: Kind::Number { scale: 0 },
                nullable: false,
            }),
            ("sum", Some(field)) => self.sum(relation, to, field),
            (_, condition) => self.exists(relation, to, condition),
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

    fn sum(&mut self, relation: Relation, to: EntityId, field: &Ast) -> Option<Expr> {
        let word = match &field.node {
            Written::Name(words) if words.len() == 1 => &words[0],
            _ => {
                self.report(report::sum_of_a_field(field.span));
                return None;
            }
        };
        self.same_feature(to, "the sum", field.span)?;
        let column = self.column(to, word)?;
        let found = match column {
            Column::Field(index) => match &self.scope.entities[to.0].fields[index].ty {
                Type::Scalar(Scalar::Int(_) | Scalar::BigInt(_)) => Some((index, 0)),
                Type::Scalar(Scalar::Decimal(decimal)) => Some((index, decimal.scale)),
                _ => None,
            },
            _ => None,
        };
        let Some((field, scale)) = found else {
            self.report(report::sum_of_a_field(word.span));
            return None;
        };
        Some(Expr {
            node: Node::Sum { relation, field },
            kind: Kind::Number { scale },
            nullable: false,
        })
    }

    fn exists(
        &mut self,
        relation: Relation,
        to: EntityId,
        condition: Option<&Ast>,
    ) -> Option<Expr> {
        let condition = match condition {
            None => None,
            Some(ast) => {
                let (outer, inside) = (
                    self.entity.replace(to),
                    std::mem::replace(&mut self.inside, true),
                );
                let condition = self.truth(ast);
                (self.entity, self.inside) = (outer, inside);
                let condition = condition?;
                // Of a row of another feature its id is known here, and no more.
                if condition.reads_beyond_id() {
                    self.same_feature(to, "the condition", ast.span)?;
                }
                Some(Box::new(condition))
            }
        };
        Some(truth(
            Node::Exists {
                relation,
                condition,
            },
            false,
        ))
    }
}
