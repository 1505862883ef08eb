//! Rows that a computed field tells apart, for tests that count them.

use std::collections::BTreeMap;

use super::candidates::candidates;
use super::{Row, values};
use crate::expr::value::value;
use crate::ir::{Check, Column, Constant, Entity, Enum, Expr, Node};

const MOST_ROWS: usize = 4;
const MOST_TRIED: usize = 2_000;

/// Some rows of an entity for which the values of `of` differ, with what these speak of; as long as there is no more to
/// tell apart, rows that are alike. `None` where they speak of what no value is tried of.
pub fn told_apart(entity: &Entity, enums: &[Enum], of: &[&Expr]) -> Option<Vec<Row>> {
    let domains = domains(entity, enums, of)?;
    if domains.is_empty() {
        return Some(vec![Row::new(); MOST_ROWS - 1]);
    }
    let count: usize = domains.values().map(Vec::len).product();
    let mut kept: Vec<(Row, Vec<Option<Constant>>)> = Vec::new();
    // Spread over all of them, since neighbours differ in one field only.
    let step = (count / MOST_TRIED).max(1) | 1;
    for number in (0..count).step_by(step) {
        let row = combination(&domains, number);
        let outcome: Vec<_> = of.iter().map(|it| of_row(it, &row)).collect();
        let is_free = |known: &Row| {
            let unique = row
                .iter()
                .filter(|(field, _)| entity.fields[**field].unique);
            unique
                .into_iter()
                .all(|(field, value)| known[field] != *value)
        };
        let new = kept
            .iter()
            .all(|(known, before)| *before != outcome && is_free(known));
        if new && kept.len() < MOST_ROWS {
            kept.push((row, outcome));
        }
    }
    Some(kept.into_iter().map(|(row, _)| row).collect())
}

/// The value of an expression over columns of one row.
pub fn of_row(expr: &Expr, row: &Row) -> Option<Constant> {
    value(expr, &|node| match node {
        Node::Column(Column::Field(index)) => row.get(index).cloned(),
        _ => None,
    })
}

fn domains(
    entity: &Entity,
    enums: &[Enum],
    of: &[&Expr],
) -> Option<BTreeMap<usize, Vec<Constant>>> {
    let checked = values(entity, enums).unwrap_or_default();
    // The constants of the expressions are worth a try, as those of checks are.
    let mut asked = entity.clone();
    asked.checks = of
        .iter()
        .map(|it| Check {
            name: String::new(),
            text: String::new(),
            condition: (*it).clone(),
        })
        .collect();
    let mut domains = BTreeMap::new();
    for expr in of {
        if !is_plain(expr) {
            return None;
        }
        for column in expr.columns() {
            let Column::Field(index) = column else {
                return None;
            };
            let found = match checked.get(&index) {
                Some(values) => values.clone(),
                None => candidates(&asked, index, enums)?,
            };
            domains.insert(index, found);
        }
    }
    Some(domains)
}

/// Whether it speaks of columns and constants alone.
fn is_plain(expr: &Expr) -> bool {
    let mut plain = true;
    expr.visit(&mut |it| {
        plain &= matches!(
            it.node,
            Node::Constant(_)
                | Node::Column(_)
                | Node::Not(_)
                | Node::All(_)
                | Node::Any(_)
                | Node::Compare { .. }
                | Node::In { .. }
                | Node::IsNull { .. }
                | Node::Arithmetic { .. }
                | Node::Scaled { .. }
        );
    });
    plain
}

fn combination(domains: &BTreeMap<usize, Vec<Constant>>, mut number: usize) -> Row {
    let mut row = Row::new();
    for (field, values) in domains {
        row.insert(*field, values[number % values.len()].clone());
        number /= values.len();
    }
    row
}
