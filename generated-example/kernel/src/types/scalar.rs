//! What all single values have in common: one text form, in JSON, in a query string, in a path and in a cursor.

use std::borrow::Cow;

use uuid::Uuid;

/// The largest `int`, 2^53 - 1: beyond it JavaScript reads another number than was written.
pub const MAX_INT: i64 = 9_007_199_254_740_991;

/// Why a text is not a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// For programs: `type`, `too_large`, …
    pub code: &'static str,
    /// For people, with no full stop.
    pub message: Cow<'static, str>,
}

impl Refused {
    /// A refusal under a code.
    pub fn new(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// The text is not of the type at all.
    #[must_use]
    pub fn not(what: &'static str) -> Self {
        Self::new("type", format!("must be {what}"))
    }
}

/// What stands for a value in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A JSON string.
    Text,
    /// A JSON number.
    Number,
    /// `true` or `false`.
    Flag,
}

/// A single value with one text form.
pub trait Scalar: Sized {
    /// What stands for it in JSON.
    const SHAPE: Shape = Shape::Text;

    /// Reads the text form, strictly.
    ///
    /// # Errors
    /// The reason, in the words of the caller's data.
    fn parse(text: &str) -> Result<Self, Refused>;

    /// Reads a JSON number, which has more spellings than the text form.
    ///
    /// # Errors
    /// As [`Scalar::parse`].
    fn parse_number(token: &str) -> Result<Self, Refused> {
        Self::parse(token)
    }

    /// Writes the form that [`Scalar::parse`] reads.
    fn print(&self) -> String;
}

impl Scalar for String {
    fn parse(text: &str) -> Result<Self, Refused> {
        // PostgreSQL stores no NUL, SQLite cuts there.
        if text.contains('\0') {
            return Err(Refused::new("characters", "must not contain NUL"));
        }
        Ok(text.to_owned())
    }

    fn print(&self) -> String {
        self.clone()
    }
}

impl Scalar for bool {
    const SHAPE: Shape = Shape::Flag;

    fn parse(text: &str) -> Result<Self, Refused> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(Refused::not("true or false")),
        }
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Scalar for i64 {
    const SHAPE: Shape = Shape::Number;

    fn parse(text: &str) -> Result<Self, Refused> {
        let value = integer(text)?;
        if value > MAX_INT {
            return Err(Refused::new(
                "too_large",
                format!("must be at most {MAX_INT}"),
            ));
        }
        if value < -MAX_INT {
            return Err(Refused::new(
                "too_small",
                format!("must be at least -{MAX_INT}"),
            ));
        }
        Ok(value)
    }

    /// `1.0` and `1e3` are integers in JSON Schema.
    fn parse_number(token: &str) -> Result<Self, Refused> {
        if !token.contains(['.', 'e', 'E']) {
            return Self::parse(token);
        }
        let value = f64::parse(token).map_err(|_| Refused::not("an integer"))?;
        if value.fract() != 0.0 {
            return Err(Refused::not("an integer"));
        }
        // Prints without an exponent, whatever the size.
        Self::parse(&format!("{value:.0}"))
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Scalar for f64 {
    const SHAPE: Shape = Shape::Number;

    fn parse(text: &str) -> Result<Self, Refused> {
        let numeric = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E');
        // Rust also reads `inf`, `nan` and `+1`.
        if !text.bytes().all(numeric) || text.starts_with('+') {
            return Err(Refused::not("a number"));
        }
        match text.parse::<Self>() {
            Ok(value) if value.is_finite() => Ok(value),
            Ok(value) if value > 0.0 => {
                Err(Refused::new("too_large", "is beyond what a number holds"))
            }
            Ok(_) => Err(Refused::new("too_small", "is beyond what a number holds")),
            Err(_) => Err(Refused::not("a number")),
        }
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Scalar for Uuid {
    fn parse(text: &str) -> Result<Self, Refused> {
        // The crate also reads braces, URNs and 32 bare digits.
        if text.len() != 36 {
            return Err(Refused::not("a UUID"));
        }
        Self::try_parse(text).map_err(|_| Refused::not("a UUID"))
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

/// Reads decimal digits with an optional minus.
///
/// # Errors
/// `type` for anything else, `too_large` or `too_small` beyond 64 bits.
pub(crate) fn integer(text: &str) -> Result<i64, Refused> {
    use std::num::IntErrorKind::{NegOverflow, PosOverflow};
    let digits = text.strip_prefix('-').unwrap_or(text);
    // One spelling for each number.
    if text.starts_with('+') || (digits.len() > 1 && digits.starts_with('0')) {
        return Err(Refused::not("an integer"));
    }
    text.parse()
        .map_err(|error: std::num::ParseIntError| match error.kind() {
            PosOverflow => Refused::new("too_large", "is beyond what an integer holds"),
            NegOverflow => Refused::new("too_small", "is beyond what an integer holds"),
            _ => Refused::not("an integer"),
        })
}

/// Reads what was stored inside a JSON column.
///
/// # Errors
/// Where the stored text is none of the type's.
pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Scalar,
{
    let text = <Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
    T::parse(&text).map_err(|refused| serde::de::Error::custom(refused.message))
}
