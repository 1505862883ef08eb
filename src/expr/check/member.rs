//! `member of ticket.watchers`: the way from a row to callers, as a condition.

use super::names::{reference, relations_of};
use super::{Checker, Scope, truth};
use crate::diagnostic::{Diagnostic, access as report, names};
use crate::expr::ast::{Ast, Word, Written};
use crate::ir::{Column, Comparison, EntityId, Expr, Hop, Kind, Node, Relation};

/// Whether the actor is at the end of a way from the row at hand: the condition, and the steps. `None` where something was
/// reported.
pub fn member(
    ast: &Ast,
    scope: &Scope<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<(Expr, Vec<Hop>)> {
    let mut checker = Checker {
        scope,
        entity: scope.entity,
        inside: false,
        found,
    };
    let Written::Name(words) = &ast.node else {
        checker.report(report::no_members(
            "…",
            "a way is names with dots between them",
            ast.span,
        ));
        return None;
    };
    let mut way = Vec::new();
    let condition = checker.way(scope.entity?, words, words, &mut way)?;
    Some((condition, way))
}

impl Checker<'_, '_> {
    /// The condition for the rest of the way, of which `all` are the words.
    fn way(
        &mut self,
        at: EntityId,
        rest: &[Word],
        all: &[Word],
        way: &mut Vec<Hop>,
    ) -> Option<Expr> {
        let (word, rest) = rest.split_first()?;
        let (hop, relation, to) = self.step(at, word)?;
        way.push(hop);
        if !rest.is_empty() {
            self.same_feature(to, &format!("`{}`", word.text), word.span)?;
            let inner = self.way(to, rest, all, way)?;
            return Some(exists(relation, inner));
        }
        let actor = self.scope.actor.and_then(|actor| actor.entity);
        if actor != Some(to) {
            let text: Vec<&str> = all.iter().map(|word| word.text.as_str()).collect();
            let why = match actor {
                None => "callers have no rows, since `auth.actor` is missing".to_owned(),
                Some(_) => format!("it leads to `{}`", self.scope.entities[to.0].name),
            };
            self.report(report::no_members(&text.join("."), &why, word.span));
            return None;
        }
        let is_actor = |column, nullable| compare_to_actor(column, to, nullable);
        Some(match relation {
            Relation::One(field) => {
                let column = Column::Field(field);
                is_actor(column, self.scope.entities[at.0].is_optional(column))
            }
            _ => exists(relation, is_actor(Column::Id, false)),
        })
    }

    /// One word of a way.
    fn step(&mut self, at: EntityId, word: &Word) -> Option<(Hop, Relation, EntityId)> {
        let entity = self.scope.entities[at.0];
        let field = entity.fields.iter().position(|it| it.name == word.text);
        if let Some((index, to)) = field.and_then(|it| reference(entity, Column::Field(it))) {
            return Some((Hop::One(index), Relation::One(index), to));
        }
        let named = |name: &str| !name.is_empty() && name == word.text;
        if let Some(index) = entity.referenced_by.iter().position(|it| named(&it.name)) {
            let to = entity.referenced_by[index].entity;
            self.same_feature(to, &format!("`{}`", word.text), word.span)?;
            return Some((Hop::Back(index), Relation::Back(index), to));
        }
        if let Some(index) = entity.many.iter().position(|it| named(&it.name)) {
            return Some((
                Hop::Many(index),
                Relation::Many(index),
                entity.many[index].target,
            ));
        }
        if !(self.scope.reported)(at, &word.text) {
            let references = entity.fields.iter().enumerate();
            let references = references
                .filter(|(index, _)| reference(entity, Column::Field(*index)).is_some())
                .map(|(_, field)| field.name.as_str());
            let all = references.chain(relations_of(entity));
            self.report(names::unknown_relation(
                &word.text,
                &entity.name,
                word.span,
                all,
            ));
        }
        None
    }
}

fn exists(relation: Relation, condition: Expr) -> Expr {
    let node = Node::Exists {
        relation,
        condition: Some(Box::new(condition)),
    };
    truth(node, false)
}

fn compare_to_actor(column: Column, actor: EntityId, nullable: bool) -> Expr {
    let operand = |node, nullable| {
        Box::new(Expr {
            node,
            kind: Kind::Id(actor),
            nullable,
        })
    };
    let node = Node::Compare {
        op: Comparison::Equal,
        left: operand(Node::Column(column), nullable),
        right: operand(Node::ActorId, true),
    };
    truth(node, true)
}
