//! Bodies of requests.

use super::names::Part;
use super::samples;
use super::scalars::Schema;
use super::schemas::{Components, Side};
use crate::expr;
use crate::ir::{Action, Column, Endpoint, EntityId, Link, Many, Refusal, Type};
use serde_json::{Map, Value, json};

impl Components<'_> {
    /// `requestBody` of an endpoint, by its index.
    pub fn request_body(&mut self, index: usize) -> Value {
        let schema = self.refer(Part::Body(index));
        let mut content = json!({"schema": schema});
        let endpoint = &self.service.endpoints[index];
        if let (Some(example), Value::Object(content)) = (self.example(endpoint), &mut content) {
            content.insert("example".into(), Value::Object(example));
        }
        json!({"required": true, "content": {"application/json": content}})
    }

    /// The component that the body refers to.
    pub(super) fn body(&mut self, endpoint: &Endpoint) -> Schema {
        let fields = endpoint.body_fields(self.service);
        let is_patch = matches!(endpoint.action, Action::Update(_));
        let mut schema = self.request_object(&fields, is_patch);
        for many in endpoint.body_links(self.service) {
            let name = self.service.api.json_name(&many.name);
            let mut link = self.link(many);
            if !is_patch {
                link.insert("default".into(), json!([]));
            }
            if let Some(Value::Object(properties)) = schema.get_mut("properties") {
                properties.insert(name, Value::Object(link));
            }
        }
        for part in endpoint.parts() {
            self.part(endpoint, part, &mut schema);
        }
        if let Some(id) = endpoint.entity() {
            super::schemas::describe(&mut schema, &self.checks(endpoint, id));
        }
        schema
    }

    /// What JSON Schema cannot say: the checks that a body may break.
    pub(super) fn checks(&self, endpoint: &Endpoint, of: EntityId) -> String {
        let refusals = endpoint.refusals(self.service).into_iter();
        let lines = refusals.filter_map(|refusal| match refusal {
            Refusal::Broken { entity, check, .. } if entity == of => {
                let check = &self.service[entity].checks[check];
                Some(format!("- `{}`: `{}`", check.name, check.text))
            }
            _ => None,
        });
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() {
            return String::new();
        }
        format!("The row must meet these checks:\n\n{}", lines.join("\n"))
    }

    /// Values that meet the checks, in the place of those that might not.
    pub(super) fn checked(&self, of: EntityId, example: &mut Map<String, Value>) {
        let entity = &self.service[of];
        let found = expr::samples::values(entity, &self.service.enums);
        for (index, values) in found.unwrap_or_default() {
            let field = &entity.fields[index];
            let name = self.service.api.json_name(&field.column_name());
            if let Some(value) = example.get_mut(&name) {
                let wanted = values.iter().map(|it| expr::json::of_field(it, &field.ty));
                let wanted: Vec<Value> = wanted.collect();
                if !wanted.contains(value) {
                    *value = wanted[0].clone();
                }
            }
        }
    }

    fn link(&mut self, many: &Many) -> Schema {
        let ty = self.link_type(many);
        let items = self.schema(&ty, Side::Request);
        let mut schema = Schema::new();
        schema.insert("type".into(), json!("array"));
        super::schemas::describe(&mut schema, &many.description);
        schema.insert("items".into(), items);
        schema.insert("maxItems".into(), json!(Many::MAX_ITEMS));
        schema
    }

    /// What stands for a row at the other end.
    fn link_type(&self, many: &Many) -> Type {
        let target = &self.service[many.target];
        match many.link {
            Link::Plain { by, .. } => target.column_type(by),
            Link::Through { .. } => target.column_type(Column::Id),
        }
    }

    fn example(&self, endpoint: &Endpoint) -> Option<Map<String, Value>> {
        let fields = endpoint.body_fields(self.service);
        let mut example = samples::of_fields(self.service, fields)?;
        for many in endpoint.body_links(self.service) {
            let item = samples::of_type(self.service, &self.link_type(many))?;
            example.insert(self.service.api.json_name(&many.name), json!([item]));
        }
        for part in endpoint.parts() {
            let (name, value) = self.part_example(part)?;
            example.insert(name, value);
        }
        if let Some(id) = endpoint.entity() {
            self.checked(id, &mut example);
        }
        Some(example)
    }
}
