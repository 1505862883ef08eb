//! What a field may hold: its type with every bound.

mod edges;
mod sample;

use crate::entity::{Entity, Field};

pub use edges::Edge;

/// A type with its bounds, both included.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Lengths in characters; the pattern with some texts that match it.
    Text {
        min: usize,
        max: usize,
        pattern: Option<(&'static str, &'static [&'static str])>,
    },
    Email,
    Url,
    Slug,
    Int {
        min: i64,
        max: i64,
    },
    /// A JSON string.
    BigInt {
        min: i64,
        max: i64,
    },
    /// Infinite where there is no bound.
    Float {
        min: f64,
        max: f64,
    },
    /// Bounds in units of the last digit.
    Decimal {
        precision: u32,
        scale: u32,
        min: i64,
        max: i64,
    },
    Bool,
    Uuid,
    /// A number that the database counts up.
    Serial,
    Date,
    Time,
    Timestamp,
    Duration,
    Json,
    /// In bytes.
    Bytes {
        max: usize,
    },
    /// In alphabetical order.
    Choice(&'static [&'static str]),
    Object(&'static [Field]),
    List {
        item: &'static Kind,
        min: usize,
        max: usize,
    },
    /// The id of a row.
    To(&'static Entity),
}

pub const fn text(min: usize, max: usize) -> Kind {
    let pattern = None;
    Kind::Text { min, max, pattern }
}

impl Kind {
    /// A text that matches, as each of the samples does.
    #[must_use]
    pub const fn matching(self, regex: &'static str, samples: &'static [&'static str]) -> Self {
        match self {
            Self::Text { min, max, .. } => Self::Text {
                min,
                max,
                pattern: Some((regex, samples)),
            },
            other => other,
        }
    }
}

pub const fn email() -> Kind {
    Kind::Email
}

pub const fn url() -> Kind {
    Kind::Url
}

pub const fn slug() -> Kind {
    Kind::Slug
}

pub const fn int(min: i64, max: i64) -> Kind {
    Kind::Int { min, max }
}

pub const fn bigint(min: i64, max: i64) -> Kind {
    Kind::BigInt { min, max }
}

pub const fn float(min: f64, max: f64) -> Kind {
    Kind::Float { min, max }
}

/// Bounds in units of the last digit.
pub const fn decimal(precision: u32, scale: u32, min: i64, max: i64) -> Kind {
    Kind::Decimal {
        precision,
        scale,
        min,
        max,
    }
}

pub const fn boolean() -> Kind {
    Kind::Bool
}

pub const fn uuid() -> Kind {
    Kind::Uuid
}

pub const fn serial() -> Kind {
    Kind::Serial
}

pub const fn date() -> Kind {
    Kind::Date
}

pub const fn time() -> Kind {
    Kind::Time
}

pub const fn timestamp() -> Kind {
    Kind::Timestamp
}

pub const fn duration() -> Kind {
    Kind::Duration
}

pub const fn json() -> Kind {
    Kind::Json
}

pub const fn bytes(max: usize) -> Kind {
    Kind::Bytes { max }
}

/// Words in alphabetical order.
pub const fn choice(words: &'static [&'static str]) -> Kind {
    Kind::Choice(words)
}

pub const fn object(fields: &'static [Field]) -> Kind {
    Kind::Object(fields)
}

pub const fn list(item: &'static Kind, min: usize, max: usize) -> Kind {
    Kind::List { item, min, max }
}

/// A reference.
pub const fn to(entity: &'static Entity) -> Kind {
    Kind::To(entity)
}
