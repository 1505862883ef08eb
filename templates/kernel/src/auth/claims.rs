//! What a token says, once its signature holds, and whether it may be believed here and now (RFC 7519, section 4.1;
//! the PASETO specification names the same claims).

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::{Settings, token};
use crate::types::Timestamp;

/// The claims of a token that was believed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Claims {
    pub(super) subject: Box<str>,
    pub(super) roles: Box<[Box<str>]>,
    /// The name by which it can be revoked.
    pub(super) id: Option<String>,
    /// When it is bad, leeway included.
    pub(super) ends: Timestamp,
    #[cfg(feature = "tenancy")]
    all: Map<String, Value>,
}

/// What is wrong with a token. For the log at most; no client hears of it.
pub(super) type Fault = &'static str;

impl Claims {
    /// Reads and judges a payload whose signature holds.
    pub(super) fn read(payload: &[u8], settings: &Settings, now: Timestamp) -> Result<Self, Fault> {
        let claims = object(payload).ok_or("the claims are no JSON object without repetitions")?;
        let (leeway, now) = (i64::from(settings.leeway_s) * 1_000_000, now.micros());
        let time = |name| match claims.get(name) {
            None => Ok(None),
            Some(value) => token::time(value).map(Some).ok_or("a time is malformed"),
        };
        let expires = time("exp")?.ok_or("no expiry")?;
        let ends = expires.saturating_add(leeway);
        if ends <= now {
            return Err("expired");
        }
        for begins in [time("nbf")?, time("iat")?].into_iter().flatten() {
            if begins > now.saturating_add(leeway) {
                return Err("not valid yet");
            }
        }
        if text(claims.get("iss")) != Some(settings.issuer.as_str()) {
            return Err("another issuer");
        }
        if !is_for(claims.get("aud"), &settings.audience) {
            return Err("for another audience");
        }
        let id = match claims.get("jti") {
            None => None,
            Some(id) => Some(identity(id).ok_or("the id is no short text")?),
        };
        Ok(Self {
            subject: text(claims.get("sub")).ok_or("no subject")?.into(),
            roles: roles(claims.get(&settings.roles_claim)).ok_or("the roles are no texts")?,
            id,
            ends: Timestamp::from_micros(ends),
            #[cfg(feature = "tenancy")]
            all: claims,
        })
    }

    #[cfg(feature = "tenancy")]
    /// A text among the claims.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        text(self.all.get(name))
    }
}

/// No database takes the text that ends in the middle.
fn text(value: Option<&Value>) -> Option<&str> {
    let text = value?.as_str()?;
    (!text.is_empty() && !text.contains('\0')).then_some(text)
}

/// As long as the table of revoked tokens takes.
fn identity(id: &Value) -> Option<String> {
    let id = text(Some(id))?;
    (id.chars().count() <= 255).then(|| id.to_owned())
}

/// `aud` is one text or several.
fn is_for(audience: Option<&Value>, own: &str) -> bool {
    match audience {
        Some(Value::String(one)) => one == own,
        Some(Value::Array(several)) => several.iter().any(|one| one == own),
        _ => false,
    }
}

fn roles(value: Option<&Value>) -> Option<Box<[Box<str>]>> {
    match value {
        None | Some(Value::Null) => Some(Box::default()),
        Some(Value::Array(roles)) => roles
            .iter()
            .map(|role| role.as_str().map(Into::into))
            .collect(),
        Some(_) => None,
    }
}

/// A JSON object that names nothing twice: two readers of one that does may not agree on what it says.
pub(super) fn object(json: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice::<Object>(json)
        .ok()
        .map(|object| object.0)
}

struct Object(Map<String, Value>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Once;

        impl<'de> Visitor<'de> for Once {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Object, A::Error> {
                let mut map = Map::new();
                while let Some((key, value)) = entries.next_entry::<String, Value>()? {
                    if map.insert(key, value).is_some() {
                        return Err(de::Error::custom("a repeated key"));
                    }
                }
                Ok(Object(map))
            }
        }

        deserializer.deserialize_map(Once)
    }
}
