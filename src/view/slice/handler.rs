//! `handler.rs` of a slice: HTTP to contract and back.

use serde::Serialize;

use super::super::Draft;
use super::super::imports::Imports;
use super::super::naming;
use super::super::text;
use super::guard::Guard;
use super::{Slice, Unit};
use crate::ir::{Action, Output};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct View {
    heading: String,
    imports: String,
    /// `form()?` or `query()`
    decode: &'static str,
    transaction: bool,
    /// `, call.actor_id()?`: what the store is opened with beside the unit of work.
    members: String,
    /// The same where the row is looked for.
    guard: String,
    /// The row that must exist before a body is found fault with: its key in the path, with its type.
    row: Option<RowKey>,
    /// The pattern of what logic returns.
    outcome: String,
    /// Arguments of `respond`.
    respond: String,
}

#[derive(Debug, Serialize)]
struct RowKey {
    parameters: Vec<KeyParameter>,
}

#[derive(Debug, Serialize)]
struct KeyParameter {
    name: String,
    literal: String,
    ty: String,
    by_reference: bool,
}

pub fn draft(slice: &Slice<'_>, path: String) -> Draft {
    let mut imports = Imports::default();
    imports.all(&[
        "axum::Router",
        "kernel::http",
        "kernel::http::Call",
        "kernel::http::Reply",
    ]);
    imports.all(&[
        "kernel::problem::Problem",
        "crate::app::App",
        "crate::app::Services",
    ]);
    imports.all(&["super::CONTRACT", "super::Command", "super::logic"]);
    let row = row_key(slice, &mut imports);
    let (outcome, mut respond) = outcome(slice);
    if slice.is_shown_in_part() {
        respond = format!("call.reach(), {outcome}");
    }
    let view = View {
        heading: slice.heading(),
        decode: if slice.has_body() {
            "form()?"
        } else {
            "query()"
        },
        transaction: slice.unit() == Unit::Transaction,
        row,
        members: arguments(slice.members(&mut Imports::default())),
        guard: arguments(slice.guard(&mut Imports::default())),
        outcome,
        respond,
        imports: imports.print(),
    };
    Draft::new(
        path,
        Owner::Generated,
        "src/features/__feature__/__endpoint__/handler.rs.j2",
        &view,
    )
}

fn arguments(guards: impl IntoIterator<Item = Guard>) -> String {
    guards
        .into_iter()
        .map(|guard| format!(", {}", guard.from_call))
        .collect()
}

fn row_key(slice: &Slice<'_>, imports: &mut Imports) -> Option<RowKey> {
    slice.row_parameter().filter(|_| slice.has_body())?;
    imports.all(&["kernel::decode::Invalid"]);
    let parameters = slice.parameters().map(|parameter| {
        let ty = slice.parameter_type(parameter, imports);
        KeyParameter {
            name: naming::ident(&parameter.name),
            literal: text::string(&parameter.name),
            by_reference: ty == "String",
            ty,
        }
    });
    Some(RowKey {
        parameters: parameters.collect(),
    })
}

/// What the handler calls the outcome, and how it hands it to `respond`.
fn outcome(slice: &Slice<'_>) -> (String, String) {
    match &slice.endpoint.action {
        Action::List(_) => ("page".into(), "&page".into()),
        Action::Delete(_) => (String::new(), String::new()),
        Action::Command(_) | Action::Free(_) => match slice.output() {
            Some(Output::Empty) | None => (String::new(), String::new()),
            Some(Output::Entity(id)) => one(slice, *id),
            Some(Output::Entities(_) | Output::Object(_)) => ("outcome".into(), "&outcome".into()),
        },
        Action::Get(it) => one(slice, it.entity),
        Action::Create(it) => one(slice, it.entity),
        Action::Update(it) => one(slice, it.entity),
    }
}

fn one(slice: &Slice<'_>, id: crate::ir::EntityId) -> (String, String) {
    let variable = naming::ident(&slice.world.service[id].snake());
    (variable.clone(), format!("&{variable}"))
}
