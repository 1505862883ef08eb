//! What a command does to its row by itself: a move of a state machine, guards, assignments.

use serde::Serialize;

use super::{
    Action, Column, CommandAction, Endpoint, EntityId, ErrorId, Expr, Node, Refusal, Service, Type,
};

/// A named move of an enum field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transition {
    /// `snake_case`, unique in its entity.
    pub name: String,
    /// Index into the entity's `fields`.
    pub field: usize,
    /// Indexes into the values of the field's enum; at least one, and `to` is not among them.
    pub from: Vec<usize>,
    pub to: usize,
}

/// What one statement does, and when; it moves or sets something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Index into the entity's `transitions`.
    pub moves: Option<usize>,
    /// In the order of the spec, in which they are told.
    pub guards: Vec<Guard>,
    pub set: Vec<Assignment>,
}

/// A condition without which nothing changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Guard {
    /// What is answered where it does not hold; unknown does not.
    pub error: ErrorId,
    /// By field of the error.
    pub filled: Vec<Filled>,
    /// As the spec writes it.
    pub text: String,
    pub condition: Expr,
}

/// Where the value of an error's field comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Filled {
    /// Index into the entity's `fields`.
    FromRow(usize),
    /// Nothing in the row is called so, and it may be null.
    Null,
}

/// What a field becomes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assignment {
    /// Index into the entity's `fields`.
    pub field: usize,
    pub value: Assigned,
    /// That the value lies within the bounds of the field, where nothing proves that it always does.
    pub within: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Assigned {
    Null,
    /// Over the row as it was.
    Value(Expr),
}

impl Change {
    /// Every expression in it.
    pub fn exprs(&self) -> impl Iterator<Item = &Expr> {
        let guards = self.guards.iter().map(|guard| &guard.condition);
        let set = self.set.iter().flat_map(|it| {
            let value = match &it.value {
                Assigned::Value(value) => Some(value),
                Assigned::Null => None,
            };
            value.into_iter().chain(&it.within)
        });
        guards.chain(set)
    }

    /// Whether it asks who calls.
    pub fn asks_actor(&self) -> bool {
        self.mentions(|node| matches!(node, Node::ActorId | Node::ActorSubject | Node::HasRole(_)))
    }

    /// Whether it asks for the moment.
    pub fn asks_now(&self) -> bool {
        self.mentions(|node| *node == Node::Now)
    }

    /// Whether it reads a field of the input.
    pub fn reads_input(&self, index: usize) -> bool {
        self.mentions(|node| *node == Node::Input(index))
    }

    fn mentions(&self, is: impl Fn(&Node) -> bool) -> bool {
        self.exprs().any(|expr| mentions(expr, &is))
    }
}

/// Whether a node is in an expression, conditions on other rows included.
fn mentions(expr: &Expr, is: &dyn Fn(&Node) -> bool) -> bool {
    let mut found = false;
    expr.visit(&mut |it| {
        found |= is(&it.node);
        let inner = match &it.node {
            Node::Count { condition, .. } | Node::Exists { condition, .. } => condition.as_deref(),
            Node::Sum(sum) => Some(&*sum.value),
            _ => None,
        };
        found |= inner.is_some_and(|inner| mentions(inner, is));
    });
    found
}

impl Assignment {
    /// The first field of the input that the value is made of.
    pub fn input(&self) -> Option<usize> {
        let Assigned::Value(value) = &self.value else {
            return None;
        };
        let mut first = None;
        value.visit(&mut |it| {
            if let (None, Node::Input(index)) = (first, &it.node) {
                first = Some(*index);
            }
        });
        first
    }

    /// Whether it is the caller.
    pub fn is_actor(&self) -> bool {
        matches!(&self.value, Assigned::Value(value) if value.node == Node::ActorId)
    }
}

impl Endpoint {
    /// What it does without logic of its own; `None` where logic does it.
    pub fn change(&self) -> Option<&Change> {
        match &self.action {
            Action::Command(it) => it.change.as_ref(),
            _ => None,
        }
    }

    /// The move that it makes.
    pub fn transition<'s>(&self, service: &'s Service) -> Option<&'s Transition> {
        let moves = self.change()?.moves?;
        Some(&service[self.entity()?].transitions[moves])
    }

    /// Whether only a person can write its logic.
    pub fn owes_logic(&self) -> bool {
        match &self.action {
            Action::Command(it) => it.change.is_none(),
            Action::Free(_) => true,
            _ => false,
        }
    }
}

/// What a command may run into, beside what it says itself to refuse.
pub(super) fn refusals(service: &Service, command: &CommandAction) -> Vec<Refusal> {
    let Some(change) = &command.change else {
        return vec![Refusal::Unwritten];
    };
    let id = command.entity;
    let entity = &service[id];
    let mut all = Vec::new();
    if let Some(moves) = change.moves {
        let field = entity.transitions[moves].field;
        all.push(Refusal::WrongState { entity: id, field });
    }
    for it in change.set.iter().filter(|it| it.within.is_some()) {
        all.push(Refusal::OutOfRange {
            entity: id,
            field: it.field,
            input: it.input(),
        });
    }
    let is_set = |column: &Column| {
        change
            .set
            .iter()
            .any(|it| *column == Column::Field(it.field))
    };
    for (unique, constraint) in entity.uniques.iter().enumerate() {
        if constraint.columns.iter().any(is_set) {
            all.push(Refusal::Taken { entity: id, unique });
        }
    }
    let mut gone = false;
    for it in &change.set {
        if !matches!(entity.fields[it.field].ty, Type::Reference(_)) {
            continue;
        }
        if it.is_actor() {
            gone = true;
        } else if it.input().is_some() {
            all.push(Refusal::ReferenceMissing {
                entity: id,
                field: it.field,
            });
        }
    }
    if gone {
        all.push(Refusal::CallerGone);
    }
    for (check, found) in entity.checks.iter().enumerate() {
        let moved = change.moves.map(|moves| entity.transitions[moves].field);
        let written = |column: &Column| is_set(column) || moved.map(Column::Field) == Some(*column);
        let column = found.condition.columns().into_iter().find(written);
        if let Some(Column::Field(field)) = column {
            all.push(Refusal::Broken {
                entity: id,
                check,
                field,
            });
        }
    }
    all
}

/// Code and title of a refusal about a field.
pub(super) fn words(
    service: &Service,
    refusal: &Refusal,
    (entity, field): (EntityId, usize),
) -> (String, String) {
    let (what, does) = match refusal {
        Refusal::WrongState { .. } => ("conflict", "does not allow it"),
        _ => ("out_of_range", "would leave its range"),
    };
    let (one, name) = (service[entity].snake(), &service[entity].fields[field].name);
    let spaced = |words: &str| words.replace('_', " ");
    let title = format!("The {} of this {} {does}", spaced(name), spaced(&one));
    (format!("{one}_{name}_{what}"), title)
}
