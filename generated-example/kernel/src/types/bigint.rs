//! 64-bit integers, as JSON strings: JavaScript would round them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::scalar::{Refused, Scalar, integer};
use crate::db::stored_as;

/// Any 64-bit integer; a string in JSON.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BigInt(pub i64);

impl fmt::Display for BigInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Scalar for BigInt {
    fn parse(text: &str) -> Result<Self, Refused> {
        integer(text).map(Self)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Serialize for BigInt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BigInt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::scalar::deserialize(deserializer)
    }
}

stored_as!([] BigInt, i64, |value: &Self| value.0, |value| Ok(Self(value)));
