//! How each type of setting is read from TOML and from a variable's text.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use super::Format;
use crate::auth::PublicKeys;
use crate::http::Origins;

/// A value as its source gave it.
#[derive(Debug)]
pub enum Given {
    /// From a file.
    Toml(toml::Value),
    /// From a variable.
    Text(String),
}

impl Given {
    /// The text, of a string or a variable.
    pub(super) fn text(self) -> Option<String> {
        match self {
            Self::Toml(toml::Value::String(text)) | Self::Text(text) => Some(text),
            Self::Toml(_) => None,
        }
    }

    /// The texts of a list, or of a variable between its commas.
    fn texts(self) -> Option<Vec<String>> {
        match self {
            Self::Toml(value) => value
                .as_array()?
                .iter()
                .map(|text| text.as_str().map(str::to_owned))
                .collect(),
            Self::Text(text) => {
                let parts = text.split(',').map(str::trim);
                Some(
                    parts
                        .filter(|part| !part.is_empty())
                        .map(str::to_owned)
                        .collect(),
                )
            }
        }
    }

    fn integer(self) -> Option<i64> {
        match self {
            Self::Toml(value) => value.as_integer(),
            Self::Text(text) => text.trim().parse().ok(),
        }
    }
}

/// A type that a setting may have.
pub trait Setting: Sized {
    /// What a good value is, as it follows "expected".
    const EXPECTED: &'static str;

    /// Reads a value; `None` if it is not as [`Self::EXPECTED`] says.
    fn parse(given: Given) -> Option<Self>;
}

/// Text that never shows: not in logs, not in `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Setting for Secret {
    const EXPECTED: &'static str = "text";

    fn parse(given: Given) -> Option<Self> {
        String::parse(given).map(Self)
    }
}

impl Setting for String {
    const EXPECTED: &'static str = "text";

    fn parse(given: Given) -> Option<Self> {
        given.text().filter(|text| !text.trim().is_empty())
    }
}

impl Setting for bool {
    const EXPECTED: &'static str = "true or false";

    fn parse(given: Given) -> Option<Self> {
        match given {
            Given::Toml(value) => value.as_bool(),
            Given::Text(text) => text.trim().parse().ok(),
        }
    }
}

impl Setting for u16 {
    const EXPECTED: &'static str = "a whole number from 0 to 65535";

    fn parse(given: Given) -> Option<Self> {
        given.integer()?.try_into().ok()
    }
}

impl Setting for usize {
    const EXPECTED: &'static str = "a whole number from 1 to 1000000";

    fn parse(given: Given) -> Option<Self> {
        given
            .integer()?
            .try_into()
            .ok()
            .filter(|number| (1..=1_000_000).contains(number))
    }
}

impl Setting for IpAddr {
    const EXPECTED: &'static str = "an IP address";

    fn parse(given: Given) -> Option<Self> {
        given.text()?.trim().parse().ok()
    }
}

impl Setting for Duration {
    const EXPECTED: &'static str = r#"a time such as "500ms", "10s" or "2m", an hour at most"#;

    fn parse(given: Given) -> Option<Self> {
        let text = given.text()?;
        let text = text.trim();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, unit) = text.split_at(digits);
        let number = number.parse::<u32>().ok()?;
        let time = match unit {
            "ms" => Self::from_millis(number.into()),
            "s" => Self::from_secs(number.into()),
            "m" => Self::from_secs(u64::from(number) * 60),
            _ => return None,
        };
        (time <= Self::from_secs(3600)).then_some(time)
    }
}

impl Setting for Format {
    const EXPECTED: &'static str = "auto, json or pretty";

    fn parse(given: Given) -> Option<Self> {
        match given.text()?.as_str() {
            "auto" => Some(Self::Auto),
            "json" => Some(Self::Json),
            "pretty" => Some(Self::Pretty),
            _ => None,
        }
    }
}

impl Setting for Origins {
    const EXPECTED: &'static str = r#"origins such as "https://shop.example", or "*" alone"#;

    fn parse(given: Given) -> Option<Self> {
        let origins = given.texts()?;
        Self::new(
            origins
                .iter()
                .map(String::as_str)
                .filter(|it| !it.is_empty()),
        )
    }
}

impl Setting for PublicKeys {
    const EXPECTED: &'static str = Self::EXPECTED;

    fn parse(given: Given) -> Option<Self> {
        Self::read(&given.texts()?).filter(|keys| !keys.is_empty())
    }
}
