//! Bodies of requests that write rows.

use serde_json::{Map, Value, json};

use crate::entity::{Entity, Field, Many};
use crate::kind::{Edge, Kind};
use crate::service::Service;

pub type Body = Map<String, Value>;

/// A valid value for each field; references lead to rows made for them.
pub async fn of(service: &Service, n: usize, fields: impl IntoIterator<Item = &Field>) -> Body {
    let mut body = Body::new();
    for field in fields {
        let value = match field.kind {
            Kind::To(target) => service.row(target, &[]).await.id().clone(),
            _ => field.sample(n),
        };
        body.insert(field.key.to_owned(), value);
    }
    body
}

/// A valid value for each n:m relation.
pub async fn links(service: &Service, n: usize, all: &[Many]) -> Body {
    let mut body = Body::new();
    for many in all {
        let item = if many.create {
            many.target.column(many.by).kind.sample(n)
        } else {
            service.row(many.target, &[]).await.get(many.by).clone()
        };
        body.insert(many.key.to_owned(), json!([item]));
    }
    body
}

/// What the fields of a request may and may not hold.
pub fn edges<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Vec<(&'f Field, Edge)> {
    fields
        .into_iter()
        .flat_map(|field| field.edges().into_iter().map(move |edge| (field, edge)))
        // Which row a reference may name is another test's matter.
        .filter(|(field, edge)| {
            !matches!(field.kind, Kind::To(_)) || edge.fault.is_some() || edge.value.is_null()
        })
        .collect()
}

/// What an n:m relation refuses.
pub fn link_edges(many: &Many) -> Vec<Edge> {
    let item = many.target.column(many.by).kind;
    let mut faults: Vec<Edge> = item
        .edges()
        .into_iter()
        .filter(|edge| edge.fault.is_some())
        .map(|edge| Edge {
            value: json!([edge.value]),
            place: format!("[0]{}", edge.place),
            ..edge
        })
        .collect();
    let whole = |value, fault| Edge {
        value,
        place: String::new(),
        fault: Some(fault),
    };
    faults.push(whole(json!(7), "type"));
    faults.push(whole(Value::Null, "null"));
    faults
}

/// The keys of an entity that a request may not name.
pub fn protected<'e>(
    entity: &'e Entity,
    accepted: impl Fn(&Field) -> bool + 'e,
) -> Vec<(&'static str, Value)> {
    let mut keys = vec![("id", entity.id().sample(1))];
    let refused = move |field: &&Field| !accepted(field) && !field.is_written_by_condition();
    let rest = entity.fields.iter().filter(refused);
    keys.extend(rest.map(|field| (field.key, field.kind.sample(1))));
    keys.extend(entity.computed.iter().map(|key| (*key, json!(1))));
    keys.push(("unexpected", json!(1)));
    keys
}

/// Asserts that an answer repeats what was sent.
#[track_caller]
pub fn echoes(answer: &Value, sent: &Body, fields: &[Field]) {
    for field in fields {
        let Some(value) = sent.get(field.key).filter(|_| !field.is_conditional()) else {
            continue;
        };
        assert_eq!(&answer[field.key], value, "{} of {answer}", field.key);
    }
}
