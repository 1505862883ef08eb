//! Expressions, as text: the grammar is in docs/expressions.md, and read later.

use serde::{Serialize, Serializer};

/// A condition or a value, such as `price > 0 || format == "ebook"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    pub text: String,
    /// Where the text itself is, behind quotes; `None` where the spec does not hold it letter by letter.
    pub exact: Option<crate::source::Span>,
}

/// What a field becomes: an expression. A number and a truth value need no quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Value(pub Expression);

impl Serialize for Expression {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
