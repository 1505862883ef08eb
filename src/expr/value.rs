//! Typed -> its value, for given values of what it reads: the third party beside the two databases.
//!
//! Enters: an expression, and a function that knows what stands for a column, a field of the input, the actor, or a look at
//! other rows. Leaves: a value, or `None` for null, which of a condition means unknown.

use crate::ir::{Arithmetic, Comparison, Constant, Expr, Node};

/// The value of `expr`. `known` is asked for columns, trails, inputs, the actor, the moment, and for `count`, `sum` and
/// `exists`; `None` from it is null.
pub fn value(expr: &Expr, known: &dyn Fn(&Node) -> Option<Constant>) -> Option<Constant> {
    match &expr.node {
        Node::Constant(constant) => Some(constant.clone()),
        Node::Not(of) => truth(of, known).map(|it| Constant::Bool(!it)),
        Node::All(parts) => joined(parts, false, known),
        Node::Any(parts) => joined(parts, true, known),
        Node::Compare { op, left, right } => {
            let (left, right) = (value(left, known)?, value(right, known)?);
            Some(Constant::Bool(holds(*op, &left, &right)))
        }
        Node::In { value: of, list } => {
            let of = value(of, known)?;
            let mut list = list.iter();
            Some(Constant::Bool(
                list.any(|it| holds(Comparison::Equal, &of, it)),
            ))
        }
        Node::IsNull { value: of, negated } => {
            Some(Constant::Bool(value(of, known).is_none() != *negated))
        }
        Node::Arithmetic { op, left, right } => {
            let (left, right) = (number(left, known)?, number(right, known)?);
            let result = match op {
                Arithmetic::Add => left.checked_add(right),
                Arithmetic::Subtract => left.checked_sub(right),
                Arithmetic::Multiply => left.checked_mul(right),
            };
            Some(Constant::Number(
                result.expect("BUG: checked to fit 64 bits"),
            ))
        }
        Node::Scaled { value, digits } => {
            let scaled = number(value, known)?.checked_mul(10_i64.pow(*digits));
            Some(Constant::Number(
                scaled.expect("BUG: checked to fit 64 bits"),
            ))
        }
        Node::Column(_)
        | Node::Trail(_)
        | Node::Input(_)
        | Node::ActorId
        | Node::ActorSubject
        | Node::HasRole(_)
        | Node::Now
        | Node::Count { .. }
        | Node::Sum(_)
        | Node::Exists { .. } => known(&expr.node),
    }
}

/// Of a condition: `None` for unknown.
pub fn truth(expr: &Expr, known: &dyn Fn(&Node) -> Option<Constant>) -> Option<bool> {
    match value(expr, known)? {
        Constant::Bool(value) => Some(value),
        _ => None,
    }
}

fn number(expr: &Expr, known: &dyn Fn(&Node) -> Option<Constant>) -> Option<i64> {
    match value(expr, known)? {
        Constant::Number(units) => Some(units),
        _ => None,
    }
}

/// One part that is `decides` decides; else one that is unknown makes the whole unknown.
fn joined(
    parts: &[Expr],
    decides: bool,
    known: &dyn Fn(&Node) -> Option<Constant>,
) -> Option<Constant> {
    let parts: Vec<Option<bool>> = parts.iter().map(|part| truth(part, known)).collect();
    if parts.contains(&Some(decides)) {
        return Some(Constant::Bool(decides));
    }
    let all: Option<Vec<bool>> = parts.into_iter().collect();
    all.map(|_| Constant::Bool(!decides))
}

/// Both are of one kind, which the checker saw to.
fn holds(op: Comparison, left: &Constant, right: &Constant) -> bool {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let order = match (left, right) {
        (Constant::Bool(a), Constant::Bool(b)) => a.cmp(b),
        (Constant::Float(a), Constant::Float(b)) => a.partial_cmp(b).unwrap_or(Equal),
        (Constant::Number(a), Constant::Number(b))
        | (Constant::Time(a), Constant::Time(b))
        | (Constant::Timestamp(a), Constant::Timestamp(b))
        | (Constant::Duration(a), Constant::Duration(b)) => a.cmp(b),
        // By bytes, which for UTF-8 is by code points.
        (
            Constant::Text(a) | Constant::Word(a) | Constant::Uuid(a) | Constant::Date(a),
            Constant::Text(b) | Constant::Word(b) | Constant::Uuid(b) | Constant::Date(b),
        ) => a.cmp(b),
        _ => Less,
    };
    match op {
        Comparison::Equal => order == Equal,
        Comparison::NotEqual => order != Equal,
        Comparison::Less => order == Less,
        Comparison::LessOrEqual => order != Greater,
        Comparison::Greater => order == Greater,
        Comparison::GreaterOrEqual => order != Less,
    }
}
