//! Schemas of types, and the components that they refer to. A component is described when it is first referred to.

use super::fields;
use super::names::{Names, Part};
use super::samples;
use super::scalars::{self, Schema};
use crate::ir::{Column, Embedded, EntityId, EnumId, Field, Include, ObjectId, Scalar};
use crate::ir::{Service, Type};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Which way a value travels: a request may leave out what has a default, an answer never does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Request,
    Answer,
}

#[derive(Debug)]
pub struct Components<'s> {
    pub service: &'s Service,
    pub names: Names,
    pub schemas: BTreeMap<String, Value>,
    /// Indexes of the endpoints about each entity.
    pub about: BTreeMap<EntityId, Vec<usize>>,
    /// Responses that operations share, by name.
    pub responses: BTreeMap<String, Value>,
}

impl<'s> Components<'s> {
    pub fn new(service: &'s Service) -> Self {
        let mut about: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (index, endpoint) in service.endpoints.iter().enumerate() {
            if let Some(entity) = endpoint.entity() {
                about.entry(entity).or_default().push(index);
            }
        }
        Self {
            service,
            about,
            names: Names::of(service),
            schemas: BTreeMap::new(),
            responses: BTreeMap::new(),
        }
    }

    /// A reference to a component.
    pub fn refer(&mut self, part: Part) -> Value {
        let name = self.names.name(part).to_owned();
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        if !self.schemas.contains_key(&name) {
            self.schemas.insert(name.clone(), Value::Null);
            let schema = self.describe(part);
            self.schemas.insert(name, Value::Object(schema));
        }
        reference
    }

    /// The schema of a type.
    pub fn schema(&mut self, ty: &Type, side: Side) -> Value {
        match ty {
            Type::Scalar(scalar) => Value::Object(scalars::bounded(scalar)),
            Type::Enum(id) => self.refer(Part::Enum(*id)),
            Type::Object(id) if side == Side::Request => self.refer(Part::Input(*id)),
            Type::Object(id) => self.refer(Part::Object(*id)),
            Type::List(list) => {
                let items = self.schema(&list.item, side);
                let mut schema = scalars::object(json!({"type": "array", "items": items}));
                if list.min_items > 0 {
                    schema.insert("minItems".into(), json!(list.min_items));
                }
                schema.insert("maxItems".into(), json!(list.max_items));
                Value::Object(schema)
            }
            Type::Reference(it) => Value::Object(scalars::bounded(&it.scalar(self.service))),
            Type::Entity(id) => self.refer(Part::Entity(*id)),
        }
    }

    /// The schema of a field, which may be null where the field is optional.
    pub fn field(&mut self, field: &Field, side: Side) -> Value {
        let mut schema = self.schema(&field.ty, side);
        if side == Side::Request {
            trim(&mut schema, field);
        }
        if field.optional {
            schema = nullable(schema);
        }
        let Value::Object(members) = &mut schema else {
            return schema;
        };
        if !field.description.is_empty() {
            describe(members, &field.description);
        }
        fields::audience(members, field, side);
        let default = field.default.as_ref().filter(|_| side == Side::Request);
        if let Some(default) = default.and_then(|it| samples::literal(it, &field.ty)) {
            members.insert("default".into(), default);
        }
        let example = field.example.as_ref();
        if let Some(example) = example.and_then(|it| samples::literal(it, &field.ty)) {
            members.insert("examples".into(), json!([example]));
        }
        schema
    }

    /// An object that a request carries; unknown keys are refused.
    pub fn request_object(&mut self, fields: &[&Field], is_patch: bool) -> Schema {
        let mut properties = Schema::new();
        let mut required = Vec::new();
        for field in fields {
            let name = self.service.api.json_name(&field.column_name());
            let mut schema = self.field(field, Side::Request);
            if is_patch {
                // What is absent stays as it is.
                schema
                    .as_object_mut()
                    .map(|members| members.remove("default"));
            } else if field.is_required() {
                required.push(name.clone());
            }
            properties.insert(name, schema);
        }
        let mut schema = scalars::object(json!({"type": "object"}));
        if !required.is_empty() {
            schema.insert("required".into(), json!(required));
        }
        schema.insert("properties".into(), Value::Object(properties));
        schema.insert("additionalProperties".into(), json!(false));
        schema
    }

    fn describe(&mut self, part: Part) -> Schema {
        match part {
            Part::Entity(id) => self.entity(id),
            Part::View(id) => self.view(id),
            Part::Enum(id) => enumeration(self.service, id),
            Part::Object(id) => self.object(id),
            Part::Input(id) => {
                let object = &self.service[id];
                let fields: Vec<_> = object.fields.iter().collect();
                let mut schema = self.request_object(&fields, false);
                describe(&mut schema, &object.description);
                schema
            }
            Part::Error(id) => self.declared_problem(id),
            Part::State(id, field) => self.state_problem(id, field),
            Part::Body(index) => self.body(&self.service.endpoints[index]),
        }
    }

    fn object(&mut self, id: ObjectId) -> Schema {
        let object = &self.service[id];
        let mut properties = Schema::new();
        for field in &object.fields {
            let name = self.service.api.json_name(&field.column_name());
            properties.insert(name, self.field(field, Side::Answer));
        }
        whole(&object.description, properties)
    }

    fn entity(&mut self, id: EntityId) -> Schema {
        let entity = &self.service[id];
        let mut properties = Schema::new();
        for column in entity.columns() {
            let name = self.service.api.json_name(&entity.column_name(column));
            let schema = match column {
                Column::Field(index) => self.field(&entity.fields[index], Side::Answer),
                _ => self.schema(&entity.column_type(column), Side::Answer),
            };
            properties.insert(name, schema);
        }
        for computed in &entity.computed {
            let name = self.service.api.json_name(&computed.field.name);
            let mut schema = self.field(&computed.field, Side::Answer);
            if let Value::Object(members) = &mut schema {
                describe(members, &format!("Computed: `{}`.", computed.text));
                members.insert("readOnly".into(), json!(true));
            }
            properties.insert(name, schema);
        }
        let mut schema = whole(&entity.description, properties);
        fields::leave_out(&mut schema, entity, self.service);
        schema
    }

    /// The entity with everything that some endpoint includes, none of which need be there.
    fn view(&mut self, id: EntityId) -> Schema {
        let mut schema = self.entity(id);
        let service = self.service;
        let about = self.about.get(&id).cloned().unwrap_or_default();
        let endpoints = about.iter().map(|index| &service.endpoints[*index]);
        for include in endpoints.flat_map(|endpoint| endpoint.embeds()) {
            let name = service.api.json_name(&include.name);
            let embedded = self.embedded(id, include);
            if let Some(Value::Object(properties)) = schema.get_mut("properties") {
                properties.entry(name).or_insert(embedded);
            }
        }
        schema
    }

    fn embedded(&mut self, id: EntityId, include: &Include) -> Value {
        let target = Part::Entity(include.target);
        match include.embedded(self.service, &self.service[id]) {
            Embedded::One { optional: false } => self.refer(target),
            Embedded::One { optional: true } => nullable(self.refer(target)),
            Embedded::Rows => json!({"type": "array", "items": self.refer(target)}),
            Embedded::Keys(ty) => {
                json!({"type": "array", "items": self.schema(&ty, Side::Answer)})
            }
        }
    }
}

/// An object of an answer: everything is there.
pub fn whole(description: &str, properties: Schema) -> Schema {
    let mut schema = scalars::object(json!({"type": "object"}));
    describe(&mut schema, description);
    let required: Vec<_> = properties.keys().cloned().collect();
    schema.insert("required".into(), json!(required));
    schema.insert("properties".into(), Value::Object(properties));
    schema
}

/// Puts a description in front of the one that is there.
pub fn describe(schema: &mut Schema, text: &str) {
    if text.is_empty() {
        return;
    }
    let text = match schema.get("description").and_then(Value::as_str) {
        Some(own) => format!("{text} {own}"),
        None => text.to_owned(),
    };
    schema.insert("description".into(), json!(text));
}

/// The same, or null.
pub fn nullable(mut schema: Value) -> Value {
    match schema.get_mut("type") {
        Some(Value::Array(types)) => types.push(json!("null")),
        Some(ty) => *ty = json!([ty, "null"]),
        None => schema = json!({"anyOf": [schema, {"type": "null"}]}),
    }
    schema
}

/// White space at the ends does not count, nor does a text that is empty without it where it must not be null.
fn trim(schema: &mut Value, field: &Field) {
    let (Type::Scalar(Scalar::Text(text)), Value::Object(members)) = (&field.ty, schema) else {
        return;
    };
    let needs_one = field.empty_as_null && !field.optional;
    let min = text.min.max(u32::from(needs_one));
    if min > text.min {
        members.insert("minLength".into(), json!(min));
    }
    if field.trim && text.pattern.is_none() && min > 0 {
        let pattern = match min {
            1 => r"^[^\x00]*[^\s\x00][^\x00]*$".to_owned(),
            _ => format!(
                r"^[^\x00]*[^\s\x00][^\x00]{{{},}}[^\s\x00][^\x00]*$",
                min - 2
            ),
        };
        members.insert("pattern".into(), json!(pattern));
    }
}

fn enumeration(service: &Service, id: EnumId) -> Schema {
    let it = &service[id];
    let words: Vec<_> = it.values.iter().map(|value| value.word.as_str()).collect();
    let mut schema = scalars::object(json!({"type": "string", "enum": words}));
    let described = it
        .values
        .iter()
        .filter(|value| !value.description.is_empty());
    let lines: Vec<_> = described
        .map(|value| format!("- `{}`: {}", value.word, value.description))
        .collect();
    describe(&mut schema, &lines.join("\n"));
    if !it.description.is_empty() {
        let lines = schema.remove("description");
        let lines = lines
            .as_ref()
            .and_then(Value::as_str)
            .map(|it| format!("\n\n{it}"));
        let text = format!("{}{}", it.description, lines.unwrap_or_default());
        schema.insert("description".into(), json!(text));
    }
    schema
}
