//! What a row must be like where conditions alone let anyone in: the tests make rows that meet them.

use super::super::slice::Slice;
use super::super::text;
use super::names::File;
use crate::ir::{Column, Comparison, Constant, EntityId, Expr, Kind, Node, Rule, Service};

/// `&[Granted { entity: &ORDER, column: "status", value: Some("\"draft\"") }]`; empty where a role or the owner is let in,
/// and where the conditions say nothing as simple.
pub fn granted(slice: &Slice<'_>, file: &mut File<'_>) -> String {
    let rules = &slice.endpoint.access.rules;
    let alone = rules.iter().all(|rule| matches!(rule, Rule::When { .. }));
    let condition = rules.iter().find_map(Rule::condition);
    let (true, Some(condition), Some(id)) = (alone, condition, slice.entity_id()) else {
        return String::new();
    };
    let mut all = Vec::new();
    collect(condition, id, &mut all);
    let service = slice.world.service;
    let each = all
        .iter()
        .filter(|(entity, column, _)| is_free(service, *entity, *column));
    let each = each.map(|(entity, column, value)| {
        let value = match value {
            Some(json) => format!("Some({})", text::string(json)),
            None => "None".into(),
        };
        file.imports.all(&["support::access::Granted"]);
        let (entity, column) = (file.entity(*entity), file.column(*entity, *column));
        format!("Granted {{ entity: {entity}, column: {column}, value: {value} }}")
    });
    let each: Vec<String> = each.collect();
    if each.is_empty() {
        return String::new();
    }
    format!("&[{}]", each.join(", "))
}

/// Whether rows may share a value.
fn is_free(service: &Service, entity: EntityId, column: Column) -> bool {
    match column {
        Column::Field(index) => !service[entity].fields[index].unique,
        _ => false,
    }
}

/// Columns, and the values with which a condition holds: JSON text, or the caller's id where there is none.
fn collect(condition: &Expr, id: EntityId, all: &mut Vec<(EntityId, Column, Option<String>)>) {
    let mut add = |at: &Expr, value| {
        if let Some((entity, column)) = place(at, id) {
            all.push((entity, column, value));
        }
    };
    match &condition.node {
        Node::All(parts) => parts.iter().for_each(|part| collect(part, id, all)),
        Node::Any(parts) => parts.iter().take(1).for_each(|part| collect(part, id, all)),
        Node::Column(_) | Node::Trail(_) => add(condition, Some("true".into())),
        Node::Not(inner) => add(inner, Some("false".into())),
        Node::In { value, list } => {
            if let Some(json) = list.first().and_then(|first| json(first, value.kind)) {
                add(value, Some(json));
            }
        }
        Node::Compare {
            op: Comparison::Equal,
            left,
            right,
        } => {
            for (at, value) in [(left, right), (right, left)] {
                match &value.node {
                    Node::ActorId => add(at, None),
                    Node::Constant(constant) => {
                        if let Some(json) = json(constant, value.kind) {
                            add(at, Some(json));
                        }
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn place(at: &Expr, id: EntityId) -> Option<(EntityId, Column)> {
    match &at.node {
        Node::Column(column) => Some((id, *column)),
        Node::Trail(trail) => Some((trail.entity, trail.column)),
        _ => None,
    }
}

fn json(constant: &Constant, kind: Kind) -> Option<String> {
    match constant {
        Constant::Bool(value) => Some(value.to_string()),
        Constant::Number(value) if kind == (Kind::Number { scale: 0 }) => Some(value.to_string()),
        Constant::Text(text) | Constant::Word(text) => {
            Some(serde_json::Value::from(text.as_str()).to_string())
        }
        _ => None,
    }
}
