//! Values with which a command changes its row, and those with which one of its conditions says no.
//!
//! Enters: an entity, the input of a command and what it does. Leaves: a row and an input with which it succeeds; for each
//! condition a pair of them, one on each side of its edge; how often in a row it succeeds from there.
//! Deliberately absent: conditions on other rows, of which nothing is known here: they are never met.

mod rewrite;

use super::search::Search;
use super::{Broken, Row, broken};
use crate::expr::check::range;
use crate::expr::value::{truth, value};
use crate::ir::{Assigned, Change, Column, Constant, Entity, Enum, Expr, Field, Node, Type};
use rewrite::{certain, check, in_a_state, mention, of, replaced};

/// More are not counted: tests send that many requests at once.
const MOST_TIMES: usize = 16;

/// A row and the input of a request, by field; a reference has a value where it must lead to a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub row: Row,
    pub input: Row,
}

/// Both sides of one condition.
#[derive(Debug)]
pub struct Edge {
    pub at: Example,
    pub over: Example,
}

/// What is tried of one command.
pub struct Acts<'a> {
    enums: &'a [Enum],
    change: &'a Change,
    /// The row with the input's fields behind its own, and every condition as a check.
    both: Entity,
    /// How many fields the row has.
    width: usize,
    conditions: usize,
}

impl<'a> Acts<'a> {
    /// `actor` is whoever calls in tests: a UUID.
    pub fn new(
        entity: &Entity,
        enums: &'a [Enum],
        input: &[Field],
        change: &'a Change,
        actor: &str,
    ) -> Self {
        let width = entity.fields.len();
        let mut both = entity.clone();
        both.fields.extend(input.iter().cloned());
        let mut acts = Self {
            enums,
            change,
            both,
            width,
            conditions: 0,
        };
        let known = |expr: &Expr| acts.known(expr, actor);
        let within = change.set.iter().flat_map(|it| &it.within);
        let conditions = change.guards.iter().map(|it| &it.condition).chain(within);
        let conditions: Vec<Expr> = conditions.map(|it| certain(known(it))).collect();
        let mut checks = conditions.clone();
        let moved = change.moves.map(|moves| &entity.transitions[moves]);
        checks.extend(moved.and_then(|moved| in_a_state(entity, enums, moved)));
        let now: Vec<Expr> = entity
            .checks
            .iter()
            .map(|it| it.condition.clone())
            .collect();
        checks.extend(now.iter().flat_map(|it| acts.after(it, actor)));
        checks.extend(now);
        // So that everything that is set can be told.
        let set = change.set.iter().filter_map(|it| match &it.value {
            Assigned::Value(value) => Some(mention(known(value))),
            Assigned::Null => None,
        });
        checks.extend(set);
        acts.conditions = conditions.len();
        acts.both.checks = checks.into_iter().map(check).collect();
        acts
    }

    /// With which it does what it says.
    pub fn example(&self) -> Option<Example> {
        let search = Search::new(&self.both, self.enums);
        let mut rows = search.rows(None).into_iter();
        let found = rows.find(|row| search.meets_all(row));
        found.map(|row| self.parted(&row))
    }

    /// On both sides of a condition, by its number: those of guards first, then those of bounds.
    pub fn edge(&self, condition: usize) -> Option<Edge> {
        let found = broken(&self.both, self.enums, condition, |_| true);
        let pair = match found {
            Some(found) => Some(self.slid(condition, found)),
            None => self.referred(condition),
        };
        pair.map(|(at, over)| Edge {
            at: self.parted(&at),
            over: self.parted(&over),
        })
    }

    /// An example from which it succeeds some times in a row, but not always, and how often.
    pub fn limited(&self, edge: &Edge) -> Option<(Example, usize)> {
        let start = self.joined(&edge.at);
        let search = Search::new(&self.both, self.enums);
        for back in [2, 1, 0] {
            let mut from = start.clone();
            let mut fits = true;
            for it in &self.change.set {
                let next = self.becomes(&from, &it.value);
                if let (Some(Constant::Number(now)), Some(Constant::Number(next))) =
                    (from.get(&it.field).cloned(), next)
                {
                    let earlier = now.checked_sub(back * (next - now))?;
                    let ty = &self.both.fields[it.field].ty;
                    let (least, greatest) = range::of_type(ty, Column::Field(it.field));
                    fits &= (least..=greatest).contains(&earlier.into());
                    from.insert(it.field, Constant::Number(earlier));
                }
            }
            if !fits || !search.meets_all(&from) {
                continue;
            }
            let times = self.times(from.clone());
            if (1..MOST_TIMES).contains(&times) {
                return Some((self.parted(&from), times));
            }
        }
        None
    }

    /// What a field becomes, where that is known.
    pub fn value(&self, example: &Example, value: &Assigned) -> Option<Constant> {
        self.becomes(&self.joined(example), value)
    }

    /// Whether a condition asks for a field of the row.
    pub fn asks_for(&self, field: usize) -> bool {
        let conditions = self.both.checks[..self.conditions].iter();
        let mut columns = conditions.flat_map(|it| it.condition.columns());
        columns.any(|column| column == Column::Field(field))
    }

    /// References that conditions speak of: they lead to a row where an example has a value for them, else to none.
    pub fn references(&self) -> impl Iterator<Item = usize> {
        let refers = |field: &usize| matches!(self.both.fields[*field].ty, Type::Reference(_));
        (0..self.width).filter(move |field| refers(field) && self.asks_for(*field))
    }

    fn times(&self, mut row: Row) -> usize {
        for times in 0..MOST_TIMES {
            let all = self.both.checks[..self.conditions].iter();
            let mut all = all.map(|it| truth(&it.condition, &|node| of(&row, node)));
            if !all.all(|it| it == Some(true)) {
                return times;
            }
            let next = self.change.set.iter();
            let next: Vec<_> = next
                .map(|it| (it.field, self.becomes(&row, &it.value)))
                .collect();
            for (field, value) in next {
                match value {
                    Some(value) => row.insert(field, value),
                    None => row.remove(&field),
                };
            }
        }
        MOST_TIMES
    }

    fn becomes(&self, row: &Row, assigned: &Assigned) -> Option<Constant> {
        match assigned {
            Assigned::Null => None,
            Assigned::Value(expr) if expr.node == Node::ActorId => {
                Some(Constant::Uuid(String::new()))
            }
            Assigned::Value(expr) => value(&self.known(expr, ""), &|node| of(row, node)),
        }
    }

    /// Moved as near to the edge as whole units allow.
    fn slid(&self, condition: usize, found: Broken) -> (Row, Row) {
        let Broken { row, field, mended } = found;
        let with = |value: &Constant| {
            let mut row = row.clone();
            row.insert(field, value.clone());
            row
        };
        let (mut good, mut bad) = (mended.clone(), row[&field].clone());
        while let (Constant::Number(one), Constant::Number(other)) = (&good, &bad) {
            if one.abs_diff(*other) < 2 {
                break;
            }
            let middle = Constant::Number(one.midpoint(*other));
            if self.holds(condition, &with(&middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        let search = Search::new(&self.both, self.enums);
        let alone = search.breaks_alone(condition, &with(&bad));
        if alone && search.meets_all(&with(&good)) {
            return (with(&good), with(&bad));
        }
        (with(&mended), row.clone())
    }

    /// A reference that leads to a row where it should lead to none.
    fn referred(&self, condition: usize) -> Option<(Row, Row)> {
        let search = Search::new(&self.both, self.enums);
        let mut rows = search.rows(None).into_iter();
        let at = rows.find(|row| search.meets_all(row) && self.holds(condition, row))?;
        let columns = self.both.checks[condition].condition.columns();
        for column in columns {
            let Column::Field(field) = column else {
                continue;
            };
            let refers = matches!(self.both.fields[field].ty, Type::Reference(_));
            let mut over = at.clone();
            over.insert(field, Constant::Uuid("another".into()));
            if refers && field < self.width && search.breaks_alone(condition, &over) {
                return Some((at, over));
            }
        }
        None
    }

    fn holds(&self, condition: usize, row: &Row) -> bool {
        let condition = &self.both.checks[condition].condition;
        truth(condition, &|node| of(row, node)) == Some(true)
    }

    /// A check over the row as it will be; `None` where something becomes null.
    fn after(&self, check: &Expr, actor: &str) -> Option<Expr> {
        let mut unknown = false;
        let after = replaced(check, &mut |it| {
            let Node::Column(Column::Field(field)) = it.node else {
                return None;
            };
            let set = self.change.set.iter().find(|it| it.field == field)?;
            match &set.value {
                Assigned::Value(value) => Some(self.known(value, actor)),
                Assigned::Null => {
                    unknown = true;
                    None
                }
            }
        });
        (!unknown).then_some(after)
    }

    /// With the input as further columns, and the caller of tests, who has every role. The moment is like that of the
    /// last change: whenever it may be.
    fn known(&self, expr: &Expr, actor: &str) -> Expr {
        replaced(expr, &mut |it| {
            let node = match &it.node {
                Node::Input(index) => Node::Column(Column::Field(self.width + index)),
                Node::ActorId => Node::Constant(Constant::Uuid(actor.to_owned())),
                Node::HasRole(_) => Node::Constant(Constant::Bool(true)),
                Node::Now => Node::Column(Column::UpdatedAt),
                _ => return None,
            };
            Some(Expr { node, ..it.clone() })
        })
    }

    fn parted(&self, both: &Row) -> Example {
        let mut example = Example {
            row: Row::new(),
            input: Row::new(),
        };
        for (field, value) in both {
            match field.checked_sub(self.width) {
                None => example.row.insert(*field, value.clone()),
                Some(field) => example.input.insert(field, value.clone()),
            };
        }
        example
    }

    fn joined(&self, example: &Example) -> Row {
        let input = example.input.iter();
        let input = input.map(|(field, value)| (self.width + field, value.clone()));
        example.row.clone().into_iter().chain(input).collect()
    }
}
