//! Steps as files.

use super::names::shorten;
use super::print::comment;
use super::{Schema, Step};
use crate::ir::Service;
use std::collections::BTreeSet;

/// One file of `migrations/`, never rewritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// Whose tables and indexes it makes.
    pub feature: String,
    /// Counts up from 1.
    pub version: u32,
    /// `catalog`, `catalog_add_reviews`, `catalog_add_books_price_idx`.
    pub name: String,
    /// Ends in a line break.
    pub sql: String,
}

impl Migration {
    /// `0001_catalog.sql`.
    pub fn file_name(&self) -> String {
        format!("{:04}_{}.sql", self.version, self.name)
    }
}

/// One migration per feature, numbered from `next`. `old` is the snapshot that the steps start from.
pub fn migrations(service: &Service, old: &Schema, steps: &[Step], next: u32) -> Vec<Migration> {
    let known: BTreeSet<&str> = old
        .tables
        .iter()
        .map(|table| table.feature.as_str())
        .collect();
    let groups = steps.chunk_by(|a, b| a.feature == b.feature);
    groups
        .zip(next..)
        .map(|(steps, version)| {
            let feature = steps[0].feature.as_str();
            let name = match known.contains(feature) {
                false => feature.to_owned(),
                true => addition(feature, steps),
            };
            Migration {
                feature: feature.to_owned(),
                version,
                name,
                sql: file(service, feature, known.contains(feature), steps),
            }
        })
        .collect()
}

fn addition(feature: &str, steps: &[Step]) -> String {
    let more = match steps.len() {
        1 => String::new(),
        count => format!("_and_{}_more", count - 1),
    };
    let first = steps[0].index.as_ref().unwrap_or(&steps[0].table);
    shorten(&format!("{feature}_add_{first}{more}"))
}

fn file(service: &Service, feature: &str, is_known: bool, steps: &[Step]) -> String {
    // The first line is ours: sqlx reads some first lines as orders.
    let mut sql = match is_known {
        false => format!("-- The tables of `{feature}`.\n"),
        true if steps.iter().all(|step| step.index.is_some()) => {
            format!("-- More indexes of `{feature}`.\n")
        }
        true => format!("-- More tables of `{feature}`.\n"),
    };
    let described = service.features.iter().find(|it| it.name == feature);
    if let Some(described) = described.filter(|it| !is_known && !it.description.is_empty()) {
        sql += "--\n";
        sql += &comment(&described.description);
    }
    for step in steps {
        sql += &format!("\n{}\n", step.sql);
    }
    sql
}
