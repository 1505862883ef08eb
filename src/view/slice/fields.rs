//! What a request may name depends on its caller: fields of a body, filters and orders of a list.

use serde::Serialize;

use super::super::{text, visible};
use super::{Slice, command};
use crate::ir::{Access, Action, Column, Filter, Gate};

/// Fields of a body that the same callers may write.
#[derive(Debug, Serialize)]
pub struct Withheld {
    /// `form.caller().has_role("agent")`; empty where nobody may.
    pub allowed: String,
    /// JSON keys, as literals.
    pub keys: Vec<String>,
}

/// The fields of a body that some of those who may call may not write, decided by who they are.
pub fn withheld(slice: &Slice<'_>) -> Vec<Withheld> {
    let fields = match slice.endpoint.action {
        Action::Create(_) => command::created(slice),
        Action::Update(_) => command::updated(slice),
        _ => return Vec::new(),
    };
    let mut found: Vec<Withheld> = Vec::new();
    for (_, field) in fields {
        let Some(allowed) = field.writers.as_ref().and_then(|it| allowed(slice, it)) else {
            continue;
        };
        let key = text::string(&slice.world.json(&field.column_name()));
        match found.iter_mut().find(|it| it.allowed == allowed) {
            Some(known) => known.keys.push(key),
            None => found.push(Withheld {
                allowed,
                keys: vec![key],
            }),
        }
    }
    found
}

/// `None` where nobody is to be asked: all who may call may write it, or the row decides.
fn allowed(slice: &Slice<'_>, writers: &Access) -> Option<String> {
    let create = matches!(slice.endpoint.action, Action::Create(_));
    let rule = if create {
        writers.on_create()
    } else {
        writers.clone()
    };
    if rule.covers(&slice.endpoint.access, true) || !create && rule.asks_rows() {
        return None;
    }
    Some(visible::by_caller(&rule, "form.caller()").unwrap_or_default())
}

/// Who may filter by something: `query.caller().has_role("agent")`; `None` where everyone may.
pub fn filter_gate(slice: &Slice<'_>, filter: &Filter) -> Option<String> {
    let id = slice.entity_id()?;
    gate(slice, slice.world.service.gates(id, &filter.path))
}

/// The same for an order.
pub fn sort_gate(slice: &Slice<'_>, column: Column) -> Option<String> {
    let gates = slice.world.service.gate(slice.entity_id()?, column);
    gate(slice, gates.into_iter().collect())
}

fn gate(slice: &Slice<'_>, gates: Vec<Gate<'_>>) -> Option<String> {
    let mut conditions: Vec<String> = Vec::new();
    for gate in gates {
        if gate.is_closed_to_some(slice.endpoint) {
            let condition = visible::by_caller(gate.rule, "query.caller()");
            let condition = condition.expect("BUG: a filter for nobody");
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
    }
    (!conditions.is_empty()).then(|| conditions.join(" && "))
}
