//! `responses` of operations.

use super::bodies::count;
use super::schemas::Components;
use crate::ir::{Action, Endpoint, EntityId, Output, PageBy, Versioning};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

impl Components<'_> {
    /// All answers of an endpoint, by status.
    pub fn responses(&mut self, index: usize) -> Value {
        let endpoint = &self.service.endpoints[index];
        let mut all: BTreeMap<u16, Value> = self.problems(endpoint);
        all.insert(endpoint.status, self.success(index));
        if self.is_conditional(endpoint) {
            let headers = json!({"ETag": etag()});
            all.insert(
                304,
                json!({"description": "Not modified", "headers": headers}),
            );
        }
        let all: Map<_, _> = all
            .into_iter()
            .map(|(status, response)| (status.to_string(), response))
            .collect();
        Value::Object(all)
    }

    fn is_conditional(&self, endpoint: &Endpoint) -> bool {
        matches!(&endpoint.action, Action::Get(it) if self.service[it.entity].has_version())
    }

    fn success(&mut self, index: usize) -> Value {
        let endpoint = &self.service.endpoints[index];
        let (body, description) = self.answer(endpoint);
        let mut response = json!({"description": description});
        let headers = self.headers(endpoint);
        if !headers.is_empty() {
            response["headers"] = Value::Object(headers);
        }
        if let Some(schema) = body.filter(|_| endpoint.status != 204) {
            response["content"] = json!({"application/json": {"schema": schema}});
            let links = self.links_of(index);
            if !links.is_empty() {
                response["links"] = Value::Object(links);
            }
        }
        response
    }

    fn answer(&mut self, endpoint: &Endpoint) -> (Option<Value>, String) {
        let singular = |id: EntityId| self.service[id].singular().replace('_', " ");
        let plural = |id: EntityId| self.service[id].plural.replace('_', " ");
        match &endpoint.action {
            Action::List(it) => {
                let text = format!("A page of {}", plural(it.entity));
                (Some(self.page_body(endpoint, it)), text)
            }
            Action::Get(_) | Action::Create(_) | Action::Update(_) => {
                let id = endpoint
                    .entity()
                    .expect("BUG: an action on a row without an entity");
                let text = format!("The {}", singular(id));
                (Some(self.one(endpoint, id)), text)
            }
            Action::Delete(it) => (None, format!("The {} is gone", singular(it.entity))),
            Action::Command(_) | Action::Free(_) => {
                let output = output(endpoint);
                let text = match output {
                    Output::Empty => "Done".into(),
                    Output::Entity(id) => format!("The {}", singular(*id)),
                    Output::Entities(id) => format!("The {}", plural(*id)),
                    Output::Object(_) => "The answer".into(),
                };
                (self.output(endpoint, output), text)
            }
        }
    }

    /// The row that the answer carries, if it is one.
    fn row(&self, endpoint: &Endpoint) -> Option<EntityId> {
        match &endpoint.action {
            Action::Get(it) => Some(it.entity),
            Action::Create(it) => Some(it.entity),
            Action::Update(it) => Some(it.entity),
            Action::Command(_) | Action::Free(_) => match output(endpoint) {
                Output::Entity(id) => Some(*id),
                Output::Empty | Output::Entities(_) | Output::Object(_) => None,
            },
            Action::List(_) | Action::Delete(_) => None,
        }
    }

    fn headers(&self, endpoint: &Endpoint) -> Map<String, Value> {
        let mut headers = Map::new();
        let row = self.row(endpoint);
        // What is made beside a row may change without it.
        let alone = endpoint.parts().is_empty();
        if alone && row.is_some_and(|id| self.service[id].has_version()) {
            headers.insert("ETag".into(), etag());
        }
        if matches!(endpoint.action, Action::Create(_)) {
            let location = json!({
                "description": "Where the new row is.",
                "schema": {"type": "string", "format": "uri-reference"},
            });
            headers.insert("Location".into(), location);
        }
        if let Action::List(list) = &endpoint.action
            && self.service.api.next_key().is_none()
        {
            if list.paging.by == PageBy::Keyset {
                let link = json!({
                    "description": "The next page, as `<…>; rel=\"next\"`; absent on the last.",
                    "schema": {"type": "string"},
                });
                headers.insert("Link".into(), link);
            }
            if list.paging.total {
                headers.insert("X-Total-Count".into(), json!({"schema": count()}));
            }
        }
        headers
    }

    fn links_of(&self, index: usize) -> Map<String, Value> {
        let endpoint = &self.service.endpoints[index];
        match &endpoint.action {
            Action::Create(it) => {
                let versioning = self.service[it.entity].versioning;
                let tagged = versioning != Versioning::None && it.parts.is_empty();
                self.links(endpoint, it.entity, tagged)
            }
            Action::List(list) if list.paging.by == PageBy::Keyset => {
                self.next_page(index).into_iter().collect()
            }
            _ => Map::new(),
        }
    }
}

fn output(endpoint: &Endpoint) -> &Output {
    match &endpoint.action {
        Action::Command(it) => &it.output,
        Action::Free(it) => &it.output,
        _ => &Output::Empty,
    }
}

fn etag() -> Value {
    json!({
        "description": "The version of the row, for `If-Match` and `If-None-Match`.",
        "schema": {"type": "string"},
    })
}
