//! `db.rs` of a command that changes its row by itself: one statement, and the question why it changed nothing.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{Draft, sql, types};
use super::guard::Guard;
use super::pieces::{Piece, split};
use super::refusals::{self, Conflicts};
use super::refused::{self, Refused};
use super::reread::{self, Reread};
use super::rows::{self, Exists, Unreached};
use super::statements::{self, Binds};
use super::{Slice, Unit, command, logic, states};
use crate::expr::sql::Bind;
use crate::ir::{Assigned, Change, Column, Expr, Field, Node, Versioning};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct View {
    heading: String,
    imports: String,
    /// What the store is opened with, beside the unit of work.
    members: Vec<Guard>,
    borrows: bool,
    /// What statements run on: `&mut *self.0`.
    conn: &'static str,
    /// Arguments of the method, with their types.
    arguments: String,
    outcome: &'static str,
    /// The row's type, and its variable.
    row: String,
    variable: String,
    answers_row: bool,
    exists: Option<Exists>,
    unreached: Option<Unreached>,
    statement: String,
    binds: String,
    conflicts: Option<Conflicts>,
    refused: Option<Refused>,
    reread: Option<Reread>,
    /// `self` or `&mut self`.
    receiver: &'static str,
}

pub fn draft(slice: &Slice<'_>, change: &Change, path: String) -> Draft {
    let mut imports = Imports::default();
    imports.all(&["kernel::db::Connection", "kernel::db::Failure"]);
    imports.all(&[
        "kernel::db::UnitOfWork",
        "super::super::Command",
        "super::super::Error",
    ]);
    let members = slice.members(&mut imports);
    let (statement, binds) = update(slice, change, &mut imports);
    let answers_row = logic::answers_row(slice);
    if answers_row {
        imports.all(&["kernel::db", "super::super::Outcome"]);
    }
    let id = slice.entity_id().expect("BUG: a change without a row");
    let refused = refused::refused(slice, change, &mut imports);
    let named = answers_row || refused.as_ref().is_some_and(|it| it.looks);
    let row = if named {
        types::entity(
            slice.world.service,
            id,
            slice.endpoint.feature,
            &mut imports,
        )
    } else {
        String::new()
    };
    let now =
        takes_now(slice).then(|| format!("now: {}", imports.name("kernel::types::Timestamp")));
    let arguments = now.into_iter().chain(["command: &Command".to_owned()]);
    let view = View {
        heading: slice.heading(),
        conn: match members.as_slice() {
            [] => "&mut *self.0",
            _ => "&mut *self.conn",
        },
        borrows: members.iter().any(|it| it.borrowed),
        members,
        arguments: arguments.collect::<Vec<_>>().join(", "),
        outcome: if answers_row { "Outcome" } else { "()" },
        row,
        variable: slice.variable(),
        answers_row,
        exists: slice.has_body().then(|| rows::exists(slice, &mut imports)),
        unreached: rows::unreached(slice, &mut imports),
        statement: sql::constant("UPDATE", &statement),
        binds: binds.print(),
        conflicts: refusals::conflicts(slice, &mut imports),
        receiver: match (slice.unit(), &refused) {
            (Unit::Transaction, _) => "&mut self",
            (_, Some(_)) => "mut self",
            _ => "self",
        },
        refused,
        reread: reread::view(slice, &mut imports).filter(|_| answers_row),
        imports: imports.print(),
    };
    let template = "src/features/__feature__/__change__/db.rs.j2";
    Draft::new(path, Owner::Generated, template, &view)
}

/// Whether the statement is told the time.
pub fn takes_now(slice: &Slice<'_>) -> bool {
    let change = slice.endpoint.change();
    change.is_some_and(|change| slice.entity().timestamps || change.asks_now())
}

/// The field of the input that a reference becomes.
pub fn sent<'w>(slice: &Slice<'w>, field: &Field) -> Option<&'w Field> {
    let entity = slice.entity();
    let set = &slice.endpoint.change()?.set;
    let it = set
        .iter()
        .find(|it| entity.fields[it.field].name == field.name)?;
    Some(&command::inputs(slice)[it.input()?])
}

/// The references that become the caller.
pub fn filled_by_actor(slice: &Slice<'_>) -> Vec<usize> {
    let Some(change) = slice.endpoint.change() else {
        return Vec::new();
    };
    let set = change.set.iter().filter(|it| it.is_actor());
    set.map(|it| it.field).collect()
}

fn update(slice: &Slice<'_>, change: &Change, imports: &mut Imports) -> (String, Binds) {
    let entity = slice.entity();
    let mut binds = Binds::default();
    let mut terms = vec![statements::row_predicate(
        slice, &mut binds, "command", imports,
    )];
    if slice.guarded() {
        let expected = binds.add("command.expected");
        terms.push(format!("({expected} is null or version = {expected})"));
    }
    let mut sets = Vec::new();
    if let Some(it) = slice.endpoint.transition(slice.world.service) {
        let column = sql::column(entity, Column::Field(it.field));
        let (from, to) = states::words(slice, it);
        terms.push(match from.as_slice() {
            [one] => format!("{column} = {one}"),
            several => format!("{column} in ({})", several.join(", ")),
        });
        sets.push(format!("{column} = {to}"));
    }
    for condition in conditions(change) {
        terms.push(printed(slice, condition, &mut binds, imports));
    }
    for it in &change.set {
        let column = sql::column(entity, Column::Field(it.field));
        let value = match &it.value {
            Assigned::Null => "null".to_owned(),
            Assigned::Value(value) => printed(slice, value, &mut binds, imports),
        };
        sets.push(format!("{column} = {value}"));
    }
    if entity.timestamps {
        sets.push(format!("updated_at = {}", binds.shared("now".into())));
    }
    if entity.versioning != Versioning::None {
        sets.push("version = version + 1".into());
    }
    let predicate = terms.join("\n    and ");
    (statements::update_text(slice, &sets, &predicate), binds)
}

/// What must hold beside the state, in the order in which it is told.
fn conditions(change: &Change) -> impl Iterator<Item = &Expr> {
    let guards = change.guards.iter().map(|guard| &guard.condition);
    guards.chain(change.set.iter().flat_map(|it| &it.within))
}

/// An expression over the row, each value that the request gives bound once.
pub fn printed(slice: &Slice<'_>, expr: &Expr, binds: &mut Binds, imports: &mut Imports) -> String {
    let mut rows = slice.rows();
    // Columns stand alone where no other row is looked at.
    if !looks_elsewhere(expr) {
        rows.table.clear();
    }
    let mut pieces = Vec::new();
    split(&rows.print(expr, 1), &mut pieces);
    let mut printed = String::new();
    for piece in pieces {
        printed.push_str(&match piece {
            Piece::Sql(part) => part,
            Piece::Bound(Bind::Now) => binds.shared("now".into()),
            Piece::Bound(Bind::Input(index)) => {
                let field = &command::inputs(slice)[index];
                let path = format!("command.{}", slice.world.member(field));
                binds.shared(statements::bound(&path, field, imports))
            }
            Piece::Bound(actor) => binds.shared(rows.value(&actor, "self.reach", imports)),
        });
    }
    printed
}

fn looks_elsewhere(expr: &Expr) -> bool {
    let mut looks = false;
    expr.visit(&mut |it| {
        looks |= matches!(
            it.node,
            Node::Trail(_) | Node::Count { .. } | Node::Sum(_) | Node::Exists { .. }
        );
    });
    looks
}
