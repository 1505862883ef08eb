//! `logic.rs` of a slice: the rules, scaffolded once and then the user's.

use serde::Serialize;

use super::super::Draft;
use super::super::imports::Imports;
use super::super::types;
use super::parts::{self, PartCall};
use super::samples::{Printer, Sample};
use super::{Slice, Unit, changes, links};
use crate::ir::{Action, Literal, Many, Output, Service, Write};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct View {
    heading: String,
    imports: String,
    transaction: bool,
    /// Whether `db` also answers whether the row is there.
    visible: bool,
    /// Statements of a create: arguments of `insert`.
    insert: String,
    /// Relations written beside the row.
    links: Vec<LinkCall>,
    /// Rows that are made beside it.
    parts: Vec<PartCall>,
    /// The row's variable: `book`.
    variable: String,
    /// The row's type.
    row: String,
    /// A command that answers with something else than its row.
    answers_row: bool,
    /// A command that answers with nothing.
    answers_nothing: bool,
    includes: bool,
    /// Whether the row is read again once all is written.
    rereads: bool,
    timestamps: bool,
    /// Whether the context is used.
    ctx: bool,
    /// Whether a statement that changes a row by itself takes the time.
    now: bool,
    /// The unit test of logic that a person is to write; the rest passes on what it is given, and is tested over HTTP.
    tests: Option<TestView>,
}

/// A unit test with a fake store.
#[derive(Debug, Serialize)]
struct TestView {
    imports: String,
    /// Members of the row that the fake store holds.
    row: Vec<Sample>,
    command: Vec<Sample>,
}

/// One relation that is written beside the row.
#[derive(Debug, Serialize)]
struct LinkCall {
    name: String,
    ctx: bool,
}

fn link_call(service: &Service, many: &Many) -> LinkCall {
    LinkCall {
        name: many.name.clone(),
        ctx: links::needs_context(service, many),
    }
}

pub fn draft(slice: &Slice<'_>, path: String) -> Draft {
    let template = match &slice.endpoint.action {
        Action::List(_) => "src/features/__feature__/__list__/logic.rs.j2",
        Action::Get(_) => "src/features/__feature__/__get__/logic.rs.j2",
        Action::Create(_) => "src/features/__feature__/__create__/logic.rs.j2",
        Action::Update(_) => "src/features/__feature__/__update__/logic.rs.j2",
        Action::Delete(_) => "src/features/__feature__/__delete__/logic.rs.j2",
        Action::Command(it) if it.change.is_some() => {
            "src/features/__feature__/__change__/logic.rs.j2"
        }
        Action::Command(_) => "src/features/__feature__/__command__/logic.rs.j2",
        Action::Free(_) => "src/features/__feature__/__free__/logic.rs.j2",
    };
    let mut imports = Imports::default();
    imports.all(&[
        "super::Command",
        "super::Error",
        "super::Outcome",
        "crate::app::Context",
    ]);
    let row = match (&slice.endpoint.action, slice.entity_id()) {
        (Action::Command(_), Some(id)) if slice.endpoint.owes_logic() => types::entity(
            slice.world.service,
            id,
            slice.endpoint.feature,
            &mut imports,
        ),
        _ => String::new(),
    };
    let timestamps = slice
        .entity_id()
        .is_some_and(|id| slice.world.service[id].timestamps);
    let insert = insert_arguments(slice);
    let links: Vec<_> = slice
        .links()
        .map(|(_, many)| link_call(slice.world.service, many))
        .collect();
    let parts = parts::calls(slice);
    let made = parts.iter().any(|part| part.ctx)
        || links.iter().any(|link| link.ctx)
        || insert.contains("ctx");
    let owed = slice.endpoint.owes_logic();
    let tests = owed.then(|| tests(slice, &imports));
    let now = changes::takes_now(slice);
    let view = View {
        tests,
        now,
        ctx: now || made || (timestamps && matches!(slice.endpoint.action, Action::Update(_))),
        heading: slice.heading(),
        imports: imports.print(),
        transaction: slice.unit() == Unit::Transaction,
        visible: slice.row_parameter().is_some() && slice.has_body(),
        insert,
        links,
        parts,
        variable: slice
            .entity_id()
            .map(|_| slice.variable())
            .unwrap_or_default(),
        row,
        answers_row: answers_row(slice),
        answers_nothing: matches!(slice.output(), Some(Output::Empty)),
        includes: !slice.includes().is_empty(),
        rereads: slice.rereads(),
        timestamps,
    };
    Draft::new(path, Owner::Yours, template, &view)
}

/// `outer` are the imports of the file, which its test sees as well.
fn tests(slice: &Slice<'_>, outer: &Imports) -> TestView {
    let mut imports = outer.clone();
    imports.all(&["super::*", "crate::app::Services"]);
    let mut printer = Printer {
        slice,
        imports: &mut imports,
    };
    let command = printer.command();
    let mut row = Vec::new();
    if matches!(slice.endpoint.action, Action::Command(_)) {
        row = printer.row();
        if slice.entity().timestamps {
            imports.all(&["kernel::types::Timestamp"]);
        }
    }
    TestView {
        imports: imports.without(outer).print(),
        row,
        command,
    }
}

/// Whether a command answers with the row that it changed.
pub fn answers_row(slice: &Slice<'_>) -> bool {
    matches!((slice.output(), slice.entity_id()), (Some(Output::Entity(id)), Some(own)) if *id == own)
}

/// Whether an insert needs the time: for its timestamps, or for a default of now that no client may set.
pub fn insert_needs_now(slice: &Slice<'_>) -> bool {
    let entity = slice.entity();
    entity.timestamps
        || entity
            .fields
            .iter()
            .any(|field| field.write == Write::Never && field.default == Some(Literal::Now))
}

/// What `insert` takes beside the command.
fn insert_arguments(slice: &Slice<'_>) -> String {
    if !matches!(slice.endpoint.action, Action::Create(_)) {
        return String::new();
    }
    let mut arguments = Vec::new();
    if slice.entity().identity == crate::ir::Identity::Uuid {
        arguments.push("ctx.new_id()");
    }
    if insert_needs_now(slice) {
        arguments.push("ctx.now()");
    }
    arguments.push("&command");
    arguments.join(", ")
}
