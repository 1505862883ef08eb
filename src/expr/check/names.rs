//! Names: fields, the way along references, `input`, `actor`, `now`.

use super::{Checker, truth};
use crate::diagnostic::{expr as report, names, relations};
use crate::expr::ast::{Ast, Word, Written};
use crate::ir::{Column, Entity, EntityId, Expr, Identity, Kind, Node, Scalar, Trail, Type};
use crate::source::Span;

/// Names that mean the same in every expression, whatever the fields are called.
const SPECIAL: [&str; 3] = ["actor", "input", "now"];

impl Checker<'_, '_> {
    pub(super) fn name(&mut self, words: &[Word], span: Span) -> Option<Expr> {
        let (first, rest) = words.split_first()?;
        match (first.text.as_str(), rest) {
            ("actor", rest) => self.actor(rest, span),
            ("input", rest) => self.input(rest, span),
            ("now", []) => self.now(span),
            ("now", [_, ..]) => {
                self.report(report::no_parts("now", span));
                None
            }
            _ => self.field(words, span),
        }
    }

    fn now(&mut self, span: Span) -> Option<Expr> {
        if self.scope.now {
            return Some(Expr {
                node: Node::Now,
                kind: Kind::Timestamp,
                nullable: false,
            });
        }
        let why = "it holds for a row at any time";
        self.report(report::not_here("now", self.scope.what, why, span));
        None
    }

    fn actor(&mut self, rest: &[Word], span: Span) -> Option<Expr> {
        let Some(actor) = self.scope.actor else {
            let why = "it holds whoever asks";
            self.report(report::not_here("actor", self.scope.what, why, span));
            return None;
        };
        let (node, kind) = match rest {
            [word] if word.text == "id" => match actor.entity {
                Some(entity) => (Node::ActorId, Kind::Id(entity)),
                None => {
                    self.report(report::actor_without_row(span));
                    return None;
                }
            },
            [word] if word.text == "subject" => (Node::ActorSubject, Kind::Text),
            [word] if word.text == "roles" => {
                self.report(report::bare_roles(span));
                return None;
            }
            [] => {
                self.report(report::bare_actor(span));
                return None;
            }
            [word, ..] => {
                self.report(report::unknown_of_actor(&word.text, word.span));
                return None;
            }
        };
        Some(Expr {
            node,
            kind,
            nullable: !actor.is_known,
        })
    }

    /// `actor`, of which one may ask whether there is one.
    pub(super) fn someone(&mut self, ast: &Ast) -> Option<Expr> {
        match &ast.node {
            Written::Name(words)
                if words.len() == 1 && words[0].text == "actor" && self.scope.actor.is_some() =>
            {
                Some(Expr {
                    node: Node::ActorSubject,
                    kind: Kind::Text,
                    nullable: self.scope.actor.is_none_or(|actor| !actor.is_known),
                })
            }
            _ => self.expr(ast),
        }
    }

    /// `"admin" in actor.roles`.
    pub(super) fn role(&mut self, value: &Ast, span: Span) -> Option<Expr> {
        let Some(actor) = self.scope.actor else {
            let why = "it holds whoever asks";
            self.report(report::not_here("actor", self.scope.what, why, span));
            return None;
        };
        let Written::Text(role) = &value.node else {
            self.report(report::role_not_written(value.span));
            return None;
        };
        if !actor.roles.contains(role) {
            let roles = actor.roles.iter().map(String::as_str);
            self.report(report::unknown_role(role, value.span, roles));
            return None;
        }
        Some(truth(Node::HasRole(role.clone()), false))
    }

    fn input(&mut self, rest: &[Word], span: Span) -> Option<Expr> {
        let Some(input) = self.scope.input else {
            let why = "there is no input at this place";
            self.report(report::not_here("input", self.scope.what, why, span));
            return None;
        };
        let [word] = rest else {
            self.report(report::no_parts("input", span));
            return None;
        };
        let Some(index) = input.iter().position(|field| field.name == word.text) else {
            let all = input.iter().map(|field| field.name.as_str());
            self.report(report::unknown_input(&word.text, word.span, all));
            return None;
        };
        Some(Expr {
            node: Node::Input(index),
            kind: kind_of(&input[index].ty),
            nullable: input[index].optional,
        })
    }

    /// A field of the row at hand, or of a row that references lead to.
    fn field(&mut self, words: &[Word], span: Span) -> Option<Expr> {
        let Some(mut at) = self.entity else {
            let why = "there is no row at this place";
            self.report(report::not_here(&words[0].text, self.scope.what, why, span));
            return None;
        };
        let mut via: Vec<(EntityId, usize)> = Vec::new();
        let mut nullable = false;
        for (index, word) in words.iter().enumerate() {
            let column = self.column(at, word)?;
            let entity = self.scope.entities[at.0];
            nullable |= entity.is_optional(column);
            let last = index + 1 == words.len();
            if last {
                return Some(ended(via, at, column, entity, nullable));
            }
            let Some((field, target)) = reference(entity, column) else {
                self.report(report::no_parts(&word.text, word.span));
                return None;
            };
            // The id of the other row is here already.
            if words[index + 1].text == "id" && index + 2 == words.len() {
                return Some(ended(via, at, column, entity, nullable));
            }
            self.may_leave(target, word)?;
            via.push((at, field));
            at = target;
        }
        None
    }

    /// Whether the expression may look at the row that a reference leads to.
    fn may_leave(&mut self, to: EntityId, word: &Word) -> Option<()> {
        if !self.scope.rows {
            let why = "a database checks a row when it is written, not when another one changes";
            self.report(report::other_rows(self.scope.what, why, word.span));
            return None;
        }
        self.same_feature(to, &format!("`{}`", word.text), word.span)
    }

    /// Whether the entity is of the feature that the expression stands in.
    pub(super) fn same_feature(&mut self, to: EntityId, what: &str, span: Span) -> Option<()> {
        let to = self.scope.entities[to.0];
        let home = self
            .scope
            .entity
            .map(|it| self.scope.entities[it.0].feature);
        if home == Some(to.feature) {
            return Some(());
        }
        let why = "tables of two features are not joined";
        let help = "compare its id, or keep what the expression needs in a field of this feature";
        let name = self.scope.features[to.feature.0];
        self.report(relations::crosses_feature(what, name, why, help, span));
        None
    }

    pub(super) fn column(&mut self, at: EntityId, word: &Word) -> Option<Column> {
        let entity = self.scope.entities[at.0];
        let named = |column: &Column| {
            entity.column_name(*column) == word.text
                || matches!(column, Column::Field(index) if entity.fields[*index].name == word.text)
        };
        if let Some(column) = entity.columns().into_iter().find(named) {
            return Some(column);
        }
        if (self.scope.reported)(at, &word.text) {
            return None;
        }
        if (self.scope.computed)(at, &word.text) {
            self.report(report::computed_not_here(&word.text, word.span));
            return None;
        }
        if relations_of(entity).any(|name| name == word.text) {
            self.report(report::bare_relation(&word.text, word.span));
            return None;
        }
        let columns = entity.columns().into_iter();
        let mut all: Vec<String> = columns.map(|column| entity.column_name(column)).collect();
        all.extend(entity.fields.iter().map(|field| field.name.clone()));
        if !self.inside {
            all.extend(SPECIAL.map(str::to_owned));
        }
        let all = all.iter().map(String::as_str);
        self.report(names::unknown_field(
            &word.text,
            &entity.name,
            word.span,
            all,
        ));
        None
    }
}

/// The names by which rows that refer to this one, or are joined to it, are known.
pub(super) fn relations_of(entity: &Entity) -> impl Iterator<Item = &str> {
    let back = entity.referenced_by.iter().map(|back| back.name.as_str());
    let many = entity.many.iter().map(|many| many.name.as_str());
    back.filter(|name| !name.is_empty()).chain(many)
}

pub(super) fn reference(entity: &Entity, column: Column) -> Option<(usize, EntityId)> {
    let Column::Field(index) = column else {
        return None;
    };
    match &entity.fields[index].ty {
        Type::Reference(it) => Some((index, it.target)),
        _ => None,
    }
}

fn ended(
    via: Vec<(EntityId, usize)>,
    at: EntityId,
    column: Column,
    entity: &Entity,
    nullable: bool,
) -> Expr {
    let kind = match column {
        Column::Id => Kind::Id(at),
        _ => kind_of(&entity.column_type(column)),
    };
    let node = if via.is_empty() {
        Node::Column(column)
    } else {
        Node::Trail(Trail {
            via,
            entity: at,
            column,
        })
    };
    Expr {
        node,
        kind,
        nullable,
    }
}

pub(super) fn kind_of(ty: &Type) -> Kind {
    match ty {
        Type::Enum(id) => Kind::Enum(*id),
        Type::Reference(it) => Kind::Id(it.target),
        Type::Object(_) | Type::List(_) | Type::Entity(_) => Kind::Opaque,
        Type::Scalar(scalar) => match scalar {
            Scalar::Text(_) | Scalar::Email | Scalar::Url | Scalar::Slug => Kind::Text,
            Scalar::Int(_) | Scalar::BigInt(_) => Kind::Number { scale: 0 },
            Scalar::Decimal(decimal) => Kind::Number {
                scale: decimal.scale,
            },
            Scalar::Float(_) => Kind::Float,
            Scalar::Bool => Kind::Bool,
            Scalar::Uuid => Kind::Uuid,
            Scalar::Date => Kind::Date,
            Scalar::Time => Kind::Time,
            Scalar::Timestamp => Kind::Timestamp,
            Scalar::Duration => Kind::Duration,
            Scalar::Json | Scalar::Bytes { .. } => Kind::Opaque,
        },
    }
}

/// Whether rows of the entity are known by a UUID, so that a text may stand for one.
pub(super) fn by_uuid(entity: &Entity) -> bool {
    entity.identity == Identity::Uuid
}
