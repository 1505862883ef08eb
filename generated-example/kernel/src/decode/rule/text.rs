//! Rules of texts.

use std::fmt;
use std::sync::OnceLock;

use axum::http::Uri;
use regex::Regex;

use super::{Rule, count};
use crate::decode::site::{Read, Reported, Site, Value};
use crate::types::Refused;

/// A regular expression that is compiled when it is first asked: `static ISBN: Pattern = Pattern::new("^97[89]");`.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    regex: OnceLock<Regex>,
}

impl Pattern {
    /// In the syntax of the `regex` crate, not anchored by itself.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            regex: OnceLock::new(),
        }
    }

    fn matches(&self, text: &str) -> bool {
        let compile =
            || Regex::new(self.source).expect("BUG: a pattern that the generator has compiled");
        self.regex.get_or_init(compile).is_match(text)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.source)
    }
}

/// What a text must be. Lengths count characters, after trimming.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    min: usize,
    max: usize,
    pattern: Option<&'static Pattern>,
    check: Option<Check>,
    trim: bool,
    empty_as_null: bool,
}

/// A form that is checked by code.
#[derive(Debug, Clone, Copy)]
struct Check {
    code: &'static str,
    what: &'static str,
    holds: fn(&str) -> bool,
}

/// Any text.
#[must_use]
pub const fn text() -> Text {
    Text {
        min: 0,
        max: usize::MAX,
        pattern: None,
        check: None,
        trim: false,
        empty_as_null: false,
    }
}

/// An address such as `ada@example.org`, as browsers check it (HTML Living Standard, "valid email address").
#[must_use]
pub const fn email() -> Text {
    text()
        .check(Check {
            code: "email",
            what: "must be an email address",
            holds: is_email,
        })
        .max(254)
}

/// An absolute `http` or `https` URL.
#[must_use]
pub const fn url() -> Text {
    text()
        .check(Check {
            code: "url",
            what: "must be an http or https URL",
            holds: is_url,
        })
        .max(2_048)
}

/// Lower-case words and digits joined by single hyphens.
#[must_use]
pub const fn slug() -> Text {
    text()
        .check(Check {
            code: "slug",
            what: "must be words of a-z and 0-9 joined by hyphens",
            holds: is_slug,
        })
        .max(255)
}

impl Text {
    /// At least so many characters.
    #[must_use]
    pub const fn min(self, min: usize) -> Self {
        Self { min, ..self }
    }

    /// At most so many characters.
    #[must_use]
    pub const fn max(self, max: usize) -> Self {
        Self { max, ..self }
    }

    /// Must match.
    #[must_use]
    pub const fn pattern(self, pattern: &'static Pattern) -> Self {
        Self {
            pattern: Some(pattern),
            ..self
        }
    }

    /// White space at both ends is dropped before anything else.
    #[must_use]
    pub const fn trim(self) -> Self {
        Self { trim: true, ..self }
    }

    /// An empty text counts as null.
    #[must_use]
    pub const fn empty_as_null(self) -> Self {
        Self {
            empty_as_null: true,
            ..self
        }
    }

    const fn check(self, check: Check) -> Self {
        Self {
            check: Some(check),
            ..self
        }
    }

    fn broken(&self, text: &str, mut report: impl FnMut(Refused)) {
        // Characters are counted only where bytes leave it open.
        let length = if text.len() > self.max || text.len() < self.min.saturating_mul(4) {
            text.chars().count()
        } else {
            text.len()
        };
        if length < self.min {
            report(Refused::new(
                "too_short",
                format!("must have at least {}", count(self.min, "character")),
            ));
        }
        if length > self.max {
            report(Refused::new(
                "too_long",
                format!("must have at most {}", count(self.max, "character")),
            ));
        }
        if let Some(pattern) = self.pattern.filter(|pattern| !pattern.matches(text)) {
            report(Refused::new("pattern", format!("must match {pattern}")));
        }
        if let Some(check) = self.check.filter(|check| !(check.holds)(text)) {
            report(Refused::new(check.code, check.what));
        }
    }
}

impl Rule<String> for Text {
    fn read(&self, value: Value<'_>, site: &mut Site<'_>) -> Read<String> {
        let whole = value.text().map_err(|refused| site.refuse(refused))?;
        let text = if self.trim { whole.trim() } else { &whole };
        if self.empty_as_null && text.is_empty() {
            return Ok(None);
        }
        let mut reported: Option<Reported> = None;
        self.broken(text, |refused| reported = Some(site.refuse(refused)));
        match reported {
            Some(reported) => Err(reported),
            None if text.len() == whole.len() => Ok(Some(whole.into_owned())),
            None => Ok(Some(text.to_owned())),
        }
    }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let atom = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    !local.is_empty() && local.bytes().all(atom) && domain.split('.').all(label)
}

fn is_url(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else {
        return false;
    };
    matches!(uri.scheme_str(), Some("http" | "https"))
        && uri.host().is_some_and(|host| !host.is_empty())
}

fn is_slug(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    text.split('-').all(word)
}
