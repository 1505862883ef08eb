//! What went wrong, as a client may read it: RFC 9457 `application/problem+json`.
//!
//! A [`Kind`] is the constant part, a [`Problem`] one occurrence of it. The pipeline adds the request's path and id when
//! it writes the answer. No text of Rust, of the database or of a parser belongs in here.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

mod kinds;

pub use kinds::*;

/// The constant part of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Stable snake_case name; clients switch on it.
    pub code: &'static str,
    /// HTTP status, 400 to 599.
    pub status: u16,
    /// One sentence for people, the same for every occurrence.
    pub title: &'static str,
}

/// One fault in a request's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where: `isbn`, `size.width_mm`, `tags[2]`; the empty string is the request as a whole.
    pub field: Cow<'static, str>,
    /// Which rule, as a stable name.
    pub code: &'static str,
    /// The same for people.
    pub message: Cow<'static, str>,
}

impl Fault {
    /// A fault at `field`.
    pub fn new(
        field: impl Into<Cow<'static, str>>,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            field: field.into(),
            code,
            message: message.into(),
        }
    }
}

/// What every 401 says (RFC 6750, section 3), unless it says more.
const BEARER: HeaderValue = HeaderValue::from_static(r#"Bearer realm="api""#);

/// One occurrence of a [`Kind`]. Boxed, since results carry it and hardly ever hold one.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem(Box<Inner>);

#[derive(Debug, Clone, PartialEq)]
struct Inner {
    kind: Kind,
    detail: Option<Cow<'static, str>>,
    faults: Vec<Fault>,
    members: Vec<(&'static str, Value)>,
    retry_after: Option<u32>,
    challenge: Option<HeaderValue>,
}

/// The request that a problem answers.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'r> {
    /// Its path, without the query.
    pub instance: &'r str,
    /// Its id, as in the logs.
    pub request_id: &'r str,
}

/// Writes a problem as a response. A service may put its own in the place of [`render`].
pub type Render = fn(&Problem, Option<Origin<'_>>) -> Response;

impl Problem {
    /// A problem of this kind, with nothing else to say.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self(Box::new(Inner {
            kind,
            detail: None,
            faults: Vec::new(),
            members: Vec::new(),
            retry_after: None,
            challenge: None,
        }))
    }

    /// Says what is particular to this occurrence.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Points at the field that the kind is about.
    #[must_use]
    pub fn at(self, field: impl Into<Cow<'static, str>>) -> Self {
        let Kind { code, title, .. } = self.0.kind;
        self.faults([Fault::new(field, code, title)])
    }

    /// Adds faults.
    #[must_use]
    pub fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.0.faults.extend(faults);
        self
    }

    /// Adds a member of its own to the document. What cannot be written as JSON becomes `null`.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Serialize) -> Self {
        self.0
            .members
            .push((key, serde_json::to_value(value).unwrap_or(Value::Null)));
        self
    }

    /// Tells the client to come back after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// Tells the client what is wrong with how it showed who it is, as `WWW-Authenticate`.
    #[must_use]
    pub fn challenge(mut self, challenge: HeaderValue) -> Self {
        self.0.challenge = Some(challenge);
        self
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Its status, as the answer carries it.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        Self::new(kind)
    }
}

/// The document, in the order that RFC 9457 names the members in.
struct Document<'p> {
    problem: &'p Inner,
    origin: Option<Origin<'p>>,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Inner {
            kind,
            detail,
            faults,
            members,
            ..
        } = self.problem;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &format_args!("/problems/{}", kind.code))?;
        map.serialize_entry("title", kind.title)?;
        map.serialize_entry("status", &kind.status)?;
        if let Some(detail) = detail {
            map.serialize_entry("detail", detail)?;
        }
        if let Some(origin) = self.origin {
            map.serialize_entry("instance", origin.instance)?;
            map.serialize_entry("request_id", origin.request_id)?;
        }
        if !faults.is_empty() {
            map.serialize_entry("errors", faults)?;
        }
        for (key, value) in members {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// Writes a problem as RFC 9457 says.
#[must_use]
pub fn render(problem: &Problem, origin: Option<Origin<'_>>) -> Response {
    let document = Document {
        problem: &problem.0,
        origin,
    };
    let body =
        serde_json::to_vec(&document).expect("BUG: a problem has string keys and plain values");
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = problem.status();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = problem.0.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if problem.0.kind == crate::problem::UNAUTHENTICATED {
        let challenge = problem.0.challenge.clone();
        headers.insert(header::WWW_AUTHENTICATE, challenge.unwrap_or(BEARER));
    }
    response
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        render(&self, None)
    }
}
