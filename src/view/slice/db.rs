//! `db.rs` of a slice: the SQL.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{Draft, sql, types};
use super::guard::Guard;
use super::judged::{self, Withheld};
use super::links::{self, LinkView};
use super::lists::{self, ListView};
use super::part_rows::{self, PartView};
use super::refusals::{self, Conflicts};
use super::reread::{self, Reread};
use super::rows::{self, Exists, IncludeView, ParentView, Unreached};
use super::statements::{self, Binds};
use super::{Slice, Unit, inserts, logic};
use crate::ir::{Action, Database, Identity};
use crate::plan::Owner;

/// One view for every kind of slice; a template prints its part of it.
#[derive(Debug, Serialize)]
struct View {
    heading: String,
    imports: String,
    transaction: bool,
    /// `self` or `&mut self`.
    receiver: &'static str,
    /// What statements run on: `&mut *self.0`.
    conn: &'static str,
    guard: Option<Guard>,
    members: Vec<Guard>,
    /// Whether a member lives as long as the store.
    borrows: bool,
    outcome: String,
    row: String,
    variable: String,
    includes: Option<IncludeView>,
    exists: Option<Exists>,
    unreached: Option<Unreached>,
    withheld: Option<Withheld>,
    statement: String,
    binds: String,
    second: String,
    second_binds: String,
    /// Arguments of the method beside the command, with their types.
    arguments: String,
    /// The same where they are used: an insert may need nothing of its command.
    used_arguments: String,
    conflicts: Option<Conflicts>,
    slug: Option<inserts::SlugView>,
    parents: Vec<ParentView>,
    reread: Option<Reread>,
    links: Vec<LinkView>,
    parts: Vec<PartView>,
    list: Option<ListView>,
    versioned: bool,
    timestamps: bool,
    answers_row: bool,
}

pub fn draft(slice: &Slice<'_>, path: String, owner: Owner) -> Draft {
    let template = match &slice.endpoint.action {
        Action::List(_) => "src/features/__feature__/__list__/db.rs.j2",
        Action::Get(_) => "src/features/__feature__/__get__/db.rs.j2",
        Action::Create(_) => "src/features/__feature__/__create__/db.rs.j2",
        Action::Update(_) => "src/features/__feature__/__update__/db.rs.j2",
        Action::Delete(_) => "src/features/__feature__/__delete__/db.rs.j2",
        Action::Command(_) => "src/features/__feature__/__command__/db.rs.j2",
        Action::Free(_) => "src/features/__feature__/__free__/db.rs.j2",
    };
    Draft::new(path, owner, template, &view(slice))
}

fn view(slice: &Slice<'_>) -> View {
    let mut imports = Imports::default();
    imports.all(&["kernel::db::Connection", "kernel::db::UnitOfWork"]);
    let transaction = slice.unit() == Unit::Transaction;
    let mut view = View {
        heading: slice.heading(),
        imports: String::new(),
        transaction,
        receiver: if transaction { "&mut self" } else { "self" },
        conn: "&mut *self.0",
        guard: None,
        members: Vec::new(),
        borrows: false,
        outcome: "Outcome".into(),
        row: String::new(),
        variable: slice
            .entity_id()
            .map(|_| slice.variable())
            .unwrap_or_default(),
        includes: None,
        exists: None,
        unreached: None,
        withheld: None,
        statement: String::new(),
        binds: String::new(),
        second: String::new(),
        second_binds: String::new(),
        arguments: String::new(),
        used_arguments: String::new(),
        conflicts: None,
        slug: None,
        parents: Vec::new(),
        reread: None,
        links: Vec::new(),
        parts: Vec::new(),
        list: None,
        versioned: slice.guarded(),
        timestamps: slice
            .entity_id()
            .is_some_and(|id| slice.world.service[id].timestamps),
        answers_row: logic::answers_row(slice),
    };
    if !matches!(slice.endpoint.action, Action::Free(_)) {
        imports.all(&[
            "super::super::Command",
            "super::super::Error",
            "kernel::db::Failure",
        ]);
        view.guard = slice.guard(&mut imports);
        view.members = slice.members(&mut imports);
        view.borrows = view.members.iter().any(|member| member.borrowed);
        if !view.members.is_empty() {
            view.conn = "&mut *self.conn";
        }
        fill(slice, &mut view, &mut imports);
    }
    view.imports = imports.print();
    view
}

fn fill(slice: &Slice<'_>, view: &mut View, imports: &mut Imports) {
    view.includes = rows::included(slice, imports);
    view.unreached = rows::unreached(slice, imports);
    view.reread = reread::view(slice, imports);
    match &slice.endpoint.action {
        Action::List(it) => {
            view.row = row(slice, imports);
            imports.all(&["super::super::Outcome"]);
            view.list = Some(lists::view(slice, it, imports));
        }
        Action::Get(_) => {
            imports.all(&["super::super::Outcome"]);
            let mut binds = Binds::default();
            let predicate = statements::row_predicate(slice, &mut binds, "command", imports);
            view.statement = sql::constant(
                "SELECT",
                &statements::select(slice, &format!("\nwhere {predicate}")),
            );
            view.binds = binds.print();
            if view.includes.is_some() {
                view.row = row(slice, imports);
            }
            let used = view.binds.contains("command.") || view.includes.is_some();
            view.used_arguments = if used { "command" } else { "_command" }.into();
        }
        Action::Create(_) => create(slice, view, imports),
        Action::Update(_) => update(slice, view, imports),
        Action::Delete(_) => delete(slice, view, imports),
        Action::Command(_) => command(slice, view, imports),
        Action::Free(_) => {}
    }
}

fn create(slice: &Slice<'_>, view: &mut View, imports: &mut Imports) {
    imports.all(&["kernel::db"]);
    let entity = slice.entity();
    let (statement, binds) = inserts::insert(slice, imports);
    view.statement = sql::constant("INSERT", &statement);
    view.binds = binds.print();
    let mut arguments = Vec::new();
    if entity.identity == Identity::Uuid {
        let id = slice.entity_id().expect("BUG: a create without an entity");
        arguments.push(format!(
            "id: {}",
            types::entity_id(slice.world.service, id, slice.endpoint.feature, imports)
        ));
    }
    if logic::insert_needs_now(slice) {
        arguments.push(format!("now: {}", imports.name("kernel::types::Timestamp")));
    }
    arguments.push("command: &Command".into());
    view.arguments = arguments.join(", ");
    view.slug = inserts::slug(slice, imports);
    view.parents = slice
        .parents()
        .map(|parent| rows::parent(slice, parent, imports))
        .collect();
    view.conflicts = refusals::conflicts(slice, imports);
    view.links = links::views(slice, imports);
    view.parts = part_rows::views(slice, imports);
    view.row = row(slice, imports);
    view.outcome = outcome(slice, view, imports);
    let included = view.includes.is_some() && !view.transaction;
    let asked = view
        .conflicts
        .as_ref()
        .is_some_and(|conflicts| conflicts.missing.is_some());
    let used = view.binds.contains("command.")
        || view.slug.is_some()
        || !view.parents.is_empty()
        || included
        || asked;
    view.used_arguments = if used {
        view.arguments.clone()
    } else {
        view.arguments.replace("command:", "_command:")
    };
}

/// Rows come back bare where the include is a step of its own.
fn outcome(slice: &Slice<'_>, view: &View, imports: &mut Imports) -> String {
    let bare = view.transaction && view.includes.is_some();
    if bare || !slice.parts().is_empty() || slice.includes().is_empty() {
        if bare {
            imports.all(&["super::super::Outcome"]);
        }
        view.row.clone()
    } else {
        imports.all(&["super::super::Outcome"]);
        "Outcome".into()
    }
}

fn update(slice: &Slice<'_>, view: &mut View, imports: &mut Imports) {
    imports.all(&["kernel::db"]);
    let (statement, binds) = statements::update(slice, imports);
    view.statement = sql::constant("UPDATE", &statement);
    view.binds = binds.print();
    let arguments = now(slice, imports)
        .into_iter()
        .chain(["command: &Command".into()]);
    view.arguments = arguments.collect::<Vec<_>>().join(", ");
    view.conflicts = refusals::conflicts(slice, imports);
    view.links = links::views(slice, imports);
    view.row = row(slice, imports);
    view.exists = Some(rows::exists(slice, imports));
    view.withheld = judged::withheld(slice, imports);
    view.outcome = outcome(slice, view, imports);
}

fn delete(slice: &Slice<'_>, view: &mut View, imports: &mut Imports) {
    let mut binds = Binds::default();
    let mut predicate = statements::row_predicate(slice, &mut binds, "command", imports);
    if slice.guarded() {
        let expected = binds.add("command.expected");
        predicate.push_str(&format!(
            " and ({expected} is null or version = {expected})"
        ));
    }
    let table = sql::table(slice.entity());
    let clauses = [format!("delete from {table}"), format!("where {predicate}")];
    let statement = sql::clauses(&clauses, "");
    view.statement = sql::constant("DELETE", &statement);
    view.binds = binds.print();
    view.conflicts = refusals::conflicts(slice, imports);
    if slice.guarded() {
        view.exists = Some(rows::exists(slice, imports));
    }
}

fn command(slice: &Slice<'_>, view: &mut View, imports: &mut Imports) {
    imports.all(&["kernel::db"]);
    let mut binds = Binds::default();
    let predicate = statements::row_predicate(slice, &mut binds, "command", imports);
    let lock = match slice.world.service.database {
        Database::Postgres => "\nfor update",
        Database::Sqlite => "",
    };
    view.statement = sql::constant(
        "SELECT",
        &statements::select(slice, &format!("\nwhere {predicate}{lock}")),
    );
    view.binds = binds.print();
    let (save, binds) = statements::save(slice, imports);
    view.second = sql::constant("UPDATE", &save);
    view.second_binds = binds.print();
    view.row = row(slice, imports);
    let row = format!("{}: {}", slice.variable(), view.row);
    let arguments = std::iter::once(row).chain(now(slice, imports));
    view.arguments = arguments.collect::<Vec<_>>().join(", ");
    if slice.has_body() {
        view.exists = Some(rows::exists(slice, imports));
    }
}

/// `now: Timestamp`, where the row is stamped.
fn now(slice: &Slice<'_>, imports: &mut Imports) -> Option<String> {
    let timed = slice.entity().timestamps;
    timed.then(|| format!("now: {}", imports.name("kernel::types::Timestamp")))
}

fn row(slice: &Slice<'_>, imports: &mut Imports) -> String {
    let id = slice.entity_id().expect("BUG: a row without an entity");
    types::entity(slice.world.service, id, slice.endpoint.feature, imports)
}
