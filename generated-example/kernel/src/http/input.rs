//! The parts of a request's head that commands are decoded from: path parameters, query string, `If-Match`; and the
//! time, which stands in for what is absent.
//!
//! Read on demand and from the request's own bytes, so that an endpoint pays for what it uses only.

use std::borrow::Cow;

use axum::http::{HeaderMap, header};

use crate::app::{Clock, SystemClock};
use crate::auth::Reach;
use crate::problem::{MALFORMED, NOT_FOUND, Problem, VERSION_REQUIRED};
use crate::types::Timestamp;

use super::etag;

/// What a command may be decoded from beside the body.
#[derive(Debug, Clone, Copy)]
pub struct Input<'r> {
    template: &'static str,
    path: &'r str,
    query: &'r str,
    headers: &'r HeaderMap,
    clock: &'r dyn Clock,
    reach: &'r Reach,
}

static ANYBODY: Reach = Reach::anonymous();

impl<'r> Input<'r> {
    /// `template` is the contract's path; `path` and `query` are the request's, as sent. `path` may be longer at its
    /// front, by the base that the service is mounted under.
    #[must_use]
    pub fn new(
        template: &'static str,
        path: &'r str,
        query: &'r str,
        headers: &'r HeaderMap,
    ) -> Self {
        Self {
            template,
            path,
            query,
            headers,
            clock: &SystemClock,
            reach: &ANYBODY,
        }
    }

    /// The same request, which takes its time from this clock instead of the machine's.
    #[must_use]
    pub fn timed(self, clock: &'r dyn Clock) -> Self {
        Self { clock, ..self }
    }

    /// The same request, made by somebody; else nobody in particular makes it.
    #[must_use]
    pub fn asked_by(self, reach: &'r Reach) -> Self {
        Self { reach, ..self }
    }

    /// Who makes the request, for what not everyone may write or ask for.
    #[must_use]
    pub fn reach(&self) -> &'r Reach {
        self.reach
    }

    /// The time now, for what a request leaves out and is then the time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The query string as sent, without its `?`.
    #[must_use]
    pub fn query(&self) -> &'r str {
        self.query
    }

    /// The value of a path parameter, decoded.
    ///
    /// # Errors
    /// 400 where the percent-encoding is bad or is not UTF-8; 404 where it holds a NUL, which no row has.
    pub fn path(&self, name: &str) -> Result<Cow<'r, str>, Problem> {
        let is_parameter = |segment: &str| {
            segment
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
                == Some(name)
        };
        // From the end, because only the front may be longer than the template.
        let segments = self.template.rsplit('/').zip(self.path.rsplit('/'));
        let (_, raw) = segments
            .into_iter()
            .find(|(segment, _)| is_parameter(segment))
            .ok_or_else(|| Problem::new(NOT_FOUND))?;
        match percent_decode(raw) {
            Some(text) if text.contains('\0') => Err(Problem::new(NOT_FOUND)),
            Some(text) => Ok(text),
            None => {
                Err(Problem::new(MALFORMED).detail("the path is not well percent-encoded UTF-8"))
            }
        }
    }

    /// The version that the row must still have: `None` where the caller does not care (no `If-Match`, or `*`).
    ///
    /// # Errors
    /// 400 where the header is malformed.
    pub fn if_match(&self) -> Result<Option<i64>, Problem> {
        etag::expected(self.headers.get_all(header::IF_MATCH))
    }

    /// The same where the caller must send a condition. `*` is one, which every version meets (RFC 9110, 13.1.1).
    ///
    /// # Errors
    /// 428 where there is no `If-Match`, 400 where it is malformed.
    pub fn if_match_required(&self) -> Result<Option<i64>, Problem> {
        if !self.headers.contains_key(header::IF_MATCH) {
            return Err(Problem::new(VERSION_REQUIRED));
        }
        self.if_match()
    }
}

/// Undoes percent-encoding strictly: `None` where a `%` is not followed by two hex digits, or the bytes are not UTF-8.
#[must_use]
pub fn percent_decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok().map(Cow::Owned)
}
