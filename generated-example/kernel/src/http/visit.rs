//! What is observed of one request, whatever becomes of it: meters, and an access line.

use std::time::Instant;

use axum::body::HttpBody;
use axum::http::{Method, StatusCode, Uri};
use axum::response::Response;

use crate::app::{Clock, SystemClock};
use crate::problem::Origin;
use crate::telemetry::{Access, AccessLog, Current, Meters};

/// Where nginx puts a client that went away before its answer; no such answer is ever sent.
const CLIENT_GONE: u16 = 499;

/// One request under way. Dropped before its end, it is logged as abandoned.
pub(super) struct Visit<'e> {
    current: Current,
    meters: &'e Meters,
    log: &'e AccessLog,
    method: Method,
    uri: Uri,
    began: Instant,
    ended: bool,
}

impl<'e> Visit<'e> {
    pub(super) fn begin(
        contract: &'static str,
        meters: &'e Meters,
        log: &'e AccessLog,
        request: &axum::extract::Request,
    ) -> Self {
        meters.begun();
        Self {
            current: Current::of(contract, request.headers()),
            meters,
            log,
            method: request.method().clone(),
            uri: request.uri().clone(),
            began: Instant::now(),
            ended: false,
        }
    }

    /// The names of this request in log lines.
    pub(super) fn current(&self) -> &Current {
        &self.current
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    pub(super) fn began(&self) -> Instant {
        self.began
    }

    pub(super) fn origin(&self) -> Origin<'_> {
        Origin {
            instance: self.uri.path(),
            request_id: self.current.trace.request_id(),
        }
    }

    pub(super) fn end(mut self, response: &Response) {
        let is_head = self.method == Method::HEAD;
        let bytes = if is_head {
            None
        } else {
            response.body().size_hint().exact()
        };
        self.record(response.status(), bytes.unwrap_or(0));
    }

    fn record(&mut self, status: StatusCode, bytes: u64) {
        self.ended = true;
        let took = self.began.elapsed();
        self.meters.ended(status, took);
        let access = Access {
            at: SystemClock.now(),
            contract: self.current.contract,
            method: &self.method,
            path: self.uri.path(),
            status,
            took,
            trace: &self.current.trace,
            bytes,
        };
        self.log.write(&access);
    }
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.record(StatusCode::from_u16(CLIENT_GONE).unwrap_or_default(), 0);
        }
    }
}
