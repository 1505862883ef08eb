//! JSON Schema, as far as `openapi.json` uses it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use regex::Regex;
use serde_json::Value;

use crate::document::Document;

/// Keywords that say nothing about what is valid.
const NOTES: &[&str] = &[
    "$ref",
    "contentEncoding",
    "default",
    "description",
    "example",
    "examples",
    "readOnly",
    "title",
];

/// What is wrong with a value. `closed`: an object has no members beside those that are described.
pub fn faults(document: &Document, schema: &Value, value: &Value, closed: bool) -> Vec<String> {
    let mut check = Check {
        document,
        closed,
        faults: Vec::new(),
    };
    check.value(schema, value, "$");
    check.faults
}

struct Check<'d> {
    document: &'d Document,
    closed: bool,
    faults: Vec<String>,
}

impl Check<'_> {
    fn expect(&mut self, holds: bool, at: &str, what: impl std::fmt::Display) {
        if !holds {
            self.faults.push(format!("{at}: {what}"));
        }
    }

    fn value(&mut self, schema: &Value, value: &Value, at: &str) {
        let schema = self.document.resolve(schema);
        for (keyword, rule) in schema.as_object().into_iter().flatten() {
            match keyword.as_str() {
                "type" => self.expect(
                    has_type(rule, value),
                    at,
                    format_args!("{value} is no {rule}"),
                ),
                "enum" => {
                    let among = rule.as_array().is_some_and(|words| words.contains(value));
                    self.expect(among, at, format_args!("{value} is not among {rule}"));
                }
                "const" => self.expect(rule == value, at, format_args!("{value} is not {rule}")),
                "anyOf" | "oneOf" => {
                    let any = rule.as_array().into_iter().flatten();
                    let fits = any
                        .into_iter()
                        .any(|it| faults(self.document, it, value, self.closed).is_empty());
                    self.expect(fits, at, format_args!("{value} fits none of {rule}"));
                }
                "allOf" => {
                    for part in rule.as_array().into_iter().flatten() {
                        self.faults
                            .extend(faults(self.document, part, value, false));
                    }
                }
                "properties" | "required" | "additionalProperties" => {}
                "items" | "minItems" | "maxItems" | "uniqueItems" => {}
                _ if NOTES.contains(&keyword.as_str()) => {}
                _ => self.scalar(keyword, rule, value, at),
            }
        }
        match value {
            Value::Object(_) => self.object(schema, value, at),
            Value::Array(items) => self.array(schema, items, at),
            _ => {}
        }
    }

    fn scalar(&mut self, keyword: &str, rule: &Value, value: &Value, at: &str) {
        let bound = rule.as_f64().unwrap_or_default();
        let number = value.as_f64();
        #[allow(clippy::cast_precision_loss, reason = "no text is that long")]
        let length = value.as_str().map(|text| text.chars().count() as f64);
        let holds = match keyword {
            "minimum" => number.is_none_or(|number| number >= bound),
            "maximum" => number.is_none_or(|number| number <= bound),
            "minLength" => length.is_none_or(|length| length >= bound),
            "maxLength" => length.is_none_or(|length| length <= bound),
            "pattern" => matches(rule, value),
            "format" => has_format(rule, value),
            _ => {
                self.expect(false, at, format_args!("`{keyword}` is not checked"));
                true
            }
        };
        self.expect(holds, at, format_args!("{value} breaks {keyword} {rule}"));
    }

    fn object(&mut self, schema: &Value, value: &Value, at: &str) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in schema["required"].as_array().into_iter().flatten() {
            let there = name.as_str().is_some_and(|name| value.get(name).is_some());
            self.expect(there, at, format_args!("{name} is missing"));
        }
        for (name, member) in value.as_object().into_iter().flatten() {
            let at = format!("{at}.{name}");
            let rest = schema.get("additionalProperties");
            match (properties.and_then(|all| all.get(name)), rest) {
                (Some(schema), _) => self.value(schema, member, &at),
                (None, Some(rest)) if rest.is_object() => self.value(rest, member, &at),
                (None, Some(rest)) => self.expect(rest == true, &at, "is not allowed"),
                (None, None) => {
                    let free = properties.is_none() || !self.closed;
                    self.expect(free, &at, "is not described");
                }
            }
        }
    }

    fn array(&mut self, schema: &Value, items: &[Value], at: &str) {
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        let (min, max) = (schema["minItems"].as_u64(), schema["maxItems"].as_u64());
        self.expect(min.is_none_or(|min| count >= min), at, "has too few items");
        self.expect(max.is_none_or(|max| count <= max), at, "has too many items");
        if schema["uniqueItems"] == true {
            let twice = items
                .iter()
                .enumerate()
                .any(|(index, item)| items[..index].contains(item));
            self.expect(!twice, at, "has an item twice");
        }
        for (index, item) in items.iter().enumerate() {
            self.value(&schema["items"], item, &format!("{at}[{index}]"));
        }
    }
}

fn has_type(rule: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    };
    rule.as_array()
        .map_or_else(|| is(rule), |names| names.iter().any(is))
}

/// Patterns that look ahead are JavaScript's alone, and pass.
fn matches(rule: &Value, value: &Value) -> bool {
    let (Some(pattern), Some(text)) = (rule.as_str(), value.as_str()) else {
        return true;
    };
    compiled(pattern).is_none_or(|regex| regex.is_match(text))
}

fn has_format(rule: &Value, value: &Value) -> bool {
    let (Some(format), Some(text)) = (rule.as_str(), value.as_str()) else {
        return true;
    };
    let pattern = match format {
        "uuid" => "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        "date" => r"^\d{4}-\d{2}-\d{2}$",
        "date-time" => r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$",
        "email" => "^[^@]+@[^@]+$",
        "uri" => "^[a-z]+://",
        _ => return true,
    };
    compiled(pattern).is_some_and(|regex| regex.is_match(text))
}

/// Compiles a pattern at its first use: that takes longer than all else here.
fn compiled(pattern: &str) -> Option<Regex> {
    static KNOWN: Mutex<BTreeMap<String, Option<Regex>>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = known.entry(pattern.to_owned());
    entry.or_insert_with(|| Regex::new(pattern).ok()).clone()
}
