//! The normal form of a text: equal for two texts that differ only in how they are laid out.
//!
//! Enters: extension and text. Leaves: the normal form, or its hash, which is what records hold. So `cargo fmt`, CRLF
//! and blank lines are never an edit. Absent on purpose: knowledge of owners (of a migration every byte counts,
//! see `prepare::hash`).

mod comments;
mod rust;

use sha2::{Digest, Sha256};

/// Most hex digits of a digest that only saves work (128 bits).
const SHORT: usize = 32;

/// The SHA-256 of the normal form, 64 hex digits.
pub(super) fn hash(extension: &str, text: &str) -> String {
    hex(canon(extension, text).as_bytes())
}

/// The same for Rust text with LF line ends that has been parsed.
pub(super) fn hash_of_rust(file: syn::File, text: &str) -> String {
    hex(rust::of_file(file, text).as_bytes())
}

/// The SHA-256 of bytes, 64 hex digits; checkable with `sha256sum`.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    Sha256::digest(bytes)
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// A shorter digest of bytes, for what is compared but never shown.
pub(super) fn digest(bytes: &[u8]) -> String {
    let mut hex = hex(bytes);
    hex.truncate(SHORT);
    hex
}

/// CRLF to LF.
pub(super) fn unix(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// The normal form. Text that does not parse is compared by lines.
pub(super) fn canon(extension: &str, text: &str) -> String {
    let text = unix(text);
    match extension {
        "rs" => rust::canon(&text),
        "json" => serde_json::from_str(&text)
            .ok()
            .map(|value| sorted(value).to_string()),
        _ => None,
    }
    .unwrap_or_else(|| lines(&text))
}

/// Lines without trailing space; runs of blank lines become one, none at either end.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            blank = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut blank) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn sorted(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map
                .into_iter()
                .map(|(key, value)| (key, sorted(value)))
                .collect();
            entries.sort_by(|left, right| left.0.cmp(&right.0));
            Value::Object(entries.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_is_not_an_edit() {
        for (extension, left, right) in [
            (
                "json",
                "{\"a\": 1, \"b\": [1,2]}",
                "{\n  \"b\": [1, 2],\r\n  \"a\": 1\n}\n",
            ),
            ("yaml", "a: 1\n\n\n\nb: 2\n", "\na: 1  \r\n\r\nb: 2"),
            ("toml", "a = 1", "a = 1\n\n"),
            ("sql", "SELECT 1;\n", "SELECT 1;  \r\n\r\n"),
        ] {
            assert_eq!(
                canon(extension, left),
                canon(extension, right),
                "{extension}"
            );
        }
    }

    #[test]
    fn content_is_an_edit() {
        for (extension, left, right) in [
            ("json", "{\"a\": 1}", "{\"a\": 2}"),
            ("json", "{\"a\": [1, 2]}", "{\"a\": [2, 1]}"),
            ("yaml", "a:\n  b: 1\n", "a:\nb: 1\n"),
            ("md", "one\n\ntwo\n", "one\ntwo\n"),
            ("rs", "fn a() {", "fn b() {"),
        ] {
            assert_ne!(
                canon(extension, left),
                canon(extension, right),
                "{extension}"
            );
        }
    }
}
