//! One line per request, formatted by hand: through `tracing` it would cost several times as much.

use std::cell::RefCell;
use std::fmt::{self, Write};
use std::time::Duration;

use axum::http::{Method, StatusCode};

use super::json::escape;
use super::{Sink, Trace};
use crate::types::Timestamp;

/// Writes access lines to a sink, or nowhere.
#[derive(Debug, Clone)]
pub struct AccessLog {
    sink: Option<Sink>,
    pretty: bool,
}

/// What there is to say about one request.
#[derive(Debug)]
pub struct Access<'r> {
    /// When it was answered.
    pub at: Timestamp,
    /// The endpoint's id, or that no endpoint was found.
    pub contract: &'static str,
    /// Its method.
    pub method: &'r Method,
    /// Its path, without the query, which may hold what is nobody's business.
    pub path: &'r str,
    /// The answer's status; 499 where the client went away before.
    pub status: StatusCode,
    /// From its head to its answer.
    pub took: Duration,
    /// Its ids.
    pub trace: &'r Trace,
    /// The length of the answer's body, in bytes.
    pub bytes: u64,
}

impl AccessLog {
    /// No lines at all.
    #[must_use]
    pub fn off() -> Self {
        Self {
            sink: None,
            pretty: false,
        }
    }

    /// Lines of JSON, or of text for people.
    #[must_use]
    pub fn to(sink: Sink, pretty: bool) -> Self {
        Self {
            sink: Some(sink),
            pretty,
        }
    }

    /// Writes the line.
    pub fn write(&self, access: &Access<'_>) {
        thread_local! {
            static LINE: RefCell<String> = RefCell::new(String::with_capacity(512));
        }
        let Some(sink) = &self.sink else { return };
        LINE.with_borrow_mut(|line| {
            line.clear();
            let written = if self.pretty {
                access.pretty(line)
            } else {
                access.json(line)
            };
            written.expect("BUG: a String takes all that is written");
            sink.push(line.as_bytes());
        });
    }
}

impl Access<'_> {
    fn level(&self) -> &'static str {
        if self.status.is_server_error() {
            "ERROR"
        } else {
            "INFO"
        }
    }

    fn json(&self, line: &mut String) -> fmt::Result {
        let Self {
            at,
            contract,
            method,
            path,
            status,
            took,
            trace,
            bytes,
        } = self;
        // Piece by piece: the formatter of `write!` costs as much as all the rest.
        for piece in [
            r#"{"timestamp":""#,
            at.text(&mut [0; 27]),
            r#"","level":""#,
            self.level(),
            r#"","contract":""#,
            contract,
            r#"","method":""#,
            method.as_str(),
            r#"","path":""#,
        ] {
            line.push_str(piece);
        }
        escape(line, path)?;
        line.push_str(r#"","status":"#);
        line.push_str(status.as_str());
        write!(line, r#","duration_us":{},"#, took.as_micros())?;
        for piece in [
            r#""request_id":""#,
            trace.request_id(),
            r#"","trace_id":""#,
            trace.trace_id(),
            r#"","bytes":"#,
        ] {
            line.push_str(piece);
        }
        writeln!(line, "{bytes}}}")
    }

    fn pretty(&self, line: &mut String) -> fmt::Result {
        let Self {
            at,
            contract,
            method,
            path,
            status,
            took,
            trace,
            bytes,
        } = self;
        let colour = match status.as_u16() / 100 {
            2 | 3 => 32,
            4 => 33,
            _ => 31,
        };
        write!(
            line,
            "{at} \x1b[{colour}m{}\x1b[0m {method} ",
            status.as_u16()
        )?;
        escape(line, path)?;
        writeln!(
            line,
            " {took:?} {bytes}B \x1b[2m{contract} {}\x1b[0m",
            trace.request_id()
        )
    }
}
