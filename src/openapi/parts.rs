//! Rows that a create makes beside its own, as its body brings them.

use super::samples;
use super::scalars::Schema;
use super::schemas::{Components, describe, nullable};
use crate::ir::{Endpoint, Part};
use serde_json::{Value, json};

impl Components<'_> {
    /// Adds a part to the schema of a body.
    pub(super) fn part(&mut self, endpoint: &Endpoint, part: &Part, body: &mut Schema) {
        let fields = part.fields(self.service);
        let fields: Vec<_> = fields.into_iter().map(|(_, field)| field).collect();
        let mut item = self.request_object(&fields, false);
        describe(&mut item, &self.service[part.entity()].description);
        describe(&mut item, &self.checks(endpoint, part.entity()));
        let name = self.service.api.json_name(&part.include.name);
        let schema = if part.single {
            nullable(Value::Object(item))
        } else {
            let mut list = json!({"type": "array", "items": item, "maxItems": part.max_items});
            match part.min_items {
                0 => list["default"] = json!([]),
                min => list["minItems"] = json!(min),
            }
            list
        };
        if part.min_items > 0 {
            let required = body.entry("required").or_insert_with(|| json!([]));
            if let Value::Array(names) = required {
                names.push(json!(name));
            }
        }
        if let Some(Value::Object(properties)) = body.get_mut("properties") {
            properties.insert(name, schema);
        }
    }

    /// The key of a part, and what may stand under it.
    pub(super) fn part_example(&self, part: &Part) -> Option<(String, Value)> {
        let fields = part.fields(self.service).into_iter();
        let mut item = samples::of_fields(self.service, fields.map(|(_, field)| field))?;
        self.checked(part.entity(), &mut item);
        let name = self.service.api.json_name(&part.include.name);
        let value = match part.single {
            true => Value::Object(item),
            false => json!([item]),
        };
        Some((name, value))
    }
}
