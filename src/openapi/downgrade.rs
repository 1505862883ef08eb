//! 3.1 -> 3.0.3: for tools that read no other, such as generators of Rust clients.
//!
//! Only what this crate writes is handled. Lost on the way: the types of comma separated query parameters, which the
//! tools send otherwise than they are declared; answers 304, which they take for errors; and the members that single
//! problems have of their own, since the tools want one type of error for each operation.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Whether the members of an object are keywords, or names of the spec.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Keywords,
    Names,
}

const PROBLEM: &str = "#/components/schemas/Problem";

/// The type of each component, since 3.0 wants it beside `nullable`.
type Types = BTreeMap<String, Value>;

pub fn downgrade(mut document: Value) -> Value {
    let schemas = document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten();
    let types: Types = schemas
        .map(|(name, schema)| {
            (
                format!("#/components/schemas/{name}"),
                schema["type"].clone(),
            )
        })
        .collect();
    walk(&mut document, Place::Keywords, &types);
    forget_unused(&mut document);
    document["openapi"] = json!("3.0.3");
    document
}

fn walk(value: &mut Value, place: Place, types: &Types) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| walk(item, Place::Keywords, types)),
        Value::Object(members) => {
            if place == Place::Keywords {
                rewrite(members, types);
            }
            for (key, member) in members.iter_mut() {
                match (place, key.as_str()) {
                    // Data, not description.
                    (Place::Keywords, "example" | "value" | "default" | "enum") => {}
                    (Place::Keywords, "properties" | "schemas" | "paths" | "examples") => {
                        walk(member, Place::Names, types);
                    }
                    _ => walk(member, Place::Keywords, types),
                }
            }
        }
        _ => {}
    }
}

fn rewrite(members: &mut Map<String, Value>, types: &Types) {
    if let Some(Value::Object(responses)) = members.get_mut("responses") {
        responses.shift_remove("304");
    }
    if let Some(content) = members.get_mut("application/problem+json") {
        content["schema"] = json!({"$ref": PROBLEM});
    }
    if members.get("explode") == Some(&json!(false)) {
        members.shift_remove("style");
        members.shift_remove("explode");
        members.insert("schema".into(), json!({"type": "string"}));
    }
    if let Some(Value::Array(examples)) = members.get_mut("examples") {
        let first = examples.drain(..).next();
        members.shift_remove("examples");
        members.extend(first.map(|example| ("example".to_owned(), example)));
    }
    rewrite_type(members);
    rewrite_union(members, types);
    if members.contains_key("$ref") && members.len() > 1 {
        let reference = members.shift_remove("$ref");
        members.insert("allOf".into(), json!([{"$ref": reference}]));
    }
    if members.shift_remove("contentEncoding").is_some() {
        members.insert("format".into(), json!("byte"));
    }
}

/// Drops schemas to which nothing refers any more.
fn forget_unused(document: &mut Value) {
    let mut used = BTreeSet::new();
    references(document, &mut used);
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        schemas.retain(|name, _| used.contains(&format!("#/components/schemas/{name}")));
    }
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            found.extend(
                members
                    .get("$ref")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            members
                .values()
                .for_each(|member| references(member, found));
        }
        _ => {}
    }
}

/// `["string", "null"]` is a string that is nullable; several types are any.
fn rewrite_type(members: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = members.get("type").cloned() else {
        return;
    };
    let (nulls, types): (Vec<_>, Vec<_>) = types.into_iter().partition(|it| it == "null");
    match types.as_slice() {
        [one] => members.insert("type".into(), one.clone()),
        _ => {
            members.shift_remove("items");
            members.shift_remove("type")
        }
    };
    if !nulls.is_empty() && types.len() == 1 {
        members.insert("nullable".into(), json!(true));
    }
}

/// A reference or null.
fn rewrite_union(members: &mut Map<String, Value>, types: &Types) {
    let Some(Value::Array(mut choices)) = members.shift_remove("anyOf") else {
        return;
    };
    choices.retain(|choice| *choice != json!({"type": "null"}));
    let target = choices.first().and_then(|choice| choice["$ref"].as_str());
    if let Some(ty) = target.and_then(|target| types.get(target)) {
        members.insert("type".into(), ty.clone());
    }
    members.insert("nullable".into(), json!(true));
    members.insert("allOf".into(), Value::Array(choices));
}
