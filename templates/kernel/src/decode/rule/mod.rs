//! Rules: what a field must hold beyond its type, as plain values that are put together in constants or in place.

#[cfg(feature = "decimal")]
mod exact;
mod list;
mod number;
mod text;

#[cfg(feature = "decimal")]
pub use exact::{Exact, decimal};
pub use list::{List, list};
pub use number::{Range, number};
pub use text::{Pattern, Text, email, slug, text, url};

use super::form::Form;
use super::site::{Read, Site, Value};
use crate::types::{Bytes, Json, Refused, Scalar};

/// Reads a value of type `T`, or records why it cannot.
pub trait Rule<T> {
    /// `Ok(None)` stands for null: some rules make nothing of an empty text.
    ///
    /// # Errors
    /// Where at least one fault was recorded at the site.
    fn read(&self, value: Value<'_>, site: &mut Site<'_>) -> Read<T>;
}

/// Nested objects are read by a function over their own fields.
impl<T, F: Fn(&mut Form<'_>) -> Option<T>> Rule<T> for F {
    fn read(&self, value: Value<'_>, site: &mut Site<'_>) -> Read<T> {
        match value {
            Value::Json(raw) => Form::nested(raw, site, self),
            Value::Text(_) => Err(site.refuse(Refused::not("an object"))),
        }
    }
}

/// Whatever the type takes.
#[derive(Debug, Clone, Copy)]
pub struct Any;

/// Whatever the type takes.
#[must_use]
pub const fn any() -> Any {
    Any
}

impl<T: Scalar> Rule<T> for Any {
    fn read(&self, value: Value<'_>, site: &mut Site<'_>) -> Read<T> {
        value
            .scalar()
            .map(Some)
            .map_err(|refused| site.refuse(refused))
    }
}

/// Base64 of a bounded length.
#[derive(Debug, Clone, Copy)]
pub struct Blob {
    max: usize,
}

/// Bytes, at most so many after decoding.
#[must_use]
pub const fn bytes(max: usize) -> Blob {
    Blob { max }
}

impl Rule<Bytes> for Blob {
    fn read(&self, value: Value<'_>, site: &mut Site<'_>) -> Read<Bytes> {
        let bytes: Bytes = value.scalar().map_err(|refused| site.refuse(refused))?;
        if bytes.0.len() > self.max {
            let message = format!("must have at most {}", count(self.max, "byte"));
            return Err(site.refuse(Refused::new("too_long", message)));
        }
        Ok(Some(bytes))
    }
}

/// Any JSON document.
#[derive(Debug, Clone, Copy)]
pub struct Document;

/// Any JSON but null.
#[must_use]
pub const fn json() -> Document {
    Document
}

impl Rule<Json> for Document {
    fn read(&self, value: Value<'_>, site: &mut Site<'_>) -> Read<Json> {
        let text = match value {
            Value::Json(raw) => raw.get(),
            Value::Text(text) => text,
        };
        match serde_json::from_str(text) {
            Ok(document) if has_nul(&document) => {
                Err(site.refuse(Refused::new("characters", "must not contain NUL")))
            }
            Ok(document) => Ok(Some(document)),
            Err(_) => Err(site.refuse(Refused::new(
                "type",
                "holds a number or a text that cannot be stored",
            ))),
        }
    }
}

fn has_nul(document: &Json) -> bool {
    match document {
        Json::String(text) => text.contains('\0'),
        Json::Array(items) => items.iter().any(has_nul),
        Json::Object(members) => members
            .iter()
            .any(|(key, value)| key.contains('\0') || has_nul(value)),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// `1 item`, `2 items`.
fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
