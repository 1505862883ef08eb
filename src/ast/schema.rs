//! The JSON Schema of the language (draft 2020-12), for editors: `backgen schema`.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};
use std::borrow::Cow;

use super::{
    Access, Endpoint, Expression, Feature, Field, Filter, Grant, ListOf, Names, Output, Project,
    ScalarType, Target, Type, UrlPath, Value as Assigned, Versioned, With, WithPart, Write,
    WriteRule,
};

/// One schema for both kinds of file: `$defs` holds `Project` and `Feature`, and a file must be one of the two.
pub fn schema() -> Value {
    let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
    let project = generator.subschema_for::<Project>();
    let feature = generator.subschema_for::<Feature>();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "backgen",
        "description": "The project file `backgen.yaml` (it has `service`), or a feature file in `specs/`.",
        "if": { "type": "object", "required": ["service"] },
        "then": project,
        "else": feature,
        "$defs": Value::Object(generator.take_definitions(true)),
    })
}

const WORD: &str = "[A-Za-z_][A-Za-z0-9_]*";

fn path_pattern() -> String {
    format!(r"^{WORD}(\.{WORD})?$")
}

/// The long form, with exactly one of `keys`.
fn exactly_one(schema: &mut Schema, keys: &[&str]) {
    let choices = keys
        .iter()
        .map(|key| json!({ "required": [key] }))
        .collect();
    schema.insert("oneOf".to_owned(), Value::Array(choices));
}

/// Makes the schema one of two: a short form, or what it was before.
fn or(schema: &mut Schema, short: Value) {
    let mut long = schema.clone();
    let description = long.remove("description");
    *schema = json_schema!({ "anyOf": [short, long] });
    if let Some(description) = description {
        schema.insert("description".to_owned(), description);
    }
}

pub(super) fn field(schema: &mut Schema) {
    exactly_one(schema, Field::SHAPES);
    let pattern = format!(r"^(decimal\([0-9]+, *[0-9]+\)|{WORD}(\.{WORD})?)\??$");
    or(
        schema,
        json!({ "anyOf": [{ "enum": ScalarType::WORDS }, { "type": "string", "pattern": pattern }] }),
    );
}

pub(super) fn endpoint(schema: &mut Schema) {
    exactly_one(schema, Endpoint::OPERATIONS);
    schema.insert("required".to_owned(), json!(["access"]));
}

pub(super) fn or_name(schema: &mut Schema) {
    or(
        schema,
        json!({ "type": "string", "pattern": path_pattern() }),
    );
}

pub(super) fn or_access(schema: &mut Schema) {
    or(schema, access());
}

/// Lists of columns; a name alone may stand among them once.
pub(super) fn column_sets(_: &mut SchemaGenerator) -> Schema {
    let name = json!({ "type": "string", "minLength": 1 });
    let set = json!({ "type": "array", "items": name, "minItems": 1 });
    json_schema!({
        "type": "array",
        "items": { "anyOf": [name, set] },
        "contains": name,
        "minContains": 0,
        "maxContains": 1,
    })
}

fn access() -> Value {
    let words = Grant::WORDS;
    // The words are listed for editors, which offer them; the rest are roles.
    let role = json!({ "type": "string", "pattern": format!("^{WORD}$") });
    let way = format!(r"{WORD}(\.{WORD})*");
    let member = json!({ "type": "string", "pattern": format!("^member of +{way}$") });
    let of_rows = json!({
        "type": "object",
        "properties": {
            "when": { "type": "string" },
            "member": { "type": "string", "pattern": format!("^{way}$") },
        },
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": false,
    });
    let rule = json!({ "anyOf": [{ "enum": words }, role, member, of_rows] });
    json!({ "anyOf": [rule, { "type": "array", "items": rule, "minItems": 1 }] })
}

fn fields(generator: &mut SchemaGenerator) -> Value {
    let field = generator.subschema_for::<Field>();
    json!({ "type": "object", "additionalProperties": field })
}

/// Schemas of the values that are no block: each stands where it is used, so it needs no name.
macro_rules! inline_schemas {
    ($($type:ident => |$generator:ident| $schema:expr;)*) => {$(
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                Schema::try_from($schema).expect("BUG: a schema is an object")
            }
        }
    )*};
}

inline_schemas! {
    Access => |_generator| access();
    // What is no word of its own is a rule.
    Write => |generator| json!({ "anyOf": [generator.subschema_for::<WriteRule>(), access()] });
    // The words are listed for editors, which offer them.
    Type => |_generator| json!({ "anyOf": [
        { "enum": ScalarType::WORDS },
        { "type": "string", "pattern": path_pattern() },
    ] });
    Expression => |_generator| json!({ "type": "string", "minLength": 1, "maxLength": 4096 });
    Assigned => |_generator| json!({ "type": ["string", "number", "boolean"], "maxLength": 4096 });
    Names => |_generator| {
        let name = json!({ "type": "string", "minLength": 1 });
        json!({ "anyOf": [name, { "type": "array", "items": name, "minItems": 1 }] })
    };
    UrlPath => |_generator| json!({ "type": "string", "pattern": "^/" });
    Target => |_generator| json!({ "type": "string", "pattern": format!(r"^(/.*|{WORD}(\.{WORD})?)$") });
    With => |generator| {
        let part = generator.subschema_for::<WithPart>();
        json!({ "anyOf": [
            { "type": "array", "items": { "type": "string", "pattern": format!("^{WORD}$") } },
            { "type": "object", "additionalProperties": part },
        ] })
    };
    Versioned => |_generator| json!({ "enum": [true, false, "required"] });
    ListOf => |generator| json!({ "anyOf": [Type::json_schema(generator), fields(generator)] });
    Output => |generator| json!({ "anyOf": [{ "type": "string", "pattern": path_pattern() }, fields(generator)] });
    Filter => |_generator| json!({ "anyOf": [
        { "type": "array", "items": { "type": "string", "pattern": format!("^{WORD}$") } },
        {
            "type": "object",
            "additionalProperties": { "type": "string", "pattern": format!(r"^{WORD}(\.{WORD})*$") },
        },
    ] });
}
