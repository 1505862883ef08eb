//! Bodies of answers: representations in their envelopes.

use super::names::Part;
use super::scalars::Schema;
use super::schemas::{Components, whole};
use crate::ir::{Endpoint, EntityId, ListAction, MAX_INT, Output, PageBy};
use serde_json::{Value, json};

impl Components<'_> {
    /// One row as an endpoint answers with it.
    pub fn one(&mut self, endpoint: &Endpoint, entity: EntityId) -> Value {
        let row = self.representation(endpoint, entity);
        let key = self.service.api.one_key(&self.service[entity]);
        wrap(key, row)
    }

    /// One page of a list.
    pub fn page_body(&mut self, endpoint: &Endpoint, list: &ListAction) -> Value {
        let service = self.service;
        let entity = &service[list.entity];
        let items = self.representation(endpoint, list.entity);
        let rows = json!({"type": "array", "items": items, "maxItems": list.paging.max});
        let Some(key) = service.api.many_key(entity) else {
            return rows;
        };
        let mut properties = Schema::new();
        properties.insert(key, rows);
        if let Some(key) = service
            .api
            .next_key()
            .filter(|_| list.paging.by == PageBy::Keyset)
        {
            let next = json!({
                "type": ["string", "null"],
                "description": "The `cursor` of the next page; null on the last.",
            });
            properties.insert(key, next);
        }
        if let Some(key) = service.api.total_key(entity).filter(|_| list.paging.total) {
            properties.insert(key, count());
        }
        Value::Object(whole("", properties))
    }

    /// What a command or a free-form endpoint answers with; `None` for no body.
    pub fn output(&mut self, endpoint: &Endpoint, output: &Output) -> Option<Value> {
        match output {
            Output::Empty => None,
            Output::Entity(id) => Some(self.one(endpoint, *id)),
            Output::Entities(id) => {
                let rows = json!({"type": "array", "items": self.refer(Part::Entity(*id))});
                Some(wrap(self.service.api.many_key(&self.service[*id]), rows))
            }
            Output::Object(id) => {
                let object = self.refer(Part::Object(*id));
                Some(wrap(self.service.api.object_key(), object))
            }
        }
    }

    fn representation(&mut self, endpoint: &Endpoint, entity: EntityId) -> Value {
        self.refer(match endpoint.embeds().is_empty() {
            true => Part::Entity(entity),
            false => Part::View(entity),
        })
    }
}

/// How many rows there are.
pub fn count() -> Value {
    json!({
        "type": "integer",
        "format": "int64",
        "minimum": 0,
        "maximum": MAX_INT,
        "description": "How many rows there are on all pages.",
    })
}

fn wrap(key: Option<String>, body: Value) -> Value {
    match key {
        None => body,
        Some(key) => {
            let mut properties = Schema::new();
            properties.insert(key, body);
            Value::Object(whole("", properties))
        }
    }
}
