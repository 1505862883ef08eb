//! Findings for tools: one flat object each.

use serde_json::{Value, json};

use super::{Diagnostic, Place};
use crate::source::{SourceMap, Span};

type Object = serde_json::Map<String, Value>;

impl Diagnostic {
    /// `{code, severity, message, file, line, column, end, labels, notes, help}`; lines and columns count from 1, columns
    /// count characters, `end` is exclusive. What a place does not have (the line of a whole file) is null.
    pub fn to_json(&self, map: &SourceMap) -> Value {
        let mut object = Object::new();
        object.insert("code".into(), json!(self.code.id()));
        object.insert("severity".into(), json!(self.severity.name()));
        object.insert("message".into(), json!(self.message));
        object.extend(match &self.place {
            Place::Project => nowhere(None),
            Place::File(path) => nowhere(Some(path)),
            Place::At(span) => at(map, *span),
        });
        let labels = self.labels.iter().map(|label| {
            let mut object = at(map, label.span);
            object.insert("text".into(), json!(label.text));
            Value::Object(object)
        });
        object.insert("labels".into(), labels.collect());
        object.insert("notes".into(), json!(self.notes));
        object.insert("help".into(), json!(self.help));
        Value::Object(object)
    }
}

fn place(file: Value, line: Value, column: Value, end: Value) -> Object {
    [
        ("file", file),
        ("line", line),
        ("column", column),
        ("end", end),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into_iter()
    .collect()
}

fn nowhere(path: Option<&str>) -> Object {
    place(json!(path), Value::Null, Value::Null, Value::Null)
}

fn at(map: &SourceMap, span: Span) -> Object {
    let file = map.file(span.file);
    let start = file.position(span.start as usize);
    let end = file.position(span.end as usize);
    let end = json!({"line": end.line, "column": end.column});
    place(
        json!(file.path()),
        json!(start.line),
        json!(start.column),
        end,
    )
}
