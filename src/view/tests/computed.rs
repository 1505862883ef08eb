//! Tests of computed fields: rows are made around a row, one by one, and the value follows.

use super::super::slice::Slice;
use super::super::text;
use super::checked::json;
use super::endpoint::Plan;
use super::names::File;
use crate::expr::samples::{self, Row};
use crate::expr::value::{truth, value};
use crate::ir::{Computed, Constant, EntityId, Expr, Hop, Node, Relation, Sum};

/// Adds a test for each value that can be foretold.
pub fn tests(slice: &Slice<'_>, id: EntityId, file: &mut File<'_>, plan: &mut Plan) {
    for computed in &slice.world.service[id].computed {
        if let Some(arguments) = foretold(slice, id, computed, file) {
            let name = format!("computes_{}", computed.field.name);
            plan.test_of(&name, "computes", &arguments);
        }
    }
}

/// The key, the row's own columns, the value with nothing around it, and the steps.
fn foretold(
    slice: &Slice<'_>,
    id: EntityId,
    computed: &Computed,
    file: &mut File<'_>,
) -> Option<Vec<String>> {
    let service = slice.world.service;
    let (entity, field) = (&service[id], &computed.field);
    let parts = parts(&computed.value)?;
    let own: Vec<Expr> = parts.own.into_iter().collect();
    let own: Vec<&Expr> = own.iter().collect();
    let row = samples::told_apart(entity, &service.enums, &own)?;
    let mut around = Around {
        own: row.into_iter().next_back()?,
        rows: Vec::new(),
    };
    let print = |around: &Around| match around.value(&computed.value) {
        Some(value) => json(&value, &field.ty),
        None => text::string("null"),
    };
    let none = print(&around);
    let mut steps = Vec::new();
    for relation in parts.relations {
        let target = relation.target(service, id);
        let of: Vec<&Expr> = parts
            .of_rows
            .iter()
            .filter(|(of, _)| *of == relation)
            .map(|(_, expr)| expr)
            .collect();
        let mut rows = samples::told_apart(&service[target], &service.enums, &of)?;
        let (hop, single) = match relation {
            Relation::Back(index) => (Hop::Back(index), entity.referenced_by[index].single),
            Relation::Many(index) => (Hop::Many(index), false),
            Relation::One(_) => return None,
        };
        // What is in most conditions comes last in the order of values.
        rows.reverse();
        rows.truncate(if single { 1 } else { usize::MAX });
        for row in rows {
            let given = columns(slice, target, &row);
            around.rows.push((relation, row));
            let (step, hop) = (file.name("step"), file.hop(id, hop));
            steps.push(format!("{step}({hop}, {given}, {})", print(&around)));
        }
    }
    let given = columns(slice, id, &around.own);
    let key = text::string(&slice.world.json(&field.name));
    Some(vec![key, given, none, format!("&[{}]", steps.join(", "))])
}

/// `&[("stars", "5")]`
fn columns(slice: &Slice<'_>, id: EntityId, row: &Row) -> String {
    let entity = &slice.world.service[id];
    let pairs = row.iter().map(|(index, value)| {
        let field = &entity.fields[*index];
        let column = text::string(&field.column_name());
        format!("({column}, {})", json(value, &field.ty))
    });
    format!("&[{}]", pairs.collect::<Vec<_>>().join(", "))
}

/// What an expression is made of, as far as a test can bring it about.
#[derive(Default)]
struct Parts {
    /// In the order of their first mention.
    relations: Vec<Relation>,
    /// What is asked of the rows of each.
    of_rows: Vec<(Relation, Expr)>,
    /// The whole, where it speaks of the row's own columns.
    own: Option<Expr>,
}

/// `None` where it looks along references.
fn parts(expr: &Expr) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut plain = true;
    expr.visit(&mut |it| {
        let (relation, inner) = match &it.node {
            Node::Count {
                relation,
                condition,
            }
            | Node::Exists {
                relation,
                condition,
            } => (*relation, condition.as_deref()),
            Node::Sum(sum) => (sum.relation, Some(&*sum.value)),
            node => {
                plain &= !matches!(node, Node::Trail(_));
                return;
            }
        };
        if !parts.relations.contains(&relation) {
            parts.relations.push(relation);
        }
        parts.of_rows.extend(inner.map(|it| (relation, it.clone())));
    });
    if parts.relations.is_empty() {
        parts.own = Some(expr.clone());
    } else {
        plain &= expr.columns().is_empty();
    }
    plain.then_some(parts)
}

/// A row and those around it.
struct Around {
    own: Row,
    rows: Vec<(Relation, Row)>,
}

impl Around {
    fn value(&self, expr: &Expr) -> Option<Constant> {
        value(expr, &|node| match node {
            Node::Count {
                relation,
                condition,
            } => {
                let count = self.such(*relation, condition.as_deref()).count();
                Some(Constant::Number(i64::try_from(count).unwrap_or(i64::MAX)))
            }
            Node::Exists {
                relation,
                condition,
            } => {
                let any = self.such(*relation, condition.as_deref()).next().is_some();
                Some(Constant::Bool(any))
            }
            Node::Sum(sum) => Some(Constant::Number(self.sum(sum))),
            Node::Column(_) => samples::of_row(
                &Expr {
                    node: node.clone(),
                    kind: expr.kind,
                    nullable: true,
                },
                &self.own,
            ),
            _ => None,
        })
    }

    fn such<'r>(
        &'r self,
        relation: Relation,
        condition: Option<&'r Expr>,
    ) -> impl Iterator<Item = &'r Row> {
        let of = self.rows.iter().filter(move |(of, _)| *of == relation);
        of.map(|(_, row)| row).filter(move |row| {
            condition.is_none_or(|it| truth(it, &|node| column(node, row)) == Some(true))
        })
    }

    fn sum(&self, sum: &Sum) -> i64 {
        let values = self.such(sum.relation, None);
        let values = values.filter_map(|row| samples::of_row(&sum.value, row));
        let total: i128 = values
            .map(|value| match value {
                Constant::Number(units) => i128::from(units),
                _ => 0,
            })
            .sum();
        let (least, greatest) = sum.range;
        let within = total.clamp(i128::from(least), i128::from(greatest));
        i64::try_from(within).expect("BUG: between two that fit")
    }
}

fn column(node: &Node, row: &Row) -> Option<Constant> {
    match node {
        Node::Column(crate::ir::Column::Field(index)) => row.get(index).cloned(),
        _ => None,
    }
}
