//! Opaque bytes, as base64 in JSON.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::scalar::{Refused, Scalar};
use crate::db::stored_as;

/// Bytes; a base64 string (RFC 4648, section 4, padded) in JSON.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Scalar for Bytes {
    fn parse(text: &str) -> Result<Self, Refused> {
        STANDARD
            .decode(text)
            .map(Self)
            .map_err(|_| Refused::not("base64"))
    }

    fn print(&self) -> String {
        STANDARD.encode(&self.0)
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.print())
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::scalar::deserialize(deserializer)
    }
}

stored_as!([] Bytes, Vec<u8>, |value: &Self| value.0.clone(), |value| Ok(Self(value)));
