//! Values for the fields that the checks of an entity speak of, found by trying.
//!
//! Enters: an entity. Leaves: for each such field several values, such that any combination of them meets all checks, so
//! that tests may choose for each field alone; and rows that break one check and no other.
//! Deliberately absent: solving. Bounds, defaults, examples and the constants of the checks are tried; where that finds
//! nothing, the spec is asked for an `example:`.

pub mod acts;
mod candidates;
mod rows;
mod search;

use std::collections::BTreeMap;

use crate::ir::{Constant, Entity, Enum};
pub use rows::{of_row, told_apart};
use search::Search;

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

/// Whether a row is found that meets all checks.
pub fn has_row(entity: &Entity, enums: &[Enum]) -> bool {
    let search = Search::new(entity, enums);
    let mut rows = search.rows(None).into_iter();
    rows.any(|row| search.meets_all(&row))
}

/// The values; `None` where none are found. Without checks there is nothing to find.
pub fn values(entity: &Entity, enums: &[Enum]) -> Option<Values> {
    let search = Search::new(entity, enums);
    let mut best: Option<(usize, Values)> = None;
    for start in search.rows(None) {
        if !search.meets_all(&start) {
            continue;
        }
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
    for row in search.rows(Some(check)) {
        let fields = search.of_check[check].iter().copied();
        for field in fields.filter(|it| may_set(*it)) {
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
