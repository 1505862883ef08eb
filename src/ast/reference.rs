//! The reference of the language in Markdown, made from its JSON Schema.

/// Empty so far.
pub fn reference() -> String {
    String::new()
}
