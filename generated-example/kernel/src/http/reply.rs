//! What a handler answers with when all went well. The status is the contract's.

use std::cell::RefCell;
use std::fmt::Display;

use axum::http::HeaderValue;
use serde::Serialize;

use super::etag;

/// The envelope `{"data": …}`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Data<T> {
    /// What is in it.
    pub data: T,
}

/// An answer, written but not yet sent.
#[derive(Debug)]
pub struct Reply {
    /// JSON; empty for an answer without a body.
    pub(super) body: Result<Vec<u8>, serde_json::Error>,
    pub(super) location: Option<String>,
    pub(super) etag: Option<HeaderValue>,
    pub(super) next: Option<String>,
    pub(super) total: Option<i64>,
}

impl Reply {
    /// A body.
    #[must_use]
    pub fn ok(body: &impl Serialize) -> Self {
        Self {
            body: write(body),
            location: None,
            etag: None,
            next: None,
            total: None,
        }
    }

    /// A body, and where to find it from now on.
    #[must_use]
    pub fn created(location: impl Display, body: &impl Serialize) -> Self {
        Self {
            location: Some(location.to_string()),
            ..Self::ok(body)
        }
    }

    /// Nothing but the status.
    #[must_use]
    pub fn no_content() -> Self {
        Self {
            body: Ok(Vec::new()),
            location: None,
            etag: None,
            next: None,
            total: None,
        }
    }

    /// The version of the row, as its `ETag`; none where the version says too little of the body.
    #[must_use]
    pub fn version(mut self, version: impl Into<Option<i64>>) -> Self {
        self.etag = version.into().map(etag::of);
        self
    }

    /// The version of a row whose answer also says what other rows make of it: its `ETag` names both.
    #[must_use]
    pub fn state(mut self, version: impl Into<Option<i64>>) -> Self {
        let body = self.body.as_deref().unwrap_or_default();
        self.etag = version.into().map(|version| etag::of_state(version, body));
        self
    }

    /// The cursor of the page that follows, as `Link: <…>; rel="next"`.
    #[must_use]
    pub fn link(mut self, next: Option<&impl Display>) -> Self {
        self.next = next.map(ToString::to_string);
        self
    }

    /// How many rows there are in all, as `X-Total-Count`.
    #[must_use]
    pub fn total(mut self, total: Option<i64>) -> Self {
        self.total = total;
        self
    }
}

/// Writes where the last answer of this thread was written, and copies once: a list would outgrow a fresh buffer several
/// times.
fn write(body: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    thread_local! {
        static JSON: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    /// What a thread may keep, in bytes.
    const KEPT: usize = 256 * 1024;

    JSON.with_borrow_mut(|json| {
        json.clear();
        json.shrink_to(KEPT);
        serde_json::to_writer(&mut *json, body)?;
        Ok(json.clone())
    })
}
