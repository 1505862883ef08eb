//! Conditions made of others.

use super::super::Row;
use crate::ir::{Check, Column, Constant, Entity, Enum, Expr, Kind, Node, Transition, Type};

pub(super) fn of(row: &Row, node: &Node) -> Option<Constant> {
    match node {
        Node::Column(Column::Field(field)) => row.get(field).cloned(),
        _ => None,
    }
}

pub(super) fn check(condition: Expr) -> Check {
    Check {
        name: String::new(),
        text: String::new(),
        condition,
    }
}

fn condition(node: Node) -> Expr {
    Expr {
        node,
        kind: Kind::Bool,
        nullable: false,
    }
}

fn is_null(value: &Expr, negated: bool) -> Expr {
    condition(Node::IsNull {
        value: Box::new(value.clone()),
        negated,
    })
}

/// A condition that does not hold where it is unknown.
pub(super) fn certain(it: Expr) -> Expr {
    if !it.nullable {
        return it;
    }
    let known = is_null(&it, true);
    condition(Node::All(vec![it, known]))
}

/// A condition that always holds, and speaks of a value.
pub(super) fn mention(value: Expr) -> Expr {
    let (null, known) = (is_null(&value, false), is_null(&value, true));
    condition(Node::Any(vec![null, known]))
}

/// The same with other parts where `other` gives some.
pub(super) fn replaced(expr: &Expr, other: &mut dyn FnMut(&Expr) -> Option<Expr>) -> Expr {
    if let Some(other) = other(expr) {
        return other;
    }
    let mut of = |it: &Expr| Box::new(replaced(it, other));
    let node = match &expr.node {
        Node::Not(it) => Node::Not(of(it)),
        Node::All(parts) => Node::All(parts.iter().map(|it| *of(it)).collect()),
        Node::Any(parts) => Node::Any(parts.iter().map(|it| *of(it)).collect()),
        Node::Compare { op, left, right } => Node::Compare {
            op: *op,
            left: of(left),
            right: of(right),
        },
        Node::Arithmetic { op, left, right } => Node::Arithmetic {
            op: *op,
            left: of(left),
            right: of(right),
        },
        Node::In { value, list } => Node::In {
            value: of(value),
            list: list.clone(),
        },
        Node::IsNull { value, negated } => Node::IsNull {
            value: of(value),
            negated: *negated,
        },
        Node::Scaled { value, digits } => Node::Scaled {
            value: of(value),
            digits: *digits,
        },
        other => other.clone(),
    };
    Expr {
        node,
        ..expr.clone()
    }
}

/// That a row is in a state from which it may be moved.
pub(super) fn in_a_state(entity: &Entity, enums: &[Enum], moved: &Transition) -> Option<Expr> {
    let Type::Enum(id) = entity.fields[moved.field].ty else {
        return None;
    };
    let word = |index: &usize| Constant::Word(enums[id.0].values[*index].word.clone());
    let state = Expr {
        node: Node::Column(Column::Field(moved.field)),
        kind: Kind::Enum(id),
        nullable: false,
    };
    Some(condition(Node::In {
        value: Box::new(state),
        list: moved.from.iter().map(word).collect(),
    }))
}
