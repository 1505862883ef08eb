//! What the document says of fields that not everyone may read or write.

use super::scalars::Schema;
use super::schemas::Side;
use crate::ir::{Entity, Field, Rule, Service};
use serde_json::{Value, json};

/// Says for whom a field is, behind what is said of it.
pub fn audience(schema: &mut Schema, field: &Field, side: Side) {
    let (rule, what) = match side {
        Side::Request => (&field.writers, "Written by"),
        Side::Answer => (&field.readers, "Shown to"),
    };
    let Some(access) = rule else { return };
    let rules: Vec<String> = access.rules.iter().map(Rule::audience).collect();
    let text = format!("{what} {} alone.", rules.join(", "));
    let text = match schema.get("description").and_then(Value::as_str) {
        Some(own) => format!("{own} {text}"),
        None => text,
    };
    schema.insert("description".into(), json!(text));
}

/// What some callers do not see need not be there.
pub fn leave_out(schema: &mut Schema, entity: &Entity, service: &Service) {
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        for (_, field, _) in entity.restricted() {
            let name = service.api.json_name(&field.column_name());
            required.retain(|it| *it != json!(name));
        }
    }
}
