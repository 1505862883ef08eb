//! Values for the fields that the checks of an entity speak of, found by trying.
//!
//! Enters: an entity. Leaves: for each such field several values, such that any combination of them meets all checks, so
//! that tests may choose for each field alone; and rows that break one check and no other.
//! Deliberately absent: solving. Bounds, defaults, examples and the constants of the checks are tried; where that finds
//! nothing, the spec is asked for an `example:`.

mod candidates;

use std::collections::{BTreeMap, BTreeSet};

use super::value::truth;
use crate::ir::{Check, Column, Constant, Entity, Enum, Node, Type};
use candidates::candidates;

/// More are of no use to a test.
const MOST_VALUES: usize = 12;
const MOST_COMBINATIONS: usize = 20_000;
const MOST_STARTS: usize = 40;
const MOST_TRIES: usize = 200_000;

/// A value for each field, by index.
pub type Row = BTreeMap<usize, Constant>;

/// For each field values of which any will do, whatever the others are; never empty.
pub type Values = BTreeMap<usize, Vec<Constant>>;

/// A row that breaks one check, and the change of one field that mends it.
#[derive(Debug)]
pub struct Broken {
    pub row: Row,
    pub field: usize,
    pub mended: Constant,
}

/// The values; `None` where none are found. Without checks there is nothing to find.
pub fn values(entity: &Entity, enums: &[Enum]) -> Option<Values> {
    let search = Search::new(entity, enums);
    let mut best: Option<(usize, Values)> = None;
    for start in search.rows(|row| search.meets_all(row), MOST_STARTS) {
        let grown = search.grown(start);
        let worth = grown.values().map(|it| it.len().min(8)).sum();
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((worth, grown));
        }
    }
    best.map(|(_, mut values)| {
        values
            .values_mut()
            .for_each(|it| it.sort_by(candidates::order));
        values
    })
}

/// A row that breaks this check, but no other, by fields of which `may_set` says yes, beside the values of the others.
pub fn broken(
    entity: &Entity,
    enums: &[Enum],
    check: usize,
    may_set: impl Fn(usize) -> bool,
) -> Option<Broken> {
    let search = Search::new(entity, enums);
    let only_this = |row: &Row| {
        let mut checks = entity.checks.iter().enumerate();
        checks.all(|(index, it)| (search.holds(it, row) == Some(false)) == (index == check))
    };
    let of_check: BTreeSet<usize> = search.of_check(&entity.checks[check]);
    for row in search.rows(only_this, MOST_STARTS) {
        for field in of_check.iter().copied().filter(|it| may_set(*it)) {
            for value in &search.domains[&field] {
                let mut mended = row.clone();
                mended.insert(field, value.clone());
                if search.meets_all(&mended) {
                    return Some(Broken {
                        row,
                        field,
                        mended: value.clone(),
                    });
                }
            }
        }
    }
    None
}

struct Search<'e> {
    entity: &'e Entity,
    domains: BTreeMap<usize, Vec<Constant>>,
}

impl<'e> Search<'e> {
    fn new(entity: &'e Entity, enums: &[Enum]) -> Self {
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
        Self {
            entity,
            domains: domains.collect(),
        }
    }

    fn of_check(&self, check: &Check) -> BTreeSet<usize> {
        let columns = check.condition.columns().into_iter();
        let fields = columns.filter_map(|column| match column {
            Column::Field(index) if self.domains.contains_key(&index) => Some(index),
            _ => None,
        });
        fields.collect()
    }

    /// Some rows that `wanted` accepts, spread over all that there are.
    fn rows(&self, wanted: impl Fn(&Row) -> bool, most: usize) -> Vec<Row> {
        let sizes: Vec<usize> = self.domains.values().map(Vec::len).collect();
        let all = sizes
            .iter()
            .try_fold(1_usize, |all, size| all.checked_mul(*size));
        let all = all.unwrap_or(usize::MAX);
        // A step that shares no factor with the count visits every row before any twice.
        let mut step = all / 7 * 3 + 1;
        while gcd(step, all) != 1 {
            step += 1;
        }
        let mut found = Vec::new();
        let mut at = 0_usize;
        for _ in 0..all.min(MOST_TRIES) {
            let row = self.row(at, &sizes);
            if wanted(&row) {
                found.push(row);
                if found.len() == most {
                    break;
                }
            }
            at = usize::try_from((at as u128 + step as u128) % all as u128).unwrap_or(0);
        }
        found
    }

    /// The row of a number, whose digits choose the values.
    fn row(&self, mut number: usize, sizes: &[usize]) -> Row {
        let mut row = Row::new();
        for ((field, domain), size) in self.domains.iter().zip(sizes) {
            row.insert(*field, domain[number % size].clone());
            number /= size;
        }
        row
    }

    fn grown(&self, start: Row) -> Values {
        let mut values: Values = start
            .into_iter()
            .map(|(field, value)| (field, vec![value]))
            .collect();
        let mut grows = true;
        while grows {
            grows = false;
            // One a field at a time, so that none takes the room of the others.
            for (field, domain) in &self.domains {
                let next = domain.iter().find(|value| {
                    !values[field].contains(value) && self.fits(&values, *field, value)
                });
                if let (Some(next), true) = (next, values[field].len() < MOST_VALUES) {
                    let next = next.clone();
                    values.entry(*field).or_default().push(next);
                    grows = true;
                }
            }
        }
        values
    }

    /// Whether a value more of a field keeps every combination right.
    fn fits(&self, values: &Values, field: usize, value: &Constant) -> bool {
        let alone = vec![value.clone()];
        let of = |at: &usize| if *at == field { &alone } else { &values[at] };
        let sizes: Vec<usize> = values.keys().map(|at| of(at).len()).collect();
        let count: usize = sizes.iter().product();
        count <= MOST_COMBINATIONS
            && (0..count).all(|mut number| {
                let mut row = Row::new();
                for (at, size) in values.keys().zip(&sizes) {
                    row.insert(*at, of(at)[number % size].clone());
                    number /= size;
                }
                self.meets_all(&row)
            })
    }

    fn meets_all(&self, row: &Row) -> bool {
        let mut checks = self.entity.checks.iter();
        checks.all(|check| self.holds(check, row) != Some(false))
    }

    /// `Some(false)` where it is broken whenever the row is written.
    fn holds(&self, check: &Check, row: &Row) -> Option<bool> {
        // Long ago, and far ahead: the row may be written at any time.
        let at = |written: i64| truth(&check.condition, &|node| self.known(node, row, written));
        let verdicts = [at(-2_208_988_800_000_000), at(7_258_118_400_000_000)];
        if verdicts.contains(&Some(false)) {
            Some(false)
        } else {
            verdicts[0]
        }
    }

    fn known(&self, node: &Node, row: &Row, written: i64) -> Option<Constant> {
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
            Column::CreatedAt | Column::UpdatedAt => Some(Constant::Timestamp(written)),
            Column::Version => Some(Constant::Number(1)),
        }
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
