//! The reference of the language in Markdown, made from its JSON Schema: what the schema does not say, the reference does
//! not know.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::{
    Block, Crud, Endpoint, Entity, ErrorDecl, Feature, Field, Grant, Many, Page, Project,
    ScalarType, schema,
};

const INTRODUCTION: &str = "\
# The spec language: reference

<!-- Made from the compiler's own declarations by `cargo test`; edit those, not this. -->

A project is one project file, `backgen.yaml` or `backgen.toml`, and one file a feature in `specs/`. YAML and TOML say
the same: a map is a TOML table, a list an array. `backgen schema` prints the JSON Schema that this page is made from.

What holds everywhere:

- Unknown keys are errors. Keys of a later version are refused by name.
- A name may be used once. Files are UTF-8, at most 1 MiB, at most 32 deep, at most 200,000 values.
- YAML must read the same in YAML 1.1 and 1.2: quote `on`, `off`, `yes`, `no`, `y` and `n`; no tags, no merge keys.
- Inside braces YAML splits at commas and old tools stumble over `?`: `{ type: decimal, precision: 10, scale: 2 }`, not
  `{ type: decimal(10,2) }`.
";

/// The sections: a definition of the schema, its heading, and the block that it comes from unless it is a set of words.
const SECTIONS: &[(&str, &str, Option<&Block>)] = &[
    ("Project", "Project file", Some(&Project::BLOCK)),
    ("Api", "api", Some(&super::Api::BLOCK)),
    ("Telemetry", "telemetry", Some(&super::Telemetry::BLOCK)),
    ("Auth", "auth", Some(&super::Auth::BLOCK)),
    ("ActorSource", "actor", Some(&super::ActorSource::BLOCK)),
    ("Tenancy", "tenancy", Some(&super::Tenancy::BLOCK)),
    ("TenantFrom", "from", Some(&super::TenantFrom::BLOCK)),
    ("Feature", "Feature file", Some(&Feature::BLOCK)),
    ("Entity", "Entity", Some(&Entity::BLOCK)),
    ("Field", "Field", Some(&Field::BLOCK)),
    ("Many", "Relation n:m", Some(&Many::BLOCK)),
    ("Transition", "transition", Some(&super::Transition::BLOCK)),
    ("Endpoint", "Endpoint", Some(&Endpoint::BLOCK)),
    ("Page", "page", Some(&Page::BLOCK)),
    ("WithPart", "with", Some(&super::WithPart::BLOCK)),
    ("Crud", "crud", Some(&Crud::BLOCK)),
    ("ErrorDecl", "Error", Some(&ErrorDecl::BLOCK)),
];

/// `docs/reference/spec.md`.
pub fn reference() -> String {
    let schema = schema();
    let definitions = &schema["$defs"];
    let mut page = INTRODUCTION.to_owned();
    for (name, heading, block) in SECTIONS {
        section(&mut page, heading, &definitions[*name], *block);
        if *name == "Field" {
            let types = ScalarType::json_schema(&mut schemars::SchemaGenerator::default());
            words(&mut page, "Types", types.as_value());
        }
        if *name == "Crud" {
            rules(&mut page);
        }
    }
    let _ = write!(
        page,
        "\n## Keys of later versions\n\nRefused with `BG0210` wherever they stand: "
    );
    let _ = writeln!(page, "{}.", code_list(Block::LATER_EVERYWHERE));
    page
}

fn section(page: &mut String, heading: &str, definition: &Value, block: Option<&Block>) {
    let _ = write!(
        page,
        "\n## {heading}\n\n{}\n",
        text(definition, "description")
    );
    // A short form makes the definition a choice; the long one has the keys.
    let long = definition["anyOf"]
        .as_array()
        .and_then(|forms| forms.iter().find(|form| form["properties"].is_object()));
    let long = long.unwrap_or(definition);
    if let Some(properties) = long["properties"].as_object() {
        page.push_str("\n| key | value | meaning |\n|---|---|---|\n");
        for (key, value) in properties {
            let required = long["required"]
                .as_array()
                .is_some_and(|keys| keys.contains(&Value::from(key.as_str())));
            let mark = if required { " (required)" } else { "" };
            let _ = writeln!(
                page,
                "| `{key}`{mark} | {} | {} |",
                shape(value),
                cell(text(value, "description"))
            );
        }
    }
    if let Some(block) = block.filter(|block| !block.later.is_empty()) {
        let _ = writeln!(page, "\nNot supported yet: {}.", code_list(block.later));
    }
}

fn rules(page: &mut String) {
    page.push_str("\n### Access rules\n\nOne rule, or a list of which any grants.\n\n| rule | grants |\n|---|---|\n");
    for (rule, meaning) in Grant::MEANINGS {
        let _ = writeln!(page, "| {rule} | {meaning} |");
    }
}

fn words(page: &mut String, heading: &str, definition: &Value) {
    let _ = write!(page, "\n### {heading}\n\n| word | meaning |\n|---|---|\n");
    for word in definition["oneOf"].as_array().into_iter().flatten() {
        let _ = writeln!(
            page,
            "| `{}` | {} |",
            text(word, "const"),
            cell(text(word, "description"))
        );
    }
}

/// A value's schema in words.
fn shape(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return referred(reference.rsplit('/').next().unwrap_or_default());
    }
    if schema["enum"] == json!(ScalarType::WORDS) {
        return "[type](#types)".to_owned();
    }
    if schema.pointer("/anyOf/0/enum") == Some(&json!(Grant::WORDS)) {
        return "[rule](#access-rules)".to_owned();
    }
    if let Some(forms) = schema["anyOf"].as_array() {
        return forms.iter().map(shape).collect::<Vec<_>>().join(" or ");
    }
    if let Some(word) = schema.get("const").or_else(|| schema.get("enum")) {
        let words = word
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![word.clone()]);
        return words
            .iter()
            .map(|word| {
                format!(
                    "`{}`",
                    word.as_str()
                        .map_or_else(|| word.to_string(), str::to_owned)
                )
            })
            .collect::<Vec<_>>()
            .join(", ");
    }
    match schema["type"].as_str() {
        _ if schema["maxLength"] == 4096 => "expression".to_owned(),
        Some("string") if schema["minLength"] == 1 => "name".to_owned(),
        Some("string") => strings(text(schema, "pattern")).to_owned(),
        Some("integer") => range(schema),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("array") => format!("list of {}", shape(&schema["items"])),
        Some("object") => format!("map from names: {}", shape(&schema["additionalProperties"])),
        _ => "value".to_owned(),
    }
}

/// A set of words is listed where it is used; a block has a section.
fn referred(name: &str) -> String {
    if let Some((_, heading, _)) = SECTIONS.iter().find(|(section, ..)| *section == name) {
        let anchor = heading.to_lowercase().replace(' ', "-").replace(':', "");
        return format!("[{}](#{anchor})", heading.to_lowercase());
    }
    let schema = schema();
    let words = schema["$defs"][name]["oneOf"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    words
        .iter()
        .map(|word| format!("`{}`", text(word, "const")))
        .collect::<Vec<_>>()
        .join(", ")
}

fn strings(pattern: &str) -> &'static str {
    match pattern {
        "" => "text",
        _ if pattern.starts_with("^(/.*|") => "name or path",
        _ if pattern.starts_with("^/") || pattern.starts_with("^(/") => "path",
        _ => "name",
    }
}

fn range(schema: &Value) -> String {
    match (
        schema["minimum"].as_u64().unwrap_or(0),
        schema["maximum"].as_u64(),
    ) {
        (least, Some(greatest)) => format!("{least} to {greatest}"),
        (0, None) => "whole number".to_owned(),
        (least, None) => format!("whole number from {least}"),
    }
}

fn text<'a>(schema: &'a Value, key: &str) -> &'a str {
    schema[key].as_str().unwrap_or_default()
}

fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

fn code_list(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
