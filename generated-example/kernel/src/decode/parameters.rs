//! The query string, split and decoded.

use std::borrow::Cow;

use crate::http::percent_decode;

/// One `name=value`.
#[derive(Debug)]
pub(super) struct Parameter<'q> {
    /// `None` where the percent-encoding is bad or no UTF-8 comes of it.
    pub(super) name: Option<Cow<'q, str>>,
    pub(super) value: Option<Cow<'q, str>>,
    /// Whether a rule has asked for it.
    pub(super) known: bool,
}

/// Splits by the rules of `application/x-www-form-urlencoded`, but decodes strictly.
pub(super) fn split(query: &str) -> Vec<Parameter<'_>> {
    let parameters = query.split('&').filter(|part| !part.is_empty());
    parameters
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Parameter {
                name: decode(name),
                value: decode(value),
                known: false,
            }
        })
        .collect()
}

fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('+') {
        return percent_decode(text);
    }
    let spaced = text.replace('+', " ");
    percent_decode(&spaced).map(|decoded| Cow::Owned(decoded.into_owned()))
}
