//! Cursors: the place of a row in an order.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Serialize, Serializer};

use super::{Key, PageRequest};
use crate::types::Scalar;

/// The place of the last row that the caller has seen. Opaque to clients: base64url of JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    /// The order it belongs to, as `sort` spells it.
    pub(super) order: String,
    /// `None` where the key is null, or rows are sorted by id alone.
    pub(super) key: Option<String>,
    pub(super) id: String,
}

impl Cursor {
    /// The place of a row in a list that is sorted by a key.
    pub fn new(key: &impl Key, id: impl Scalar) -> Self {
        Self {
            order: String::new(),
            key: key.text(),
            id: id.print(),
        }
    }

    /// The place of a row in a list that is sorted by id.
    pub fn id(id: impl Scalar) -> Self {
        Self {
            order: String::new(),
            key: None,
            id: id.print(),
        }
    }

    /// The text that clients send back.
    fn text(&self) -> String {
        let members = serde_json::to_vec(&(&self.order, &self.key, &self.id));
        URL_SAFE_NO_PAD.encode(members.expect("BUG: texts are JSON"))
    }

    /// Reads one; `None` for what is no cursor, or that of another order, or of another type.
    pub(crate) fn parse(text: &str, page: &PageRequest) -> Option<Self> {
        let members = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (order, key, id): (String, Option<String>, String) =
            serde_json::from_slice(&members).ok()?;
        let cursor = Self { order, key, id };
        page.accepts(&cursor).then_some(cursor)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}
