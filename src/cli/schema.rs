//! `backgen schema`: the JSON Schema of the spec language.

use serde_json::Value;

use super::args::Kind;
use super::report::Report;
use crate::ast;

pub fn run(which: Option<Kind>) -> Report {
    let mut schema = ast::schema();
    if let (Some(kind), Value::Object(object)) = (which, &mut schema) {
        let branch = match kind {
            Kind::Project => "then",
            Kind::Feature => "else",
        };
        let of_kind = object.remove(branch);
        for key in ["if", "then", "else"] {
            object.remove(key);
        }
        if let Some(Value::Object(of_kind)) = of_kind {
            object.extend(of_kind);
        }
    }
    Report::document(schema)
}
