//! The request's body, within its limits.

use axum::body::{Body, Bytes, HttpBody};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::{Instant, timeout_at};

use crate::problem::{BODY_TOO_LARGE, MALFORMED, Problem, REQUEST_TIMEOUT};

/// Reads `limit` bytes at most, until `deadline` at the latest. A declared length is believed before anything is read.
pub(super) async fn read(body: Body, limit: usize, deadline: Instant) -> Result<Bytes, Problem> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let too_large = || Problem::new(BODY_TOO_LARGE).with("limit_bytes", limit);
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large());
    }
    match timeout_at(deadline, Limited::new(body, limit).collect()).await {
        Ok(Ok(read)) => Ok(read.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(Problem::new(MALFORMED).detail("the body breaks off")),
        Err(_) => Err(Problem::new(REQUEST_TIMEOUT)),
    }
}
