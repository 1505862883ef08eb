//! The JSON of bodies, as far as its keys and items; values stay text until a rule reads them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::problem::{MALFORMED, Problem};
use crate::types::Refused;

/// How deep arrays and objects may nest.
const DEEPEST: usize = 32;

/// One member of an object.
#[derive(Debug)]
pub(super) struct Member<'b> {
    pub(super) key: Cow<'b, str>,
    pub(super) value: &'b RawValue,
    /// Whether a rule has asked for it.
    pub(super) known: bool,
}

/// Checks a body as a whole: UTF-8, well-formed, not too deep.
pub(super) fn document(body: &[u8]) -> Result<&RawValue, Problem> {
    let malformed = |detail: String| Problem::new(MALFORMED).detail(detail);
    let text =
        std::str::from_utf8(body).map_err(|_| malformed("the body is not UTF-8".to_owned()))?;
    if text.trim_ascii().is_empty() {
        return Err(malformed(
            "the body is empty; it must be a JSON object".to_owned(),
        ));
    }
    if too_deep(body) {
        return Err(malformed(format!(
            "the JSON nests deeper than {DEEPEST} levels"
        )));
    }
    serde_json::from_str(text).map_err(|error| {
        malformed(format!(
            "the JSON is malformed at line {}, column {}",
            error.line(),
            error.column()
        ))
    })
}

/// Counts brackets outside of strings; the parser itself would go on for ever.
fn too_deep(body: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// The members of an object, duplicates included.
pub(super) fn members(object: &RawValue) -> Result<Vec<Member<'_>>, Refused> {
    let mut parser = serde_json::Deserializer::from_str(object.get());
    // Keys with lone surrogates are the only fault left to find.
    parser
        .deserialize_map(Members)
        .map_err(|_| Refused::not("an object"))
}

/// The items of an array.
pub(super) fn items(array: &RawValue) -> Result<Vec<&RawValue>, Refused> {
    serde_json::from_str(array.get()).map_err(|_| Refused::not("a list"))
}

/// The text of a string token.
pub(super) fn string(token: &str) -> Result<Cow<'_, str>, Refused> {
    let Some(inner) = token
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    else {
        return Err(Refused::not("a string"));
    };
    if !inner.contains('\\') {
        return Ok(Cow::Borrowed(inner));
    }
    // The token is well-formed, so all that can be wrong is half of a surrogate pair.
    let text = serde_json::from_str::<String>(token);
    text.map(Cow::Owned)
        .map_err(|_| Refused::new("characters", "must not contain half of a surrogate pair"))
}

struct Members;

impl<'b> Visitor<'b> for Members {
    type Value = Vec<Member<'b>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'b>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(16);
        while let Some(key) = map.next_key_seed(Key)? {
            members.push(Member {
                key,
                value: map.next_value()?,
                known: false,
            });
        }
        Ok(members)
    }
}

/// A key, borrowed where it has no escapes.
struct Key;

impl<'b> DeserializeSeed<'b> for Key {
    type Value = Cow<'b, str>;

    fn deserialize<D: Deserializer<'b>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'b> Visitor<'b> for Key {
    type Value = Cow<'b, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'b str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}
