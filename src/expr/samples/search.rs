//! Trying values, within a budget.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::candidates::candidates;
use super::{Row, Values};
use crate::expr::value::truth;
use crate::ir::{Check, Column, Constant, Entity, Enum, Node, Type};

/// More are of no use to a test.
const MOST_VALUES: usize = 8;
/// Unless rows must differ in them.
const MOST_UNIQUE: usize = 60;
const MOST_COMBINATIONS: usize = 4_096;
const MOST_STARTS: usize = 6;
const MOST_STEPS: usize = 5_000;
/// Parts of conditions that are looked at for one start, so that no spec keeps the compiler busy.
const MOST_LOOKS: usize = 400_000;

pub(super) struct Search<'e> {
    entity: &'e Entity,
    pub(super) domains: BTreeMap<usize, Vec<Constant>>,
    /// By check: those of its fields that have values to try.
    pub(super) of_check: Vec<BTreeSet<usize>>,
    /// By check: how many parts it has.
    sizes: Vec<usize>,
    looks: Cell<usize>,
    /// By field: the checks that speak of it.
    of_field: BTreeMap<usize, Vec<usize>>,
}

/// The parts of a check.
fn size(check: &Check) -> usize {
    let mut parts = 0;
    check.condition.visit(&mut |_| parts += 1);
    parts
}

impl<'e> Search<'e> {
    pub(super) fn new(entity: &'e Entity, enums: &[Enum]) -> Self {
        let columns = entity
            .checks
            .iter()
            .flat_map(|check| check.condition.columns());
        let fields: BTreeSet<usize> = columns
            .filter_map(|column| match column {
                Column::Field(index) => Some(index),
                _ => None,
            })
            .collect();
        let domains = fields.into_iter().filter_map(|index| {
            let found = candidates(entity, index, enums);
            found.map(|found| (index, found))
        });
        let domains: BTreeMap<_, _> = domains.collect();
        let checks = entity.checks.iter();
        let of_check: Vec<BTreeSet<usize>> = checks
            .map(|check| {
                let columns = check.condition.columns().into_iter();
                let fields = columns.filter_map(|column| match column {
                    Column::Field(index) if domains.contains_key(&index) => Some(index),
                    _ => None,
                });
                fields.collect()
            })
            .collect();
        let of_field = domains.keys().map(|field| {
            let checks = of_check.iter().enumerate();
            let checks = checks.filter(|(_, fields)| fields.contains(field));
            (*field, checks.map(|(check, _)| check).collect())
        });
        Self {
            sizes: entity.checks.iter().map(size).collect(),
            looks: Cell::new(0),
            of_field: of_field.collect(),
            of_check,
            entity,
            domains,
        }
    }

    /// Some different rows that meet all checks, but for one that they break where that is asked for.
    pub(super) fn rows(&self, broken: Option<usize>) -> Vec<Row> {
        let order = self.order(broken);
        let mut found: Vec<Row> = Vec::new();
        for start in 0..MOST_STARTS {
            let (mut row, mut steps) = (Row::new(), 0);
            self.looks.set(0);
            if self.filled(&order, start, broken, &mut row, &mut steps) && !found.contains(&row) {
                found.push(row);
            }
        }
        found
    }

    /// The fields check by check, so that each is judged before much depends on it; the one to break comes first.
    fn order(&self, broken: Option<usize>) -> Vec<usize> {
        let first = broken.map(|check| &self.of_check[check]);
        let all = first.into_iter().chain(&self.of_check).flatten();
        let mut order = Vec::new();
        for field in all {
            if !order.contains(field) {
                order.push(*field);
            }
        }
        order
    }

    /// Gives a value to one field after the other, and goes back where a check that is all there says no. Every start tries
    /// the values in another order.
    fn filled(
        &self,
        order: &[usize],
        start: usize,
        broken: Option<usize>,
        row: &mut Row,
        steps: &mut usize,
    ) -> bool {
        let Some((field, later)) = order.split_first() else {
            return true;
        };
        let domain = &self.domains[field];
        for index in 0..domain.len() {
            *steps += 1;
            if *steps > MOST_STEPS || self.is_tired() {
                return false;
            }
            let turned = (index + start * (2 * field + 1)) % domain.len();
            row.insert(*field, domain[turned].clone());
            let fits = self.of_field[field].iter().all(|check| {
                let complete = self.of_check[*check].iter().all(|it| row.contains_key(it));
                let fits = || match broken == Some(*check) {
                    true => self.breaks(*check, row),
                    false => self.holds(*check, row),
                };
                !complete || fits()
            });
            if fits && self.filled(later, start, broken, row, steps) {
                return true;
            }
        }
        row.remove(field);
        false
    }

    pub(super) fn grown(&self, start: Row) -> Values {
        self.looks.set(0);
        let mut values: Values = BTreeMap::new();
        let mut untried: BTreeMap<usize, Vec<&Constant>> = BTreeMap::new();
        for (field, value) in start {
            let others = self.domains[&field].iter().filter(|it| **it != value);
            untried.insert(field, others.collect());
            values.insert(field, vec![value]);
        }
        let most = |field: usize| match self.entity.fields[field].unique {
            true => MOST_UNIQUE,
            false => MOST_VALUES,
        };
        let mut grows = true;
        while grows {
            grows = false;
            // One a field at a time, so that none takes the room of the others.
            for (field, untried) in &mut untried {
                // What does not fit now will not fit beside more values of the others.
                while let (Some(next), true) = (untried.pop(), values[field].len() < most(*field)) {
                    if self.fits(&values, *field, next) {
                        values.entry(*field).or_default().push(next.clone());
                        grows = true;
                        break;
                    }
                }
            }
        }
        values
    }

    /// Whether a value more of a field keeps every combination right.
    fn fits(&self, values: &Values, field: usize, value: &Constant) -> bool {
        let alone = [value.clone()];
        self.of_field[&field].iter().all(|check| {
            let fields = &self.of_check[*check];
            let of = |at: &usize| {
                if *at == field {
                    &alone[..]
                } else {
                    &values[at]
                }
            };
            let count: usize = fields.iter().map(|at| of(at).len()).product();
            count <= MOST_COMBINATIONS
                && !self.is_tired()
                && (0..count).all(|mut number| {
                    let mut row = Row::new();
                    for at in fields {
                        let values = of(at);
                        row.insert(*at, values[number % values.len()].clone());
                        number /= values.len();
                    }
                    self.holds(*check, &row)
                })
        })
    }

    /// Whether a row breaks one check, and no other.
    pub(super) fn breaks_alone(&self, broken: usize, row: &Row) -> bool {
        (0..self.entity.checks.len()).all(|check| match check == broken {
            true => self.breaks(check, row),
            false => self.holds(check, row),
        })
    }

    pub(super) fn meets_all(&self, row: &Row) -> bool {
        (0..self.entity.checks.len()).all(|check| self.holds(check, row))
    }

    /// Whether a check is not broken, whenever the row is made and changed.
    fn holds(&self, check: usize, row: &Row) -> bool {
        self.verdicts(check, row)
            .all(|verdict| verdict != Some(false))
    }

    /// Whether it is, whenever that is.
    fn breaks(&self, check: usize, row: &Row) -> bool {
        self.verdicts(check, row)
            .all(|verdict| verdict == Some(false))
    }

    /// Of a row that is made and changed long ago, or far ahead.
    fn verdicts(&self, check: usize, row: &Row) -> impl Iterator<Item = Option<bool>> {
        self.looks.set(self.looks.get() + self.sizes[check]);
        let (past, future) = (-2_208_988_800_000_000, 7_258_118_400_000_000);
        let times = [(past, past), (past, future), (future, future)];
        let condition = &self.entity.checks[check].condition;
        times
            .into_iter()
            .map(move |times| truth(condition, &|node| self.known(node, row, times)))
    }

    fn is_tired(&self) -> bool {
        self.looks.get() > MOST_LOOKS
    }

    fn known(&self, node: &Node, row: &Row, (made, changed): (i64, i64)) -> Option<Constant> {
        let Node::Column(column) = node else {
            return None;
        };
        let number = |at: usize| Constant::Number(i64::try_from(at).unwrap_or(i64::MAX));
        match column {
            Column::Field(index) => row.get(index).cloned().or_else(|| {
                let field = &self.entity.fields[*index];
                // Rows of tests refer to rows of their own, or to none.
                match field.ty {
                    Type::Reference(_) if field.optional => None,
                    _ => Some(number(*index)),
                }
            }),
            Column::Id => Some(number(usize::MAX)),
            Column::CreatedAt => Some(Constant::Timestamp(made)),
            Column::UpdatedAt => Some(Constant::Timestamp(changed)),
            Column::Version => Some(Constant::Number(1)),
        }
    }
}
