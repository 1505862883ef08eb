//! Values for checks over every type: any combination meets them all, and each check can be broken alone.

use std::collections::BTreeMap;

use super::random::Random;
use super::support::World;
use crate::expr::samples::{self, Row};
use crate::expr::value::truth;
use crate::ir::{Column, Constant, Entity, Node};

const SPEC: &str = r#"
enums:
  Mood: [calm, wild, asleep]
entities:
  Keeper:
    fields:
      name: { type: string, min: 1, max: 50, unique: true }
      phone: string?
      mail: email?
    checks:
      can_be_reached: phone != null || mail != null
      has_a_name: name != "nobody"
  Animal:
    fields:
      name: { type: string, max: 40 }
      keeper: { ref: Keeper, as: animals }
      mood: Mood
      before: Mood?
      weight: { type: decimal, precision: 9, scale: 3, min: 0 }
      worth: { type: money, min: 0, max: 1000000, optional: true }
      legs: { type: int, min: 0, max: 1000, default: 4 }
      cells: { type: bigint, min: 0, max: 1000000000, optional: true }
      heat: float?
      tame: bool
      vetted: bool?
      born: date
      died: date?
      woken_at: timestamp
      opens: time?
      closes: time?
      nap: duration
      tag: uuid?
    checks:
      dies_after_birth: died >= born
      wild_are_not_tame: '!(mood == "wild" && tame)'
      changed_mood: before != mood
      worth_its_weight: worth >= weight * 2 || worth == null
      legs_or_tame: legs * 2 <= cells + 1000 || tame == (legs > 2)
      warm: heat > 0.5 || vetted
      opens_first: opens < closes
      long_nap: nap >= "PT10M"
      not_that_day: born != "2020-01-01" && born >= "1950-01-01"
      some_tag: tag == null || tag != "00000000-0000-4000-8000-000000000000"
      after_it_was_made: woken_at <= created_at || woken_at > updated_at
      named: name >= "A" && name < "Z" || name == ""
endpoints:
  list_keepers: { list: Keeper, access: public }
  list_animals: { list: Animal, access: public }
"#;

/// Of a row that is written now.
fn broken(entity: &Entity, row: &Row) -> Vec<usize> {
    let known = |node: &Node| match node {
        Node::Column(Column::Field(index)) => row.get(index).cloned(),
        Node::Column(Column::CreatedAt | Column::UpdatedAt) => {
            Some(Constant::Timestamp(1_800_000_000_000_000))
        }
        _ => None,
    };
    let checks = entity.checks.iter().enumerate();
    let broken = checks.filter(|(_, check)| truth(&check.condition, &known) == Some(false));
    broken.map(|(index, _)| index).collect()
}

#[test]
fn any_combination_meets_all_checks() {
    let world = World::new(SPEC);
    let mut random = Random::new(7);
    for entity in &world.service.entities {
        let values = samples::values(entity, &world.service.enums).unwrap();
        for _ in 0..2_000 {
            let row: BTreeMap<usize, Constant> = values
                .iter()
                .map(|(field, values)| (*field, values[random.below(values.len())].clone()))
                .collect();
            assert_eq!(broken(entity, &row), [0_usize; 0], "{row:?}");
        }
        for (field, values) in values {
            let least = if entity.fields[field].unique { 40 } else { 1 };
            assert!(values.len() >= least, "{}", entity.fields[field].name);
        }
    }
}

#[test]
fn each_check_can_be_broken_alone() {
    let world = World::new(SPEC);
    for entity in &world.service.entities {
        for (index, check) in entity.checks.iter().enumerate() {
            let found = samples::broken(entity, &world.service.enums, index, |_| true);
            // There is no value to try for null, and of times that are one nothing is between them.
            let Some(mut found) = found else {
                assert!(["can_be_reached", "after_it_was_made"].contains(&check.name.as_str()));
                continue;
            };
            assert_eq!(broken(entity, &found.row), [index], "{}", check.name);
            found.row.insert(found.field, found.mended);
            assert_eq!(broken(entity, &found.row), [0_usize; 0], "{}", check.name);
        }
    }
}
