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
#[derive(Debug, Clone)]
pub struct Trace {
    request_id: HeaderValue,
    /// A `traceparent` that was accepted, or a trace id of our own.
    trace: HeaderValue,
}

impl Trace {
    /// Continues what the headers name; makes up what they do not name well.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let parent = single_parent(headers).cloned();
        match sane_id(headers).cloned() {
            Some(request_id) => Self {
                request_id,
                trace: parent.unwrap_or_else(fresh_id),
            },
            None => {
                let request_id = fresh_id();
                let trace = parent.unwrap_or_else(|| request_id.clone());
                Self { request_id, trace }
            }
        }
    }

    /// 1 to 64 letters, digits, `.`, `_` and `-`.
    #[must_use]
    pub fn request_id(&self) -> &str {
        self.request_id.to_str().unwrap_or_default()
    }

    /// The same for the response.
    #[must_use]
    pub fn header(&self) -> HeaderValue {
        self.request_id.clone()
    }

    /// 32 hex digits: the trace that the caller began, or else one that begins here.
    #[must_use]
    pub fn trace_id(&self) -> &str {
        let trace = self.trace.to_str().unwrap_or_default();
        trace.get(3..35).unwrap_or(trace)
    }
}

fn sane_id(headers: &HeaderMap) -> Option<&HeaderValue> {
    let sane = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    headers.get(REQUEST_ID).filter(|value| {
        (1..=LONGEST_ID).contains(&value.len()) && value.as_bytes().iter().all(sane)
    })
}

/// 128 bits that cannot be guessed from outside, without a system call for each request: SipHash, keyed per process,
/// over a counter.
fn fresh_id() -> HeaderValue {
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
    HeaderValue::from_bytes(&hex).expect("BUG: hex digits are a header's")
}

fn single_parent(headers: &HeaderMap) -> Option<&HeaderValue> {
    let mut values = headers.get_all(TRACEPARENT).iter();
    let first = values.next()?;
    (values.next().is_none() && is_traceparent(first.as_bytes())).then_some(first)
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
