//! The schema snapshot in `.backgen/`: what the next migration is computed from. Opaque here.

use std::collections::BTreeMap;

use serde_json::Value;

use super::EmitError;
use super::disk::{Disk, own};
use super::record::{fault, json_files, stem};
use crate::plan::RelPath;

/// A snapshot that is an object is kept as one file per key, so that two features never share one.
pub(super) fn files(snapshot: &Value) -> BTreeMap<RelPath, String> {
    let pretty =
        |value: &Value| serde_json::to_string_pretty(value).expect("BUG: JSON prints") + "\n";
    let mut files = BTreeMap::new();
    match snapshot {
        Value::Null => {}
        Value::Object(parts) if parts.keys().all(|key| is_file_name(key)) => {
            files.extend(
                parts
                    .iter()
                    .map(|(key, part)| (own(&format!("schema/{key}.json")), pretty(part))),
            );
        }
        whole => drop(files.insert(own("schema.json"), pretty(whole))),
    }
    files
}

fn is_file_name(key: &str) -> bool {
    !key.is_empty()
        && key.len() < 100
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && RelPath::new(key).is_ok()
}

/// Reads it back; `Null` if there is none. Errors: a part that is not JSON.
pub(super) fn read(disk: &Disk) -> Result<Value, EmitError> {
    let parse = |path: &RelPath, text: &str| {
        serde_json::from_str(text).map_err(|error| fault(disk, path, text, &error))
    };
    let whole = own("schema.json");
    if let Some(text) = disk.read_own(&whole)? {
        return parse(&whole, &text);
    }
    let mut parts = serde_json::Map::new();
    for path in json_files(disk, "schema")? {
        if let Some(text) = disk.read_own(&path)? {
            parts.insert(stem(&path).to_owned(), parse(&path, &text)?);
        }
    }
    Ok(if parts.is_empty() {
        Value::Null
    } else {
        Value::Object(parts)
    })
}
