//! Values that a field may hold, such as a check may decide about.

use std::cmp::Ordering;

use crate::ir::{Constant, Entity, Enum, Expr, Field, Literal, MAX_INT, Node, Scalar, Text, Type};

const DAY: i64 = 86_400_000_000;
/// 2026-01-01.
const EPOCH: i64 = 1_767_225_600_000_000;

/// `None` for what no value is tried of: references, objects, lists.
pub(super) fn candidates(entity: &Entity, index: usize, enums: &[Enum]) -> Option<Vec<Constant>> {
    let field = &entity.fields[index];
    let mut mentioned = Vec::new();
    for check in &entity.checks {
        collect(&check.condition, &mut mentioned);
    }
    let mut found = match &field.ty {
        Type::Enum(id) => {
            let words = enums[id.0].values.iter();
            words
                .map(|value| Constant::Word(value.word.clone()))
                .collect()
        }
        Type::Scalar(scalar) => of_scalar(scalar, field, &mentioned)?,
        _ => return None,
    };
    found.sort_by(order);
    found.dedup();
    (!found.is_empty()).then_some(found)
}

/// Of two values of one field.
pub(super) fn order(a: &Constant, b: &Constant) -> Ordering {
    match (a, b) {
        (Constant::Number(a), Constant::Number(b))
        | (Constant::Time(a), Constant::Time(b))
        | (Constant::Timestamp(a), Constant::Timestamp(b))
        | (Constant::Duration(a), Constant::Duration(b)) => a.cmp(b),
        (Constant::Float(a), Constant::Float(b)) => a.total_cmp(b),
        (Constant::Bool(a), Constant::Bool(b)) => a.cmp(b),
        (
            Constant::Text(a) | Constant::Word(a) | Constant::Uuid(a) | Constant::Date(a),
            Constant::Text(b) | Constant::Word(b) | Constant::Uuid(b) | Constant::Date(b),
        ) => a.cmp(b),
        _ => Ordering::Equal,
    }
}

fn collect(expr: &Expr, into: &mut Vec<Constant>) {
    expr.visit(&mut |it| match &it.node {
        Node::Constant(constant) => into.push(constant.clone()),
        Node::In { list, .. } => into.extend(list.iter().cloned()),
        _ => {}
    });
}

fn of_scalar(scalar: &Scalar, field: &Field, mentioned: &[Constant]) -> Option<Vec<Constant>> {
    let most = count(field);
    Some(match scalar {
        Scalar::Int(bounds) => numbers(bounds.within(MAX_INT), 0, field, mentioned),
        Scalar::BigInt(bounds) => numbers(bounds.within(i64::MAX), 0, field, mentioned),
        Scalar::Decimal(decimal) => numbers(decimal.range(), decimal.scale, field, mentioned),
        Scalar::Bool => vec![Constant::Bool(false), Constant::Bool(true)],
        Scalar::Float(bounds) => {
            let said = mentioned.iter().filter_map(|it| match it {
                Constant::Float(value) => Some(*value),
                _ => None,
            });
            let fits = |it: &f64| {
                bounds.min.is_none_or(|min| *it >= min) && bounds.max.is_none_or(|max| *it <= max)
            };
            let ends = bounds.min.into_iter().chain(bounds.max);
            let near = said.flat_map(|it| [it - 1.0, it, it + 1.0]);
            let all = near.chain(ends).chain([0.0, 0.5, 1.0, 1.5, 2.0, -1.0]);
            all.filter(fits).map(Constant::Float).collect()
        }
        Scalar::Text(text) => texts(text, field, mentioned),
        Scalar::Email => (0..most)
            .map(|n| Constant::Text(format!("a{n:04}@example.org")))
            .collect(),
        Scalar::Url => (0..most)
            .map(|n| Constant::Text(format!("https://example.org/{n:04}")))
            .collect(),
        Scalar::Slug => (0..most)
            .map(|n| Constant::Text(format!("sample-{n:04}")))
            .collect(),
        Scalar::Uuid => (0..most)
            .map(|n| Constant::Uuid(format!("00000000-0000-4000-8000-{n:012}")))
            .collect(),
        Scalar::Date => {
            let said = mentioned
                .iter()
                .filter(|it| matches!(it, Constant::Date(_)))
                .cloned();
            let some = (1..=8).map(|day| Constant::Date(format!("2026-03-{day:02}")));
            let ends = ["1900-01-01", "2999-12-31"].map(|it| Constant::Date(it.into()));
            said.chain(some).chain(ends).collect()
        }
        Scalar::Time => {
            let near = micros(mentioned, |it| matches!(it, Constant::Time(_)), 60_000_000);
            let some = (0..8).map(|hour| (8 + hour) * 3_600_000_000);
            let all = near
                .into_iter()
                .chain(some)
                .filter(|it| (0..DAY).contains(it));
            all.map(Constant::Time).collect()
        }
        Scalar::Timestamp => {
            let near = micros(mentioned, |it| matches!(it, Constant::Timestamp(_)), DAY);
            let some = (0..8).map(|day| EPOCH + day * DAY);
            // Before and after any time at which a row is written.
            let ends = [-3_786_825_600_000_000, 13_569_465_600_000_000];
            near.into_iter()
                .chain(some)
                .chain(ends)
                .map(Constant::Timestamp)
                .collect()
        }
        Scalar::Duration => {
            let near = micros(
                mentioned,
                |it| matches!(it, Constant::Duration(_)),
                60_000_000,
            );
            let some = (0..8).map(|minutes| (minutes + 1) * 60_000_000);
            near.into_iter()
                .chain(some)
                .map(Constant::Duration)
                .collect()
        }
        Scalar::Json | Scalar::Bytes { .. } => return None,
    })
}

/// How many values of a kind are tried; many where rows must differ in them.
fn count(field: &Field) -> usize {
    if field.unique { 60 } else { 8 }
}

fn micros(mentioned: &[Constant], is: fn(&Constant) -> bool, step: i64) -> Vec<i64> {
    let said = mentioned
        .iter()
        .filter(|it| is(it))
        .filter_map(|it| match it {
            Constant::Time(at) | Constant::Timestamp(at) | Constant::Duration(at) => Some(*at),
            _ => None,
        });
    said.flat_map(|at| [at.checked_sub(step), Some(at), at.checked_add(step)])
        .flatten()
        .collect()
}

/// In units; numbers of the checks may have another scale, so each is tried as if of this one and of whole numbers.
fn numbers(
    (min, max): (i64, i64),
    scale: u32,
    field: &Field,
    mentioned: &[Constant],
) -> Vec<Constant> {
    let one = 10_i64.pow(scale);
    let said = mentioned.iter().filter_map(|it| match it {
        Constant::Number(units) => Some(*units),
        _ => None,
    });
    let near = said.flat_map(|it| {
        let whole = it.checked_mul(one).unwrap_or(it);
        [
            it.saturating_sub(1),
            it,
            it.saturating_add(1),
            whole.saturating_sub(one),
            whole,
            whole.saturating_add(one),
        ]
    });
    let given = field
        .example
        .iter()
        .chain(&field.default)
        .filter_map(|it| match it {
            Literal::Int(value) => value.checked_mul(one),
            Literal::Text(text) => text.replace('.', "").parse().ok(),
            _ => None,
        });
    let some = (0..count(field))
        .map(|n| i64::try_from(n).unwrap_or(0))
        .map(|n| 12_i64.saturating_mul(one).saturating_add(n));
    let all = near
        .chain(given)
        .chain(some)
        .chain([0, one, -one, min, max]);
    let fitting = all.filter(|it| (min..=max).contains(it));
    fitting.map(Constant::Number).collect()
}

fn texts(text: &Text, field: &Field, mentioned: &[Constant]) -> Vec<Constant> {
    let given = field
        .example
        .iter()
        .chain(&field.default)
        .filter_map(|it| match it {
            Literal::Text(text) => Some(text.clone()),
            _ => None,
        });
    let said = mentioned.iter().filter_map(|it| match it {
        Constant::Text(text) => Some(text.clone()),
        _ => None,
    });
    let long = |n: usize| {
        format!(
            "Sample {n:04}{}",
            "x".repeat((text.min as usize).saturating_sub(11))
        )
    };
    let short = ('a'..='f').map(|letter| letter.to_string().repeat(text.min.max(1) as usize));
    let all = given
        .chain(said)
        .chain(text.samples())
        .chain((0..count(field)).map(long))
        .chain(short);
    let pattern = text
        .pattern
        .as_deref()
        .and_then(|it| regex::Regex::new(it).ok());
    let fits = |it: &String| {
        let length = it.chars().count();
        (text.min as usize..=text.max as usize).contains(&length)
            && pattern.as_ref().is_none_or(|pattern| pattern.is_match(it))
            && it.trim() == it
    };
    all.filter(fits)
        .take(24 + count(field))
        .map(Constant::Text)
        .collect()
}
