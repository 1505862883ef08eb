//! Who a request is: its own id, and the trace it belongs to.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The header that carries a request's id, in both directions.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// The longest id that is taken over from a caller.
const LONGEST_ID: usize = 64;

/// A request's ids, as its log lines and its answer name them.
#[derive(Debug, Clone, Copy)]
pub struct Trace {
    request: [u8; LONGEST_ID],
    request_length: usize,
    trace: [u8; 32],
}

impl Trace {
    /// Continues what the headers name; makes up what they do not name well.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let fresh = fresh_id();
        let given = sane_id(headers).unwrap_or(&fresh);
        let mut request = [0; LONGEST_ID];
        request[..given.len()].copy_from_slice(given);
        let parent = parent(headers);
        Self {
            request,
            request_length: given.len(),
            trace: parent.and_then(trace_id).unwrap_or(fresh),
        }
    }

    /// 1 to 64 letters, digits, `.`, `_` and `-`.
    #[must_use]
    pub fn request_id(&self) -> &str {
        text(&self.request[..self.request_length])
    }

    /// The same for the response.
    #[must_use]
    pub fn header(&self) -> HeaderValue {
        HeaderValue::from_str(self.request_id()).expect("BUG: an id is a header's value")
    }

    /// 32 hex digits: the trace that the caller began, or else one that begins here.
    #[must_use]
    pub fn trace_id(&self) -> &str {
        text(&self.trace)
    }
}

fn text(id: &[u8]) -> &str {
    std::str::from_utf8(id).expect("BUG: an id is ASCII")
}

fn sane_id(headers: &HeaderMap) -> Option<&[u8]> {
    let sane = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    let given = headers.get(REQUEST_ID)?.as_bytes();
    ((1..=LONGEST_ID).contains(&given.len()) && given.iter().all(sane)).then_some(given)
}

/// 128 bits that cannot be guessed from outside, without a system call for each request: SipHash, keyed per process,
/// over a counter.
fn fresh_id() -> [u8; 32] {
    static KEYS: LazyLock<(RandomState, RandomState)> = LazyLock::new(Default::default);
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    const DIGITS: &[u8; 16] = b"0123456789abcdef";

    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let bits = u128::from(KEYS.0.hash_one(count)) << 64 | u128::from(KEYS.1.hash_one(count));
    let mut hex = [0; 32];
    for (digit, byte) in hex.chunks_exact_mut(2).zip(bits.to_be_bytes()) {
        digit[0] = DIGITS[usize::from(byte >> 4)];
        digit[1] = DIGITS[usize::from(byte & 15)];
    }
    hex
}

/// The one parent that is named.
fn parent(headers: &HeaderMap) -> Option<&[u8]> {
    let mut values = headers.get_all(TRACEPARENT).iter();
    let first = values.next()?.as_bytes();
    (values.next().is_none() && is_traceparent(first)).then_some(first)
}

fn trace_id(parent: &[u8]) -> Option<[u8; 32]> {
    parent.get(3..35)?.try_into().ok()
}

/// W3C Trace Context, 3.2: `00-{32 hex}-{16 hex}-{2 hex}` in lower case, neither id all zeros; a later version may
/// append fields after a further dash.
fn is_traceparent(value: &[u8]) -> bool {
    let Some((head, rest)) = value.split_at_checked(55) else {
        return false;
    };
    let field = |from: usize, to: usize| {
        head[from..to]
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            .then(|| &head[from..to])
    };
    let not_zero = |digits: &[u8]| digits.iter().any(|digit| *digit != b'0');
    let dashes = [2, 35, 52].iter().all(|at| head[*at] == b'-');
    let (Some(version), Some(trace), Some(parent), Some(_flags)) =
        (field(0, 2), field(3, 35), field(36, 52), field(53, 55))
    else {
        return false;
    };
    let ends_well = rest.is_empty() || (version != b"00" && rest[0] == b'-');
    dashes && version != b"ff" && not_zero(trace) && not_zero(parent) && ends_well
}
