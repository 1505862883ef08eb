//! Entity tags: a row's version in quotes. Strong, since a version names one state of a row.

use std::fmt::Write;

use axum::http::HeaderValue;
use axum::http::header::GetAll;

use crate::problem::{MALFORMED, Problem};

/// The version that no row has; they count from 1.
const NEVER: i64 = 0;

/// `"7"` for version 7.
#[must_use]
pub fn of(version: i64) -> HeaderValue {
    let mut tag = String::with_capacity(22);
    write!(tag, "\"{version}\"").expect("BUG: a String takes all that is written");
    HeaderValue::try_from(tag).expect("BUG: digits and quotes are a header's")
}

/// `"7.a8c5…"`: version 7, and a sum over the whole body, where the version says too little of it. Who sends it in
/// `If-Match` asks for the version alone. FNV-1a: a chance of 2^-64 that a change is not seen, and no secret in it.
#[must_use]
pub fn of_state(version: i64, body: &[u8]) -> HeaderValue {
    let sum = body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    HeaderValue::try_from(format!("\"{version}.{sum:016x}\""))
        .expect("BUG: digits and quotes are a header's")
}

/// Reads `If-Match`: `None` for no header and for `*`.
///
/// Of several tags the highest counts: versions only grow, so who has seen it knows that the lower ones are gone. Weak
/// and foreign tags match nothing, as strong comparison asks (RFC 9110, 8.8.3.2 and 13.1.1).
///
/// # Errors
/// 400 where a value is not `*` and not a list of entity tags.
pub fn expected(values: GetAll<'_, HeaderValue>) -> Result<Option<i64>, Problem> {
    let malformed =
        || Problem::new(MALFORMED).detail("If-Match is neither * nor a list of entity tags");
    let mut version = None;
    for value in values {
        let text = value.to_str().map_err(|_| malformed())?.trim();
        if text == "*" && version.is_none() {
            continue;
        }
        for tag in tags(text) {
            let (weak, opaque) = tag.ok_or_else(malformed)?;
            let stated = opaque
                .split_once('.')
                .map_or(opaque, |(version, _)| version);
            let known = if weak { None } else { stated.parse().ok() };
            version = version.max(Some(known.unwrap_or(NEVER)));
        }
    }
    Ok(version)
}

/// Whether `If-None-Match` names the tag, by weak comparison (RFC 9110, 13.1.2). A malformed header names nothing: the
/// full answer is never wrong.
#[must_use]
pub fn matches_none<'v>(
    values: impl IntoIterator<Item = &'v HeaderValue>,
    tag: &HeaderValue,
) -> bool {
    let Ok(tag) = tag.to_str() else { return false };
    let tag = tag.trim_start_matches("W/").trim_matches('"');
    values
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .any(|text| {
            text.trim() == "*"
                || tags(text).any(|named| named.is_some_and(|(_, opaque)| opaque == tag))
        })
}

/// The entity tags of one header line as (weak, opaque); `None` for what is none, after which nothing follows.
fn tags(text: &str) -> impl Iterator<Item = Option<(bool, &str)>> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?.trim_start();
        let (weak, quoted) = text
            .strip_prefix("W/")
            .map_or((false, text), |quoted| (true, quoted));
        let Some((opaque, after)) = quoted
            .strip_prefix('"')
            .and_then(|inner| inner.split_once('"'))
        else {
            return Some(None);
        };
        let after = after.trim_start();
        match after.strip_prefix(',') {
            Some(next) => rest = Some(next),
            None if after.is_empty() => {}
            None => return Some(None),
        }
        Some(Some((weak, opaque)))
    })
}
